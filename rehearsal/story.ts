import { deaths } from "../routing/checker";
import type { Fault } from "../routing/graph/faults";
import type { PlacedAnswer } from "../routing/graph/world";
import { World } from "../routing/graph/world";
import { answerOf } from "./answer";
import type { Evaluation } from "./engine/evaluate";
import type { ObjectiveName, StackFacts } from "./facts";
import { billOf, summaryOf } from "./cost/bill";
import { factsOf } from "./facts";
import { groupsOf, hostnameNotes, hostnamesOf } from "./hostnames";
import type { Bound, Objective, Rehearsal, StackRehearsal, Step } from "./rehearsal";
import { inventoryOf } from "./inventory";
import type { OutageBound } from "./outageBounds";
import { addressTypesOf, outageBoundsOf } from "./outageBounds";
import { hostnameRoom } from "./quotas/hostnameRoom";
import { quotaUsesOf } from "./quotas/quotaUses";
import { treeOf } from "./tree";
import { ttlModesOf, ttlSettingsOf } from "./ttlModes";

/** Plays the failover story on the resources of each stack. */
export function rehearse(evaluations: readonly Evaluation[]): Rehearsal {
  return { stacks: evaluations.map(rehearseStack) };
}

/** The record type that the story asks for. */
const type = "A";

/** A stack on whose resources things happen. */
interface Stage {
  readonly world: World;
  readonly facts: StackFacts;
}

/** The faults before and after something happens, by name, and how things die. */
interface Event {
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly deaths: readonly ((typeof deaths)[number] | "returns")[];
}

function rehearseStack({ stack, resources, outputs }: Evaluation): StackRehearsal {
  const facts = factsOf(outputs, stack);
  const stage = { world: new World(resources, facts.assumptions), facts };
  const hostnames = hostnamesOf(outputs, facts.hostname);
  const groups = groupsOf(stage.world, hostnames);
  // One of each group stands for the others, whose tree is the same.
  const bounds = groups.flatMap(({ hostname }) => outageBoundsOf(stage.world, hostname));
  const ttl = ttlSettingsOf(outputs);
  return {
    stack,
    hostname: facts.hostname,
    tree: treeOf(stage.world, facts.hostname, type),
    story: storyOf(stage),
    objectives: objectivesOf(stage, bounds),
    ...(ttl
      ? {
          ttlModes: ttlModesOf(ttl, {
            resources,
            hostname: facts.hostname,
            world: stage.world,
            bounds,
          }),
        }
      : {}),
    cost: summaryOf(billOf(stack, resources, { world: stage.world, bounds })),
    ...(hostnames.length > 1 ? { hostnames: groups } : {}),
    quotas: quotaUsesOf(stage.world.graph),
    notes: [
      `Made of ${inventoryOf(resources)}.`,
      `The story is told for A; the objectives hold for ${addressTypesOf(stage.world, facts.hostname).join(" and ")}.`,
      `Worst cases for a client that obeys the TTL. They rest on ${facts.assumptions.propagationSeconds} s (δ, a parameter) for Route 53 to spread a decision: AWS publishes no figure.`,
      "What resolvers and clients keep beyond the TTL comes on top; DNS never moves an open connection.",
      ...hostnameNotes(groups, hostnameRoom(stage.world, hostnames)),
    ],
  };
}

/** First the zone that serves dies, then its region, then the next region; then all return, but a database. */
function storyOf(stage: Stage): readonly Step[] {
  const { availabilityZone } = leader(stage, []);
  const zone = availabilityZone === undefined ? [] : [availabilityZone];
  const { region: primary } = leader(stage, zone);
  const region = primary === undefined ? zone : [...zone, primary];
  const { region: standby } = leader(stage, region);
  const regions = standby === undefined ? region : [...region, standby];
  const dies = (name: string | undefined): string =>
    name === undefined ? "nothing more can die" : `${titleOf(stage, name)} dies`;
  const database = databaseOf(stage, primary);
  return [
    stepOf(stage, "all is well", { from: [], to: [], deaths: [] }),
    stepOf(stage, dies(availabilityZone), { from: [], to: zone, deaths }),
    stepOf(stage, dies(primary), { from: zone, to: region, deaths }),
    stepOf(stage, dies(standby), { from: region, to: regions, deaths }),
    stepOf(stage, "all return", { from: regions, to: [], deaths: ["returns"] }),
    ...(database === undefined
      ? []
      : [stepOf(stage, "its database dies", { from: [], to: [database.name], deaths })]),
  ];
}

/** The database whose loss moves most customers out of a region. */
function databaseOf(stage: Stage, region: string | undefined): Fault | undefined {
  const databases = stage.world.reliance
    .faults(stage.facts.hostname, type)
    .filter(({ kind }) => kind === "resource");
  return databases.find(({ name }) => leader(stage, [name]).region !== region) ?? databases[0];
}

/** The answer that most queries get. */
function leader({ world, facts }: Stage, faults: readonly string[]): Partial<PlacedAnswer> {
  const { answers } = world.under(world.faults(faults)).resolve(facts.hostname, type);
  return [...answers].sort((a, b) => b.probability - a.probability)[0] ?? {};
}

/** What people call a region; a name that has no other stays. */
function titleOf({ facts }: Stage, name: string): string {
  const title = facts.regionNames.get(name);
  if (title === undefined) return name;
  return `${title.charAt(0).toUpperCase()}${title.slice(1)}`;
}

function stepOf(stage: Stage, step: string, event: Event): Step {
  const { world, facts } = stage;
  const { answers } = world.under(world.faults(event.to)).resolve(facts.hostname, type);
  const bounds = boundsOf(stage, event);
  const worst = slowest(bounds);
  return {
    step,
    faults: event.to,
    answers: answers.map(answerOf),
    death: worst?.death ?? "",
    detection: worst?.detection ?? null,
    downtime: worst?.downtime ?? null,
    bounds,
  };
}

function boundsOf({ world, facts }: Stage, { from, to, deaths: ways }: Event): readonly Bound[] {
  return ways.map((death) => {
    const bound = world.worstCase(
      facts.hostname,
      type,
      world.faults(from),
      world.faults(to),
      death,
    );
    return {
      death,
      detection: bound.detectionSeconds ?? null,
      downtime: bound.downtimeSeconds ?? null,
      terms: bound.terms,
    };
  });
}

/** The bound with the longest downtime; one that never ends is the longest. */
function slowest(bounds: readonly Bound[]): Bound | undefined {
  const length = ({ downtime }: Bound): number => downtime ?? Infinity;
  return [...bounds].sort((a, b) => length(b) - length(a))[0];
}

/** The objectives of the stack, each with the worst that any single outage costs, over all types. */
function objectivesOf({ facts }: Stage, bounds: readonly OutageBound[]): readonly Objective[] {
  const of = (cause: OutageBound["cause"]): typeof bounds =>
    bounds.filter((bound) => bound.cause === cause);
  const worst: Readonly<Record<ObjectiveName, number | null>> = {
    "zoneOrRegion.detection": longest(of("zoneOrRegion").map((each) => each.detectionSeconds)),
    "zoneOrRegion.downtime": longest(of("zoneOrRegion").map((each) => each.downtimeSeconds)),
    "database.downtime": longest(of("database").map((each) => each.downtimeSeconds)),
  };
  return [...facts.objectives].map(([name, target]) => ({
    name,
    target,
    worst: worst[name],
    met: worst[name] !== null && worst[name] <= target,
  }));
}

/** Null when nothing was measured, or when one of the outages is never noticed. */
function longest(durations: readonly (number | undefined)[]): number | null {
  const known = durations.filter((duration) => duration !== undefined);
  return known.length === durations.length && known.length > 0 ? Math.max(...known) : null;
}
