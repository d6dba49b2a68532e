import type { FaultNames } from "../../routing/graph/faultNames";
import { answerOf } from "../answer";
import type { TiersBlock } from "../report/document";
import { servingOrderOf } from "../story/servingOrder";
import { tiersPanel } from "../story/tiersFigure";
import { withDepends } from "../story/wording";
import type { Situation } from "./faultSpace";
import { propertyWords } from "./propertyWords";
import type { NameProof, Proof } from "./prove";
import { situationText } from "./situationWords";

/** The most pictures of a name. */
const panelsMax = 6;

/**
 * Who answers while all is well, and under what breaks a property; or, if nothing does, under the
 * smallest set of faults of each outcome.
 */
export function tiersOf(
  { model, regionNames }: Proof,
  one: NameProof,
  names: FaultNames,
): TiersBlock {
  const { name, type, space, violations, cutSets } = one;
  const tiers = servingOrderOf({ model, facts: { hostname: name, regionNames }, type });
  const found: readonly TitledSituation[] =
    violations.length > 0
      ? violations.map(({ property, smallest }) => [propertyWords[property], smallest])
      : cutSets.flatMap(({ outcome, sets: [first] }) =>
          first ? [[outcome.label, first] as const] : [],
        );
  const all: readonly TitledSituation[] = [
    ["all well", { faults: [], unknown: new Map() }],
    ...found.slice(0, panelsMax - 1),
  ];
  return {
    kind: "tiers",
    root: name,
    panels: all.map(([title, situation]) => {
      const state = model.under(situation.faults, situation.unknown);
      const { answers } = state.resolve(name, type, space.asker);
      const step = {
        step: title,
        faults: situation.faults.map((fault) => names.of(fault)),
        answers: answers.map(answerOf),
      };
      const text = situationText(situation, names);
      const isFault = situation.faults.length + situation.unknown.size > 0;
      const unread = state
        .unknownsOf(name, type, space.asker)
        .filter((what) => !model.isHealthyAlone(what));
      const caption = withDepends(
        isFault ? `with ${text}` : text,
        unread.map((what) => what.name),
      );
      return tiersPanel(step, caption, name, tiers);
    }),
  };
}

/** A situation with the title of its picture. */
type TitledSituation = readonly [title: string, situation: Situation];
