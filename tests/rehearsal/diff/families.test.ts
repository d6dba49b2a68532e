import { expect } from "chai";
import { oncePerFamily } from "../../../rehearsal/diff/families";
import type { TreeNode } from "../../../rehearsal/report/document";

/** A name with one record of a target, behind a check. */
const treeOf = (target: string, check: string, was?: string): TreeNode => ({
  words: ["www.a.test"],
  children: [
    {
      words: ["PRIMARY", target, `if ${check}`, ...(was === undefined ? [] : [`(was: if ${was})`])],
      children: [],
    },
  ],
});

const labelled = (a: TreeNode, aaaa: TreeNode) => [
  { label: "www.a.test A", root: a },
  { label: "www.a.test AAAA", root: aaaa },
];
const labelsOf = (...trees: readonly [TreeNode, TreeNode]): readonly string[] =>
  oncePerFamily(labelled(...trees)).map(({ label }) => label);

describe("the trees of a name's A and AAAA records", () => {
  it("are one where they are equal, or differ in the family in the names of checks", () => {
    const a = treeOf("web", "web-check", "old-v4");
    for (const aaaa of [
      a,
      treeOf("web", "web-check-ipv6", "old-v6"),
      treeOf("web", "web-check_v6", "old"),
    ]) {
      expect(oncePerFamily(labelled(a, aaaa))).to.deep.equal([
        { label: "www.a.test A and AAAA", root: a },
      ]);
    }
  });

  it("are two where a target, a check or what it was differs", () => {
    const a = treeOf("web", "web-check", "old");
    for (const aaaa of [
      treeOf("web-ipv6", "web-check", "old"),
      treeOf("web", "other-check-ipv6", "old"),
      treeOf("web", "web-check-ipv6"),
      treeOf("web", "web-check-ipv6", "older-ipv6"),
    ]) {
      expect(labelsOf(a, aaaa)).to.deep.equal(["www.a.test A", "www.a.test AAAA"]);
    }
  });

  it("are not taken together with those of another name, or where one has none", () => {
    const root = treeOf("web", "web-check");
    const alone = [
      { label: "www.a.test A", root },
      { label: "shop.a.test AAAA", root },
    ];
    expect(oncePerFamily(alone)).to.deep.equal(alone);
  });
});
