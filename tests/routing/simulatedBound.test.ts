import { expect } from "chai";
import { boundOf, worstOf } from "./simulation/boundOf";
import { manyChecksScenario, scenarios } from "./simulation/scenarios";

/** `npm run bench -- logic` uses 20,000. */
const runsCount = 2_000;

describe("the bound compared with simulated checkers", () => {
  for (const scenario of scenarios) {
    it(`is never less than any run, and at most 1 % more than the longest: ${scenario.name}`, () => {
      const { downtimeSeconds = Infinity } = boundOf(scenario);
      const worst = worstOf(scenario, runsCount);
      expect(worst).to.be.at.most(downtimeSeconds);
      expect(worst).to.be.at.least(downtimeSeconds * 0.99);
    });
  }

  it("is 170 s however many irrelevant checks there are", () => {
    const bounds = [1, 11, 40, 100].map((count) => boundOf(manyChecksScenario(count)));
    expect(bounds.map(({ downtimeSeconds }) => downtimeSeconds)).to.deep.equal([
      170, 170, 170, 170,
    ]);
  });
});
