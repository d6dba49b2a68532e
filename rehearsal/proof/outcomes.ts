import type { DiagramNode } from "../../routing/diagram";
import type { RecordSet } from "../../routing/model";
import { valuesOf } from "../../routing/view";
import type { FaultSpace } from "./faultSpace";

/** An outcome that harms customers, and when it happens. */
export interface Outcome {
  readonly kind: "deadAnswer" | "staticPage" | "withoutDatabase" | "regionLeft";
  /** In words: "some customers get a dead answer". */
  readonly label: string;
  /** The region that stops serving. */
  readonly region?: string;
  readonly when: DiagramNode;
}

const nothingHappens = { faults: [], unknown: new Map<string, boolean>() };

/** The outcomes that harm customers of a name, the worst first, including those its tree rules out. */
export function outcomesOf(space: FaultSpace): readonly Outcome[] {
  const { diagram, answers } = space;
  const someAnswer = (is: (leaf: RecordSet) => DiagramNode): DiagramNode =>
    diagram.some(answers.answers, ({ leaf, guard }) => diagram.and(guard, () => is(leaf)));
  const serving = answers.answers.filter(({ guard }) => space.holdsIn(guard, nothingHappens));
  // A distribution that answers while nothing has failed is in front of the application.
  const isPage = (leaf: RecordSet): boolean =>
    isStaticPage(leaf) && !(isDistribution(leaf) && serving.some((one) => one.leaf === leaf));
  const pages = space.leaves().filter(isPage);
  return [
    {
      kind: "deadAnswer",
      label: "some customers get a dead answer",
      when: someAnswer((leaf) => diagram.not(space.isAlive(leaf))),
    },
    ...(space.leaves().some((leaf) => space.usesDatabases(leaf))
      ? [
          {
            kind: "withoutDatabase" as const,
            label: "some customers reach a server without its database",
            when: someAnswer((leaf) =>
              diagram.and(space.isAlive(leaf), () => diagram.not(space.hasDatabases(leaf))),
            ),
          },
        ]
      : []),
    ...(pages.length === 0
      ? []
      : [
          {
            kind: "staticPage" as const,
            label: "some customers get the static page",
            when: someAnswer((leaf) => diagram.constant(isPage(leaf))),
          },
        ]),
    ...regionsLeft(space),
  ];
}

/** Whether a record answers with a website or a distribution: a page, not the application. */
export function isStaticPage({ target }: RecordSet): boolean {
  return (
    target.kind === "alias" &&
    (target.target.kind === "s3Website" || target.target.kind === "cloudFront")
  );
}

function isDistribution({ target }: RecordSet): boolean {
  return target.kind === "alias" && target.target.kind === "cloudFront";
}

/** One outcome for each region that serves while nothing has failed: it stops serving. */
function regionsLeft(space: FaultSpace): readonly Outcome[] {
  const { diagram, answers } = space;
  const byRegion = new Map<string, DiagramNode>();
  for (const { leaf, guard } of answers.answers) {
    for (const region of isStaticPage(leaf) ? [] : regionsOf(space, leaf)) {
      byRegion.set(
        region,
        diagram.or(byRegion.get(region) ?? diagram.constant(false), () => guard),
      );
    }
  }
  if (byRegion.size < 2) return [];
  return [...byRegion]
    .filter(([, serves]) => space.holdsIn(serves, nothingHappens))
    .map(([region, serves]) => ({
      kind: "regionLeft",
      label: `all customers have left ${region}`,
      region,
      when: diagram.not(serves),
    }));
}

function regionsOf({ model }: FaultSpace, leaf: RecordSet): readonly string[] {
  return valuesOf(leaf).flatMap((value) => model.endpointOfValue(leaf, value)?.region ?? []);
}
