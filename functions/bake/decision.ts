import type { BakeJudgement } from "./judgement";

/**
 * The two phases of a bake. The arrival waits for the change: new machines replace the old ones,
 * and alarms that this set off go off again. The soak begins when everything is healthy, and must
 * stay without findings.
 */
export type Phase = "arrival" | "soak";

/** The progress of a phase. */
export interface BakeProgress {
  readonly phase: Phase;
  /** Required healthy time, in seconds. */
  readonly soakSeconds: number;
  readonly elapsedSeconds: number;
  /** Remaining time of the run, in seconds. */
  readonly secondsLeft: number;
  /** Polls in a row, including this one, that AWS did not answer. */
  readonly blindLooks: number;
}

/** The result of a poll, or why there is none. */
export type Look =
  | { readonly kind: "seen"; readonly judgement: BakeJudgement }
  | { readonly kind: "blind"; readonly reason: string };

export interface BakeDecision {
  readonly kind: "wait" | "passed" | "failed";
  /** Pending or failed items; for a passed phase, the skipped ones. */
  readonly reasons: readonly string[];
}

/** Seconds between polls: alarms are evaluated each minute, checks report every 10 or 30 s. */
export const lookEverySeconds = 15;

/**
 * Seconds to wait for an alarm without data. After a first deployment no alarm has data, and those
 * that treat missing data as breaching are in `ALARM` within these minutes; an alarm that still has
 * no data then has nothing to report.
 */
export const silenceSecondsMax = 300;

/** Two minutes: new permissions may take one to apply. */
export const blindLooksMax = 8;

/** Decides after a poll: a pure function. */
export function decide(progress: BakeProgress, look: Look): BakeDecision {
  const { phase, soakSeconds, elapsedSeconds, secondsLeft, blindLooks } = progress;
  const wait = (reasons: readonly string[]): BakeDecision =>
    secondsLeft > lookEverySeconds
      ? { kind: "wait", reasons }
      : { kind: "failed", reasons: ["it took too long", ...reasons] };
  if (look.kind === "blind") {
    const reasons = [`cannot observe the region: ${look.reason}`];
    return blindLooks < blindLooksMax ? wait(reasons) : { kind: "failed", reasons };
  }
  const { lost, pending, silent, notes } = look.judgement;
  if (lost.length > 0) return { kind: "failed", reasons: lost };
  if (phase === "soak") {
    if (pending.length > 0) return { kind: "failed", reasons: pending };
    return elapsedSeconds < soakSeconds ? wait([]) : { kind: "passed", reasons: notes };
  }
  if (pending.length > 0) return wait(pending);
  const unsaid = silent.map((name) => `alarm ${name}: has no data`);
  return silent.length > 0 && elapsedSeconds < silenceSecondsMax
    ? wait(unsaid)
    : { kind: "passed", reasons: [...notes, ...unsaid] };
}
