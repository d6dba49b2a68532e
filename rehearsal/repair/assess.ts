import type { Resource } from "../../routing/graph/resource";
import { StackModel } from "../../routing/graph/stackModel";
import type { ObjectiveName } from "../../routing/graph/stackOutputs";
import { factsOfResources } from "../../routing/graph/stackOutputs";
import { groupFaults } from "../../routing/group";
import type { GroupFault } from "../../routing/groupFault";
import { InputError } from "../../routing/inputError";
import { hostnameGroupsOf } from "../hostnames";
import { objectivesOf, slowestOf } from "../objectives";
import { outageBoundsOf } from "../outageBounds";
import { FaultSpace } from "../proof/faultSpace";
import { outcomesOf } from "../proof/outcomes";
import { typesOf } from "../proof/answeredTypes";
import { namesOf } from "../proof/prove";
import type { Violation } from "../proof/prove";
import { violationsOf } from "../proof/prove";
import type { ObjectiveResult } from "../result";

/** A violation of a name. */
export interface NamedViolation extends Violation {
  readonly name: string;
  readonly type: string;
}

/** The problems of a stack that an edit may mend. */
export interface Assessment {
  readonly resources: readonly Resource[];
  readonly model: StackModel;
  /** What Route 53 would refuse, with its subject if the model knows it. */
  readonly refusals: readonly (Pick<GroupFault, "message"> & Partial<GroupFault>)[];
  readonly violations: readonly NamedViolation[];
  readonly objectives: readonly ObjectiveResult[];
  /** The slowest change that an objective measures, in words. */
  readonly slowest: (name: string) => string | undefined;
  readonly spaces: readonly FaultSpace[];
  /** Whether customers ever leave a dead answer, by fault and failure mode. */
  readonly isLeft: ReadonlyMap<string, boolean>;
}

/** The stack to repair, with its names and targets. */
export interface RepairOrder {
  readonly stack: string;
  readonly resources: readonly Resource[];
  /** The names to mend; if empty: those that `prove` would take. */
  readonly names: readonly string[];
  /** Targets in seconds, which take precedence over those of the stack. */
  readonly objectives: ReadonlyMap<ObjectiveName, number>;
}

/** Names to mend: those given, else those of the stack. */
export function askedNames({ stack, resources, names }: RepairOrder): readonly string[] {
  const facts = factsOfResources(resources);
  return namesOf(new StackModel(resources, facts.assumptions), stack, names, facts.hostnames);
}

/** What is proven first, without the bounds, which take half of the time. */
export interface UnboundedProof extends Pick<
  Assessment,
  "resources" | "model" | "violations" | "spaces"
> {
  readonly facts: ReturnType<typeof factsOfResources>;
  readonly hostnames: readonly string[];
  /** What Route 53 would refuse, without duplicates. */
  readonly refusals: readonly string[];
}

/** The proof of some names, without the parts that are slow to compute. */
export function assess(
  resources: readonly Resource[],
  names: readonly string[],
  objectives: RepairOrder["objectives"],
): Assessment {
  return withBounds(proofWithoutBounds(resources, names, objectives));
}

/** The violations and refusals of some names alone. */
export function proofWithoutBounds(
  resources: readonly Resource[],
  names: readonly string[],
  objectives: RepairOrder["objectives"],
): UnboundedProof {
  const own = factsOfResources(resources);
  const facts = { ...own, objectives: new Map([...own.objectives, ...objectives]) };
  const model = new StackModel(resources, facts.assumptions);
  const refusals: string[] = [];
  const hostnames = attempt(
    () => hostnameGroupsOf(model, names).map(({ hostname }) => hostname),
    names,
    refusals,
  );
  const spaces = hostnames.flatMap((name) =>
    attempt<readonly FaultSpace[]>(
      () =>
        typesOf(model, name).flatMap((type) =>
          model
            .placesOf(name, type)
            .map(({ asker }) => new FaultSpace(model, name, type, undefined, asker)),
        ),
      [],
      refusals,
    ),
  );
  const violations = spaces.flatMap((space) =>
    violationsOf(space).map((one) => ({ ...one, name: space.name, type: space.type })),
  );
  return {
    resources,
    facts,
    model,
    hostnames,
    refusals: [...new Set(refusals)],
    violations,
    spaces,
  };
}

/** A proof with its objectives. */
export function withBounds(proof: UnboundedProof): Assessment {
  const { resources, facts, model, hostnames, violations, spaces } = proof;
  const refusals = [...proof.refusals];
  const bounds = hostnames.flatMap((name) =>
    attempt(() => outageBoundsOf(model, name), [], refusals),
  );
  const faults =
    refusals.length === 0
      ? []
      : model.route53.allGroups().flatMap((group) => groupFaults(group, model.route53));
  return {
    resources,
    model,
    refusals: [...new Set(refusals)].map(
      (message) => faults.find((fault) => fault.message === message) ?? { message },
    ),
    violations,
    objectives: objectivesOf(facts, bounds),
    slowest: (name) => {
      const objective = [...facts.objectives.keys()].find((one) => one === name);
      return objective && slowestOf(objective, bounds);
    },
    spaces,
    isLeft: new Map(bounds.map((bound) => [bound.of, bound.downtimeSeconds !== undefined])),
  };
}

/** The result of some work; if Route 53 would refuse it, another, and the refusals are added. */
function attempt<T>(work: () => T, otherwise: T, refusals: string[]): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    refusals.push(...error.faults);
    return otherwise;
  }
}

/** How much is wrong; what is named first counts first. */
export interface Harm {
  readonly refused: number;
  /** Certain violations and missed objectives. */
  readonly certain: number;
  /** Violations that depend on what was not read. */
  readonly open: number;
}

export function harmOf({
  refusals,
  violations,
  objectives = [],
}: {
  readonly refusals: readonly unknown[];
} & Pick<Assessment, "violations"> &
  Partial<Pick<Assessment, "objectives">>): Harm {
  const open = violations.filter(({ isOpen }) => isOpen).length;
  const missed = objectives.filter(({ met }) => !met).length;
  return { refused: refusals.length, certain: violations.length - open + missed, open };
}

/** Whether one harm is less than another: the first different count decides. */
export function isLess(one: Harm, other: Harm): boolean {
  if (one.refused !== other.refused) return one.refused < other.refused;
  if (one.certain !== other.certain) return one.certain < other.certain;
  return one.open < other.open;
}

export function isSound(assessment: Assessment): boolean {
  const { refused, certain, open } = harmOf(assessment);
  return refused + certain + open === 0;
}

/** The most sets of faults compared for each name. */
const comparedSetsMax = 2_000;

/**
 * What is worse than before, one line each: a missed objective that takes longer, a failure mode that customers
 * left before and now never leave, and a set of faults that newly causes a dead answer. Checks that lie
 * do not count as faults here.
 */
export function worseThan(before: Assessment, after: Assessment): readonly string[] {
  const slower = after.objectives.flatMap(({ name, worst, met }) => {
    const old = before.objectives.find((one) => one.name === name)?.worst ?? Infinity;
    return !met && (worst ?? Infinity) > old ? [`${name} takes longer`] : [];
  });
  const stuck = [...after.isLeft].flatMap(([what, isLeft]) =>
    !isLeft && before.isLeft.get(what) === true ? [`${what}: never left`] : [],
  );
  if (slower.length + stuck.length > 0) return [...slower, ...stuck];
  return after.spaces.flatMap((space) => {
    const old = before.spaces.find((one) => keyOf(one) === keyOf(space));
    if (!old) return [];
    const known = deadlySets(old);
    const fresh = deadlySets(space).find(
      (set) => !known.some((one) => one.every((fault) => set.includes(fault))),
    );
    return fresh ? [`${space.name}: a dead answer with ${fresh.join(" + ") || "no fault"}`] : [];
  });
}

function keyOf({ name, type, asker }: FaultSpace): string {
  return JSON.stringify([name, type, asker]);
}

/** The smallest sets of faults that give some customer a dead answer while no check lies. */
function deadlySets(space: FaultSpace): readonly (readonly string[])[] {
  return outcomesOf(space)
    .filter(({ kind }) => kind === "deadAnswer")
    .flatMap(({ when }) => space.smallestSets(space.withoutLies(when), comparedSetsMax).sets)
    .map(({ faults }) => faults.map(({ name }) => name));
}
