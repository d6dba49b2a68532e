import type { DiagramNode } from "../../routing/diagram";
import type { Group, RecordSet } from "../../routing/model";
import type { FaultSpace } from "./faultSpace";

/** The properties that a tree is proven to have. */
export type PropertyName =
  /** No answer is dead while an endpoint in the tree works: it lives and has its database. */
  | "noDeadAnswer"
  /** No secondary answers while its primary works. */
  | "noNeedlessFailover"
  /** No answer lacks its database while an endpoint in the tree has its own. */
  | "noAnswerWithoutDatabase"
  /** Every query gets an answer. */
  | "alwaysAnswered";

/** Where a property is broken: a record that answers and should not. */
export interface Breach {
  readonly property: PropertyName;
  readonly record: RecordSet;
  /** The failover group whose secondary answers needlessly. */
  readonly group?: Group;
  readonly when: DiagramNode;
}

/**
 * All that may break a property of a name. The first three ask about faults that checks can see: a check
 * that lies makes any tree wrong, and how many must lie is what the cut sets say.
 */
export function breachesOf(space: FaultSpace): readonly Breach[] {
  const { diagram, answers } = space;
  const leaves = space.leaves();
  const someWorks = diagram.some(leaves, (leaf) => space.works(leaf));
  // A page has no database to lose, and takes no orders.
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
  return [...atLeaves, ...needlessFailovers(space), neverAnswered(space)].filter(
    ({ when }) => diagram.known(when) !== false,
  );
}

function needlessFailovers(space: FaultSpace): readonly Breach[] {
  const { diagram, answers } = space;
  return answers.groups.flatMap(({ group, guard }) => {
    const [primary, secondary] = group;
    if (primary?.policy.kind !== "failover" || secondary === undefined) return [];
    const { members } = space.choicesOf(group);
    const chosen = members.find(({ record }) => record === secondary)?.guard;
    if (chosen === undefined) return [];
    return [
      {
        property: "noNeedlessFailover" as const,
        record: primary,
        group,
        when: space.withoutLies(
          diagram.and(guard, () =>
            diagram.and(chosen, () =>
              diagram.some(space.leavesOf(primary), (leaf) => space.works(leaf)),
            ),
          ),
        ),
      },
    ];
  });
}

function neverAnswered(space: FaultSpace): Breach {
  const { model, name, type, unanswered } = space;
  const [record] = model.route53.group(name, type) ?? [];
  if (!record) throw new Error(`${name} ${type}: it was asked, so it has a record`);
  return { property: "alwaysAnswered", record, when: unanswered };
}
