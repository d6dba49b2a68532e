import type { Asker } from "../routing/asker";
import type { Resource } from "../routing/graph/resource";
import { StackModel } from "../routing/graph/stackModel";
import { factsOfResources } from "../routing/graph/stackOutputs";
import { InputError } from "../routing/inputError";
import type { Root } from "../routing/trees";
import { Trees } from "../routing/trees";
import { failingNotes } from "./failingNames";
import { inventoryOf } from "./inventory";
import { objectivesOf } from "./objectives";
import { outageBoundsOf } from "./outageBounds";
import { defaultFaultRates } from "./proof/faultRates";
import { judgeNames } from "./proof/prove";
import { proofSummaryOf } from "./proof/summary";
import type { ProofSummary, Rehearsal, StackRehearsal, StoryStep } from "./result";
import { openStatusText } from "./scenarios/openStatuses";
import { servingOrderOf } from "./story/servingOrder";
import type { Stage } from "./story/story";
import { storyOf } from "./story/story";
import { treeOf } from "./story/tree";
import { fixedNotes, unreachableNotes } from "./unreachable";

/** The maximum number of names of a source that are played, unless one is selected. */
const namesMax = 3;

/** Zones read from another source. */
export interface RehearsedSource {
  /** Its name in the report, such as its file. */
  readonly title: string;
  readonly resources: readonly Resource[];
  /** Notes on what was left out or is unknown. */
  readonly notes: readonly string[];
}

/**
 * Plays the failover story of the public names: those whose answer changes with health or by
 * weight, and to which no other record leads.
 *
 * @param hostname the one name to play; by default what the stack says, else the first names found
 * @param asker where queries come from; by default each place that has a story of its own
 * @throws InputError where there is no such name, or none of them can be asked
 */
export function rehearseSource(
  source: RehearsedSource,
  hostname?: string,
  asker?: Asker,
): Rehearsal {
  const facts = factsOfResources(source.resources);
  const model = new StackModel(source.resources, facts.assumptions);
  const main = hostname ?? facts.hostname;
  const names = main === undefined ? facts.hostnames : [main];
  const roots = rootsOf(model, names);
  const faults: string[] = [];
  const stacks: StackRehearsal[] = [];
  const rehearsed: string[] = [];
  for (const root of roots) {
    if (rehearsed.length === namesMax) break;
    try {
      const stage = { model, facts: { ...facts, hostname: root.name }, type: root.type };
      stacks.push(...rehearseName(stage, source, asker));
      rehearsed.push(root.name);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      faults.push(...error.faults);
    }
  }
  const [first, ...others] = stacks;
  if (!first)
    throw new InputError(
      faults.length > 0
        ? faults
        : noName(source, hostname === undefined ? names : [`--name ${hostname}`]),
    );
  const notPlayed = roots.slice(rehearsed.length + faults.length).map(({ name }) => name);
  const notes = [
    ...first.notes,
    ...unreachableNotes(model),
    ...source.notes,
    ...faults.map((fault) => `Not rehearsed: ${fault}.`),
    ...(notPlayed.length > 0 ? [`${namesLeft(notPlayed.length)}: select one with --name.`] : []),
  ];
  const left = notPlayed.length > 0 ? { notPlayed } : {};
  return { stacks: [{ ...first, ...left, notes }, ...others] };
}

/** The given names with the first type that each has; if none is given, each root with its first type. */
function rootsOf(model: StackModel, names: readonly string[]): readonly Root[] {
  if (names.length > 0) {
    return names.flatMap((name): readonly Root[] => {
      const type = ["A", "AAAA", "CNAME"].find((each) => model.route53.group(name, each));
      return type === undefined ? [] : [{ name, type }];
    });
  }
  const first = new Map<string, Root>();
  for (const root of new Trees(model.route53).roots) {
    if (!first.has(root.name)) first.set(root.name, root);
  }
  return [...first.values()];
}

function namesLeft(count: number): string {
  return count === 1
    ? "1 more name has a tree of its own"
    : `${count} more names have trees of their own`;
}

function noName({ title }: RehearsedSource, names: readonly string[]): string {
  return names.length === 0
    ? `${title}: no name in it has an answer that changes with health or by weight; query any name with \`failover resolve NAME\``
    : `${names.join(", ")}: no A, AAAA or CNAME record of ${title} has this name; name one that has`;
}

/** The story of a name from each place, those together that have the same one. */
function rehearseName(
  stage: Stage,
  source: RehearsedSource,
  given: Asker | undefined,
): readonly StackRehearsal[] {
  const { title, resources } = source;
  const { model, facts, type } = stage;
  const name = facts.hostname;
  const proof = proofOf(model, name, given);
  const stories = new Map<string, { readonly story: readonly StoryStep[]; from: string[] }>();
  for (const { asker, from } of model.placesOf(name, type, given)) {
    const story = storyOf({ ...stage, asker });
    const key = JSON.stringify(story, withoutWays);
    const known = stories.get(key) ?? { story, from: [] };
    known.from.push(...from);
    stories.set(key, known);
  }
  const tree = treeOf(model, name, type);
  const bounds = facts.objectives.size === 0 ? [] : outageBoundsOf(model, name);
  const isOne = stories.size === 1 && given === undefined;
  return [...stories.values()].map(({ story, from }) => ({
    stack: title,
    hostname: name,
    ...(isOne ? {} : { from }),
    tree,
    story,
    servingOrder: servingOrderOf(stage),
    ...(proof ? { proof } : {}),
    objectives: objectivesOf(facts, bounds),
    notes: [
      ...fixedNotes(model, { name, type }),
      ...failingNotes(model, { name, type }),
      ...unreadNotes(model, { name, type }, given),
      `Made of ${inventoryOf(resources)}.`,
      `The story covers ${type}.`,
      ...(from.length > 1 ? from.slice(0, 1) : []).map(
        (place) => `The reasons for each answer are those from ${place}.`,
      ),
      `Worst cases for a client that obeys the TTL. They rest on ${facts.assumptions.propagationSeconds} s (δ, a parameter) for Route 53 to spread a decision: AWS publishes no figure.`,
    ],
  }));
}

/** The proof of a name; undefined if it is too large, which `failover prove` explains. */
function proofOf(
  model: StackModel,
  name: string,
  asker: Asker | undefined,
): ProofSummary | undefined {
  try {
    return proofSummaryOf(
      judgeNames(model, [{ hostname: name, others: [] }], {
        ...(asker ? { asker } : {}),
        rates: defaultFaultRates,
      }),
    );
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

/** What the story takes to be at rest, since it was not read. */
function unreadNotes(model: StackModel, { name, type }: Root, given?: Asker): readonly string[] {
  const state = model.under([]);
  const unread = model
    .placesOf(name, type, given)
    .flatMap(({ asker }) => state.unknownsOf(name, type, asker));
  const byName = new Map(unread.map((one) => [one.name, one]));
  return [...byName.values()].map((what) =>
    openStatusText({ ...what, isHealthy: model.isHealthyAtRest(what) }),
  );
}

/** The same story may come about by other records at each place. */
function withoutWays(key: string, value: unknown): unknown {
  return key === "path" ? undefined : value;
}
