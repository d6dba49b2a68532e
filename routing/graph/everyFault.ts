import { Diagram } from "../diagram";
import type { Node } from "../diagram";
import type { GuardedAnswers } from "../guards";
import { guardsOf } from "../guards";
import type { UnknownStatus } from "../model";
import { targetGroupsOf } from "./endpoints";
import type { Fault } from "./faults";
import { possibleLosses } from "./faults";
import { Observed } from "./observed";
import { awsTypes } from "./types";
import type { World } from "./world";

/** What a variable of the diagram stands for: true is that a fault happens, or that an unknown is healthy. */
export type Variable =
  | { readonly kind: "fault"; readonly fault: Fault }
  | { readonly kind: "unknown"; readonly unknown: UnknownStatus };

/**
 * A stack under every set of some faults at once. Variables are made in the order in which the tree asks
 * for them, depth first: a region, its zones, the endpoint, the check. Each variable's level is its
 * place in `variables`.
 */
export class EveryFault {
  readonly diagram: Diagram;
  readonly variables: Variable[] = [];
  readonly observed: Observed<Node>;
  private readonly nodes = new Map<string, Node>();

  /** @param nodesMax where the diagram ends in an InputError; default: that of `Diagram` */
  constructor(world: World, faults: readonly Fault[], nodesMax?: number) {
    this.diagram = new Diagram(nodesMax);
    const lying = new Map<string, Fault[]>();
    for (const fault of faults) {
      if (fault.kind !== "check") continue;
      for (const urn of fault.urns) lying.set(urn, [...(lying.get(urn) ?? []), fault]);
    }
    this.observed = new Observed(world, {
      losses: possibleLosses(
        this.diagram,
        world,
        faults.map((fault) => ({ fault, happens: () => this.happens(fault) })),
      ),
      lies: (id) => {
        const all = lying.get(id);
        const anyThat = (isUp: boolean): Node =>
          this.diagram.some(
            (all ?? []).filter((fault) => isUp === saysHealthy(fault)),
            (fault) => this.happens(fault),
          );
        return all && { down: anyThat(false), up: anyThat(true) };
      },
      unread: (unknown) => this.node(`unknown ${unknown.name}`, { kind: "unknown", unknown }),
    });
  }

  /** Who answers a query for a name, under each set of the faults. */
  answers(name: string, type: string): GuardedAnswers<Node> {
    return guardsOf(this.observed.view, name, type);
  }

  private happens(fault: Fault): Node {
    return this.node(`fault ${fault.kind} ${fault.name}`, { kind: "fault", fault });
  }

  private node(key: string, variable: Variable): Node {
    let node = this.nodes.get(key);
    if (node === undefined) {
      node = this.diagram.variable();
      this.nodes.set(key, node);
      this.variables.push(variable);
    }
    return node;
  }
}

function saysHealthy(fault: Fault): boolean {
  return fault.kind === "check" && fault.says === "healthy";
}

/**
 * All that can go wrong with a name: the regions and zones that it is served from, the endpoints and the
 * databases that they use, and every check, which may say the contrary of what it sees.
 */
export function everyFaultOf(world: World, name: string, type: string): readonly Fault[] {
  const records = world.route53.reachable(name, type);
  const endpoints = records.flatMap((record) => world.endpointsOf(record));
  const places = (kind: "region" | "availabilityZone", names: readonly string[]): Fault[] =>
    [...new Set(names)].map((place) => ({ kind, name: place }));
  const resources = endpoints
    .filter(({ urn }) => world.graph.get(urn)?.custom)
    .flatMap(({ urn }) => [urn, ...targetsOf(world, urn), ...world.reliance.databasesOf(urn)]);
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
    ...checksBehind(world, name, type).flatMap((id): Fault[] => {
      const urns = [id];
      return [
        { kind: "check", name: `check:${id}`, urns },
        { kind: "check", name: `check:${id}=healthy`, urns, says: "healthy" },
      ];
    }),
  ];
}

/** What stands behind a balancer, or nothing. */
function targetsOf({ graph }: World, urn: string): readonly string[] {
  const balancer = graph.get(urn);
  if (balancer?.type !== awsTypes.loadBalancer) return [];
  return targetGroupsOf(graph, balancer).flatMap(({ targets }) => targets.map((one) => one.urn));
}

/** The checks that decide who answers a name, with those behind the names that they watch. */
function checksBehind(world: World, name: string, type: string): readonly string[] {
  const found = new Set<string>();
  const names = new Set<string>();
  const open: (readonly [string, string])[] = [[name, type]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (names.has(next.join(" "))) continue;
    names.add(next.join(" "));
    for (const { checkId } of world.route53.reachable(...next)) {
      const check = checkId === undefined ? undefined : world.route53.checks.get(checkId);
      if (!check) continue;
      found.add(check.id);
      for (const child of check.kind === "calculated" ? check.children : []) found.add(child);
    }
    for (const { watched } of world.nameChecks(...next)) open.push([watched, "A"]);
  }
  return [...found].filter((id) => world.route53.checks.has(id));
}
