import { expect } from "chai";
import { describeRound, FAULT_KINDS, planOf } from "./plan";

describe("the plan of the loss test", () => {
  it("is the same for the same seed, and different for another", () => {
    expect(planOf(7, 26)).to.deep.equal(planOf(7, 26));
    expect(planOf(7, 26)).to.not.deep.equal(planOf(8, 26));
  });

  it("has every fault alone, then at least 20 different rounds with combinations", () => {
    const { rounds } = planOf(1, 26);
    const alone = rounds.slice(0, FAULT_KINDS.length).map(({ faults }) => faults[0]?.kind);
    expect([...alone].sort()).to.deep.equal([...FAULT_KINDS].sort());
    expect(new Set(rounds.map(describeRound)).size).to.be.at.least(20);
    for (const { faults } of rounds.slice(FAULT_KINDS.length)) {
      expect(faults.length).to.be.within(2, 4);
    }
  });

  it("destroys either region", () => {
    const destroyed = new Set(Array.from({ length: 20 }, (_, seed) => planOf(seed, 0).destroyed));
    expect([...destroyed].sort()).to.deep.equal(["dublin", "oregon"]);
  });

  it("never breaks one server in two ways at the same time", () => {
    for (let seed = 0; seed < 200; seed++) {
      for (const { faults } of planOf(seed, 40).rounds) {
        const databases = faults.filter(({ kind }) => kind.startsWith("database"));
        expect(new Set(databases.map(({ side }) => side)).size).to.equal(databases.length);
      }
    }
  });
});
