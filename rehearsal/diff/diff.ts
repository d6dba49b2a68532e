import { isDeepStrictEqual } from "node:util";
import { billOf } from "../cost/bill";
import type { CostComparison } from "../cost/compare";
import { compare } from "../cost/compare";
import type { Comparison } from "../proof/compare";
import { compareProofs } from "../proof/compare";
import type { TreeNode } from "../report/document";
import { treeOf } from "../story/tree";
import type { DeclaredChange } from "./declared";
import { declaredChanges, declaredKinds, valueName } from "./declared";
import type { Reason } from "./reasons";
import { reasonText, reasonsWorse } from "./reasons";
import type { DiffSettings, DiffSource, DiffSide } from "./side";
import { refusalOf, sideOf } from "./side";
import { mergedTree } from "./treeDiff";

/** The effect of a change on the failover and its cost. */
export interface FailoverDiff {
  readonly before: string;
  readonly after: string;
  /** `worse` if a customer can be worse off after it; `changed` if anything else differs. */
  readonly outcome: "same" | "changed" | "worse";
  /** What the program declares differently, the most important first. */
  readonly declared: readonly DeclaredChange[];
  /** Each reason why it is worse, the most important first. */
  readonly worse: readonly Reason[];
  /** Why a state has no proof, in its own words; empty if it has one. */
  readonly unproven: { readonly before: readonly string[]; readonly after: readonly string[] };
  /** Absent if one of the states has no proof. */
  readonly proof?: Comparison;
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
  const [was, is] = [sideOf(before, settings), sideOf(after, settings)];
  const proof =
    "names" in was.proof && "names" in is.proof ? compareProofs(was.proof, is.proof) : undefined;
  const cost = proof && compare(billOf(was.title, was.resources), billOf(is.title, is.resources));
  const worse = reasonsWorse(was, is, proof);
  const declared = byImportance(declaredChanges(was, is), worse);
  const isSame =
    declared.length === 0 &&
    (proof ? proof.differences.length === 0 : isDeepStrictEqual(refusalOf(was), refusalOf(is))) &&
    !(cost && costDiffers(cost));
  return {
    before: before.title,
    after: after.title,
    outcome: worse.length > 0 ? "worse" : isSame ? "same" : "changed",
    declared,
    worse,
    unproven: { before: refusalOf(was), after: refusalOf(is) },
    ...(proof ? { proof } : {}),
    ...(cost ? { cost } : {}),
    trees: treesOf(was, is),
  };
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
