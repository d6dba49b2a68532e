import type { TreeNode } from "../report/document";

/**
 * Two trees as one: each node with the words it has now, followed by those it had. A node that only
 * one tree has is marked, and drawn with everything below it.
 */
export function mergedTree(before: TreeNode, after: TreeNode): TreeNode {
  const [olds, pairs] = matched(before.children, after.children);
  return {
    words: changedWords(before.words, after.words),
    children: [
      ...pairs.map(([was, is]) => (was ? mergedTree(was, is) : marked("new:", is))),
      ...olds.map((was) => marked("removed:", was)),
    ],
  };
}

function changedWords(before: readonly string[], after: readonly string[]): readonly string[] {
  const gone = before.filter((word) => !after.includes(word));
  const fresh = after.filter((word) => !before.includes(word));
  if (gone.length > 0) return [...after, `(was: ${gone.join(", ")})`];
  return fresh.length > 0 ? [...after, `(new: ${fresh.join(", ")})`] : after;
}

function marked(mark: string, { words: [first = "", ...others], children }: TreeNode): TreeNode {
  return { words: [`${mark} ${first}`, ...others], children };
}

type Pairs = readonly (readonly [was: TreeNode | undefined, is: TreeNode])[];

/** Matches equal nodes first, then those with the same target, then those with the same role. */
function matched(
  before: readonly TreeNode[],
  after: readonly TreeNode[],
): readonly [left: readonly TreeNode[], Pairs] {
  const free = new Set(before);
  const found = new Map<TreeNode, TreeNode>();
  const keys: readonly ((node: TreeNode) => string)[] = [
    (node) => JSON.stringify(node),
    ({ words }) => words[1] ?? "",
    ({ words }) => words[0] ?? "",
  ];
  for (const keyOf of keys) {
    for (const is of after.filter((one) => !found.has(one))) {
      const was = [...free].find((one) => keyOf(one) === keyOf(is));
      if (!was) continue;
      free.delete(was);
      found.set(is, was);
    }
  }
  return [[...free], after.map((is) => [found.get(is), is])];
}
