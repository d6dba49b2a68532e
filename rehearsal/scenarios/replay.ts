import type { StackModel } from "../../routing/graph/stackModel";
import type { GatePhase } from "../simulation/gated";
import { AnswerStates } from "../simulation/answers";
import type { AnswerList } from "../simulation/answers";
import { shareOf } from "../simulation/clients";
import type { Planned } from "../simulation/planOf";
import { planOf } from "../simulation/planOf";
import { usesOf } from "../simulation/population";
import { streamOf } from "../simulation/random";
import type { Run } from "../simulation/simulator";
import { Simulator } from "../simulation/simulator";
import type { ClientKind } from "./format";
import { clientShares } from "./format";
import { UsageTotals } from "./usageTotals";
import type { ScenarioEffect } from "./usageTotals";
import type { TimelineEntry } from "./compileEvents";
import type { Scenario } from "./readScenario";
import type { AnsweringPlace } from "./answersByPhase";
import { AnswersByPhase } from "./answersByPhase";

/** The runs of a scenario, and the clients of each kind in each run. */
export const runsCount = 10;
const clientsOfKind = 40;
/** The clients whose average each kind's figures are. */
export const sampledClients = runsCount * clientsOfKind;

export const clientKinds = Object.keys(clientShares) as readonly ClientKind[];

/** The effect of a scenario on the customers of a name. */
export interface Replay extends ScenarioEffect {
  readonly timeline: readonly TimelineEntry[];
  /** How many of the runs the gate latched in; absent without an attached gate. */
  readonly latchedRuns?: number;
}

/** A line of a timeline that says who answers. */
function answerText(who: string): string {
  return `${who} ${who.includes(",") ? "answer" : "answers"}`;
}

/** Whether a line of a timeline says who answers. */
export function isAnswerText(text: string): boolean {
  return / answers?$/.test(text);
}

/** Plays a scenario for a name of a stack. */
export function replay(
  model: StackModel,
  { name, type }: { readonly name: string; readonly type: string },
  scenario: Scenario,
  seed: number,
): Replay {
  const { durationSeconds, played } = scenario;
  const endMs = durationSeconds * 1_000;
  const planned = planOf(model, {
    ...{ name, type, phases: played.phases, endMs },
    gateEvents: played.gateEvents,
  });
  const { plan, asking, phaseStates, values, clientQuestions } = planned;
  const states = new AnswerStates(
    plan.signals.map(({ initial }) => initial),
    (vector) => asking.answersFor(vector),
  );
  const stage = new AnswersByPhase(model, phaseStates, { name, values });
  const simulator = new Simulator(plan, states);
  const totals = new UsageTotals(scenario, stage);
  let timeline: readonly TimelineEntry[] = [];
  let latchedRuns = 0;
  for (let number = 0; number < runsCount; number += 1) {
    const draws = streamOf(seed, number);
    const run = simulator.run("ordinary", draws);
    if (number === 0) {
      timeline = [...timelineOf(run, planned, states, stage), ...gateTimeline(run)];
    }
    if (run.gate.some(({ latch }) => latch === "set")) latchedRuns += 1;
    for (const kind of clientKinds) {
      for (let client = 0; client < clientsOfKind; client += 1) {
        const question = clientQuestions[client % clientQuestions.length] as number;
        const asked = { question, endMs, health: stage };
        totals.add(kind, usesOf(kind, run, states, asked, draws), sampledClients);
      }
    }
  }
  return {
    ...totals.account(),
    ...(plan.gate ? { latchedRuns } : {}),
    timeline: [...played.told, ...timeline].sort((a, b) => a.atSeconds - b.atSeconds),
  };
}

/** The answers over time in one run, as a client's name servers know them. */
function timelineOf(
  { history, clientDelayMs }: Run,
  { clientQuestions }: Planned,
  states: AnswerStates,
  stage: AnswersByPhase,
): readonly TimelineEntry[] {
  const [question = 0] = clientQuestions;
  const told: TimelineEntry[] = [];
  let before = "";
  for (let epoch = 0; epoch < history.count; epoch += 1) {
    const list = states.answersIn(history.stateOf(epoch))[question] as AnswerList;
    const text = whoAnswers(list, stage);
    if (text === before) continue;
    before = text;
    const atMs = Math.max(0, history.timeOf(epoch) + clientDelayMs);
    told.push({ atSeconds: Math.round(atMs / 100) / 10, text: answerText(text) });
  }
  return told;
}

/** What the gate did in one run, from the beginning of the scenario on. */
function gateTimeline({ gate }: Run): readonly TimelineEntry[] {
  return gate.flatMap((moment) => {
    const { atMs, phase, latch, refused } = moment;
    const texts = [
      ...(phase === undefined ? [] : [`gate: ${phaseWords[phase]}`]),
      ...(latch === undefined ? [] : [`gate: the latch is ${latch}`]),
      ...(refused === undefined ? [] : [`gate: refused ${refused}`]),
    ];
    return texts.map((text) => ({ atSeconds: Math.round(Math.max(0, atMs) / 100) / 10, text }));
  });
}

const phaseWords: Readonly<Record<GatePhase, string>> = {
  unarmed: "not armed",
  armed: "armed",
  latched: "latched",
  soaking: "the soak begins",
  awaitingApproval: "waits for approval",
  released: "released",
};

function whoAnswers(list: AnswerList, stage: AnswersByPhase): string {
  const shares = new Map<string, number>();
  list.values.forEach((value, index) => {
    const { place } = stage.actors[value] as AnsweringPlace;
    shares.set(place, (shares.get(place) ?? 0) + shareOf(list, index));
  });
  if (shares.size === 0) return "nobody";
  return [...shares]
    .sort(([, a], [, b]) => b - a)
    .map(([place, share]) => (share > 0.999 ? place : `${place} ${Math.round(share * 100)} %`))
    .join(", ");
}
