import type { DrillEvent, DrillPrediction } from "./drillRun";
import type { EndedOrder } from "./customers";
import { patienceSeconds } from "./customers";
import { toMilliseconds } from "./drillLog";
import { outsideOf } from "./judging";

/**
 * An outage is over when the last order that failed is so long ago: orders that were sent after it have ended.
 */
export const quietSeconds = patienceSeconds + 1;

/** A fault that begins. */
export interface BegunFault {
  readonly name: string;
  readonly atSeconds: number;
  /** What Route 53 decides in the end, by the model. */
  readonly finalAnswer: string;
  /** What it decided before. */
  readonly answerBefore: string;
  /** The longest TTL of an answer. */
  readonly ttlSeconds: number;
  /** Whether most customers are at what fails. */
  readonly mostMoved: boolean;
  /** Absent where nothing was predicted. */
  readonly prediction?: DrillPrediction;
}

type Measured = Omit<Extract<DrillEvent, { kind: "measured" }>, "atSeconds">;

/** How a fault goes on, as far as it was seen. */
interface Measuring extends BegunFault {
  /** When Route 53 decided as it does in the end; undefined while it decides something else. */
  decidedSeconds?: number | undefined;
  /** When its name servers answered so. */
  publishedSeconds?: number | undefined;
  firstFailedSeconds?: number;
  lastFailedSeconds?: number;
}

/** Measures the last fault that began: until its outage is over, or something else happens. */
export class Measures {
  private current: Measuring | undefined;
  private decided = "";
  private published = "";

  begin(fault: BegunFault): void {
    this.current = { ...fault };
    this.decide(this.decided, fault.atSeconds);
    this.publish(this.published, fault.atSeconds);
  }

  /** Route 53 decides an answer. */
  decide(answer: string, atSeconds: number): void {
    this.decided = answer;
    const { current } = this;
    if (!current) return;
    if (answer !== current.finalAnswer) current.decidedSeconds = undefined;
    else current.decidedSeconds ??= atSeconds;
  }

  /** The name servers give an answer from now on. */
  publish(answer: string, atSeconds: number): void {
    this.published = answer;
    const { current } = this;
    if (!current) return;
    if (answer !== current.finalAnswer) current.publishedSeconds = undefined;
    else current.publishedSeconds ??= atSeconds;
  }

  /** A customer's order has ended; the static page counts as an answer. */
  ended({ outcome, atSeconds }: EndedOrder): void {
    const { current } = this;
    if (!current || outcome !== "failed") return;
    // An order that was under way failed when the fault began.
    const at = Math.max(atSeconds, current.atSeconds);
    current.firstFailedSeconds = Math.min(current.firstFailedSeconds ?? at, at);
    current.lastFailedSeconds = Math.max(current.lastFailedSeconds ?? at, at);
  }

  /** The result, once the outage is over: nobody can be on an old answer, nor wait for one. */
  resultAt(nowSeconds: number): Measured | undefined {
    const { current } = this;
    if (!current?.publishedSeconds) return undefined;
    const quietFrom = Math.max(
      current.publishedSeconds + current.ttlSeconds,
      current.lastFailedSeconds ?? 0,
    );
    return nowSeconds < quietFrom + quietSeconds ? undefined : this.end(true);
  }

  /** Ends the measure; an outage that is not over has no duration. */
  end(isOver = false): Measured | undefined {
    const { current } = this;
    this.current = undefined;
    if (!current) return undefined;
    const { name, prediction, atSeconds, decidedSeconds, firstFailedSeconds } = current;
    const isMoved = current.finalAnswer !== current.answerBefore;
    const detectionSeconds = !isMoved
      ? 0
      : decidedSeconds === undefined
        ? null
        : decidedSeconds - atSeconds;
    const downtimeSeconds = !isOver
      ? null
      : firstFailedSeconds === undefined
        ? 0
        : (current.lastFailedSeconds as number) - firstFailedSeconds;
    const within = (seconds: number | null, bound: number | null): boolean =>
      bound === null || (seconds !== null && seconds <= bound);
    const measured = {
      detection: rounded(detectionSeconds),
      downtime: rounded(downtimeSeconds),
    };
    return {
      kind: "measured",
      fault: name,
      detectionSeconds: measured.detection,
      downtimeSeconds: measured.downtime,
      ...(prediction && isOver
        ? {
            isWithinBound:
              within(detectionSeconds, prediction.detection.bound) &&
              within(downtimeSeconds, prediction.downtime.bound),
            outside: outsideOf(measured, prediction, current.mostMoved),
          }
        : {}),
    };
  }
}

function rounded(seconds: number | null): number | null {
  return seconds === null ? null : toMilliseconds(seconds);
}
