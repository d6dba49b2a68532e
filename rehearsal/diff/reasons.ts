import type { Comparison } from "../proof/compare";
import type { Difference } from "../proof/difference";
import { figureOf, whatText } from "../proof/compareReport";
import { counted } from "../report/figures";
import { missedText, objectiveLabel } from "../story/wording";
import type { ProofData } from "../proof/proofSchema";
import { unprovenTexts } from "../proof/verdict";
import type { ObjectiveName } from "../../routing/graph/stackOutputs";
import type { DiffSide } from "./side";
import { newlyPrivate } from "./declaredRecords";
import { harmfullyLonger } from "./longer";

/** Something that differs, in words. */
export interface Reason {
  readonly text: string;
  /** The record or check to blame, and why; absent if the text says all. */
  readonly because?: string;
}

/** A reason as one sentence. */
export function reasonText({ text, because }: Reason): string {
  return because === undefined ? text : `${text} (${because})`;
}

/** The kinds of differences in which a customer can be worse off, the worst first. */
const harmfulKinds: readonly Difference["kind"][] = ["violation", "answer", "name", "cutSets"];

/** The objective without which no other says how long customers may be on a dead answer. */
const decisive: ObjectiveName = "zoneOrRegion.downtime";

/** Why customers can be worse off in the later state, the worst first; empty if they cannot. */
export function reasonsWorse(
  was: DiffSide,
  is: DiffSide,
  proof: Comparison | undefined,
): readonly Reason[] {
  if (!("names" in is.proof)) {
    const [fault, ...faults] = "names" in was.proof ? is.proof : [];
    return fault === undefined
      ? []
      : [`it can no longer be proven: ${fault}`, ...faults].map((text) => ({ text }));
  }
  const unproven = newlyUnproven(was, is.proof);
  const gone = was.hostnames.filter((name) => !is.hostnames.includes(name));
  const explained = [...gone, ...unproven.map(({ name }) => name)];
  const isExplained = ({ kind, name }: Difference): boolean =>
    kind === "name" && explained.some((one) => name.startsWith(`${one} `));
  const differences = withoutRepeatedAnswers(proof?.differences ?? []).filter(
    (one) => !isExplained(one),
  );
  return [
    ...gone.map((name) => ({ text: `${name} no longer has a record` })),
    ...unproven.flatMap(unprovenTexts).map((text) => ({ text })),
    ...newlyPrivate(was.model, is.model).map(({ subject, address }) => ({
      text: `${subject}: ${address} is no address of the internet, from which it was reached before`,
    })),
    ...harmfulKinds.flatMap((kind) =>
      differences.filter((one) => one.kind === kind && isHarm(one)).map(differenceReason),
    ),
    ...reasonsLonger(was, is, proof),
  ];
}

/** Why customers can be without a good answer for longer than they may; empty if they cannot. */
export function reasonsLonger(
  was: DiffSide,
  is: DiffSide,
  proof: Comparison | undefined,
): readonly Reason[] {
  if (!("names" in is.proof)) return [];
  return [
    ...objectivesNewlyMissed(was, is),
    ...(areTimesBounded(was.proof, is.proof)
      ? []
      : harmfullyLonger(proof?.differences ?? [], is.model).map(differenceReason)),
  ];
}

/** Without the answers under a fault that are those without any. */
function withoutRepeatedAnswers(differences: readonly Difference[]): readonly Difference[] {
  const normal = new Map(
    differences
      .filter(({ kind, what }) => kind === "answer" && what === "nothing failed")
      .map((one) => [one.name, one]),
  );
  return differences.filter((one) => {
    const known = normal.get(one.name);
    return one.kind !== "answer" || !known || known === one || known.after !== one.after;
  });
}

/**
 * Whether objectives say which times are too long: that of the downtime is there, all are met, and none is looser than
 * before. Otherwise any longer time is worse.
 */
function areTimesBounded(was: DiffSide["proof"], { objectives }: ProofData): boolean {
  const before = "names" in was ? was.objectives : [];
  const targetNow = (name: string): number =>
    objectives.find((one) => one.name === name)?.target ?? Infinity;
  return (
    targetNow(decisive) < Infinity &&
    objectives.every(({ met }) => met) &&
    before.every(({ name, target }) => targetNow(name) <= target)
  );
}

/** The names that cannot be proven, unless they could not be before. */
function newlyUnproven(
  { proof }: DiffSide,
  { unproven = [] }: ProofData,
): NonNullable<ProofData["unproven"]> {
  if (!("names" in proof)) return [];
  const before = new Set(proof.unproven?.flatMap(({ name, others }) => [name, ...others]));
  return unproven.filter(({ name, others }) => [name, ...others].some((one) => !before.has(one)));
}

function isHarm({ kind, direction, after }: Difference): boolean {
  return direction === "worse" || (kind === "name" && after === null);
}

/** A difference of the proof in words. */
export function differenceReason(difference: Difference): Reason {
  const { name, kind, what, before, after } = difference;
  const change = `${figureOf(difference, before)} → ${figureOf(difference, after)}`;
  switch (kind) {
    case "violation":
      return violationReason(difference);
    case "answer":
      return {
        text: `${name}: ${what === "nothing failed" ? `with ${what}` : `with ${what} failed`}, ${change}`,
      };
    case "cutSets":
      return { text: `${name}: ${cutSetText(difference)}` };
    case "name":
      return { text: `${name} ${what}` };
    case "objective":
      return { text: `${objectiveLabel({ name: what })} ${change}` };
    default:
      return { text: `${whatText(difference)} ${change} (${name})` };
  }
}

/** `what` of a violation: what is broken, the record to blame, and why. */
function violationReason({ name, what, after }: Difference): Reason {
  const [words = "", ...because] = what.split("; ");
  const text =
    after === null ? `${name}: no longer ${words}` : `${name}: ${words}, with ${String(after)}`;
  return { text, because: because.join("; ") };
}

/** The smallest size of which there are more or fewer sets than before. */
function cutSetText({ what, before, after }: Difference): string {
  const countsOf = (value: Difference["before"]): readonly number[] =>
    typeof value === "object" && value !== null ? value : [];
  const [old, now] = [countsOf(before), countsOf(after)];
  const size = Array.from({ length: Math.max(old.length, now.length) }, (_, index) => index).find(
    (index) => (old[index] ?? 0) !== (now[index] ?? 0),
  );
  if (size === 0) {
    return (now[0] ?? 0) > 0 ? `${what} without any fault` : `${what} only after a fault`;
  }
  const faults = counted(size ?? 0, "fault");
  return `${what} after ${faults} in ${counted(now[size ?? 0] ?? 0, "case")}, before in ${old[size ?? 0] ?? 0}`;
}

function objectivesNewlyMissed(was: DiffSide, is: DiffSide): readonly Reason[] {
  if (!("names" in was.proof) || !("names" in is.proof)) return [];
  const missedBefore = new Set(
    was.proof.objectives.filter(({ met }) => !met).map(({ name }) => name),
  );
  return is.proof.objectives
    .filter(({ name, met }) => !met && !missedBefore.has(name))
    .map((objective) => ({ text: missedText(objective) }));
}
