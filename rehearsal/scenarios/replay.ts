import type { StackModel } from "../../routing/graph/stackModel";
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
import { Ledger } from "./ledger";
import type { ScenarioEffect } from "./ledger";
import type { Told } from "./playing";
import type { Scenario } from "./readScenario";
import type { Actor } from "./answersByPhase";
import { AnswersByPhase } from "./answersByPhase";

/** The runs of a scenario, and the clients of each kind in each run. */
export const runsCount = 10;
const clientsOfKind = 40;
/** The clients whose average each kind's figures are. */
export const sampledClients = runsCount * clientsOfKind;

export const clientKinds = Object.keys(clientShares) as readonly ClientKind[];

/** The effect of a scenario on the customers of a name. */
export interface Replay extends ScenarioEffect {
  readonly timeline: readonly Told[];
}

/** The end of each line of a timeline that says who answers. */
export const answersWord = " answers";

/** Plays a scenario for a name of a stack. */
export function replay(
  model: StackModel,
  { name, type }: { readonly name: string; readonly type: string },
  scenario: Scenario,
  seed: number,
): Replay {
  const { durationSeconds, played } = scenario;
  const endMs = durationSeconds * 1_000;
  const planned = planOf(model, { name, type, phases: played.phases, endMs });
  const { plan, asking, scenes, values, clientQuestions } = planned;
  const states = new AnswerStates(
    plan.signals.map(({ initial }) => initial),
    (vector) => asking.answersFor(vector),
  );
  const stage = new AnswersByPhase(model, scenes, values);
  const simulator = new Simulator(plan, states);
  const ledger = new Ledger(scenario, stage);
  let timeline: readonly Told[] = [];
  for (let number = 0; number < runsCount; number += 1) {
    const draws = streamOf(seed, number);
    const run = simulator.run("ordinary", draws);
    if (number === 0) timeline = timelineOf(run, planned, states, stage);
    for (const kind of clientKinds) {
      for (let client = 0; client < clientsOfKind; client += 1) {
        const question = clientQuestions[client % clientQuestions.length] as number;
        const asked = { question, endMs, health: stage };
        ledger.add(kind, usesOf(kind, run, states, asked, draws), sampledClients);
      }
    }
  }
  return {
    ...ledger.account(),
    timeline: [...played.told, ...timeline].sort((a, b) => a.atSeconds - b.atSeconds),
  };
}

/** The answers over time in one run, as a client's name servers know them. */
function timelineOf(
  { history, clientDelayMs }: Run,
  { clientQuestions }: Planned,
  states: AnswerStates,
  stage: AnswersByPhase,
): readonly Told[] {
  const [question = 0] = clientQuestions;
  const told: Told[] = [];
  let before = "";
  for (let epoch = 0; epoch < history.count; epoch += 1) {
    const list = states.answersIn(history.stateOf(epoch))[question] as AnswerList;
    const text = whoAnswers(list, stage);
    if (text === before) continue;
    before = text;
    const atMs = Math.max(0, history.timeOf(epoch) + clientDelayMs);
    told.push({ atSeconds: Math.round(atMs / 100) / 10, text: `${text}${answersWord}` });
  }
  return told;
}

function whoAnswers(list: AnswerList, stage: AnswersByPhase): string {
  const shares = new Map<string, number>();
  list.values.forEach((value, index) => {
    const { place } = stage.actors[value] as Actor;
    shares.set(place, (shares.get(place) ?? 0) + shareOf(list, index));
  });
  if (shares.size === 0) return "nobody";
  return [...shares]
    .sort(([, a], [, b]) => b - a)
    .map(([place, share]) => (share > 0.999 ? place : `${place} ${Math.round(share * 100)} %`))
    .join(", ");
}
