import { expect } from "chai";
import { everyOutcome, outcomesMax } from "../../routing/outcomes";

describe("everyOutcome", () => {
  it("runs once where nothing is asked", () => {
    expect(everyOutcome(() => "same")).to.deep.equal(["same"]);
  });

  it("gives each combination of what is always asked, once", () => {
    const found = everyOutcome((ask) => `${ask("a")} ${ask("b")}`);
    expect(found).to.deep.equal(["false false", "false true", "true false", "true true"]);
  });

  it("does not vary what is not asked in a case", () => {
    const found = everyOutcome((ask) => (ask("a") ? "a" : ask("b") ? "b" : "none"));
    expect(found).to.deep.equal(["none", "b", "a"]);
  });

  it("gives the same answer to the same question twice", () => {
    const found = everyOutcome((ask) => ask("a") === ask("a"));
    expect(found).to.deep.equal([true, true]);
  });

  it("finds the one bad combination of a dozen, wherever it is", () => {
    const keys = Array.from({ length: 12 }, (_, index) => `key ${index}`);
    for (const bad of [0, 1, 0b010101010101, 4094, 4095]) {
      const found = everyOutcome((ask) => {
        const answers = keys.map((key) => ask(key));
        return answers.reduce((sum, answer, index) => sum + (answer ? 2 ** index : 0), 0) === bad;
      });
      expect(found.filter(Boolean)).to.have.length(1);
    }
  });

  it("looks at the extremes where there are too many", () => {
    const keys = Array.from({ length: 40 }, (_, index) => `key ${index}`);
    const found = everyOutcome((ask) => keys.filter((key) => ask(key)).length);
    expect(found).to.have.length(outcomesMax + 1);
    expect([found[0], found.at(-1)]).to.deep.equal([0, 40]);
  });
});
