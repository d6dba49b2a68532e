import { expect } from "chai";
import type { Compared } from "./random/compare";
import { compare } from "./random/compare";

const treesCount = 2_000;

describe("a random zone", function () {
  it("is answered alike by the diagram, the boolean logic and a second model, whatever happens", () => {
    const all: Compared[] = [];
    for (let seed = 1; seed <= treesCount; seed += 1)
      all.push(compare(seed, seed % 20 === 0 ? 9 : 3));
    // So that a drawing that has nothing to compare does not pass for one.
    expect(all.filter(({ unknowns }) => unknowns > 0).length).to.be.greaterThan(treesCount / 4);
    expect(all.filter(({ variables }) => variables >= 3).length).to.be.greaterThan(treesCount / 2);
  });
});
