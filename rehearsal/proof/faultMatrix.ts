import type { Asker } from "../../routing/asker";
import type { Fault } from "../../routing/graph/faults";
import type { FaultState, PlacedAnswer } from "../../routing/graph/stackModel";
import { answerOf } from "../answer";
import { answerPlaces } from "../story/wording";
import type { FaultSpace } from "./faultSpace";
import type { DeathBound, Transitions } from "./transitions";

/** An answer that some query gets. */
export interface MatrixAnswer {
  /** The availability zone, else the resource, else the value; of several values of a record, both. */
  readonly place: string;
  readonly isAlive: boolean;
  readonly hasDatabases: boolean;
}

/** The effect of one single fault. */
export interface MatrixRow {
  /** Absent if nothing has failed. */
  readonly fault?: Fault;
  readonly answers: readonly MatrixAnswer[];
  /** What was not read and decides who answers or what works, by name; the answers take it for healthy. */
  readonly unread: readonly string[];
  /** The bound of each failure mode; empty if nothing dies, for example if a check lies. */
  readonly bounds: readonly DeathBound[];
}

/** The answers of a name without a fault and under each single fault. What was not read is healthy. */
export function faultMatrix(
  space: FaultSpace,
  { alone }: Transitions,
  asker: Asker,
): readonly MatrixRow[] {
  const { model, name, type, faults } = space;
  const under = (some: readonly Fault[]): readonly MatrixAnswer[] =>
    answersOf(model.under(some), name, type, asker);
  const answers = under([]);
  return [
    { answers, unread: space.unreadUnder(undefined), bounds: [] },
    ...faults.map((fault) => ({
      fault,
      answers: space.changesAnswer(fault) ? under([fault]) : answers,
      unread: space.unreadUnder(fault),
      bounds: alone.get(fault) ?? [],
    })),
  ];
}

function answersOf(
  state: FaultState,
  name: string,
  type: string,
  asker: Asker,
): readonly MatrixAnswer[] {
  const { answers } = state.resolve(name, type, asker);
  const places = answerPlaces(answers.map(answerOf));
  const all = answers.map((answer: PlacedAnswer, index) => ({
    place: places[index] ?? answer.value,
    isAlive: answer.alive,
    hasDatabases: answer.withoutDatabases === undefined,
  }));
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}
