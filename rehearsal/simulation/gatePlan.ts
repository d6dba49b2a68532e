import type { ControllerEvent } from "./controllerEvents";
import type { ClientQuestion, Questions } from "./asking";
import type { ModelGate } from "./modelGate";
import type { GatePlan } from "./plan";
import type { PlanParts } from "./planParts";

/** An alarm on a health check evaluates one period of a minute (components/alerts). */
const alarmPeriodMs = 60_000;

export function gatePlanOf(
  parts: PlanParts,
  questions: Questions,
  gate: ModelGate,
  events: readonly ControllerEvent[],
): GatePlan {
  const { model, phaseStates } = parts;
  const asked = (name: string, type: string): number => {
    const root = model.route53.rootOf(name, type);
    questions.addValues(root, type);
    const question: ClientQuestion = { root, type, asker: {} };
    return questions.add([question]);
  };
  const regionLives = (region: string | undefined): readonly boolean[] =>
    parts
      .phaseNumbers()
      .map((phase) =>
        phaseStates
          .happening(phase)
          .every(({ fault }) => fault.kind !== "region" || fault.name !== region),
      );
  const valuesOf = (name: string, wanted: string): readonly number[] =>
    questions.values.flatMap(({ record, value }, number) =>
      record.name === name && value === wanted ? [number] : [],
    );
  return {
    rules: gate.rules,
    live: asked(gate.liveName, "A"),
    regions: {
      primary: gate.regionNames.primary.map((name) => asked(name, "A")),
      standby: gate.regionNames.standby.map((name) => asked(name, "A")),
    },
    signals: Object.entries(gate.signalNames).map(([signal, name]) => ({
      name: signal,
      question: asked(name, "TXT"),
      values: { healthy: valuesOf(name, "healthy"), unhealthy: valuesOf(name, "unhealthy") },
    })),
    runs: regionLives(gate.region),
    alerts: regionLives(gate.alertRegion),
    alertMsMax: alarmPeriodMs + model.route53.assumptions.alarmDelaySeconds * 1_000,
    events,
  };
}
