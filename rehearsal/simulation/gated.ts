import { decideGate } from "../../functions/gate/decision";
import type { GateCommand } from "../../functions/gate/decision";
import type { GateObservation } from "../../functions/gate/observation";
import { firstState } from "../../functions/gate/state";
import type { GatePhase, GateState } from "../../functions/gate/state";

import type { AnswerList, Answers, States } from "./answers";
import { drawValue } from "./answers";
import { ControllerCondition } from "./controllerEvents";
import type { ControllerEvent } from "./controllerEvents";
import type { GatePlan } from "./plan";
import type { History } from "./history";
import type { Draws } from "./random";

/** Runs before the beginning, in which the gate sees the steady state. */
const earlierRuns = 3;
export const gateEveryMs = 60_000;
/** Route 53 gives each zone four name servers. */
const nameServersCount = 4;

export type { GatePhase } from "../../functions/gate/state";

/** A moment of a gate in a run, for a report. */
export interface GateMoment {
  readonly atMs: number;
  readonly phase?: GatePhase;
  readonly latch?: "set" | "removed";
  readonly refused?: string;
}

/**
 * The controller of a gate in virtual time: the deployed decision, with the simulated answers of four name
 * servers, which learn of changes at their own times. A run takes no time, and its writes never fail.
 */
export class Gated {
  private condition = new ControllerCondition();
  private state: GateState | undefined;
  private isPresent = false;
  private draws: Draws | undefined;
  private delaysMs: readonly number[] = [];
  moments: GateMoment[] = [];

  constructor(
    private readonly plan: GatePlan,
    private readonly states: States,
    private readonly history: History,
  ) {}

  /** Returns when the first scheduled run is. */
  begin(draws: Draws, propagationMs: number): number {
    this.draws = draws;
    this.condition = new ControllerCondition(this.plan.events);
    this.state = undefined;
    this.isPresent = false;
    this.moments = [];
    this.delaysMs = Array.from({ length: nameServersCount }, () => draws.below(propagationMs + 1));
    return draws.below(gateEveryMs) - earlierRuns * gateEveryMs;
  }

  get latchIsSet(): boolean {
    return this.isPresent;
  }

  /** The runs of a scheduled minute; the next minute comes in any case. */
  minute(nowMs: number): readonly number[] {
    return this.condition
      .runsAfterMs((limitMs) => this.below(limitMs))
      .map((afterMs) => nowMs + afterMs);
  }

  /** When the message of an alarm on a change arrives. */
  alertMs(nowMs: number): number {
    return nowMs + this.below(this.plan.alertMsMax);
  }

  /** Whether an alarm's message starts a run. */
  isAlerted(phase: number): boolean {
    return this.condition.alertsArrive && this.plan.alerts[phase] === true;
  }

  happen(event: ControllerEvent, phase: number): void {
    const command = this.condition.happen(event);
    if (command) this.run(event.atMs, phase, command);
  }

  /** Runs the controller, unless it or its region is dead. */
  run(nowMs: number, phase: number, command?: GateCommand): void {
    if (this.condition.isStopped || this.plan.runs[phase] !== true) {
      if (command) this.note(nowMs, { refused: `${command.kind}: the controller does not run` });
      return;
    }
    const before = this.state ?? firstState(nowMs);
    const observation = this.observe(nowMs);
    const decision = decideGate(before, observation, nowMs, this.plan.rules, command);
    const { state, actions, refused } = decision;
    // What the deployed run does after its writes: the object agrees, and its notices are sent.
    this.state = { ...state, latchAgrees: true, notices: [] };
    if (state.phase !== before.phase || this.state.revision === 1) {
      this.note(nowMs, { phase: state.phase });
    }
    if (refused !== undefined) this.note(nowMs, { refused });
    for (const { kind } of actions) {
      if (kind === "notify") continue;
      this.isPresent = kind === "putLatch";
      this.note(nowMs, { latch: this.isPresent ? "set" : "removed" });
    }
  }

  private below(limit: number): number {
    return this.draws?.below(limit) ?? 0;
  }

  private note(atMs: number, what: Omit<GateMoment, "atMs">): void {
    this.moments.push({ atMs, ...what });
  }

  private observe(nowMs: number): GateObservation {
    const servers = this.delaysMs.map((delayMs) =>
      this.states.answersIn(this.history.at(nowMs - delayMs)),
    );
    return {
      serving: agreed(servers.map((answers) => this.serving(answers))),
      signals: Object.fromEntries(
        this.plan.signals.map(({ name, question, values }) => [
          name,
          agreed(
            servers.map((answers) => {
              const [value = -1] = (answers[question] as AnswerList).values;
              if (values.healthy.includes(value)) return "healthy";
              return values.unhealthy.includes(value) ? "unhealthy" : "unknown";
            }),
          ),
        ]),
      ),
      latchObject: this.isPresent ? "present" : "absent",
    };
  }

  private serving(answers: Answers): GateObservation["serving"] {
    const live = answers[this.plan.live] as AnswerList;
    const value = live.values[drawValue(live, this.draws?.share() ?? 0)];
    const isOf = (questions: readonly number[]): boolean =>
      questions.some((question) =>
        (answers[question] as AnswerList).values.some((one) => one === value),
      );
    const { primary, standby } = this.plan.regions;
    if (isOf(primary)) return isOf(standby) ? "unknown" : "primary";
    return isOf(standby) ? "standby" : "neither";
  }
}

/** What all servers say; unknown if they differ, as the deployed controller has it. */
function agreed<T extends string>(said: readonly T[]): T | "unknown" {
  const [first, ...others] = new Set(said);
  return first === undefined || others.length > 0 ? "unknown" : first;
}
