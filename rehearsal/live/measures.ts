import type { Answer, Resolution } from "../../routing/resolve";
import { answersKey, leftSeconds } from "./answers";
import type { DrillEvent, Predicted } from "./drillRun";
import type { EndedOrder } from "./customers";
import { patienceSeconds } from "./customers";
import { toMilliseconds } from "./drillLog";
import type { MeasuredSeconds, MeasuredSoFar } from "./judging";
import { exceededOf, outsideOf } from "./judging";

/**
 * An outage is over when the last order that failed is so long ago: orders that were sent after it have ended.
 */
export const quietSeconds = patienceSeconds + 1;

/** How often customers report, in seconds: an outage is seen to be over only then. */
export const reportEverySeconds = 1;

/** The seconds from a fault until its outage has been measured at the latest; undefined where it may not end. */
export function measuredWithinSeconds({ downtime: { bound } }: Predicted): number | undefined {
  return bound === null ? undefined : Math.ceil(bound + quietSeconds + reportEverySeconds);
}

/** A fault that begins. */
export interface BegunFault {
  readonly name: string;
  readonly atSeconds: number;
  /** What Route 53 answers in the end, by the model. */
  readonly finalAnswer: Resolution;
  /** Whether clients have to leave an answer. */
  readonly isBad: (answer: Answer) => boolean;
  /** Whether most customers are at what fails, once they have the present answer. */
  readonly mostMoved: boolean;
  /** Absent where nothing was predicted. */
  readonly predicted?: Predicted;
}

type Measured = Omit<Extract<DrillEvent, { kind: "measured" }>, "atSeconds">;

/** How a fault goes on, as far as it was seen. */
interface Measuring extends BegunFault {
  /** How long resolvers may keep what was answered at its begin. */
  readonly ttlSeconds: number;
  /** When Route 53 decided against every bad answer; undefined while it has not. */
  decidedSeconds?: number | undefined;
  /** When its name servers answered as they do in the end; undefined while they answer something else. */
  publishedSeconds?: number | undefined;
  firstFailedSeconds?: number;
  lastFailedSeconds?: number;
}

/** Before there is any answer. */
const noAnswer: Resolution = { answers: [], lastResort: false, unanswered: 1 };

/** Measures the last fault that began: until its outage is over, or something else happens. */
export class Measures {
  private current: Measuring | undefined;
  private decided: Resolution = noAnswer;
  private published: Resolution = noAnswer;
  /** When no customer has an older answer than the published one any more. */
  private followedSeconds = 0;

  /** What began and is not over yet. */
  get open(): string | undefined {
    return this.current?.name;
  }

  begin(fault: BegunFault): void {
    const { atSeconds } = fault;
    const mostMoved = fault.mostMoved && atSeconds >= this.followedSeconds;
    this.current = {
      ...fault,
      mostMoved,
      ttlSeconds: leftSeconds(this.published, fault.finalAnswer),
    };
    this.decide(this.decided, atSeconds);
    this.publish(this.published, atSeconds);
  }

  /** Route 53 decides an answer. */
  decide(answer: Resolution, atSeconds: number): void {
    this.decided = answer;
    const { current } = this;
    if (!current) return;
    const isLeft = !answer.answers.some((one) => one.probability > 0 && current.isBad(one));
    current.decidedSeconds = isLeft ? (current.decidedSeconds ?? atSeconds) : undefined;
  }

  /** The name servers give an answer from now on. */
  publish(answer: Resolution, atSeconds: number): void {
    if (answersKey(answer) !== answersKey(this.published)) {
      this.followedSeconds = atSeconds + leftSeconds(this.published, answer);
    }
    this.published = answer;
    const { current } = this;
    if (!current) return;
    const isFinal = answersKey(answer) === answersKey(current.finalAnswer);
    current.publishedSeconds = isFinal ? (current.publishedSeconds ?? atSeconds) : undefined;
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
    return nowSeconds < quietFrom + quietSeconds ? undefined : this.end(nowSeconds, true);
  }

  /** Ends the measure; an outage that is not over has no duration. */
  end(nowSeconds: number, isOver = false): Measured | undefined {
    const { current } = this;
    this.current = undefined;
    if (!current) return undefined;
    const { name, predicted, atSeconds, decidedSeconds } = current;
    const detectionSeconds = decidedSeconds === undefined ? null : decidedSeconds - atSeconds;
    const { firstFailedSeconds = 0, lastFailedSeconds = 0 } = current;
    const failedSeconds = lastFailedSeconds - firstFailedSeconds;
    const measured = {
      detection: rounded(detectionSeconds),
      downtime: rounded(isOver ? failedSeconds : null),
    };
    const soFar = {
      isNoticed: detectionSeconds !== null,
      detection: detectionSeconds ?? nowSeconds - atSeconds,
      downtime: failedSeconds,
    };
    return {
      kind: "measured",
      fault: name,
      detectionSeconds: measured.detection,
      downtimeSeconds: measured.downtime,
      ...(predicted ? { predicted, ...judged(measured, soFar, predicted, current, isOver) } : {}),
    };
  }
}

/** Of an outage that was cut short, only what had left its bound already is judged. */
function judged(
  measured: MeasuredSeconds,
  soFar: MeasuredSoFar,
  predicted: Predicted,
  { mostMoved }: BegunFault,
  isOver: boolean,
): Pick<Measured, "isWithinBound" | "outside"> {
  const exceeded = exceededOf(soFar, predicted);
  if (!isOver) return exceeded.length > 0 ? { isWithinBound: false, outside: exceeded } : {};
  const isNever = measured.detection === null && predicted.detection.bound !== null;
  return {
    isWithinBound: exceeded.length === 0 && !isNever,
    outside: outsideOf(measured, predicted, mostMoved),
  };
}

function rounded(seconds: number | null): number | null {
  return seconds === null ? null : toMilliseconds(seconds);
}
