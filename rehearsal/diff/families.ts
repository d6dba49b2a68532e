import type { TreeNode } from "../report/document";

/** A tree of a name, with the types whose answers it shows. */
export interface LabelledTree {
  /** A name and its type, such as `www.example.org A`. */
  readonly label: string;
  readonly root: TreeNode;
}

/**
 * The tree of a name once for A and AAAA where both are alike: equal, but for the checks, each family of which has
 * its own. The one of A is shown.
 */
export function oncePerFamily(trees: readonly LabelledTree[]): readonly LabelledTree[] {
  const byLabel = new Map(trees.map((tree) => [tree.label, tree]));
  return trees.flatMap((tree) => {
    const [name = "", type] = tree.label.split(" ");
    const other = byLabel.get(`${name} ${type === "A" ? "AAAA" : "A"}`);
    if (!other || shapeOf(other.root) !== shapeOf(tree.root)) return [tree];
    return type === "A" ? [{ ...tree, label: `${name} A and AAAA` }] : [];
  });
}

/** What a tree shows, without the family in the names of its checks. */
function shapeOf(root: TreeNode): string {
  return JSON.stringify(root, (_, value: unknown) =>
    typeof value === "string" ? withoutFamily(value) : value,
  );
}

/** `if web-check-ipv6` as `if web-check`; the names of targets keep theirs. */
function withoutFamily(word: string): string {
  return word.replace(/\bif [^,)]*/g, (condition) =>
    condition.replace(/[-_.]?(?:ip)?v[46]\b/gi, ""),
  );
}
