import type { Asker } from "../../routing/asker";
import type { StackModel } from "../../routing/graph/stackModel";
import type { FaultChange } from "../proof/transitions";
import { AnswerStates } from "./answers";
import type { AnswersData } from "./answers";
import type { Bad } from "./clients";
import { shareOf } from "./clients";
import type { ActiveFault } from "./phases";
import type { Plan } from "./plan";
import type { Planned } from "./planOf";
import { planOf } from "./planOf";

/** A change that any thread can simulate. */
export interface ChangePlan {
  readonly plan: Plan;
  readonly answers: AnswersData;
  readonly bad: Bad;
  readonly questions: readonly number[];
}

/** A run ends once nothing can change; one that depends on chance ends at this time at the latest. */
const longestMs = 3_600_000;

/**
 * Plans a change of faults for a name, asked from one place or from each; undefined if too many signals change together.
 */
export function changePlanOf(
  model: StackModel,
  name: string,
  type: string,
  change: FaultChange,
  asker?: Asker,
): ChangePlan | undefined {
  const planned = planOf(model, {
    name,
    type,
    phases: [
      { startMs: 0, happenings: happeningsOf(change, "from") },
      { startMs: 0, happenings: happeningsOf(change, "to") },
    ],
    endMs: longestMs,
    ...(asker ? { asker } : {}),
  });
  const { plan, asking, clientQuestions } = planned;
  const states = new AnswerStates(
    plan.signals.map(({ initial }) => initial),
    (vector) => asking.answersFor(vector),
  );
  const answers = states.data();
  if (!answers) return undefined;
  return {
    plan,
    answers,
    bad: badOf(model, name, type, change, planned),
    questions: clientQuestions,
  };
}

/** Earlier faults persist; their original failure mode is unknown. */
function happeningsOf(
  { from, to, death }: FaultChange,
  when: "from" | "to",
): readonly ActiveFault[] {
  const faults = when === "from" ? from : to;
  return faults.map((fault) => ({
    fault,
    death: from.includes(fault) || death === "returns" ? "failed" : death,
  }));
}

/** Bad answers, as the bound counts them: dead values, or values with more of the queries than at the end. */
function badOf(
  model: StackModel,
  name: string,
  type: string,
  { to, death }: FaultChange,
  { phaseStates, values, asking }: Planned,
): Bad {
  const last = phaseStates.seenByClients(phaseStates.phases.length - 1);
  if (!model.isBehind(name, type, model.under(to), death)) {
    return {
      kind: "dead",
      values: values.map(({ record, value }) => !last.isAlive(record, value, name)),
    };
  }
  const answers = asking.answersFor(asking.vectorUnder(last));
  return {
    kind: "overShare",
    shares: answers.map((list) => {
      const shares: number[] = [];
      list.values.forEach((value, index) => {
        shares[value] = (shares[value] ?? 0) + shareOf(list, index);
      });
      return shares;
    }),
  };
}
