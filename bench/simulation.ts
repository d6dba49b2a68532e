import { join } from "node:path";
import { evaluate } from "../rehearsal/engine/evaluate";
import { defaultFaultRates } from "../rehearsal/proof/faultRates";
import type { Proof } from "../rehearsal/proof/prove";
import { prove } from "../rehearsal/proof/prove";
import { statesOf } from "../rehearsal/simulation/answers";
import type { ChangePlan } from "../rehearsal/simulation/changes";
import { changePlanOf } from "../rehearsal/simulation/changes";
import { streamOf } from "../rehearsal/simulation/random";
import { Simulator } from "../rehearsal/simulation/simulator";
import { simulateChanges } from "../rehearsal/simulation/threads";
import type { Resource } from "../routing/graph/resource";
import { StackModel } from "../routing/graph/stackModel";
import { record, resource, zone } from "../tests/routing/graph/stack";
import type { Figures } from "./figures";

const root = join(__dirname, "..");
const proveMaxSeconds = 3;
const runsPerSecondMin = 2_000;
/** Two threads are at least so many times as fast as one. */
const speedupMin = 1.7;
const runs = 1_500;
const manyRuns = 100_000;
/** Memory after many runs may be so many times that after a tenth of them. */
const memoryGrowthMax = 1.1;
const timesLinearMax = 1;

/** What a simulation costs, on one thread and on two. */
export async function simulationFigures(figures: Figures): Promise<void> {
  const { resources } = await evaluate({ projectDirectory: root, stack: "prod" });
  let proof: Proof | undefined;
  const seconds = processorSeconds(() => {
    proof = prove({ stack: "prod", resources, names: [], rates: defaultFaultRates });
  });
  figures.print("simulation.prove.prod", seconds, "s", { most: proveMaxSeconds });
  if (!proof) return;
  const plans = plansOf(proof);
  await threadFigures(figures, plans);
  memoryFigures(figures, plans[0]);
  regionFigures(figures);
  proofFigures(figures);
}

/** Time of this process's processor, which other programs do not lengthen. */
function processorSeconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

function plansOf({ names, model }: Proof): readonly ChangePlan[] {
  return names.flatMap(({ name, type, transitions }) =>
    transitions.classes.flatMap(({ example }) => changePlanOf(model, name, type, example) ?? []),
  );
}

async function threadFigures(figures: Figures, plans: readonly ChangePlan[]): Promise<void> {
  const time = async (threads: number): Promise<{ wall: number; processor: number }> => {
    const [started, before] = [process.hrtime.bigint(), process.cpuUsage()];
    await simulateChanges(plans, { runs, seed: 1, threads });
    const { user, system } = process.cpuUsage(before);
    return {
      wall: Number(process.hrtime.bigint() - started) / 1e9,
      processor: (user + system) / 1e6,
    };
  };
  const [one, two] = [await time(1), await time(2)];
  const perRun = one.processor / (runs * plans.length);
  figures.print("simulation.changes", plans.length, "count");
  figures.print("simulation.perSecond", 1 / perRun, "runs");
  figures.print("simulation.secondsOf2000", perRun * runsPerSecondMin, "s", { most: 1 });
  figures.print("simulation.twoThreads.ofOne", two.wall / one.wall, "ratio", {
    most: 1 / speedupMin,
  });
  // What two threads would take if nothing else ran: each has half of this.
  figures.print("simulation.twoThreads.processor.ofOne", two.processor / one.processor, "ratio", {
    most: 2 / speedupMin,
  });
}

function memoryFigures(figures: Figures, change: ChangePlan | undefined): void {
  if (!change) return;
  const simulator = new Simulator(change.plan, statesOf(change.answers));
  const draws = streamOf(1, 0);
  const heapAfter = (count: number): number => {
    for (let run = 0; run < count; run += 1) simulator.run("ordinary", draws);
    global.gc?.();
    return process.memoryUsage().heapUsed;
  };
  const [few, many] = [heapAfter(manyRuns / 10), heapAfter(manyRuns)];
  figures.print("simulation.memory.100000.of10000", many / few, "ratio", {
    most: memoryGrowthMax,
  });
}

/** Regions one after the other, each of two servers, the first of which dies. */
function regionFigures(figures: Figures): void {
  const timeOf = (count: number): number => {
    const model = new StackModel(regions(count));
    const faults = model.faults(["web-0-0"]);
    const change = { from: [], to: faults, death: "refused" as const };
    return processorSeconds(() => {
      const plan = changePlanOf(model, "region-0.a.test", "A", change);
      if (!plan) throw new Error("too much changes at once");
      const simulator = new Simulator(plan.plan, statesOf(plan.answers));
      const draws = streamOf(1, 0);
      for (let run = 0; run < runs; run += 1) simulator.run("ordinary", draws);
    });
  };
  const [two, sixteen] = [timeOf(2), timeOf(16)];
  figures.print("simulation.regions.16.ofLinear", sixteen / (two * 8), "ratio", {
    most: timesLinearMax,
  });
}

/** The proof itself, by the number of regions and of hostnames that lead to one tree. */
function proofFigures(figures: Figures): void {
  const hostname = (index: number): string => `shop-${index}.a.test`;
  const proving = (
    resources: readonly Resource[],
    names: readonly string[],
  ): { readonly seconds: number; readonly transitions: number } => {
    let proof: Proof | undefined;
    const seconds = processorSeconds(() => {
      proof = prove({ stack: "bench", resources, names, rates: defaultFaultRates });
    });
    return { seconds, transitions: proof?.names[0]?.transitions.count ?? 0 };
  };
  const [two, sixteen] = [2, 16].map((count) => proving(regions(count), ["region-0.a.test"]));
  if (two && sixteen) {
    // Every pair of causes is a transition, so that 8 times the regions have 64 times as many.
    figures.print("proof.regions.2.transitions", two.transitions, "count");
    figures.print("proof.regions.16.transitions", sixteen.transitions, "count");
    figures.print("proof.regions.16", sixteen.seconds, "s");
    figures.print(
      "proof.regions.16.perTransition.ofLinear",
      sixteen.seconds / sixteen.transitions / ((two.seconds / two.transitions) * 8),
      "ratio",
      { most: timesLinearMax },
    );
  }
  const many = 1_000;
  const hostnames = Array.from({ length: many }, (_, index) => hostname(index));
  const tops = hostnames.map((name) =>
    record(name, {
      name,
      aliases: [{ name: "region-0.a.test", zoneId: "Z1", evaluateTargetHealth: true }],
    }),
  );
  const resources = [...regions(2), ...tops];
  const [one, all] = [proving(resources, hostnames.slice(0, 1)), proving(resources, hostnames)];
  figures.print("proof.hostnames.1000.ofLinear", all.seconds / (one.seconds * many), "ratio", {
    most: timesLinearMax,
  });
}

function regions(count: number): readonly Resource[] {
  const failover = (type: string): object => ({
    failoverRoutingPolicies: [{ type }],
    setIdentifier: type.toLowerCase(),
  });
  return [
    zone,
    ...Array.from({ length: count }, (_, region) => [
      ...["PRIMARY", "SECONDARY"].flatMap((role, place) => {
        const [id, address] = [`${region}-${place}`, `198.51.${region}.${place}`];
        return [
          resource("aws:ec2/instance:Instance", `web-${id}`),
          resource("aws:ec2/eip:Eip", `ip-${id}`, { publicIp: address, instance: `web-${id}` }),
          resource("aws:route53/healthCheck:HealthCheck", `check-${id}`, {
            type: "HTTP",
            ipAddress: address,
            requestInterval: 10,
            failureThreshold: 2,
          }),
          record(`pair-${id}`, {
            name: `pair-${region}.a.test`,
            ...failover(role),
            records: [address],
            healthCheckId: `check-${id}`,
          }),
        ];
      }),
      record(`own-${region}`, {
        name: `region-${region}.a.test`,
        ...failover("PRIMARY"),
        aliases: [{ name: `pair-${region}.a.test`, zoneId: "Z1", evaluateTargetHealth: true }],
      }),
      record(`next-${region}`, {
        name: `region-${region}.a.test`,
        ...failover("SECONDARY"),
        ...(region + 1 < count
          ? {
              aliases: [
                { name: `region-${region + 1}.a.test`, zoneId: "Z1", evaluateTargetHealth: true },
              ],
            }
          : { records: ["203.0.113.99"] }),
      }),
    ]).flat(),
  ];
}
