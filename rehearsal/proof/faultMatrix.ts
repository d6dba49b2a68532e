import type { Asker } from "../../routing/asker";
import type { Fault } from "../../routing/graph/faults";
import type { FaultState, PlacedAnswer } from "../../routing/graph/stackModel";
import { answerOf } from "../answer";
import { placeOf } from "../story/wording";
import type { FaultSpace } from "./faultSpace";
import type { DeathBound, Transitions } from "./transitions";

/** Who answers some query. */
export interface MatrixAnswer {
  /** The zone, else the resource, else the value. */
  readonly place: string;
  readonly isAlive: boolean;
  readonly hasDatabases: boolean;
}

/** What one fault alone does. */
export interface MatrixRow {
  /** Absent where nothing has failed. */
  readonly fault?: Fault;
  readonly answers: readonly MatrixAnswer[];
  /** How long it takes, for each way of dying; none where nothing dies, as where a check lies. */
  readonly bounds: readonly DeathBound[];
}

/** Who answers a name while nothing has failed, and under each fault alone. What was not read is healthy. */
export function faultMatrix(
  { model, name, type, faults }: FaultSpace,
  { alone }: Transitions,
  asker: Asker,
): readonly MatrixRow[] {
  return [undefined, ...faults].map((fault) => ({
    ...(fault ? { fault } : {}),
    answers: answersOf(model.under(fault ? [fault] : []), name, type, asker),
    bounds: (fault && alone.get(fault)) ?? [],
  }));
}

function answersOf(
  state: FaultState,
  name: string,
  type: string,
  asker: Asker,
): readonly MatrixAnswer[] {
  const all = state.resolve(name, type, asker).answers.map((answer: PlacedAnswer) => ({
    place: placeOf(answerOf(answer)),
    isAlive: answer.alive,
    hasDatabases: answer.withoutDatabases === undefined,
  }));
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}
