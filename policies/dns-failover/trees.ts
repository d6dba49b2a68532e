import type { Group, HealthCheck, RecordSet } from "../../routing/model";
import type { Root } from "../../routing/trees";
import { unknown } from "../finding";
import type { UnknownFinding } from "../finding";
import { reasonWord } from "../finding";
import type { Stack } from "../stack";
import { offenderOf } from "../stack";

/** A public name with all records that answer for it, including at least one failover group. */
export interface HostnameTree {
  readonly root: Root;
  readonly records: readonly RecordSet[];
  /** The records on the path to the last tier, including that tier. */
  readonly last: readonly RecordSet[];
  /** All other records: they must be unhealthy before the last tier can answer. */
  readonly inner: readonly RecordSet[];
}

interface Forest {
  readonly trees: readonly HostnameTree[];
  readonly byRecord: ReadonlyMap<RecordSet, readonly HostnameTree[]>;
}

const forests = new WeakMap<Stack, Forest>();

/** The failover trees of a stack; computed once. */
export function treesOf(stack: Stack): readonly HostnameTree[] {
  return forestOf(stack).trees;
}

/** The trees that contain a record. */
export function treesWith(stack: Stack, record: RecordSet): readonly HostnameTree[] {
  return forestOf(stack).byRecord.get(record) ?? [];
}

/** All records of all trees, each once. */
export function treeRecords(stack: Stack): readonly RecordSet[] {
  return [...forestOf(stack).byRecord.keys()];
}

/** The records that are inner records of some tree, each once. */
export function innerRecords(stack: Stack): readonly RecordSet[] {
  return [...new Set(treesOf(stack).flatMap(({ inner }) => inner))];
}

const groups = new WeakMap<Stack, readonly Group[]>();

/** Every name and type of every zone with its records; computed once. */
export function recordGroupsOf(stack: Stack): readonly Group[] {
  let known = groups.get(stack);
  if (!known) {
    known = stack.model.route53.allGroups();
    groups.set(stack, known);
  }
  return known;
}

export function failoverGroupsOf(stack: Stack): readonly Group[] {
  return recordGroupsOf(stack).filter((group) =>
    group.some(({ policy }) => policy.kind === "failover"),
  );
}

/** The checks that the records of the trees use, each once, with those records. */
export function treeChecks(stack: Stack): ReadonlyMap<HealthCheck, readonly RecordSet[]> {
  const found = new Map<HealthCheck, RecordSet[]>();
  for (const record of treeRecords(stack)) {
    for (const check of stack.trees.checksOf(record)) {
      const known = found.get(check);
      if (known) known.push(record);
      else found.set(check, [record]);
    }
  }
  return found;
}

/** The unknown properties of a record or check, each as a finding. */
export function unknownIn(
  stack: Stack,
  item: RecordSet | HealthCheck,
  ...properties: readonly string[]
): readonly UnknownFinding[] {
  const subject = stack.subjectOf(item);
  return properties.flatMap((property) => {
    const reason = subject.unknownAt(property);
    return reason ? [unknown(offenderOf(item), property, reasonWord(reason))] : [];
  });
}

function forestOf(stack: Stack): Forest {
  let forest = forests.get(stack);
  if (!forest) {
    forest = plant(stack);
    forests.set(stack, forest);
  }
  return forest;
}

function plant(stack: Stack): Forest {
  const trees = stack.trees.roots.flatMap((root): readonly HostnameTree[] => {
    const records = stack.trees.recordsBelow(root.name, root.type);
    if (!records.some(({ policy }) => policy.kind === "failover")) return [];
    const last = new Set(stack.trees.lastRecords(root.name, root.type));
    const inner = records.filter((record) => !last.has(record));
    return [{ root, records, last: [...last], inner }];
  });
  const byRecord = new Map<RecordSet, HostnameTree[]>();
  for (const tree of trees) {
    for (const record of tree.records) {
      const known = byRecord.get(record);
      if (known) known.push(tree);
      else byRecord.set(record, [tree]);
    }
  }
  return { trees, byRecord };
}
