import { join } from "node:path";
import { evaluate } from "../rehearsal/engine/evaluate";
import { EveryFault, everyFaultOf } from "../routing/graph/everyFault";
import type { Resource } from "../routing/graph/resource";
import { StackModel } from "../routing/graph/stackModel";
import { compare } from "../tests/routing/random/compare";
import { resource, zone } from "../tests/routing/graph/stack";
import { boundOf, worstOf } from "../tests/routing/simulation/boundOf";
import { scenarios } from "../tests/routing/simulation/scenarios";
import type { Figures } from "./figures";
import { median } from "./measure";
import { proofFigures } from "./proof";
import { resolveFigures } from "./resolve";

const root = join(__dirname, "..");
const turnsCount = 5;

const everyFaultMaxSeconds = 1;
const sixtyFaultsMaxSeconds = 10;
/** The maximum ratio of the time for a thousand hostnames to a thousand times that for one. */
const timesLinearMax = 1;
const randomZonesCount = 2_000;
/** The maximum number of faults in every twenty-fifth random zone. */
const faultsMax = 14;
const runsCount = 20_000;
/** The longest run is at least this share of the bound. */
const tightnessMin = 0.99;

/**
 * The time to compute every set of faults, or one, and the distance of the bounds from simulated
 * runs.
 *
 * @param commit the commit to compare `resolve` and `prove` with; undefined: no comparison
 */
export async function logicFigures(figures: Figures, commit: string | undefined): Promise<void> {
  await everyFaultFigures(figures);
  await resolveFigures(figures, commit);
  treeFigures(figures);
  hostnameFigures(figures);
  proofFigures(figures, commit);
  randomFigures(figures);
  boundFigures(figures);
}

function seconds(work: () => void): number {
  const started = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - started) / 1e9;
}

function medianOf(work: () => void): number {
  return median(Array.from({ length: turnsCount }, () => seconds(work)));
}

async function everyFaultFigures(figures: Figures): Promise<void> {
  for (const [stack, name] of [
    ["prod", "orders.cafe.com"],
    ["dev", "orders.dev.cafe.com"],
  ] as const) {
    const { resources } = await evaluate({ projectDirectory: root, stack });
    let made: EveryFault | undefined;
    const time = medianOf(() => {
      made = everyAnswer(new StackModel(resources), name);
    });
    figures.print(`logic.${stack}.everyFault.variables`, made?.variables.length ?? NaN, "count");
    figures.print(`logic.${stack}.everyFault.nodes`, made?.diagram.nodesCount ?? NaN, "count");
    figures.print(`logic.${stack}.everyFault`, time, "s", { most: everyFaultMaxSeconds });
  }
}

function everyAnswer(stackModel: StackModel, name: string): EveryFault {
  const every = new EveryFault(stackModel, everyFaultOf(stackModel, name, "A"));
  every.answers(name, "A");
  return every;
}

/** Pairs of servers below failover and weighted names, down to 20 servers with a check each. */
function treeFigures(figures: Figures): void {
  const resources = [zone, ...treeBelow("www.a.test", 0, 0)];
  let made: EveryFault | undefined;
  const time = seconds(() => {
    const stackModel = new StackModel(resources);
    // A server, and its check wrongly failing or passing: 60 faults of 20 servers.
    const faults = everyFaultOf(stackModel, "www.a.test", "A").filter(
      ({ kind }) => kind === "resource" || kind === "check",
    );
    made = new EveryFault(stackModel, faults);
    made.answers("www.a.test", "A");
  });
  figures.print("logic.tree.faults", made?.variables.length ?? NaN, "count");
  figures.print("logic.tree.nodes", made?.diagram.nodesCount ?? NaN, "count");
  figures.print("logic.tree.60faults", time, "s", { most: sixtyFaultsMaxSeconds });
}

/** Children of each level: 2 × 5 × 2 makes 20 servers. */
const branching = [2, 5, 2] as const;

function treeBelow(name: string, level: number, first: number): readonly Resource[] {
  const isLast = level === branching.length - 1;
  const count = branching[level] ?? 0;
  return Array.from({ length: count }, (_, index) => {
    const id = first * count + index;
    const below = `l${level}-${id}.a.test`;
    const record = {
      name,
      type: "A",
      zoneId: "Z1",
      setIdentifier: `${index}`,
      ...(level === 1
        ? { weightedRoutingPolicies: [{ weight: index + 1 }] }
        : { failoverRoutingPolicies: [{ type: index === 0 ? "PRIMARY" : "SECONDARY" }] }),
    };
    const recordType = "aws:route53/record:Record";
    if (!isLast) {
      const aliases = [{ name: below, zoneId: "Z1", evaluateTargetHealth: true }];
      return [
        resource(recordType, `record-${below}`, { ...record, aliases }),
        ...treeBelow(below, level + 1, id),
      ];
    }
    const address = `198.51.100.${id}`;
    const check = { type: "HTTP", ipAddress: address, requestInterval: 30, failureThreshold: 3 };
    return [
      resource("aws:ec2/instance:Instance", `web-${id}`),
      resource("aws:ec2/eip:Eip", `ip-${id}`, { publicIp: address, instance: `web-${id}` }),
      resource("aws:route53/healthCheck:HealthCheck", `check-${id}`, check),
      resource(recordType, `record-${below}`, {
        ...record,
        ttl: 60,
        records: [address],
        healthCheckId: `check-${id}`,
      }),
    ];
  }).flat();
}

/** Hostnames that all lead to one tree, in one model. */
function hostnameFigures(figures: Figures): void {
  const many = 1_000;
  const names = Array.from({ length: many }, (_, index) => `shop${index}.a.test`);
  const tops = names.map((name) =>
    resource("aws:route53/record:Record", name, {
      name,
      type: "A",
      zoneId: "Z1",
      aliases: [{ name: "www.a.test", zoneId: "Z1", evaluateTargetHealth: true }],
    }),
  );
  const resources = [zone, ...treeBelow("www.a.test", 0, 0), ...tops];
  const asking = (asked: readonly string[]): number =>
    medianOf(() => {
      const stackModel = new StackModel(resources);
      const every = new EveryFault(stackModel, everyFaultOf(stackModel, asked[0] ?? "", "A"));
      for (const name of asked) every.answers(name, "A");
    });
  const [one, all] = [asking(names.slice(0, 1)), asking(names)];
  figures.print("logic.hostnames.1", one, "s");
  figures.print("logic.hostnames.1000", all, "s");
  figures.print("logic.hostnames.1000.ofLinear", all / (one * many), "ratio", {
    most: timesLinearMax,
  });
}

function randomFigures(figures: Figures): void {
  let assignments = 0;
  const byFaults = new Map<number, number>();
  const time = seconds(() => {
    for (let seed = 1; seed <= randomZonesCount; seed += 1) {
      const compared = compare(seed, seed % 25 === 0 ? faultsMax : 5);
      assignments += compared.assignments;
      byFaults.set(compared.faults, (byFaults.get(compared.faults) ?? 0) + 1);
    }
  });
  figures.print("logic.random.zones", randomZonesCount, "count");
  for (const [faults, zones] of [...byFaults].sort(([a], [b]) => a - b)) {
    figures.print(`logic.random.zones.with${faults}faults`, zones, "count");
  }
  figures.print("logic.random.assignments.compared", assignments, "count");
  figures.print("logic.random", time, "s");
}

function boundFigures(figures: Figures): void {
  for (const scenario of scenarios) {
    const bound = boundOf(scenario).downtimeSeconds ?? Infinity;
    const worst = worstOf(scenario, runsCount);
    figures.say(`${scenario.name}: bound ${bound} s, longest of ${runsCount} runs ${worst} s`);
    // 1 means that a run reaches the bound; more would mean that the bound is wrong.
    figures.print("logic.bound.worstRun", worst / bound, "ratio", { most: 1 });
    figures.print("logic.bound.above", bound / worst, "ratio", { most: 1 / tightnessMin });
  }
}
