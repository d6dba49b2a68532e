import type { DiagramNode } from "../../routing/diagram";
import type { RecordSet } from "../../routing/model";
import { valuesOf } from "../../routing/view";
import type { FaultSpace } from "./faultSpace";
import { isStaticPage } from "../staticPage";

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
  const pages = new Set(pagesOf(space));
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
            when: someAnswer((leaf) => space.lacksDatabase(leaf)),
          },
        ]
      : []),
    ...(pages.size === 0
      ? []
      : [
          {
            kind: "staticPage" as const,
            label: "some customers get the static page",
            when: someAnswer((leaf) => diagram.constant(pages.has(leaf))),
          },
        ]),
    ...regionsLeft(space),
  ];
}

/** The records that answer with a page instead of the application. */
export function pagesOf(space: FaultSpace): readonly RecordSet[] {
  const { answers } = space.answers;
  // A distribution that answers while nothing has failed is in front of the application.
  const isInFront = (leaf: RecordSet): boolean =>
    isDistribution(leaf) &&
    answers.some((one) => one.leaf === leaf && space.holdsIn(one.guard, nothingHappens));
  return space.leaves().filter((leaf) => isStaticPage(leaf) && !isInFront(leaf));
}

function isDistribution({ target }: RecordSet): boolean {
  return target.kind === "alias" && target.target.kind === "cloudFront";
}

/** One outcome for each region that serves while nothing has failed: it stops serving. */
function regionsLeft(space: FaultSpace): readonly Outcome[] {
  const { diagram } = space;
  const { all, atRest } = servingRegions(space);
  if (all.size < 2) return [];
  return [...atRest].map(([region, serves]) => ({
    kind: "regionLeft",
    label: `all customers have left ${region}`,
    region,
    when: diagram.not(serves),
  }));
}

/** When each region serves, and the same for those that serve while nothing has failed. */
export function servingRegions(
  space: FaultSpace,
): Readonly<Record<"all" | "atRest", ReadonlyMap<string, DiagramNode>>> {
  const { diagram, answers } = space;
  const all = new Map<string, DiagramNode>();
  for (const { leaf, guard } of answers.answers) {
    for (const region of isStaticPage(leaf) ? [] : regionsOf(space, leaf)) {
      all.set(
        region,
        diagram.or(all.get(region) ?? diagram.constant(false), () => guard),
      );
    }
  }
  const atRest = new Map([...all].filter(([, serves]) => space.holdsIn(serves, nothingHappens)));
  return { all, atRest };
}

function regionsOf({ model }: FaultSpace, leaf: RecordSet): readonly string[] {
  return valuesOf(leaf).flatMap((value) => model.endpointOfValue(leaf, value)?.region ?? []);
}
