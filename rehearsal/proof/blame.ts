import { isDefault } from "../../routing/asker";
import type { DiagramNode } from "../../routing/diagram";
import { watchedGroup, watchedName } from "../../routing/watchedName";
import type {
  CalculatedCheck,
  EndpointHealthCheck,
  Group,
  HealthCheck,
  RecordSet,
} from "../../routing/model";
import { valuesOf } from "../../routing/view";
import { resourceName, watchedText } from "../watchedText";
import type { FaultSpace, Situation } from "./faultSpace";
import type { Breach } from "./properties";

/** The record or check to repair, and why. */
export interface Blame {
  /** The record's label. */
  readonly record: string;
  /** The check's label; absent if no check of the record is at fault. */
  readonly check?: string;
  readonly why: string;
}

/** The same as objects of the model. */
export interface Culprit {
  readonly record: RecordSet;
  readonly check?: HealthCheck;
  readonly why: string;
}

/** Describes a culprit in words. */
export function blameOf({ record, check, why }: Culprit): Blame {
  return { record: record.label, ...(check ? { check: check.label } : {}), why };
}

/** A record that was chosen, in its group. */
interface Choice {
  readonly group: Group;
  readonly record: RecordSet;
}

/** The culprit of a breach in one situation. */
export function culpritOf(space: FaultSpace, breach: Breach, situation: Situation): Culprit {
  const holds = (node: DiagramNode): boolean => space.holdsIn(node, situation);
  switch (breach.property) {
    case "alwaysAnswered":
      return { record: breach.record, why: "no record answers" };
    case "noNeedlessFailover":
      return whyUnhealthy(space, breach.record, holds);
    case "latchMovesTraffic":
      return whyUnmoved(space, breach);
    case "aliveAtRest":
      return whyDead(space, breach);
    default:
      return whyChosen(space, breach, holds);
  }
}

/** The guarded record, which is unhealthy while the latch is set, and nobody leaves for it. */
function whyUnmoved({ model }: FaultSpace, { record, latch }: Breach): Culprit {
  const check = record.checkId === undefined ? undefined : model.route53.checks.get(record.checkId);
  const where = latch?.region === undefined ? "" : ` to ${latch.region}, where its bucket is`;
  return {
    record,
    ...(check ? { check } : {}),
    why: `${latch?.check.label ?? "the latch"} guards it, and moves nobody${where}`,
  };
}

/** What a record leads to never works, for a reason of its own if the model has one. */
function whyDead({ model, name }: FaultSpace, { record }: Breach): Culprit {
  const [reason = "nothing that it leads to works"] = valuesOf(record).flatMap(
    (value) => model.endpointOfValue(record, value, name)?.deadBecause ?? [],
  );
  return { record, why: reason };
}

type Holds = (node: DiagramNode) => boolean;

/**
 * Why a record answers that should not: blames the lowest choice with a better alternative. A record that works in part
 * is the better alternative only to one that does not work at all.
 */
function whyChosen(space: FaultSpace, breach: Breach, holds: Holds): Culprit {
  const { record: leaf } = breach;
  const way = wayTo(space, leaf, holds);
  const whyOther = (works: (one: RecordSet) => boolean): Culprit | undefined =>
    whyNotBetter(space, breach, { way, works, holds });
  const found = whyOther((one) => holds(space.works(one)));
  if (found) return found;
  if (holds(space.worksInPart(leaf))) return { record: leaf, why: whyInPart(space, leaf, holds) };
  return (
    whyOther((one) => holds(space.worksInPart(one))) ?? {
      record: leaf,
      why: whyNowhereElse(space, way),
    }
  );
}

/** Why the lowest choice with an alternative is not made for it; undefined where no choice has one. */
function whyNotBetter(
  space: FaultSpace,
  { record: leaf, property }: Breach,
  {
    way,
    works: leafWorks,
    holds,
  }: {
    readonly way: readonly Choice[];
    /** Whether a leaf works well enough to be an alternative. */
    readonly works: (leaf: RecordSet) => boolean;
    readonly holds: Holds;
  },
): Culprit | undefined {
  const works = (record: RecordSet): boolean => space.leavesOf(record).some(leafWorks);
  const choice = way.findLast(({ group, record }) =>
    membersOf(space, group).some((other) => other !== record && works(other)),
  );
  if (!choice) return undefined;
  const { group, record } = choice;
  const better = membersOf(space, group).find((other) => other !== record && works(other));
  const isLeftOut =
    holds(space.choicesOf(group).lastResort) ||
    (record.policy.kind === "failover" && record.policy.role === "SECONDARY");
  // A last resort or a secondary answers because Route 53 considers something better unhealthy.
  if (better && isLeftOut) return whyUnhealthy(space, better, holds);
  if (property === "noAnswerWithoutDatabase" && record.checkId === undefined) {
    return {
      record,
      why: "no check of its own asks for the database, and its target is healthy while a server lives",
    };
  }
  return whyHealthy(space, record, leaf, holds);
}

/** Why a record that works in part answers with what does not work (C23). */
function whyInPart(space: FaultSpace, leaf: RecordSet, holds: Holds): string {
  const values = [...new Set(valuesOf(leaf))];
  const working = values.filter((value) => holds(space.valueWorks(leaf, value)));
  const others = values.filter((value) => !working.includes(value));
  return `it gives ${named(others)} together with ${named(working)}, and a client takes any of them; ${splitting}`;
}

/** The records of a group that apply to the place of the query. */
function membersOf(space: FaultSpace, group: Group): readonly RecordSet[] {
  return space.choicesOf(group).members.map(({ record }) => record);
}

/** What works is below a record of some group on the way that is for another place. */
function whyNowhereElse(space: FaultSpace, way: readonly Choice[]): string {
  const byPlace = way.filter(({ group }) => membersOf(space, group).length < group.length);
  const names = byPlace.map(({ record }) => record.name).join(", ");
  const remedy = byPlace.some(({ group }) => group.some(({ policy }) => isDefault(policy)))
    ? "let the default lead to several endpoints"
    : "give it a default";
  return `no other record of ${names} that works is for this place; ${remedy}`;
}

/** The choices from the queried name down to an answering record. */
function wayTo(space: FaultSpace, leaf: RecordSet, holds: Holds): readonly Choice[] {
  const seen = new Set<Group>();
  const below = (group: Group): readonly Choice[] => {
    if (seen.has(group)) return [];
    seen.add(group);
    for (const { record, guard } of space.choicesOf(group).members) {
      if (!holds(guard)) continue;
      if (record === leaf) return [{ group, record }];
      const lower = space.next(record);
      const rest = lower ? below(lower) : [];
      if (rest.length > 0) return [{ group, record }, ...rest];
    }
    return [];
  };
  return below(space.model.route53.rootOf(space.name, space.type));
}

/** Why Route 53 considers a record healthy although it leads to something dead. */
function whyHealthy(space: FaultSpace, record: RecordSet, dead: RecordSet, holds: Holds): Culprit {
  const { model } = space;
  const evaluates = record.target.kind === "alias" && record.target.evaluateTargetHealth;
  if (evaluates && record.checkId === undefined) {
    const group = space.next(record) ?? [];
    const healthy = group.find((one) => holds(space.isHealthy(one)));
    if (healthy) return whyHealthy(space, healthy, dead, holds);
  }
  if (record.checkId !== undefined) {
    const check = model.route53.checks.get(record.checkId);
    return check
      ? {
          record,
          check,
          why: `${check.label} is healthy: ${whyPasses(space, check, dead, holds)}`,
        }
      : { record, why: notRead(record.checkId) };
  }
  return {
    record,
    why:
      record.target.kind === "alias" && !evaluates
        ? "it has no health check and does not evaluate its target, so it is always healthy"
        : "it has no health check, so it is always healthy",
  };
}

function whyPasses(space: FaultSpace, check: HealthCheck, dead: RecordSet, holds: Holds): string {
  if (check.problems) return problemText(check);
  if (check.disabled) return "it is disabled, which counts as healthy (H16)";
  if (check.inverted) return "it is inverted, so it says the opposite of what it sees";
  switch (check.kind) {
    case "endpoint":
      return circleText(space, check) ?? whatItWatches(space, check, dead, holds);
    case "alarm":
      return "it follows an alarm that does not watch what has failed";
    case "recoveryControl":
      return "it follows a routing control, which a person sets";
    case "calculated": {
      const passing = check.children.filter((child) => holds(space.checkHealthy(child)));
      return childrenText(space, check, passing, "healthy");
    }
  }
}

/** Why a check that was not read in full may be healthy or unhealthy. */
function problemText({ label, problems = [] }: HealthCheck): string {
  return problems.map((problem) => problem.replace(`${label}: `, "")).join("; ");
}

/** Undefined for a check whose answer does not depend on itself (H13). */
function circleText({ model }: FaultSpace, check: EndpointHealthCheck): string | undefined {
  return model.circles.cuts(check)
    ? `it watches the name ${watchedText(model, check)}, whose answer depends on this check, so it may say either (H13)`
    : undefined;
}

function whatItWatches(
  space: FaultSpace,
  check: EndpointHealthCheck,
  dead: RecordSet,
  holds: Holds,
): string {
  const { model } = space;
  const target = watchedText(model, check);
  if (watchedGroup(model, check)) {
    return `it watches the name ${target}, which something that lives answers`;
  }
  const watched = model.outsideOfCheck(check) ?? model.endpointOfCheck(check)?.urn;
  const failed = valuesOf(dead).filter((value) => !holds(space.isValueAlive(dead, value)));
  const behind = (values: readonly string[]): readonly string[] =>
    values.flatMap(
      (value) => model.outsideOfValue(dead, value) ?? model.endpointOfValue(dead, value)?.urn ?? [],
    );
  // A server without its database lives.
  const wanted = behind(failed.length > 0 ? failed : valuesOf(dead));
  if (watched !== undefined && wanted.includes(watched)) {
    return `it watches ${target}, but not what has failed behind it`;
  }
  const missed = wanted.map((urn) => resourceName(model, urn)).join(", ") || dead.label;
  const isOfRecord = watched !== undefined && behind(valuesOf(dead)).includes(watched);
  return `it watches ${target}, and not ${missed}${isOfRecord ? ` of the same record; ${splitting}` : ""}`;
}

/** What to do about a record of which one value works and another does not (C23). */
const splitting = "give each value a record and a check of its own";

/** Why Route 53 considers a record unhealthy although something below it works. */
function whyUnhealthy(space: FaultSpace, record: RecordSet, holds: Holds): Culprit {
  const { model } = space;
  if (record.checkId !== undefined && !holds(space.checkHealthy(record.checkId))) {
    const check = model.route53.checks.get(record.checkId);
    return check
      ? {
          record,
          check,
          why: `${check.label} is unhealthy: ${whyFails(space, check, holds)}`,
        }
      : { record, why: notRead(record.checkId) };
  }
  const better = space
    .next(record)
    ?.find((one) => space.leavesOf(one).some((leaf) => holds(space.worksInPart(leaf))));
  if (better) return whyUnhealthy(space, better, holds);
  return { record, why: "its target has no healthy member" };
}

function whyFails(space: FaultSpace, check: HealthCheck, holds: Holds): string {
  if (check.problems) return problemText(check);
  if (check.disabled) return "it is disabled and inverted, which counts as unhealthy (H16)";
  if (space.latches.some((latch) => latch.check === check && holds(latch.isSet))) {
    return "its latch is set";
  }
  if (check.inverted) return "it is inverted, so it says the opposite of what it sees";
  switch (check.kind) {
    case "alarm":
      return "its alarm has no data";
    case "calculated": {
      const failing = check.children.filter((child) => !holds(space.checkHealthy(child)));
      const [only, ...others] = failing;
      const child = only === undefined ? undefined : space.model.route53.checks.get(only);
      const because =
        child && others.length === 0 ? `, because ${whyFails(space, child, holds)}` : "";
      return `${childrenText(space, check, failing, "unhealthy")}${because}`;
    }
    case "recoveryControl":
      return "its routing control is off";
    case "endpoint":
      return circleText(space, check) ?? whyEndpointFails(space, check, holds);
  }
}

function whyEndpointFails(space: FaultSpace, check: EndpointHealthCheck, holds: Holds): string {
  const target = watchedText(space.model, check);
  const watched = watchedName(space.model, check);
  if (watched?.kind === "addressless") return `${watched.why} (H13)`;
  if (watched?.kind !== "answered") return `it watches ${target}, which has failed`;
  const { group } = watched;
  const left = group.find(
    (one) =>
      !holds(space.isHealthy(one)) && space.leavesOf(one).some((leaf) => holds(space.works(leaf))),
  );
  if (!left) return `it watches the name ${target} over IPv4, where nothing that answers works`;
  const { record, why } = whyUnhealthy(space, left, holds);
  return `it watches the name ${target}, where ${record.label} does not answer: ${why}`;
}

function notRead(checkId: string): string {
  return `its check ${checkId} is not part of what was read`;
}

/** How many healthy children a calculated check needs, and which of them decide. */
function childrenText(
  { model }: FaultSpace,
  { healthThreshold, children }: CalculatedCheck,
  deciding: readonly string[],
  status: "healthy" | "unhealthy",
): string {
  const asked = `it requires ${healthThreshold} of ${children.length} checks`;
  const names = deciding.map((id) => model.route53.checks.get(id)?.label ?? id);
  return names.length === 0
    ? asked
    : `${asked}, and ${named(names)} ${names.length === 1 ? "is" : "are"} ${status}`;
}

/** At most so many children or values are named; there may be hundreds. */
const namedMax = 5;

function named(names: readonly string[]): string {
  const more = names.length - namedMax;
  return `${names.slice(0, namedMax).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
