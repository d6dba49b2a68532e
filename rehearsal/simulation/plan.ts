import type { GateRules } from "../../functions/gate/blockers";
import type { GateSide } from "../../functions/gate/observation";
import type { FailureMode } from "../../routing/checker";
import type { EndpointCheckType } from "../../routing/model";
import type { ControllerEvent } from "./controllerEvents";

/**
 * The simulation of a name as plain data in whole milliseconds, so that any thread can run it. The
 * answers are not part of it: they come from the model, looked up by the signals (`answers.ts`).
 */
export interface Plan {
  /** The signals that Route 53 notices, by number. */
  readonly signals: readonly SignalPlan[];
  readonly checks: readonly CheckPlan[];
  readonly alarms: readonly AlarmPlan[];
  readonly targets: readonly TargetPlan[];
  readonly switches: readonly SwitchPlan[];
  readonly followers: readonly FollowerPlan[];
  /** The controller of a gate, which sets and removes a latch in the course of the simulation. */
  readonly gate?: GatePlan;
  /** When each phase begins; the first one has always applied. */
  readonly phaseStartsMs: readonly number[];
  /** The ways of dying; behaviour 0 is alive, behaviour 1 is the first of these. */
  readonly deaths: readonly Death[];
  /** The longest time until a decision has reached every name server (T5). */
  readonly propagationMs: number;
  /** The simulation ends at this time. */
  readonly endMs: number;
}

/** A value that is true or false for Route 53, with its initial value. */
export interface SignalPlan {
  readonly label: string;
  readonly initial: boolean;
}

/**
 * How something dies: in one of the model's ways; `errors` answers with a 5xx; `failed` is the slowest
 * way that a check notices; or it is slow.
 */
export type Death = FailureMode | "errors" | "failed" | Slowness | Loss;

/** Each probe fails in this way independently, with this probability. */
export interface Loss {
  readonly lossShare: number;
  readonly death: FailureMode;
}

export function isLoss(death: Death | undefined): death is Loss {
  return typeof death === "object" && "lossShare" in death;
}

/** Seconds of each step of an answer; omitted steps take their usual time. */
export interface Slowness {
  readonly connectSeconds?: number;
  readonly firstByteSeconds?: number;
  readonly bodySeconds?: number;
}

/** A check of an endpoint, with its checkers (H1, H2). */
export interface CheckPlan {
  readonly signal: number;
  readonly type: EndpointCheckType;
  readonly intervalMs: number;
  readonly threshold: number;
  readonly regionsCount: number;
  /** Checker n is in region n modulo the number of regions. */
  readonly checkersCount: number;
  /** The fewest healthy checkers with which the check is healthy (H5). */
  readonly healthyMin: number;
  /** For a check by name, the number of each region's question (H13). */
  readonly questions?: readonly number[];
  /** How many values a check by name may receive; 1 for any other check. */
  readonly valuesCount: number;
  /** The behaviour that a probe meets: by phase, then region, then value. */
  readonly meets: readonly number[];
  /** The phases that start it as a new check without data. */
  readonly newAt: readonly number[];
  /** For the check of a latch: the behaviour that a probe meets while the object is absent. */
  readonly whileAbsent?: number;
}

/** An alarm check, which follows the data of its alarm (K5, K6). */
export interface AlarmPlan {
  readonly passes?: number;
  readonly silent?: number;
  readonly periodMs: number;
  readonly periodsCount: number;
  readonly delayMs: number;
  /** By phase. */
  readonly data: readonly ("good" | "bad" | "missing")[];
}

/** A target that its balancer checks at a fixed interval (A7). */
export interface TargetPlan {
  readonly signal: number;
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
  /** The behaviour that its checks meet, by phase. */
  readonly meets: readonly number[];
}

/** A signal that changes the moment something happens: a false report of a check. */
export interface SwitchPlan {
  readonly signal: number;
  /** By phase. */
  readonly values: readonly boolean[];
}

/** A lost balancer: noticed once the last of its changing targets has changed. */
export interface FollowerPlan extends SwitchPlan {
  readonly targets: readonly number[];
}

/** The simulation of a gate's controller as data. Questions and values are those of the plan. */
export interface GatePlan {
  readonly rules: GateRules;
  readonly live: number;
  readonly regions: Readonly<Record<GateSide, readonly number[]>>;
  readonly signals: readonly SignalQuestion[];
  /** By phase: whether the controller's region lives. */
  readonly runs: readonly boolean[];
  /** By phase: whether the region with the alarms on health checks lives. */
  readonly alerts: readonly boolean[];
  /** The longest time from a change of a check until its alarm's message starts a run. */
  readonly alertMsMax: number;
  readonly events: readonly ControllerEvent[];
}

interface SignalQuestion {
  readonly name: string;
  readonly question: number;
  /** The values of its TXT record that mean healthy and unhealthy. */
  readonly values: Readonly<Record<"healthy" | "unhealthy", readonly number[]>>;
}

/** The phase at a time. */
export function phaseAt({ phaseStartsMs }: Pick<Plan, "phaseStartsMs">, atMs: number): number {
  let [first, last] = [0, phaseStartsMs.length - 1];
  while (first < last) {
    const middle = Math.ceil((first + last) / 2);
    if ((phaseStartsMs[middle] as number) <= atMs) first = middle;
    else last = middle - 1;
  }
  return first;
}
