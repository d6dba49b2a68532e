import { seconds } from "../report/figures";
import type { Predicted, PredictedSeconds } from "./drillRun";

/** What was measured of an outage that is over; null: never noticed. */
export interface MeasuredSeconds {
  readonly detection: number | null;
  readonly downtime: number | null;
}

/** What was measured so far of an outage that something cut short. */
export interface MeasuredSoFar {
  readonly isNoticed: boolean;
  /** Until it was noticed, or cut short. */
  readonly detection: number;
  readonly downtime: number;
}

/**
 * What left its bound or the range of simulated runs, and at which end, in words.
 *
 * @param mostMoved whether most customers were at what failed: otherwise it is by chance who is, and an outage
 *   may be shorter than any simulated one
 */
export function outsideOf(
  { detection, downtime }: MeasuredSeconds,
  predicted: Predicted,
  mostMoved: boolean,
): readonly string[] {
  return [
    ...leftEnds("noticed in", detection, predicted.detection, true),
    ...leftEnds("orders failed for", downtime, predicted.downtime, mostMoved),
  ];
}

/** What had left its bound already when an outage was cut short: nothing else can be said of it. */
export function exceededOf(
  { isNoticed, detection, downtime }: MeasuredSoFar,
  predicted: Predicted,
): readonly string[] {
  return [
    ...beyond(isNoticed ? "noticed in" : "not noticed in", detection, predicted.detection),
    ...beyond("orders failed for at least", downtime, predicted.downtime),
  ];
}

/** As exact as it is printed: 28.04 s is not longer than 28 s. */
function shown(measured: number): number {
  return Math.round(measured * 10) / 10;
}

function beyond(what: string, measured: number, { bound }: PredictedSeconds): readonly string[] {
  return bound !== null && shown(measured) > bound
    ? [`${what} ${seconds(measured)}, longer than the bound ${seconds(bound)}`]
    : [];
}

function leftEnds(
  what: string,
  measured: number | null,
  predicted: PredictedSeconds,
  hasLow: boolean,
): readonly string[] {
  const { bound, simulated } = predicted;
  if (measured === null) return bound === null ? [] : [`${what}: never, bound ${seconds(bound)}`];
  const exceeded = beyond(what, measured, predicted);
  if (exceeded.length > 0 || !simulated) return exceeded;
  const said = `${what} ${seconds(measured)}`;
  const { low, high } = simulated;
  if (shown(measured) > high) return [`${said}, longer than any simulated run (${seconds(high)})`];
  return hasLow && shown(measured) < low
    ? [`${said}, shorter than any simulated run (${seconds(low)})`]
    : [];
}
