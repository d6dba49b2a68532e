import { expect } from "chai";
import type { Violation } from "../../../rehearsal/proof/prove";
import { violationsOf } from "../../../rehearsal/proof/prove";
import { FaultSpace } from "../../../rehearsal/proof/faultSpace";
import { outcomesOf } from "../../../rehearsal/proof/outcomes";
import type { Resource } from "../../../routing/graph/resource";
import { StackModel } from "../../../routing/graph/stackModel";
import { InputError } from "../../../routing/inputError";
import { evaluated } from "../../program/evaluated";
import { figures } from "../../program/expectations";
import { mutationsOf } from "../../program/mutations";
import { itWithEveryCase } from "../../sampled";

/** The results of a stack's proof, for each of its address types. */
interface Said {
  readonly violations: readonly Violation[];
  /** Every smallest set of every outcome; equal texts mean equal harm. */
  readonly cutSets: string;
}

function provedOf(resources: readonly Resource[], stack: "dev" | "prod"): Said | "refused" {
  const { hostname, families } = figures[stack];
  const model = new StackModel(resources);
  try {
    const spaces = families.map((family) => new FaultSpace(model, hostname, family));
    return {
      violations: spaces.flatMap((space) => violationsOf(space)),
      cutSets: JSON.stringify(
        spaces.map((space) =>
          outcomesOf(space).map(({ label, when }) => [
            label,
            space
              .smallestSets(when, Infinity)
              .sets.map(({ faults }) => faults.map(({ name }) => name)),
          ]),
        ),
      ),
    };
  } catch (error) {
    if (error instanceof InputError) return "refused";
    throw error;
  }
}

/** The resource in a title such as "no oregon-deep-check" or "orders-A-primary without its check". */
function mutatedIn(title: string): string {
  return title.replace(/^no | without .*$/g, "");
}

/** Whether a violation points at a resource by its name or id. */
function blames({ blame }: Violation, { name, id = name }: Resource): boolean {
  return [blame.record, blame.check ?? "", blame.why].some(
    (text) => text.includes(name) || text.includes(id),
  );
}

for (const [stack, expected] of [
  ["dev", { refused: 12, blamed: 15, changed: 14, elsewhere: [], same: [] }],
  [
    "prod",
    {
      refused: 32,
      blamed: 32,
      changed: 32,
      // The deep check watches IPv4 only, and is to blame for the resulting AAAA answers.
      elsewhere: [
        "no dublin-records-dublin.orders.cafe.com-A-primary",
        "no dublin-records-dublin.orders.cafe.com-A-secondary",
        "no oregon-records-oregon.orders.cafe.com-A-primary",
        "no oregon-records-oregon.orders.cafe.com-A-secondary",
      ],
      // While Oregon and Dublin share the traffic, each of the two orderings backs up the other.
      same: [
        "orders-reversed.orders.cafe.com-A-secondary without its check",
        "orders-reversed.orders.cafe.com-AAAA-secondary without its check",
        "no orders-live.orders.cafe.com-A-secondary",
        "no orders-live.orders.cafe.com-AAAA-secondary",
        "no orders-reversed.orders.cafe.com-A-secondary",
        "no orders-reversed.orders.cafe.com-AAAA-secondary",
      ],
    },
  ],
] as const) {
  describe(`the proof of the ${stack} stack`, () => {
    let resources: readonly Resource[];
    let whole: Said;

    before(async () => {
      ({ resources } = await evaluated(stack));
      const said = provedOf(resources, stack);
      if (said === "refused") throw new Error(`${stack} is refused as it is`);
      whole = said;
    });

    it("finds no violation", () => {
      expect(whole.violations).to.deep.equal([]);
    });

    // Prod has ten times the cases of dev.
    const itOfStack = stack === "prod" ? itWithEveryCase : it;
    itOfStack("notices every omission: a refusal, a violation, or other cut sets", () => {
      const found = {
        refused: 0,
        blamed: 0,
        changed: 0,
        elsewhere: [] as string[],
        same: [] as string[],
      };
      for (const { title, apply } of mutationsOf(resources)) {
        const said = provedOf(apply(resources), stack);
        const mutated = resources.find(({ name }) => name === mutatedIn(title));
        if (!mutated) throw new Error(`${title}: no such resource`);
        if (said === "refused") found.refused += 1;
        else if (said.violations.some((violation) => blames(violation, mutated))) found.blamed += 1;
        else if (said.violations.length > 0) found.elsewhere.push(title);
        else if (said.cutSets !== whole.cutSets) found.changed += 1;
        else found.same.push(title);
      }
      expect(found).to.deep.equal(expected);
    });
  });
}
