import { deaths } from "../routing/checker";
import type { PlacedAnswer } from "../routing/graph/world";
import { World } from "../routing/graph/world";
import { answerOf } from "./answer";
import type { Evaluation } from "./engine/evaluate";
import type { ObjectiveName, StackFacts } from "./facts";
import { factsOf } from "./facts";
import type { Bound, Objective, Rehearsal, StackRehearsal, Step } from "./rehearsal";
import { treeOf } from "./tree";

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
  return {
    stack,
    hostname: facts.hostname,
    tree: treeOf(stage.world, facts.hostname, type),
    story: storyOf(stage),
    objectives: objectivesOf(stage),
    notes: [
      `Worst cases for a client that obeys the TTL. They rest on ${facts.assumptions.propagationSeconds} s (δ, a parameter) for Route 53 to spread a decision: AWS publishes no figure.`,
      "What resolvers and clients keep beyond the TTL comes on top; DNS never moves an open connection.",
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
  const [database] = stage.world.reliance
    .faults(stage.facts.hostname, type)
    .filter(({ kind }) => kind === "resource");
  return [
    stepOf(stage, "all is well", { from: [], to: [], deaths: [] }),
    stepOf(stage, dies(availabilityZone), { from: [], to: zone, deaths }),
    stepOf(stage, dies(primary), { from: zone, to: region, deaths }),
    stepOf(stage, dies(standby), { from: region, to: regions, deaths }),
    stepOf(stage, "all return", { from: regions, to: [], deaths: ["returns"] }),
    ...(database === undefined
      ? []
      : [stepOf(stage, `${database.name} dies`, { from: [], to: [database.name], deaths })]),
  ];
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

/** The objectives of the stack, each with the worst that any single event costs. */
function objectivesOf(stage: Stage): readonly Objective[] {
  const outages = boundsOfAll(stage, outagesOf(stage));
  const databases = boundsOfAll(stage, databaseEventsOf(stage));
  const worst: Readonly<Record<ObjectiveName, number | null>> = {
    "zoneOrRegion.detection": longest(outages.map(({ detection }) => detection)),
    "zoneOrRegion.downtime": longest(outages.map(({ downtime }) => downtime)),
    "database.downtime": longest(databases.map(({ downtime }) => downtime)),
  };
  return [...stage.facts.objectives].map(([name, target]) => ({
    name,
    target,
    worst: worst[name],
    met: worst[name] !== null && worst[name] <= target,
  }));
}

function boundsOfAll(stage: Stage, events: readonly Event[]): readonly Bound[] {
  return events.flatMap((event) => boundsOf(stage, event));
}

/** Null when nothing was measured, or when one of the events is never noticed. */
function longest(durations: readonly (number | null)[]): number | null {
  const known = durations.filter((duration) => duration !== null);
  return known.length === durations.length && known.length > 0 ? Math.max(...known) : null;
}

/**
 * Every availability zone and region alone, and the regions of the story one after the other.
 * Without those that a database is lost in whose web servers live elsewhere.
 */
function outagesOf(stage: Stage): readonly Event[] {
  return placeEvents(stage).filter((event) => !isDatabaseLoss(stage, event));
}

function isDatabaseLoss({ world, facts }: Stage, { to }: Event): boolean {
  return world.reliance.isWithout(world.under(world.faults(to)), facts.hostname, type);
}

function placeEvents(stage: Stage): readonly Event[] {
  const { regions, availabilityZones } = stage.world.placements;
  const alone = [...availabilityZones, ...regions].map((name) => ({
    from: [],
    to: [name],
    deaths,
  }));
  const { region: primary } = leader(stage, []);
  const first = primary === undefined ? [] : [primary];
  const { region: standby } = leader(stage, first);
  const both = standby === undefined ? first : [...first, standby];
  return [...alone, { from: first, to: both, deaths }, { from: [], to: both, deaths }];
}

/**
 * Each region's database dying while its web servers live, by itself or with its zone. Where the
 * stack has none, the deep check failing is what it looks like: deep checks are those that watch a
 * name, since a region's name follows its zones.
 */
function databaseEventsOf(stage: Stage): readonly Event[] {
  const { world, facts } = stage;
  return [
    ...world.reliance.faults(facts.hostname, type).map(({ name }) => ({
      from: [],
      to: [name],
      deaths,
    })),
    ...placeEvents(stage).filter((event) => isDatabaseLoss(stage, event)),
  ];
}
