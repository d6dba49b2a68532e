import type { Asker } from "../../routing/asker";
import { decidersOf } from "../../routing/graph/everyFault";
import type { StackModel } from "../../routing/graph/stackModel";
import type { PossibleAnswer } from "./asking";
import { SignalAnswers, clientQuestions, Questions } from "./asking";
import { CheckPlans } from "./checkPlans";
import { alarmPlans, followerPlans, switchPlans, targetPlans } from "./otherPlans";
import type { FaultPhase, Scenes } from "./phases";
import type { Plan } from "./plan";
import { PlanParts } from "./planParts";

/** A plan, with the data that only the thread with the model has. */
export interface Planned {
  readonly plan: Plan;
  readonly asking: SignalAnswers;
  readonly scenes: Scenes;
  /** The plan's questions that clients ask. */
  readonly clientQuestions: readonly number[];
  readonly values: readonly PossibleAnswer[];
}

/** A name, and the phases to simulate. */
export interface PlanOrder {
  readonly name: string;
  readonly type: string;
  readonly phases: readonly FaultPhase[];
  readonly endMs: number;
  /** Where clients ask from; absent: from each place that gets a different answer. */
  readonly asker?: Asker;
}

/** Plans the simulation of a name: only what changes in some phase is simulated. */
export function planOf(
  model: StackModel,
  { name, type, phases, endMs, asker }: PlanOrder,
): Planned {
  const parts = new PlanParts(model, decidersOf(model, name, type), phases);
  const questions = new Questions(model);
  const asked = clientQuestions(model, name, type, asker);
  questions.add(asked);
  questions.addValues(model.route53.rootOf(name, type), type);
  const targets = targetPlans(parts);
  const followers = followerPlans(parts, targets);
  const alarms = alarmPlans(parts);
  const switches = switchPlans(parts);
  // Last, since a check by name may change with any of the others.
  const checks = new CheckPlans(parts, questions).plans();
  return {
    plan: {
      signals: parts.signals,
      checks,
      alarms,
      targets: targets.map(({ plan }) => plan),
      switches,
      followers,
      phaseStartsMs: phases.map(({ startMs }) => startMs),
      deaths: parts.deaths,
      propagationMs: model.route53.assumptions.propagationSeconds * 1_000,
      endMs,
    },
    asking: new SignalAnswers(model, parts.steady, parts.keys, questions),
    scenes: parts.scenes,
    clientQuestions: asked.map((_, index) => index),
    values: questions.values,
  };
}
