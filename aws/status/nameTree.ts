import ipaddr from "ipaddr.js";
import type { Asker } from "../../routing/asker";
import { Diagram } from "../../routing/diagram";
import { canonical } from "../../routing/domainName";
import type { Fault } from "../../routing/graph/faults";
import { allHealthy } from "../../routing/graph/faultState";
import type { FaultState, StackModel } from "../../routing/graph/stackModel";
import { guardsOf } from "../../routing/guards";
import type { RecordSet, UnknownStatus } from "../../routing/model";
import type { Step } from "../../routing/explain";
import { valuesOf } from "../../routing/view";
import { unknownsIn } from "./checkStatus";

/** What a model says about a name and type. */
export interface NameTree {
  readonly name: string;
  readonly type: string;
  /** Every record that can ever answer. */
  readonly leaves: readonly RecordSet[];
  /** Those that answer while every check is healthy. */
  readonly usual: ReadonlySet<RecordSet>;
  /** Whether answers may differ between queries or places, so that servers may differ as well. */
  readonly varies: boolean;
  /** The availability zone or region behind a record; undefined where it is not known. */
  readonly placeOf: (leaf: RecordSet) => string | undefined;
}

/** Which records answer at present, according to a model. */
export interface PossibleAnswers {
  /** The records that may answer; several if the answer varies, or something is unknown. */
  readonly possible: ReadonlySet<RecordSet>;
  /** The unknown statuses that the answer depends on. */
  readonly unknown: readonly UnknownStatus[];
  /** The way to an answer, with reasons. */
  readonly path: readonly Step[];
}

/** The tree of a name. @throws InputError where the model has no such name and type, or refuses it */
export function nameTreeOf(model: StackModel, name: string, type: string): NameTree {
  const reachable = model.route53.reachable(name, type);
  const settled = ["simple", "failover"];
  const healthy = model.under(healthyFaults(model), allHealthy);
  const usual = model
    .askersOf(name, type)
    .flatMap((asker) => healthy.leavesOf(name, type, asker).answers);
  return {
    name,
    type,
    leaves: reachable.filter(
      (record) => valuesOf(record).length > 0 && model.route53.next(record, type) === undefined,
    ),
    usual: new Set(usual),
    varies: reachable.some(({ policy }) => !settled.includes(policy.kind)),
    placeOf: (leaf) => placeIn(healthy, leaf),
  };
}

/** Every check reports healthy. */
function healthyFaults({ route53 }: StackModel): readonly Fault[] {
  const checks = [...route53.checks.values()].filter(({ kind }) => kind !== "calculated");
  return checks.map(({ id }) => ({
    kind: "check",
    name: `check:${id}`,
    urns: [id],
    says: "healthy",
  }));
}

function placeIn(state: FaultState, leaf: RecordSet): string | undefined {
  const [value = ""] = valuesOf(leaf);
  const { availabilityZone, region } = state.place({
    value,
    ttlSeconds: 0,
    record: leaf,
    probability: 1,
    path: [],
  });
  return availabilityZone ?? region;
}

/** Who answers at present. @param askers where queries come from */
export function decisionOf(
  { name, type }: NameTree,
  state: FaultState,
  askers: readonly Asker[],
): PossibleAnswers {
  const diagram = new Diagram();
  const { view } = state.under(diagram, unknownsIn(diagram));
  const possible = askers.flatMap((asker) =>
    guardsOf(view.askedFrom(asker), name, type)
      .answers.filter(({ guard }) => diagram.known(guard) !== false)
      .map(({ leaf }) => leaf),
  );
  const [asker] = askers;
  const unknown = askers.flatMap((one) => state.unknownsOf(name, type, one));
  return {
    possible: new Set(possible),
    unknown: [...new Map(unknown.map((what) => [what.name, what])).values()],
    path: state.resolve(name, type, asker).answers[0]?.path ?? [],
  };
}

/**
 * The records with some of the answered values. An AWS name has changing addresses: an address of
 * no other record belongs to it if it is the only one.
 *
 * @param addresses the present addresses of AWS names, as a resolver finds them
 * @returns undefined where the record of a value cannot be told
 */
export function leavesWith(
  values: readonly string[],
  { leaves }: NameTree,
  addresses: ReadonlyMap<string, readonly string[]>,
): readonly RecordSet[] | undefined {
  const named = leaves.filter((leaf) => awsNameOf(leaf) !== undefined);
  const found = new Set<RecordSet>();
  for (const value of values.map(plainValue)) {
    const holders = leaves.filter((leaf) => {
      const name = awsNameOf(leaf);
      const held = name === undefined ? valuesOf(leaf) : [name, ...(addresses.get(name) ?? [])];
      return held.map(plainValue).includes(value);
    });
    const [only, ...others] = holders.length > 0 ? holders : named;
    if (only === undefined || (holders.length === 0 && others.length > 0)) return undefined;
    for (const leaf of holders.length > 0 ? holders : [only]) found.add(leaf);
  }
  return [...found];
}

/** The AWS name that an alias record answers with the addresses of; undefined for other records. */
export function awsNameOf(leaf: RecordSet): string | undefined {
  return leaf.target.kind === "alias" ? valuesOf(leaf)[0] : undefined;
}

/** An address or a name in its one form. */
function plainValue(value: string): string {
  return ipaddr.isValid(value) ? ipaddr.parse(value).toString() : canonical(value);
}

/** A record as people name it: `live.orders.cafe.com A [oregon]`. */
export function recordWords({
  name,
  type,
  setIdentifier,
}: Pick<RecordSet, "name" | "type" | "setIdentifier">): string {
  return `${name} ${type}${setIdentifier === undefined ? "" : ` [${setIdentifier}]`}`;
}
