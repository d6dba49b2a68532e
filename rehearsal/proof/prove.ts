import type { Asker } from "../../routing/asker";
import type { DistinctPlace } from "../../routing/askers";
import type { Resource } from "../../routing/graph/resource";
import { canonical } from "../../routing/domainName";
import type { RecordSet } from "../../routing/model";
import { StackModel } from "../../routing/graph/stackModel";
import type { ObjectiveName } from "../../routing/graph/stackOutputs";
import { factsOfResources } from "../../routing/graph/stackOutputs";
import { InputError } from "../../routing/inputError";
import { Trees } from "../../routing/trees";
import { hostnameGroupsOf } from "../hostnames";
import { objectivesOf } from "../objectives";
import { outageBoundsOf } from "../outageBounds";
import type { HostnameGroup, ObjectiveResult } from "../result";
import { typesOf } from "./answeredTypes";
import type { ExpectedMinutes } from "./availability";
import { expectedMinutes, minutesIn } from "./availability";
import type { Blame, Culprit } from "./blame";
import { blameOf, culpritOf } from "./blame";
import type { MatrixRow } from "./faultMatrix";
import { faultMatrix } from "./faultMatrix";
import type { FaultRates } from "./faultRates";
import { faultClassOf } from "../../routing/graph/faultClass";
import { unavailabilityOf } from "./faultRates";
import type { Situation, SmallestSets } from "./faultSpace";
import { FaultSpace } from "./faultSpace";
import { movingMinutesOf, movingUnreadOf } from "./moving";
import type { Outcome } from "./outcomes";
import { outcomesOf } from "./outcomes";
import type { PropertyName } from "./properties";
import { breachesOf } from "./properties";
import type { Transitions } from "./transitions";
import { boundsAlone, transitionsOf } from "./transitions";

/** The most smallest sets that are listed for an outcome; all are counted. */
const listedSetsMax = 1_000;

/** A property that a name does not have, with the smallest counterexample. */
export interface Violation {
  readonly property: PropertyName;
  /** Whether it depends on something that was not read: then the proof cannot decide it. */
  readonly isOpen: boolean;
  readonly smallest: Situation;
  readonly countBySize: readonly number[];
  readonly blame: Blame;
  /** The culprit: a record or a check, and why it breaks the property. */
  readonly culprit: Culprit;
  readonly record: RecordSet;
}

/** The smallest sets of faults that lead to an outcome. */
export interface CutSets extends SmallestSets {
  readonly outcome: Outcome;
  /** The number of those of each size in which no check reports falsely. */
  readonly truthfulBySize: readonly number[];
}

/** The proof of one name and type. */
export interface NameProof {
  readonly name: string;
  readonly type: string;
  /** The places that the proof applies to, in words; empty if the answer is the same from everywhere. */
  readonly from: readonly string[];
  /** Names with the same tree, for which the proof is the same. */
  readonly others: readonly string[];
  readonly space: FaultSpace;
  readonly matrix: readonly MatrixRow[];
  readonly violations: readonly Violation[];
  readonly cutSets: readonly CutSets[];
  readonly transitions: Transitions;
  readonly minutes: readonly ExpectedMinutes[];
  /** Minutes a year on a dead answer until clients leave it, or what failed is repaired. */
  readonly movingMinutes: number;
  /** What was not read and decides, by name, whether they leave it before; empty if that is known. */
  readonly movingUnread: readonly string[];
}

/** The part of a proof that decides its outcome and the minutes a year. */
export interface NameVerdict extends Pick<
  NameProof,
  "name" | "type" | "from" | "space" | "violations" | "movingMinutes" | "movingUnread"
> {
  readonly minutes: readonly Pick<ExpectedMinutes, "outcome" | "perYear">[];
}

/** A name that Route 53 would refuse, or that the model does not cover. */
export interface UnprovenName extends Pick<NameProof, "name" | "others"> {
  readonly reasons: readonly string[];
}

/** The proof of a stack. */
export interface Proof {
  readonly stack: string;
  readonly model: StackModel;
  /** The name of each region that has one, by its code. */
  readonly regionNames: ReadonlyMap<string, string>;
  readonly names: readonly NameProof[];
  /** The names that could not be proven, unless the order refuses them. */
  readonly unproven: readonly UnprovenName[];
  /** The given names that no record has, if the order allows that. */
  readonly absent?: readonly string[];
  readonly objectives: readonly ObjectiveResult[];
  readonly rates: FaultRates;
  /** What only Pulumi knows of the resources, so that it is unknown here; absent: nothing. */
  readonly gaps?: readonly string[];
  /** Absent if nothing was simulated. */
  readonly simulation?: { readonly runs: number; readonly seed: number };
}

/** What to prove. */
export interface ProofOrder {
  readonly stack: string;
  readonly resources: readonly Resource[];
  /** The names to prove; if empty: those that the stack publishes, else those that nothing leads to. */
  readonly names: readonly string[];
  /** Where queries come from; absent: from everywhere. */
  readonly asker?: Asker;
  readonly rates: FaultRates;
  /** Targets in seconds, which take precedence over those of the stack; default: none. */
  readonly objectives?: ReadonlyMap<ObjectiveName, number>;
  /** Whether a name that cannot be proven is refused if it was given, or if there is no other; default: yes. */
  readonly refusesUnproven?: boolean;
  /** What only Pulumi knows of the resources; default: nothing. */
  readonly gaps?: readonly string[] | undefined;
  /** Of the given names, those that may have no record, because another state may have one; default: none. */
  readonly optionalNames?: readonly string[];
  /** Another state, with whose proof this one is compared: both are for the places and types that either tells apart. */
  readonly alongside?: StackModel;
}

/**
 * Proves how the names of a stack behave under every set of faults.
 *
 * @throws InputError if a given name does not exist or its tree is inconsistent, or if no name can be proven;
 *   unless the order says otherwise
 */
export function prove(order: ProofOrder): Proof {
  const { stack, resources, names, asker, rates, objectives } = order;
  const { refusesUnproven = true, optionalNames = [], gaps = [], alongside } = order;
  const own = factsOfResources(resources);
  const facts = { ...own, objectives: new Map([...own.objectives, ...(objectives ?? [])]) };
  const model = new StackModel(resources, facts.assumptions);
  const asked = namesOf(model, stack, names, facts.hostnames);
  const absent = optionalNames.map(canonical).filter((name) => !model.hasRecord(name));
  const there = asked.filter((name) => !absent.includes(name));
  const attempts = groupsOf(model, alongside, there).map((group) =>
    attempt(group, refusesUnproven && names.length > 0, () => ({
      proofs: proveNames(model, [group], {
        ...(asker ? { asker } : {}),
        rates,
        ...(alongside ? { alongside } : {}),
      }),
      bounds: outageBoundsOf(model, group.hostname),
    })),
  );
  const proven = attempts.flatMap((one) => ("proofs" in one ? [one] : []));
  const unproven = attempts.flatMap((one) => ("proofs" in one ? [] : [one]));
  if (refusesUnproven && proven.length === 0 && absent.length === 0) {
    throw new InputError([...new Set(unproven.flatMap(({ reasons }) => reasons))]);
  }
  return {
    stack,
    model,
    regionNames: facts.regionNames,
    names: proven.flatMap(({ proofs }) => proofs),
    unproven,
    ...(absent.length > 0 ? { absent } : {}),
    objectives: objectivesOf(
      facts,
      proven.flatMap(({ bounds }) => bounds),
    ),
    rates,
    ...(gaps.length > 0 ? { gaps } : {}),
  };
}

/** Names with the same tree, in the other state too. */
function groupsOf(
  model: StackModel,
  alongside: StackModel | undefined,
  names: readonly string[],
): readonly HostnameGroup[] {
  const groups = hostnameGroupsOf(model, names);
  if (!alongside) return groups;
  return groups.flatMap(({ hostname, others }) =>
    hostnameGroupsOf(alongside, [hostname, ...others]),
  );
}

/**
 * What was proven of a group of names, or why nothing was: one wrong name of a zone does not hide
 * the others.
 */
function attempt<T extends object>(
  { hostname: name, others }: HostnameGroup,
  isRefused: boolean,
  proven: () => T,
): T | UnprovenName {
  try {
    return proven();
  } catch (error) {
    if (isRefused || !(error instanceof InputError)) throw error;
    return { name, others, reasons: error.faults };
  }
}

/**
 * The proofs of public names, one for each type and place of each group.
 *
 * @throws InputError if a name does not exist, or its tree is inconsistent
 */
export function proveNames(
  model: StackModel,
  groups: readonly HostnameGroup[],
  { asker, rates, alongside }: Pick<ProofOrder, "asker" | "rates" | "alongside">,
): readonly NameProof[] {
  return groups.flatMap(({ hostname, others }) =>
    questionsOf(model, hostname, asker, alongside).map((question) => ({
      ...proveName(model, question, rates),
      others,
    })),
  );
}

/** The verdicts of the same proofs, without the details, which take most of the time. */
export function judgeNames(
  model: StackModel,
  groups: readonly HostnameGroup[],
  { asker, rates }: Pick<ProofOrder, "asker" | "rates">,
): readonly NameVerdict[] {
  return groups.flatMap(({ hostname }) =>
    questionsOf(model, hostname, asker).map((question) => judgeName(model, question, rates)),
  );
}

function questionsOf(
  model: StackModel,
  name: string,
  asker: Asker | undefined,
  alongside?: StackModel,
): readonly Question[] {
  return typesOf(model, name, alongside).flatMap((type) =>
    model.placesOf(name, type, asker, alongside).map((place) => ({ name, type, place })),
  );
}

/**
 * The names to prove: those given, else those that a stack publishes, else those that nothing leads to.
 *
 * @throws InputError if there are none
 */
export function namesOf(
  { route53 }: StackModel,
  stack: string,
  given: readonly string[],
  published: readonly string[],
): readonly string[] {
  if (given.length > 0) return given.map(canonical);
  if (published.length > 0) return published;
  const roots = [...new Set(new Trees(route53).roots.map(({ name }) => name))];
  if (roots.length > 0) return roots;
  throw new InputError(
    `${stack}: no name of it has a choice to prove; name one, as in \`failover prove NAME\``,
  );
}

/** A query and the places that it comes from. */
interface Question {
  readonly name: string;
  readonly type: string;
  readonly place: DistinctPlace;
}

function proveName(
  model: StackModel,
  { name, type, place: { asker, from } }: Question,
  rates: FaultRates,
): Omit<NameProof, "others"> {
  const space = new FaultSpace(model, name, type, undefined, asker);
  const outcomes = outcomesOf(space);
  const transitions = transitionsOf(model, name, type, space.faults, asker);
  return {
    name,
    type,
    from,
    space,
    matrix: faultMatrix(space, transitions, asker),
    violations: violationsOf(space),
    cutSets: outcomes.map((outcome) => cutSetsOf(space, outcome, rates)),
    transitions,
    minutes: outcomes.map((outcome) => expectedMinutes(space, outcome, rates)),
    movingMinutes: movingMinutesOf(space, outcomes, transitions.alone, rates),
    movingUnread: movingUnreadOf(transitions.alone),
  };
}

function judgeName(
  model: StackModel,
  { name, type, place: { asker, from } }: Question,
  rates: FaultRates,
): NameVerdict {
  const space = new FaultSpace(model, name, type, undefined, asker);
  const outcomes = outcomesOf(space);
  const violations = violationsOf(space);
  const minutesOf = minutesIn(space, rates);
  const alone = boundsAlone(model, name, type, space.faults, asker);
  return {
    name,
    type,
    from,
    space,
    violations,
    minutes: outcomes.map((outcome) => ({ outcome, perYear: minutesOf(outcome.when) })),
    movingMinutes: movingMinutesOf(space, outcomes, alone, rates),
    movingUnread: movingUnreadOf(alone),
  };
}

/** The smallest sets of an outcome; among sets of one size, the likeliest first. */
function cutSetsOf(space: FaultSpace, outcome: Outcome, rates: FaultRates): CutSets {
  const { sets, countBySize } = space.smallestSets(outcome.when, listedSetsMax);
  const likelihood = ({ faults }: Situation): number =>
    faults.reduce(
      (product, fault) => product * unavailabilityOf(rates[faultClassOf(space.model, fault)]),
      1,
    );
  return {
    outcome,
    countBySize,
    truthfulBySize: space.smallestSets(space.withoutLies(outcome.when), 0).countBySize,
    sets: [...sets].sort(
      (a, b) => a.faults.length - b.faults.length || likelihood(b) - likelihood(a),
    ),
  };
}

/** Each breach with its smallest counterexample; breaches with the same culprit are merged. */
export function violationsOf(space: FaultSpace): readonly Violation[] {
  const found = new Map<string, Violation>();
  for (const breach of breachesOf(space)) {
    const { when, property, record } = breach;
    const certain = space.smallestSets(when, 1, "every");
    const isOpen = certain.sets.length === 0;
    const { sets, countBySize } = isOpen ? space.smallestSets(when, 1, "some") : certain;
    const [smallest] = sets;
    if (!smallest) continue;
    const culprit = culpritOf(space, breach, smallest);
    const blame = blameOf(culprit);
    const key = JSON.stringify([property, isOpen, blame]);
    const known = found.get(key);
    if (known && known.smallest.faults.length <= smallest.faults.length) continue;
    found.set(key, { property, isOpen, smallest, countBySize, blame, culprit, record });
  }
  return [...found.values()].sort((a, b) => Number(a.isOpen) - Number(b.isOpen));
}
