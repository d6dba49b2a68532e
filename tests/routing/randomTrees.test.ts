import { expect } from "chai";
import { sampled } from "../sampled";
import type { Compared } from "./random/compare";
import { compare } from "./random/compare";
import { addressOf, sharedName } from "./random/resources";

const treesCount = sampled(2_000, 8);
/** Only every fourth tree is drawn with many faults: each extra fault doubles the comparisons. */
const faultsMaxOf = (seed: number): number => (seed % 4 === 0 ? 9 : 4);

describe("a random zone", function () {
  it("gets the same answer from the diagram, the boolean logic and a second model, under all faults", () => {
    const all: Compared[] = [];
    for (let seed = 1; seed <= treesCount; seed += 1) all.push(compare(seed, faultsMaxOf(seed)));
    const treesWith = (faults: number): number => all.filter((one) => one.faults >= faults).length;
    // Enough drawings must have something to compare.
    expect(all.filter(({ unknowns }) => unknowns > 0).length).to.be.greaterThan(treesCount / 4);
    const treesLosing = (outside: string): number =>
      all.filter((one) => one.outside.includes(outside)).length;
    expect(treesLosing(addressOf(-1))).to.be.greaterThan(treesCount / 20);
    expect(treesLosing(sharedName)).to.be.greaterThan(treesCount / 400);
    expect(treesWith(3)).to.be.greaterThan(treesCount * 0.65);
    expect(treesWith(7)).to.be.greaterThan(treesCount / 10);
    expect(treesWith(9)).to.be.greaterThan(treesCount / 20);
  });
});
