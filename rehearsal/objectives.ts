import type { ObjectiveName, StackFacts } from "../routing/graph/stackOutputs";
import type { ReportedOutageBound } from "./outageBounds";
import type { ObjectiveResult } from "./result";

/** The objectives of the stack, each with the worst case of any single outage, over all types. */
export function objectivesOf(
  { objectives }: StackFacts,
  bounds: readonly ReportedOutageBound[],
): readonly ObjectiveResult[] {
  const of = (cause: ReportedOutageBound["cause"]): typeof bounds =>
    bounds.filter((bound) => bound.cause === cause);
  const worst: Readonly<Record<ObjectiveName, number | null>> = {
    "zoneOrRegion.detection": longest(of("zoneOrRegion").map((each) => each.detectionSeconds)),
    "zoneOrRegion.downtime": longest(of("zoneOrRegion").map((each) => each.downtimeSeconds)),
    "database.downtime": longest(of("database").map((each) => each.downtimeSeconds)),
  };
  return [...objectives].map(([name, target]) => ({
    name,
    target,
    worst: worst[name],
    met: worst[name] !== null && worst[name] <= target,
  }));
}

/** Null if nothing was measured, or if one of the outages is never detected. */
function longest(durations: readonly (number | undefined)[]): number | null {
  const known = durations.filter((duration) => duration !== undefined);
  return known.length === durations.length && known.length > 0 ? Math.max(...known) : null;
}
