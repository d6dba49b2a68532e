import { expect } from "chai";
import type { Compared } from "./random/compare";
import { compare } from "./random/compare";

const treesCount = 2_000;
/** Only every fourth tree is drawn with many faults: each fault more doubles what is compared. */
const faultsMaxOf = (seed: number): number => (seed % 4 === 0 ? 9 : 4);

describe("a random zone", function () {
  it("is answered alike by the diagram, the boolean logic and a second model, whatever happens", () => {
    const all: Compared[] = [];
    for (let seed = 1; seed <= treesCount; seed += 1) all.push(compare(seed, faultsMaxOf(seed)));
    const treesWith = (faults: number): number => all.filter((one) => one.faults >= faults).length;
    // So that a drawing that has nothing to compare does not pass for one.
    expect(all.filter(({ unknowns }) => unknowns > 0).length).to.be.greaterThan(treesCount / 4);
    expect(treesWith(3)).to.be.greaterThan(treesCount * 0.7);
    expect(treesWith(7)).to.be.greaterThan(treesCount / 8);
    expect(treesWith(9)).to.be.greaterThan(treesCount / 20);
  });
});
