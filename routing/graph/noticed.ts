import type { DiagramNode } from "../diagram";
import type { RecordSet } from "../model";
import { silentAt, targetKey } from "../signals";
import type { Observed } from "./observed";
import type { StackModel } from "./stackModel";

/** Something that Route 53 notices with one signal, and the records that it matters to. */
export interface Watched {
  readonly key: string;
  readonly nodes: DiagramNode[];
  readonly records: RecordSet[];
  /** Whether a record's health may depend on it. */
  decides: boolean;
}

/** Everything that Route 53 can notice of a name's records, with the keys that `Transition` uses. */
export function noticedOf(
  { route53 }: StackModel,
  observed: Observed<DiagramNode>,
  { name, type }: { readonly name: string; readonly type: string },
): readonly Watched[] {
  const byKey = new Map<string, Watched>();
  const add = (key: string, record: RecordSet, decides: boolean, nodes: DiagramNode[]): void => {
    const known = byKey.get(key) ?? { key, nodes: [], records: [], decides };
    byKey.set(key, known);
    known.nodes.push(...nodes);
    known.records.push(record);
    known.decides ||= decides;
  };
  for (const record of route53.reachable(name, type)) {
    for (const { id } of route53.checksOf(record)) {
      add(id, record, true, [observed.passes(id), silentAt(observed, id)]);
    }
    const { target } = record;
    if (target.kind !== "alias" || target.target.kind === "record") continue;
    const { id, dnsName } = target.target;
    add(id ?? dnsName, record, target.evaluateTargetHealth, [observed.lost(target.target)]);
    for (const group of id === undefined ? [] : (observed.targetGroups(id) ?? [])) {
      for (const one of group.targets) {
        add(targetKey(group.id, one.id), record, target.evaluateTargetHealth, [one.healthy]);
      }
    }
  }
  return [...byKey.values()].filter(({ decides }) => decides);
}
