import type { DiagramNode } from "../../routing/diagram";
import type { Group, RecordSet } from "../../routing/model";
import type { FaultSpace, Latch } from "./faultSpace";
import { pagesOf, servingRegions } from "./outcomes";

/** The properties that a proof checks. */
export type PropertyName =
  /** No answer is dead while an endpoint in the tree works: it is alive and has its database. */
  | "noDeadAnswer"
  /** No answer is dead while nothing has failed, whether or not anything in the tree works. */
  | "aliveAtRest"
  /** No secondary answers while its primary works. */
  | "noNeedlessFailover"
  /** No answer lacks its database while an endpoint in the tree has its own. */
  | "noAnswerWithoutDatabase"
  /** Every query gets an answer. */
  | "alwaysAnswered"
  /** A set latch leads nobody to the page or a dead answer while an endpoint of the application works. */
  | "noPageWhileLatched"
  /** A latch that is set while all is well moves the customers out of the region that it guards. */
  | "latchMovesTraffic";

/** A possible breach of a property: a record that answers and should not. */
export interface Breach {
  readonly property: PropertyName;
  readonly record: RecordSet;
  /** The failover group whose secondary answers needlessly. */
  readonly group?: Group;
  /** The latch of a property about latches. */
  readonly latch?: Latch;
  readonly when: DiagramNode;
}

/**
 * All possible breaches of a name's properties. Except for `alwaysAnswered` they consider only faults that
 * checks can see: a false report of a check breaks any tree, and the cut sets show how many it takes. A latch
 * may be set or not under each set of faults: a report of its check that it is set counts as true.
 */
export function breachesOf(space: FaultSpace): readonly Breach[] {
  const { diagram, answers } = space;
  const leaves = space.leaves();
  // Of a record with several values, each is an endpoint.
  const someWorks = diagram.some(leaves, (leaf) => space.worksInPart(leaf));
  // A page has no database to lose and accepts no orders.
  const someWorksWithDatabase = diagram.some(
    leaves.filter((leaf) => space.usesDatabases(leaf)),
    (leaf) => space.worksInPart(leaf),
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
      property: "aliveAtRest",
      record: leaf,
      when: space.withoutFaults(
        diagram.and(guard, () =>
          diagram.and(diagram.not(space.isAlive(leaf)), () => diagram.not(someWorks)),
        ),
      ),
    },
    {
      property: "noAnswerWithoutDatabase",
      record: leaf,
      when: space.withoutLies(
        diagram.and(guard, () =>
          diagram.and(space.lacksDatabase(leaf), () => someWorksWithDatabase),
        ),
      ),
    },
  ]);
  return [
    ...atLeaves,
    ...needlessFailovers(space),
    ...neverAnswered(space),
    ...space.latches.flatMap((latch) => [...strandedBy(space, latch), ...unmovedBy(space, latch)]),
  ].filter(({ when }) => diagram.known(when) !== false);
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

/** Customers who get the page or a dead answer only because a latch is set. */
function strandedBy(space: FaultSpace, latch: Latch): readonly Breach[] {
  const { diagram, answers } = space;
  const pages = new Set(pagesOf(space));
  const someServes = diagram.some(
    space.leaves().filter((leaf) => !pages.has(leaf)),
    (leaf) => space.worksInPart(leaf),
  );
  const stranded = answers.answers.map(({ leaf, guard }) => ({
    leaf,
    when: diagram.and(guard, () =>
      diagram.and(
        pages.has(leaf) ? diagram.constant(true) : diagram.not(space.isAlive(leaf)),
        () => someServes,
      ),
    ),
  }));
  const anyway = space.withLatch(
    diagram.some(stranded, ({ when }) => when),
    latch,
    false,
  );
  return stranded.map(({ leaf, when }) => ({
    property: "noPageWhileLatched",
    record: leaf,
    latch,
    when: diagram.and(latch.isSet, () =>
      diagram.and(diagram.not(anyway), () => space.withLatch(when, latch, true)),
    ),
  }));
}

/**
 * A latch that moves nobody: no region is left, or only the one of its own bucket, which is to serve while
 * the latch is set. Nothing is said of answers whose region is unknown.
 */
function unmovedBy(space: FaultSpace, latch: Latch): readonly Breach[] {
  const { diagram } = space;
  const { all, atRest } = servingRegions(space);
  const guarded = [...atRest].filter(([region]) => region !== latch.region);
  const [record] = guardedBy(space, latch);
  if (all.size === 0 || !record) return [];
  const unmoved = diagram.every(guarded, ([, serves]) =>
    space.withoutFaults(space.withLatch(serves, latch, true)),
  );
  return [
    {
      property: "latchMovesTraffic",
      record,
      latch,
      when: diagram.and(latch.isSet, () => unmoved),
    },
  ];
}

/** The records of a name whose health a latch decides. */
function guardedBy(
  { model: { route53 }, name, type }: FaultSpace,
  { check }: Latch,
): readonly RecordSet[] {
  return route53.reachable(name, type).filter(({ checkId }) => {
    const own = checkId === undefined ? undefined : route53.checks.get(checkId);
    return own === check || (own?.kind === "calculated" && own.children.includes(check.id));
  });
}
