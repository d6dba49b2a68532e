import { seconds } from "../report/figures";
import type { DrillPrediction, PredictedSeconds } from "./drillRun";

/** What was measured of an outage that is over; null: never noticed. */
export interface MeasuredSeconds {
  readonly detection: number | null;
  readonly downtime: number | null;
}

/**
 * What left its bound or the range of simulated runs, and at which end, in words.
 *
 * @param mostMoved whether most customers were at what failed: otherwise it is by chance who is, and an outage
 *   may be shorter than any simulated one
 */
export function outsideOf(
  { detection, downtime }: MeasuredSeconds,
  predicted: Pick<DrillPrediction, "detection" | "downtime">,
  mostMoved: boolean,
): readonly string[] {
  return [
    ...leftEnds("noticed in", detection, predicted.detection, true),
    ...leftEnds("orders failed for", downtime, predicted.downtime, mostMoved),
  ];
}

function leftEnds(
  what: string,
  measured: number | null,
  { bound, simulated }: PredictedSeconds,
  hasLow: boolean,
): readonly string[] {
  if (measured === null) return bound === null ? [] : [`${what}: never, bound ${seconds(bound)}`];
  const said = `${what} ${seconds(measured)}`;
  if (bound !== null && measured > bound)
    return [`${said}, longer than the bound ${seconds(bound)}`];
  if (!simulated) return [];
  const { low, high } = simulated;
  if (measured > high) return [`${said}, longer than any simulated run (${seconds(high)})`];
  return hasLow && measured < low
    ? [`${said}, shorter than any simulated run (${seconds(low)})`]
    : [];
}
