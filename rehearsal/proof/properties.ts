import type { DiagramNode } from "../../routing/diagram";
import type { Group, RecordSet } from "../../routing/model";
import type { FaultSpace } from "./faultSpace";

/** The properties that a proof checks. */
export type PropertyName =
  /** No answer is dead while an endpoint in the tree works: it is alive and has its database. */
  | "noDeadAnswer"
  /** No secondary answers while its primary works. */
  | "noNeedlessFailover"
  /** No answer lacks its database while an endpoint in the tree has its own. */
  | "noAnswerWithoutDatabase"
  /** Every query gets an answer. */
  | "alwaysAnswered";

/** A possible breach of a property: a record that answers and should not. */
export interface Breach {
  readonly property: PropertyName;
  readonly record: RecordSet;
  /** The failover group whose secondary answers needlessly. */
  readonly group?: Group;
  readonly when: DiagramNode;
}

/**
 * All possible breaches of a name's properties. The first three consider only faults that checks can see:
 * a false report of a check breaks any tree, and the cut sets show how many it takes.
 */
export function breachesOf(space: FaultSpace): readonly Breach[] {
  const { diagram, answers } = space;
  const leaves = space.leaves();
  const someWorks = diagram.some(leaves, (leaf) => space.works(leaf));
  // A page has no database to lose and accepts no orders.
  const someWorksWithDatabase = diagram.some(
    leaves.filter((leaf) => space.usesDatabases(leaf)),
    (leaf) => space.works(leaf),
  );
  const atLeaves = answers.answers.flatMap(({ leaf, guard }): readonly Breach[] => [
    {
      property: "noDeadAnswer",
      record: leaf,
      when: space.withoutLies(
        diagram.and(guard, () => diagram.and(diagram.not(space.isAlive(leaf)), () => someWorks)),
      ),
    },
    {
      property: "noAnswerWithoutDatabase",
      record: leaf,
      when: space.withoutLies(
        diagram.and(guard, () =>
          diagram.and(diagram.not(space.hasDatabases(leaf)), () =>
            diagram.and(space.isAlive(leaf), () => someWorksWithDatabase),
          ),
        ),
      ),
    },
  ]);
  return [...atLeaves, ...needlessFailovers(space), ...neverAnswered(space)].filter(
    ({ when }) => diagram.known(when) !== false,
  );
}

function needlessFailovers(space: FaultSpace): readonly Breach[] {
  const { diagram, answers } = space;
  return answers.groups.flatMap(({ group, guard }) => {
    const [primary, secondary] = space.choicesOf(group).members;
    if (primary?.record.policy.kind !== "failover" || secondary === undefined) return [];
    return [
      {
        property: "noNeedlessFailover" as const,
        record: primary.record,
        group,
        when: space.withoutLies(
          diagram.and(guard, () =>
            diagram.and(secondary.guard, () =>
              diagram.some(space.leavesOf(primary.record), (leaf) => space.works(leaf)),
            ),
          ),
        ),
      },
    ];
  });
}

/** The first record of the name stands for all of them. */
function neverAnswered({ model, name, type, unanswered }: FaultSpace): readonly Breach[] {
  return model.route53
    .rootOf(name, type)
    .slice(0, 1)
    .map((record) => ({ property: "alwaysAnswered", record, when: unanswered }));
}
