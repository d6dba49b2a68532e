import type { Asker } from "../asker";
import { Diagram } from "../diagram";
import type { DiagramNode } from "../diagram";
import type { GuardedAnswers } from "../guards";
import { guardsOf } from "../guards";
import type { Group, HealthCheck, RecordSet, UnknownStatus } from "../model";
import { valuesOf } from "../view";
import type { PageSource, ServingResource } from "./endpoints";
import { pageSourcesOf } from "./endpoints";
import type { Fault } from "./faults";
import { possibleLosses } from "./faults";
import { Observed } from "./observed";
import type { StackModel } from "./stackModel";
import { isBalancer, targetGroupsOf } from "./targetGroups";
import { awsTypes } from "./types";

/** The meaning of a diagram variable: true if a fault happens, or if an unknown is healthy. */
export type Variable =
  | { readonly kind: "fault"; readonly fault: Fault }
  | { readonly kind: "unknown"; readonly unknown: UnknownStatus };

/**
 * A stack under every subset of some faults. Variables are created in the order in which the tree
 * needs them, depth first: a region, its zones, the endpoint, the check. A variable's level is its
 * index in `variables`.
 */
export class EveryFault {
  readonly diagram: Diagram;
  readonly variables: Variable[] = [];
  readonly observed: Observed<DiagramNode>;
  private readonly nodes = new Map<string, DiagramNode>();

  /**
   * @param nodesMax the number of nodes beyond which the diagram throws an InputError; default:
   *   `Diagram`'s
   */
  constructor(stackModel: StackModel, faults: readonly Fault[], nodesMax?: number) {
    this.diagram = new Diagram(nodesMax);
    // What no resource was read for is healthy until its fault happens; without a fault, it is unknown.
    const outside = new Set(faults.flatMap(({ kind, name }) => (kind === "outside" ? name : [])));
    const lying = new Map<string, Fault[]>();
    for (const fault of faults) {
      if (fault.kind !== "check") continue;
      for (const urn of fault.urns) lying.set(urn, [...(lying.get(urn) ?? []), fault]);
    }
    this.observed = new Observed(stackModel, {
      losses: possibleLosses(
        this.diagram,
        stackModel,
        faults.map((fault) => ({ fault, happens: () => this.happens(fault) })),
      ),
      lies: (id) => {
        const all = lying.get(id);
        const anyThat = (isUp: boolean): DiagramNode =>
          this.diagram.some(
            (all ?? []).filter((fault) => isUp === saysHealthy(fault)),
            (fault) => this.happens(fault),
          );
        return all && { down: anyThat(false), up: anyThat(true) };
      },
      unread: (unknown) =>
        unknown.outside !== undefined && outside.has(unknown.outside)
          ? this.diagram.constant(true)
          : this.node({ kind: "unknown", unknown }),
    });
  }

  /** Who answers a query for a name, under each subset of the faults. */
  answers(name: string, type: string, asker: Asker = {}): GuardedAnswers<DiagramNode> {
    return guardsOf(this.observed.view.askedFrom(asker), name, type);
  }

  /** The variable of a fault. */
  happens(fault: Fault): DiagramNode {
    return this.node({ kind: "fault", fault });
  }

  /** Creates variables before anything needs them, so that they have this order. */
  createInOrder(variables: readonly Variable[]): void {
    for (const variable of variables) this.node(variable);
  }

  private node(variable: Variable): DiagramNode {
    const key = keyOf(variable);
    let node = this.nodes.get(key);
    if (node === undefined) {
      node = this.diagram.variable();
      this.nodes.set(key, node);
      this.variables.push(variable);
    }
    return node;
  }
}

function keyOf(variable: Variable): string {
  return variable.kind === "fault"
    ? `fault ${variable.fault.kind} ${variable.fault.name}`
    : `unknown ${variable.unknown.name}`;
}

/**
 * A stack under every subset of some faults, with small functions for the answers to a question: what was not read
 * of a record stands beside the fault of what the record leads to. Otherwise, "some record answers and is dead" is
 * as large as the number of sets of such records. Faults are in the same order as otherwise, and so is what was not read.
 */
export function everyFaultFor(
  stackModel: StackModel,
  faults: readonly Fault[],
  { name, type, asker }: { readonly name: string; readonly type: string; readonly asker?: Asker },
): EveryFault {
  const asNeeded = new EveryFault(stackModel, faults);
  const { answers } = asNeeded.answers(name, type, asker);
  if (asNeeded.variables.every(({ kind }) => kind === "fault")) return asNeeded;
  const ordered = new EveryFault(stackModel, faults);
  const leaves = answers.map(({ leaf }) => leaf);
  ordered.createInOrder(besideFaults(asNeeded, leaves, name));
  return ordered;
}

/** The variables, with what was not read as late as the fault beside which it belongs. */
function besideFaults(
  every: EveryFault,
  leaves: readonly RecordSet[],
  name: string,
): readonly Variable[] {
  const { variables } = every;
  const wanted = placesBesideFaults(every, leaves, name);
  const placed: { readonly variable: Variable; readonly place: number }[] = [];
  // Backwards, because an unknown is not placed after one that follows it.
  let next = Infinity;
  for (const [level, variable] of [...variables.entries()].reverse()) {
    if (variable.kind === "unknown") next = Math.min(next, wanted.get(level) ?? level);
    placed.push({ variable, place: variable.kind === "unknown" ? next : level });
  }
  return placed
    .reverse()
    .sort((a, b) => a.place - b.place)
    .map(({ variable }) => variable);
}

/** The level of the first fault of each record with something unread, by the level of the latter. */
function placesBesideFaults(
  { diagram, observed, variables }: EveryFault,
  leaves: readonly RecordSet[],
  name: string,
): ReadonlyMap<number, number> {
  const places = new Map<number, number>();
  for (const leaf of leaves) {
    const faults = diagram.support(
      valuesOf(leaf).map((value) => observed.isAlive(leaf, value, name)),
    );
    // Nothing asks for the health of a simple record (C13).
    if (leaf.policy.kind === "simple") continue;
    for (const level of diagram.support([observed.view.recordHealthy(leaf)])) {
      const fault = faults.find((one) => one > level);
      if (variables[level]?.kind !== "unknown" || places.has(level) || fault === undefined)
        continue;
      places.set(level, fault);
    }
  }
  return places;
}

function saysHealthy(fault: Fault): boolean {
  return fault.kind === "check" && fault.says === "healthy";
}

/**
 * Everything that can fail for a name: the regions and zones that serve it, the endpoints and their
 * databases, the addresses and names that no resource stands for, what its checks watch, and every check,
 * which may report the opposite of what it sees.
 */
export function everyFaultOf(stackModel: StackModel, name: string, type: string): readonly Fault[] {
  const { records, checks } = decidersOf(stackModel, name, type);
  const endpoints = [
    ...records.flatMap((record) => stackModel.endpointsOf(record)),
    ...checks.flatMap((check) => watchedBy(stackModel, check)),
  ].flatMap((endpoint): readonly PageSource[] => [endpoint, ...pagesBehind(stackModel, endpoint)]);
  const places = (kind: "region" | "availabilityZone", names: readonly string[]): Fault[] =>
    [...new Set(names)].map((place) => ({ kind, name: place }));
  const resources = endpoints
    .flatMap(({ urn }) => (urn !== undefined && isPart(stackModel, urn) ? urn : []))
    .flatMap((urn) => [
      urn,
      ...targetsOf(stackModel, urn),
      ...stackModel.reliance.databasesOf(urn),
    ]);
  return [
    ...places(
      "region",
      endpoints.flatMap(({ region }) => region ?? []),
    ),
    ...places(
      "availabilityZone",
      endpoints.flatMap(({ availabilityZones }) => availabilityZones),
    ),
    ...[...new Set(resources)].map((urn): Fault => ({ kind: "resource", name: urn, urns: [urn] })),
    ...outsideBehind(stackModel, { records, checks }, type).map((outside): Fault => ({
      kind: "outside",
      name: outside,
    })),
    ...checks.flatMap(({ id }): Fault[] => {
      const urns = [id];
      return [
        { kind: "check", name: `check:${id}`, urns },
        { kind: "check", name: `check:${id}=healthy`, urns, says: "healthy" },
      ];
    }),
  ];
}

/** What a distribution gets its pages from. */
function pagesBehind(
  { graph }: StackModel,
  { urn }: Pick<ServingResource, "urn">,
): readonly PageSource[] {
  const found = graph.get(urn);
  return found?.type === awsTypes.distribution ? pageSourcesOf(graph, found) : [];
}

/** Whether a resource serves: not an alarm, nor a record or check that stands for an endpoint outside. */
function isPart({ graph }: StackModel, urn: string): boolean {
  const found = graph.get(urn);
  return found?.custom === true && !notServing.includes(found.type);
}

const notServing: readonly string[] = [awsTypes.record, awsTypes.healthCheck, awsTypes.metricAlarm];

/**
 * The addresses and names behind a name's answer that no resource stands for. Left out are names and private
 * addresses that checks probe and no record leads to: whether they are what a record leads to is unknown.
 */
function outsideBehind(
  stackModel: StackModel,
  { records, checks }: Deciders,
  type: string,
): readonly string[] {
  const { route53 } = stackModel;
  const answered = records
    .filter((record) => !route53.next(record, type) && !route53.isDeadEnd(record, type))
    .flatMap((record) => stackModel.outsideOf(record));
  const probed = checks.flatMap((check) =>
    check.kind === "endpoint" && check.byAddress && check.isPrivate !== true
      ? (stackModel.outsideOfCheck(check) ?? [])
      : [],
  );
  return [...new Set([...answered, ...probed])];
}

/** The targets of a balancer; empty for any other resource. */
function targetsOf({ graph }: StackModel, urn: string): readonly string[] {
  const balancer = graph.get(urn);
  if (!balancer || !isBalancer(balancer)) return [];
  return targetGroupsOf(graph, balancer).flatMap(({ targets }) => targets.map((one) => one.urn));
}

/** The endpoint that a check probes, or the alarms that it follows. */
function watchedBy(
  stackModel: StackModel,
  check: HealthCheck,
): readonly Pick<ServingResource, "urn" | "region" | "availabilityZones">[] {
  if (check.kind === "endpoint") {
    const endpoint = stackModel.endpointOfCheck(check);
    return endpoint ? [endpoint] : [];
  }
  const resource = stackModel.graph.get(check.id);
  if (check.kind !== "alarm" || !resource) return [];
  return stackModel.graph
    .follow(resource, "cloudwatchAlarmName", [awsTypes.metricAlarm])
    .map((alarm) => ({ urn: alarm.urn, ...stackModel.placements.of(alarm) }));
}

/** The records and checks that decide who answers a name. */
export interface Deciders {
  /** The name's records, and those of the names that its checks watch. */
  readonly records: readonly RecordSet[];
  readonly checks: readonly HealthCheck[];
}

/** The records and checks behind a name's answer, including those that its checks by name watch. */
export function decidersOf(stackModel: StackModel, name: string, type: string): Deciders {
  const { route53 } = stackModel;
  const records = new Set<RecordSet>();
  const checks = new Set<HealthCheck>();
  const seen = new Set<Group>();
  const open: (readonly [Group, string])[] = [[route53.rootOf(name, type), type]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next[0])) continue;
    seen.add(next[0]);
    for (const record of route53.reachableFrom(...next)) {
      records.add(record);
      for (const check of route53.checksOf(record)) checks.add(check);
    }
    for (const { group } of stackModel.nameChecksBelow(...next)) open.push([group, "A"]);
  }
  return { records: [...records], checks: [...checks] };
}
