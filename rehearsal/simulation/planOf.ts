import type { Asker } from "../../routing/asker";
import { decidersOf } from "../../routing/graph/everyFault";
import type { StackModel } from "../../routing/graph/stackModel";
import type { PossibleAnswer } from "./asking";
import { SignalAnswers, clientQuestions, Questions } from "./asking";
import { CheckPlans } from "./checkPlans";
import { alarmPlans, followerPlans, switchPlans, targetPlans } from "./otherPlans";
import type { ControllerEvent } from "./controllerEvents";
import { gatePlanOf } from "./gatePlan";
import { attachedGateOf } from "./modelGate";
import type { FaultPhase, PhaseStates } from "./phases";
import type { Plan } from "./plan";
import { PlanParts } from "./planParts";

/** A plan, with the data that only the thread with the model has. */
export interface Planned {
  readonly plan: Plan;
  readonly asking: SignalAnswers;
  readonly phaseStates: PhaseStates;
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
  /** What happens to the gate's controller; absent: it is not simulated, and the latch stays as it is. */
  readonly gateEvents?: readonly ControllerEvent[];
  /** Where clients ask from; absent: from each place that gets a different answer. */
  readonly asker?: Asker;
}

/** Plans the simulation of a name: only what changes in some phase is simulated. */
export function planOf(
  model: StackModel,
  { name, type, phases, endMs, gateEvents, asker }: PlanOrder,
): Planned {
  const gate = gateEvents && attachedGateOf(model, name, type);
  const signals = Object.values(gate?.signalNames ?? {});
  const deciders = [
    decidersOf(model, name, type),
    ...signals.map((signal) => decidersOf(model, signal, "TXT")),
  ];
  const parts = new PlanParts(
    model,
    {
      records: [...new Set(deciders.flatMap(({ records }) => records))],
      checks: [...new Set(deciders.flatMap(({ checks }) => checks))],
    },
    phases,
  );
  const questions = new Questions(model);
  const asked = clientQuestions(model, name, type, asker);
  questions.addHeld(questions.add(asked), asked.length);
  questions.addValues(model.route53.rootOf(name, type), type);
  const targets = targetPlans(parts);
  const followers = followerPlans(parts, targets);
  const alarms = alarmPlans(parts);
  const switches = switchPlans(parts);
  // Last, since a check by name may change with any of the others.
  const checks = new CheckPlans(parts, questions, gate).plans();
  return {
    plan: {
      signals: parts.signals,
      checks,
      alarms,
      targets: targets.map(({ plan }) => plan),
      switches,
      followers,
      ...(gate ? { gate: gatePlanOf(parts, questions, gate, gateEvents) } : {}),
      phaseStartsMs: phases.map(({ startMs }) => startMs),
      deaths: parts.deaths,
      propagationMs: model.route53.assumptions.propagationSeconds * 1_000,
      endMs,
    },
    asking: new SignalAnswers(model, parts.steady, parts.keys, questions),
    phaseStates: parts.phaseStates,
    clientQuestions: asked.map((_, index) => index),
    values: questions.values,
  };
}
