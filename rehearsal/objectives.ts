import { unreadOfAll } from "../routing/boundParts";
import type { ObjectiveName, StackFacts } from "../routing/graph/stackOutputs";
import { InputError } from "../routing/inputError";
import type { ReportedOutageBound } from "./outageBounds";
import type { ObjectiveResult } from "./result";

/** What of an outage an objective measures. */
const measures: Readonly<
  Record<
    ObjectiveName,
    readonly [
      cause: ReportedOutageBound["cause"],
      secondsOf: (bound: ReportedOutageBound) => number | undefined,
    ]
  >
> = {
  "zoneOrRegion.detection": ["zoneOrRegion", ({ detectionSeconds }) => detectionSeconds],
  "zoneOrRegion.downtime": ["zoneOrRegion", ({ downtimeSeconds }) => downtimeSeconds],
  "database.downtime": ["database", ({ downtimeSeconds }) => downtimeSeconds],
};

/** The objectives of the stack, each with the worst case of any single outage, over all types. */
export function objectivesOf(
  { objectives }: Pick<StackFacts, "objectives">,
  bounds: readonly ReportedOutageBound[],
): readonly ObjectiveResult[] {
  return [...objectives].map(([name, target]) => {
    const [cause, secondsOf] = measures[name];
    const measured = bounds.filter((one) => one.cause === cause);
    const worst = longest(measured.map(secondsOf));
    const endless = measured.filter((one) => secondsOf(one) === undefined);
    const dependsOn = unreadOfAll(endless.map(({ unread }) => unread));
    return {
      name,
      target,
      worst,
      ...(endless.length > 0 && dependsOn.length === 0 ? { isEndless: true as const } : {}),
      met: worst !== null && worst <= target,
      ...(dependsOn.length > 0 ? { dependsOn } : {}),
    };
  });
}

/** What takes longest of what an objective measures, in words; undefined where nothing is measured. */
export function slowestOf(
  name: ObjectiveName,
  bounds: readonly ReportedOutageBound[],
): string | undefined {
  const [cause, secondsOf] = measures[name];
  const length = (bound: ReportedOutageBound): number => secondsOf(bound) ?? Infinity;
  const [slowest] = bounds
    .filter((one) => one.cause === cause)
    .sort((a, b) => length(b) - length(a));
  return slowest?.why();
}

const objectiveNames: readonly ObjectiveName[] = [
  "zoneOrRegion.detection",
  "zoneOrRegion.downtime",
  "database.downtime",
];

/**
 * Objectives from their names and seconds.
 *
 * @param given each as `name=seconds`, such as `zoneOrRegion.downtime=90`
 * @throws InputError with a line for each that names no objective, or no seconds
 */
export function objectivesFrom(given: readonly string[]): ReadonlyMap<ObjectiveName, number> {
  const faults: string[] = [];
  const objectives = new Map<ObjectiveName, number>();
  for (const one of given) {
    const [text = "", value = ""] = one.split("=");
    const name = objectiveNames.find((known) => known === text);
    const seconds = value.trim() === "" ? NaN : Number(value);
    if (name === undefined) {
      faults.push(
        `--objective: no such objective, got ${one}; write one of ${objectiveNames.join(", ")} with its seconds, such as zoneOrRegion.downtime=90`,
      );
    } else if (!(seconds >= 0)) {
      faults.push(
        `--objective ${name}: must be seconds, 0 or more, got ${one}; for example ${name}=90`,
      );
    } else objectives.set(name, seconds);
  }
  if (faults.length > 0) throw new InputError(faults);
  return objectives;
}

/** Null if nothing was measured, or if one of the outages is never detected. */
function longest(durations: readonly (number | undefined)[]): number | null {
  const known = durations.filter((duration) => duration !== undefined);
  return known.length === durations.length && known.length > 0 ? Math.max(...known) : null;
}
