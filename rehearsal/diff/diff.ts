import { billOf } from "../cost/bill";
import type { CostComparison } from "../cost/compare";
import { compare } from "../cost/compare";
import type { CostReport } from "../cost/cost";
import type { UncountedName } from "../cost/trafficShares";
import type { Comparison, Uncompared } from "../proof/compare";
import { hashOf } from "../proof/evidence";
import { canonical } from "../../routing/domainName";
import { InputError } from "../../routing/inputError";
import type { TreeNode } from "../report/document";
import { treeOf } from "../story/tree";
import { aligned } from "./aligned";
import { comparisonOf } from "./compared";
import { declaredChanges } from "./declared";
import type { DeclaredChange } from "./declaredChange";
import { declaredKinds } from "./declaredChange";
import { valueName } from "./declaredRecords";
import type { Reason } from "./reasons";
import { reasonText, reasonsWorse } from "./reasons";
import type { DiffSettings, DiffSource, DiffSide, DiffState } from "./side";
import { comparedNames, sideOf, diffStateOf, unprovenIn } from "./side";
import { mergedTree } from "./treeDiff";

/** The effect of a change on the failover and its cost. */
export interface FailoverDiff {
  readonly before: string;
  readonly after: string;
  /**
   * `worse` if a customer can be worse off after it, but for a longer time within an objective; else `unknown` if resources differ and some name could not
   * be compared; `changed` if anything else differs.
   */
  readonly outcome: "same" | "changed" | "worse" | "unknown";
  /** What the program declares differently, the most important first. */
  readonly declared: readonly DeclaredChange[];
  /** Each reason why it is worse, the most important first. */
  readonly worse: readonly Reason[];
  /** Why a state, or names of it, have no proof, in its own words; empty if all have one. */
  readonly unproven: { readonly before: readonly string[]; readonly after: readonly string[] };
  /** Of the names that can be compared; absent if one of the states has no proof at all. */
  readonly proof?: Comparison;
  /** Absent with the proof. */
  readonly cost?: CostComparison;
  /** The tree of each name and type, where it differs. */
  readonly trees: readonly { readonly label: string; readonly root: TreeNode }[];
}

/** Compares two states of a program. */
export function diffOf(
  before: DiffSource,
  after: DiffSource,
  settings: DiffSettings,
): FailoverDiff {
  const now = diffStateOf(after);
  const old = aligned(diffStateOf(before), now);
  const given = settings.names.map(canonical);
  refuseAbsent(old, now, given);
  const compared = {
    ...settings,
    names: given.length > 0 ? given : comparedNames(old, now),
  };
  const [was, is] = [sideOf(old, now, compared), sideOf(now, old, compared)];
  const proof =
    "names" in was.proof && "names" in is.proof ? comparisonOf(was.proof, is.proof) : undefined;
  const cost = proof && costOf(was, is, settings);
  const worse = reasonsWorse(was, is, proof);
  const declared = byImportance(declaredChanges(was, is), worse);
  return {
    before: before.title,
    after: after.title,
    outcome: outcomeOf(was, is, { declared, worse, proof, cost }),
    declared,
    worse,
    unproven: { before: unprovenIn(was), after: unprovenIn(is) },
    ...(proof ? { proof } : {}),
    ...(cost ? { cost } : {}),
    trees: treesOf(was, is),
  };
}

/** A name that one state has was added or removed. */
function refuseAbsent(was: DiffState, is: DiffState, given: readonly string[]): void {
  const faults = given
    .filter((name) => ![was, is].some(({ model }) => model.hasRecord(name)))
    .map(
      (name) => `${name}: no record has this name, in ${was.title} or ${is.title}; name another`,
    );
  if (faults.length > 0) throw new InputError(faults);
}

/** A name that cannot be counted on one side is counted on neither: its cost would be a saving. */
function costOf(was: DiffSide, is: DiffSide, { asker }: DiffSettings): CostComparison {
  const billed = (
    { title, resources }: DiffSide,
    uncounted: readonly UncountedName[],
  ): CostReport => billOf(title, resources, { uncounted, ...(asker ? { asker } : {}) });
  const [before, after] = [billed(was, []), billed(is, [])];
  const uncounted = uncountedOf(before, after);
  if (uncounted.length === 0) return compare(before, after);
  return { ...compare(billed(was, uncounted), billed(is, uncounted)), uncounted };
}

function uncountedOf(...reports: readonly CostReport[]): readonly UncountedName[] {
  const all = reports.flatMap(({ uncounted = [] }) => uncounted);
  return [...new Map(all.map((one) => [one.name, one])).values()];
}

function outcomeOf(
  was: DiffSide,
  is: DiffSide,
  found: Pick<FailoverDiff, "declared" | "worse"> & {
    readonly proof: Comparison | undefined;
    readonly cost: CostComparison | undefined;
  },
): FailoverDiff["outcome"] {
  const { declared, worse, proof, cost } = found;
  if (worse.length > 0) return "worse";
  if (declared.some(({ kind }) => kind === "authority")) return "unknown";
  // A name whose cost is unknown is none that can be proven, or answers by place.
  const isOpen = proof ? leftOut(was, proof).length > 0 : unprovenIn(is).length > 0;
  // What was not proven is the same only where everything is.
  if (isOpen) return hashOf(was.resources) === hashOf(is.resources) ? "same" : "unknown";
  const isSame =
    declared.length === 0 && proof?.differences.length === 0 && !(cost && costDiffers(cost));
  return isSame ? "same" : "changed";
}

/** The names that may be worse without a difference that shows it; those that are new are not. */
function leftOut({ model }: DiffSide, { uncompared = [] }: Comparison): readonly Uncompared[] {
  const isThere = (name: string): boolean =>
    ["A", "AAAA", "CNAME"].some((type) => model.route53.group(name, type) !== undefined);
  return uncompared.filter(
    ({ name, others, after }) => after.length > 0 || [name, ...others].some(isThere),
  );
}

function costDiffers({ added, removed, changed, unknown }: CostComparison): boolean {
  return [added, removed, changed, unknown.added, unknown.removed].some((some) => some.length > 0);
}

/** Changes to resources that the reasons name come first, then the kinds in their order. */
function byImportance(
  changes: readonly DeclaredChange[],
  worse: readonly Reason[],
): readonly DeclaredChange[] {
  const blamed = worse.map(reasonText).join("\n");
  const rank = ({ kind, resource }: DeclaredChange): number =>
    declaredKinds.indexOf(kind) - (blamed.includes(resource) ? declaredKinds.length : 0);
  return [...changes].sort((a, b) => rank(a) - rank(b));
}

function treesOf(was: DiffSide, is: DiffSide): FailoverDiff["trees"] {
  if (!("names" in was.proof) || !("names" in is.proof)) return [];
  const known = new Set(was.proof.names.map(({ name, type }) => `${name} ${type}`));
  const labels = new Set(
    is.proof.names.map(({ name, type }) => `${name} ${type}`).filter((label) => known.has(label)),
  );
  return [...labels].flatMap((label) => {
    const [name = "", type = ""] = label.split(" ");
    const [old, now] = [was, is].map(({ model }) =>
      treeOf(model, name, type, (record, value) => valueName(model, record, value)),
    ) as [TreeNode, TreeNode];
    return JSON.stringify(old) === JSON.stringify(now)
      ? []
      : [{ label, root: mergedTree(old, now) }];
  });
}
