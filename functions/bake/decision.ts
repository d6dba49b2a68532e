import type { BakeJudgement } from "./judgement";

/**
 * The two halves of a bake. On arrival the change is waited for: new machines replace the old ones,
 * and alarms that this set off end. The soak begins when all is well, and nothing may happen in it.
 */
export type Phase = "arrival" | "soak";

/** How far a half has come. */
export interface BakeProgress {
  readonly phase: Phase;
  /** How long all must be well, in seconds. */
  readonly soakSeconds: number;
  readonly elapsedSeconds: number;
  /** Until the function would be stopped, in seconds. */
  readonly secondsLeft: number;
  /** Looks in a row, this one included, that showed nothing because AWS did not say. */
  readonly blindLooks: number;
}

/** A look that shows the region, or why it shows nothing. */
export type Look =
  | { readonly kind: "seen"; readonly judgement: BakeJudgement }
  | { readonly kind: "blind"; readonly reason: string };

export interface BakeDecision {
  readonly kind: "wait" | "passed" | "failed";
  /** What is waited for, or has failed; what was left out of what passed. */
  readonly reasons: readonly string[];
}

/** Between two looks, in seconds: alarms are evaluated each minute, checks report every 10 or 30 s. */
export const lookEverySeconds = 15;

/**
 * For how long an alarm without data is waited for, in seconds. After a first deployment all alarms
 * are so, and those for which missing data is bad news say `ALARM` within these minutes; one that
 * still says nothing then has nothing to say.
 */
export const silenceSecondsMax = 300;

/** Two minutes: permissions that were just given may take one to count. */
export const blindLooksMax = 8;

/** What to do after a look: a pure function. */
export function decide(progress: BakeProgress, look: Look): BakeDecision {
  const { phase, soakSeconds, elapsedSeconds, secondsLeft, blindLooks } = progress;
  const wait = (reasons: readonly string[]): BakeDecision =>
    secondsLeft > lookEverySeconds
      ? { kind: "wait", reasons }
      : { kind: "failed", reasons: ["it took too long", ...reasons] };
  if (look.kind === "blind") {
    const reasons = [`the region cannot be seen: ${look.reason}`];
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
