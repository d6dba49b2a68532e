import { toMilliseconds } from "./drillLog";
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

/** As exact as it is judged: to a tenth, 28.04 s beside a bound of 28 s would look within it. */
function exact(duration: number): string {
  return `${toMilliseconds(duration)} s`;
}

function beyond(what: string, measured: number, { bound }: PredictedSeconds): readonly string[] {
  return bound !== null && measured > bound
    ? [`${what} ${exact(measured)}, longer than the bound ${exact(bound)}`]
    : [];
}

function leftEnds(
  what: string,
  measured: number | null,
  predicted: PredictedSeconds,
  hasLow: boolean,
): readonly string[] {
  const { bound, simulated } = predicted;
  if (measured === null) return bound === null ? [] : [`${what}: never, bound ${exact(bound)}`];
  const exceeded = beyond(what, measured, predicted);
  if (exceeded.length > 0 || !simulated) return exceeded;
  const said = `${what} ${exact(measured)}`;
  const { low, high } = simulated;
  if (measured > high) return [`${said}, longer than any simulated run (${exact(high)})`];
  return hasLow && measured < low
    ? [`${said}, shorter than any simulated run (${exact(low)})`]
    : [];
}
