import type { Asker } from "../../routing/asker";
import { Diagram } from "../../routing/diagram";
import type { FaultState, StackModel } from "../../routing/graph/stackModel";
import { NamedUnread } from "../../routing/graph/namedUnread";
import { guardsOf } from "../../routing/guards";
import { valuesOf } from "../../routing/view";
import type { StoryStep } from "../result";

/** A query for a name. */
interface Question {
  readonly name: string;
  readonly type: string;
  readonly asker?: Asker;
}

/** What was not read and decides who answers under some faults, and whether an answer is then dead. */
export function openAnswerOf(
  model: StackModel,
  { name, type, asker = {} }: Question,
  state: FaultState,
): Pick<StoryStep, "dependsOn" | "isDeadOpen"> {
  const diagram = new Diagram();
  const unread = new NamedUnread(model, diagram);
  const observed = state.under(diagram, unread.variableOf);
  const { answers } = guardsOf(observed.view.askedFrom(asker), name, type);
  const isDead = diagram.some(answers, ({ leaf, guard }) =>
    diagram.and(guard, () =>
      diagram.not(diagram.every(valuesOf(leaf), (value) => observed.isAlive(leaf, value, name))),
    ),
  );
  const dependsOn = diagram
    .support([isDead, ...answers.map(({ guard }) => guard)])
    .flatMap((level) => unread.names.get(level) ?? []);
  if (dependsOn.length === 0) return {};
  return { dependsOn, ...(diagram.known(isDead) === undefined ? { isDeadOpen: true } : {}) };
}
