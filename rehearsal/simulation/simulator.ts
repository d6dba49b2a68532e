import type { States } from "./answers";
import { Alarms } from "./alarms";
import { Checkers } from "./checkers";
import { Gated, gateEveryMs } from "./gated";
import type { GateMoment } from "./gated";
import { History } from "./history";
import type { Plan, SwitchPlan } from "./plan";
import type { RunKind } from "./probes";
import { drawUpTo } from "./probes";
import { EventQueue } from "./queue";
import type { Draws } from "./random";
import { Targets } from "./targets";

/** Kinds of events; the lower bits identify the subject. */
const kinds = {
  ...{ phase: 0, ask: 1, answer: 2, alarm: 3, target: 4, targetAnswer: 5 },
  ...{ gateMinute: 6, gateRun: 7, gateAlert: 8, gateEvent: 9 },
} as const;
const kindBits = 24;
const aboutMask = 2 ** kindBits - 1;

const eventOf = (kind: keyof typeof kinds, about: number): number =>
  (kinds[kind] << kindBits) | about;

/** The result of a run: Route 53's decisions, and when a client's name servers learned them. */
export interface Run {
  readonly history: History;
  readonly clientDelayMs: number;
  /** What the controller of a gate did; empty without one. */
  readonly gate: readonly GateMoment[];
}

/**
 * Plays a plan in virtual time, from a steady state until nothing can change any more. Each run reuses the
 * arrays, so memory does not grow.
 */
export class Simulator {
  private readonly queue = new EventQueue();
  private readonly history = new History();
  private readonly checkers: Checkers;
  private readonly alarms: Alarms;
  private readonly targets: Targets;
  private readonly gated: Gated | undefined;
  private readonly endings: Float64Array;
  private readonly regionsCount: number;
  private readonly hasNames: boolean;
  private readonly lastPhase: number;
  private phase = 0;
  private nextPhaseMs = Infinity;
  /** Checkers of endpoints, alarms and targets that may still change. */
  private open = 0;

  constructor(
    private readonly plan: Plan,
    private readonly states: States,
  ) {
    this.checkers = new Checkers(plan, states, this.history);
    this.alarms = new Alarms(plan);
    this.targets = new Targets(plan);
    this.gated = plan.gate && new Gated(plan.gate, states, this.history);
    this.endings = new Float64Array(this.checkers.count);
    this.regionsCount = Math.max(1, ...plan.checks.map(({ regionsCount }) => regionsCount));
    this.hasNames = plan.checks.some(({ questions }) => questions !== undefined);
    this.lastPhase = plan.phaseStartsMs.length - 1;
  }

  run(kind: RunKind, draws: Draws): Run {
    const { plan, queue } = this;
    queue.clear();
    this.history.begin();
    this.phase = 0;
    this.nextPhaseMs = plan.phaseStartsMs[1] ?? Infinity;
    // In most extreme runs every name server learns of changes as late as possible.
    const latestMs = drawUpTo(plan.propagationMs, kind, draws);
    const delay = (): number =>
      kind === "extreme" ? latestMs : draws.below(plan.propagationMs + 1);
    const clientDelayMs = delay();
    const delays = Array.from({ length: this.regionsCount }, delay);
    for (let phase = 1; phase <= this.lastPhase; phase += 1) {
      queue.push(plan.phaseStartsMs[phase] as number, eventOf("phase", phase));
    }
    const starts = this.checkers.begin(kind, draws, delays);
    starts.forEach((start, checker) => queue.push(start, eventOf("ask", checker)));
    this.alarms.begin(kind, draws).forEach((at, alarm) => queue.push(at, eventOf("alarm", alarm)));
    this.targets
      .begin(kind, draws)
      .forEach((at, target) => queue.push(at, eventOf("target", target)));
    this.open =
      plan.checks
        .filter(({ questions }) => questions === undefined)
        .reduce((sum, { checkersCount }) => sum + checkersCount, 0) +
      plan.alarms.length +
      plan.targets.length;
    if (this.gated) this.beginGate(this.gated, draws);
    this.play(draws, Math.max(0, ...delays));
    return { history: this.history, clientDelayMs, gate: this.gated?.moments ?? [] };
  }

  private beginGate(gated: Gated, draws: Draws): void {
    const { queue, plan } = this;
    queue.push(gated.begin(draws, plan.propagationMs), eventOf("gateMinute", 0));
    plan.gate?.events.forEach(({ atMs }, index) => queue.push(atMs, eventOf("gateEvent", index)));
  }

  /** A scheduled minute of the controller, an alarm's message, or one of the scenario's events. */
  private playGate(gated: Gated, kind: number, about: number): void {
    const { queue, plan, phase } = this;
    const { time } = queue;
    switch (kind) {
      case kinds.gateMinute:
        for (const atMs of gated.minute(time)) queue.push(atMs, eventOf("gateRun", 0));
        queue.push(time + gateEveryMs, eventOf("gateMinute", 0));
        return;
      case kinds.gateAlert:
        if (gated.isAlerted(phase)) gated.run(time, phase);
        break;
      case kinds.gateEvent: {
        const event = plan.gate?.events[about];
        if (event) gated.happen(event, phase);
        break;
      }
      default:
        gated.run(time, phase);
    }
    this.checkers.setLatch(gated.latchIsSet);
  }

  private play(draws: Draws, longestDelayMs: number): void {
    const { queue, plan } = this;
    while (!queue.isEmpty) {
      const event = queue.pop();
      if (queue.time > plan.endMs) return;
      const about = event & aboutMask;
      switch (event >> kindBits) {
        case kinds.phase:
          this.enter(about);
          break;
        case kinds.ask:
          this.ask(about, queue.time, draws);
          break;
        case kinds.answer:
          if (this.answer(about, longestDelayMs, draws)) return;
          break;
        case kinds.alarm:
          this.readAlarm(about, draws);
          break;
        case kinds.target:
          this.askTarget(about, draws);
          break;
        case kinds.targetAnswer:
          this.answerTarget(about);
          break;
        default:
          if (this.gated) this.playGate(this.gated, event >> kindBits, about);
      }
    }
  }

  private ask(checker: number, atMs: number, draws: Draws): void {
    const ends = this.checkers.ask(checker, atMs, draws);
    this.endings[checker] = this.queue.push(ends, eventOf("answer", checker));
  }

  /** Returns whether nothing can change any more. */
  private answer(checker: number, longestDelayMs: number, draws: Draws): boolean {
    const { queue, checkers } = this;
    // Something brought this probe's end forward.
    if (this.endings[checker] !== queue.sequence) return false;
    const changed = checkers.end(checker);
    if (changed !== undefined) {
      this.set(this.plan.checks[changed]?.signal, checkers.isHealthy(changed));
    }
    if (checkers.isSettled(checker)) {
      this.open -= 1;
      return false;
    }
    const asksMs = queue.time + checkers.intervalOf(checker);
    // The result of an endpoint's next probe is already known, unless a phase begins first.
    if (checkers.asksEndpoint(checker) && asksMs < this.nextPhaseMs)
      this.ask(checker, asksMs, draws);
    else queue.push(asksMs, eventOf("ask", checker));
    return (
      this.hasNames &&
      this.open === 0 &&
      queue.time - this.history.lastTime > longestDelayMs &&
      queue.time >= (this.plan.phaseStartsMs[this.lastPhase] as number) &&
      checkers.areNamesSettled()
    );
  }

  private readAlarm(alarm: number, draws: Draws): void {
    const { nextMs, passes, silent } = this.alarms.read(alarm, draws);
    const plan = this.plan.alarms[alarm];
    if (passes !== undefined) this.set(plan?.passes, passes);
    if (silent !== undefined) this.set(plan?.silent, silent);
    if (nextMs === undefined) this.open -= 1;
    else this.queue.push(nextMs, eventOf("alarm", alarm));
  }

  private askTarget(target: number, draws: Draws): void {
    const { endsMs, nextMs } = this.targets.ask(target, this.queue.time, draws);
    this.queue.push(endsMs, eventOf("targetAnswer", target));
    if (nextMs === undefined) this.open -= 1;
    else this.queue.push(nextMs, eventOf("target", target));
  }

  private answerTarget(target: number): void {
    const healthy = this.targets.end(target);
    if (healthy === undefined) return;
    this.set(this.plan.targets[target]?.signal, healthy);
    for (const follower of this.plan.followers) this.follow(follower);
  }

  /** A lost balancer is noticed once all of its changing targets have changed. */
  private follow({
    signal,
    values,
    targets,
  }: SwitchPlan & { readonly targets: readonly number[] }): void {
    if (targets.every((target) => this.targets.isAsItIs(target))) {
      this.set(signal, values[this.phase] as boolean);
    }
  }

  private enter(phase: number): void {
    const { queue, plan } = this;
    this.phase = phase;
    this.nextPhaseMs = plan.phaseStartsMs[phase + 1] ?? Infinity;
    const { cut, renewed } = this.checkers.enter(phase, queue.time);
    for (const { checker, atMs } of cut) {
      this.endings[checker] = queue.push(atMs, eventOf("answer", checker));
    }
    // What a check is told to say comes first: a new check that is overruled changes nothing.
    for (const { signal, values } of plan.switches) this.set(signal, values[phase] as boolean);
    for (const number of renewed) this.set(plan.checks[number]?.signal, true);
    this.targets.enter(phase);
  }

  private set(signal: number | undefined, value: boolean): void {
    if (signal === undefined) return;
    const { history, queue, gated } = this;
    const state = this.states.after(history.lastState, signal, value);
    if (state === history.lastState) return;
    history.add(queue.time, state);
    // An alarm watches each check.
    if (gated) queue.push(gated.alertMs(queue.time), eventOf("gateAlert", 0));
  }
}
