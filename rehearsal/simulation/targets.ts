import type { Plan, TargetPlan } from "./plan";
import { phaseAt } from "./plan";
import type { RunKind } from "./probes";
import { drawUpTo, ordinaryStepMs } from "./probes";
import type { Draws } from "./random";

const lives = 0;

/**
 * Targets of balancers: each is checked once per interval, however long a check takes, and changes after
 * the threshold of results in a row for that direction (Elastic Load Balancing, "Target group health checks").
 */
export class Targets {
  private readonly healthy: Uint8Array;
  private readonly contradictions: Int32Array;
  private readonly passed: Uint8Array;
  private phase = 0;
  private kind: RunKind = "ordinary";

  constructor(private readonly plan: Plan) {
    const { length } = plan.targets;
    this.healthy = new Uint8Array(length);
    this.contradictions = new Int32Array(length);
    this.passed = new Uint8Array(length);
  }

  /** Returns when each target's first check begins, at most one interval ago. */
  begin(kind: RunKind, draws: Draws): readonly number[] {
    this.phase = 0;
    this.kind = kind;
    return this.plan.targets.map(({ intervalMs, meets }, target) => {
      this.healthy[target] = Number(meets[0] === lives);
      this.contradictions[target] = 0;
      return -draws.below(intervalMs);
    });
  }

  enter(phase: number): void {
    this.phase = phase;
  }

  /** A balancer checks a target; returns when the check ends, and when the next one begins. */
  ask(
    target: number,
    nowMs: number,
    draws: Draws,
  ): { readonly endsMs: number; readonly nextMs?: number } {
    const plan = this.plan.targets[target] as TargetPlan;
    const answersMs =
      this.kind === "extreme"
        ? drawUpTo(plan.timeoutMs, this.kind, draws)
        : draws.below(Math.min(plan.timeoutMs, ordinaryStepMs));
    const met = plan.meets[phaseAt(this.plan, nowMs)] as number;
    // A check in flight fails with its target, unless the target drains (takes nothing new).
    const meanwhile = plan.meets[phaseAt(this.plan, nowMs + answersMs)] as number;
    const death = this.plan.deaths[(met === lives ? meanwhile : met) - 1];
    const isCut = met === lives && death !== undefined && death !== "drains";
    const passed = met === lives && !isCut;
    this.passed[target] = Number(passed);
    const failsMs = death === "refused" ? (isCut ? answersMs : 0) : plan.timeoutMs;
    const isOver = this.isLast() && this.isAsItIs(target) && this.contradictions[target] === 0;
    return {
      endsMs: nowMs + (passed ? answersMs : failsMs),
      ...(isOver ? {} : { nextMs: nowMs + plan.intervalMs }),
    };
  }

  /** Takes a result; returns the target's new health if it changes. */
  end(target: number): boolean | undefined {
    const plan = this.plan.targets[target] as TargetPlan;
    const [was, passed] = [this.healthy[target] === 1, this.passed[target] === 1];
    const contradictions = was === passed ? 0 : (this.contradictions[target] as number) + 1;
    const needed = was ? plan.unhealthyThreshold : plan.healthyThreshold;
    this.contradictions[target] = contradictions < needed ? contradictions : 0;
    if (contradictions < needed) return undefined;
    this.healthy[target] = Number(passed);
    return passed;
  }

  private isLast(): boolean {
    return this.phase === this.plan.phaseStartsMs.length - 1;
  }

  /** Whether the balancer's view of a target matches its real health. */
  isAsItIs(target: number): boolean {
    const plan = this.plan.targets[target] as TargetPlan;
    return (this.healthy[target] === 1) === (plan.meets[this.phase] === lives);
  }
}
