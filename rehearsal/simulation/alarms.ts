import type { AlarmPlan, Plan } from "./plan";
import { phaseAt } from "./plan";
import type { RunKind } from "./probes";
import { drawUpTo } from "./probes";
import type { Draws } from "./random";

/** Half of the data points are taken exactly at the start of a period. */
const earlyShare = 0.5;

/** The result of one alarm period; absent fields stay unchanged. */
export interface AlarmReading {
  readonly passes?: boolean;
  readonly silent?: boolean;
  /** When the next period is evaluated; absent if nothing can change any more. */
  readonly nextMs?: number;
}

/**
 * Alarms whose data checks follow: one data point per period, taken at some time in it and evaluated some
 * time after its end. All evaluated periods must be bad; a single good one resets the count (K5, K7).
 */
export class Alarms {
  private readonly beginsMs: Float64Array;
  private readonly delayMs: Float64Array;
  private readonly bad: Int32Array;
  private readonly missing: Int32Array;

  constructor(private readonly plan: Plan) {
    const { length } = plan.alarms;
    this.beginsMs = new Float64Array(length);
    this.delayMs = new Float64Array(length);
    this.bad = new Int32Array(length);
    this.missing = new Int32Array(length);
  }

  /** Returns when each alarm's current period is evaluated. */
  begin(kind: RunKind, draws: Draws): readonly number[] {
    return this.plan.alarms.map(({ periodMs, delayMs }, alarm) => {
      const begins = -draws.below(periodMs);
      this.beginsMs[alarm] = begins;
      const delay = drawUpTo(delayMs, kind, draws);
      this.delayMs[alarm] = delay;
      this.bad[alarm] = 0;
      this.missing[alarm] = 0;
      return begins + periodMs + delay;
    });
  }

  /** Evaluates an alarm's period that has ended. */
  read(alarm: number, draws: Draws): AlarmReading {
    const plan = this.plan.alarms[alarm] as AlarmPlan;
    const { periodMs, periodsCount } = plan;
    const begins = this.beginsMs[alarm] as number;
    const taken = begins + (draws.isIn(earlyShare) ? 0 : draws.below(periodMs));
    const datum = plan.data[phaseAt(this.plan, taken)];
    const bad = datum === "bad" ? (this.bad[alarm] as number) + 1 : 0;
    const missing = datum === "missing" ? (this.missing[alarm] as number) + 1 : 0;
    this.bad[alarm] = bad;
    this.missing[alarm] = missing;
    this.beginsMs[alarm] = begins + periodMs;
    const isOver =
      begins >= (this.plan.phaseStartsMs.at(-1) as number) &&
      (datum === "good" || bad >= periodsCount || missing >= periodsCount);
    return {
      ...(datum === "good" ? { passes: true } : bad >= periodsCount ? { passes: false } : {}),
      ...(datum !== "missing"
        ? { silent: false }
        : missing >= periodsCount
          ? { silent: true }
          : {}),
      ...(isOver ? {} : { nextMs: begins + 2 * periodMs + (this.delayMs[alarm] as number) }),
    };
  }
}
