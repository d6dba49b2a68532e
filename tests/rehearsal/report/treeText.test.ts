import { expect } from "chai";
import { treeLines } from "../../../rehearsal/report/treeText";
import { node } from "../story/example";

const tree = node(
  ["top"],
  node(
    ["PRIMARY", "→ a.example.test", "if target's health"],
    node(["PRIMARY", "203.0.113.1 in us-west-2a", "if check-a"]),
    node(["SECONDARY", "203.0.113.2 in us-west-2b", "if check-b"]),
  ),
  node(["SECONDARY", "page.example.test", "if nothing else"]),
);

describe("a tree as text", () => {
  it("has one line per node if there is room, as in a pipe", () => {
    expect(treeLines(tree)).to.deep.equal([
      "top",
      "├─ PRIMARY  → a.example.test  if target's health",
      "│  ├─ PRIMARY  203.0.113.1 in us-west-2a  if check-a",
      "│  └─ SECONDARY  203.0.113.2 in us-west-2b  if check-b",
      "└─ SECONDARY  page.example.test  if nothing else",
    ]);
  });

  it("wraps below a node on a narrow terminal, and truncates neither names nor branches", () => {
    expect(treeLines(tree, 44)).to.deep.equal([
      "top",
      "├─ PRIMARY  → a.example.test",
      "│  │ if target's health",
      "│  ├─ PRIMARY  203.0.113.1 in us-west-2a",
      "│  │    if check-a",
      "│  └─ SECONDARY  203.0.113.2 in us-west-2b",
      "│       if check-b",
      "└─ SECONDARY  page.example.test",
      "     if nothing else",
    ]);
  });

  it("wraps within words that are wider than a narrow terminal", () => {
    const tiers = node(
      ["top"],
      node(["us-west-2", "us-west-2a, else us-west-2b, else us-west-2c"]),
    );
    expect(treeLines(tiers, 30)).to.deep.equal([
      "top",
      "└─ us-west-2",
      "     us-west-2a, else",
      "     us-west-2b, else",
      "     us-west-2c",
    ]);
  });
});
