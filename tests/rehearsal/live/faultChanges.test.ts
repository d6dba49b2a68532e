import { expect } from "chai";
import { drilledChangeOf } from "../../../rehearsal/live/faultChanges";
import type { ActiveFault } from "../../../rehearsal/simulation/phases";

const zone = (name: string, death: ActiveFault["death"] = "refused"): ActiveFault => ({
  fault: { kind: "availabilityZone", name },
  death,
});
const [a, b] = [zone("us-west-2a"), zone("us-west-2b")];

/** The change that is predicted, if any. */
function changeOf(
  before: readonly ActiveFault[],
  begins: readonly ActiveFault[],
  ends: readonly ActiveFault[] = [],
): ReturnType<typeof drilledChangeOf> {
  const lasting = before.filter((one) => !ends.includes(one));
  return drilledChangeOf({ before, begins, ends, next: [...lasting, ...begins] });
}

describe("a change of faults that a drill can predict", () => {
  it("is one fault, or some of one death, with what is broken already", () => {
    expect(changeOf([], [a])).to.deep.equal({ broken: [], begins: [a.fault], death: "refused" });
    expect(changeOf([a], [b])?.broken).to.deep.equal([a.fault]);
    expect(changeOf([], [a, b])?.begins).to.deep.equal([a.fault, b.fault]);
    // The death of what is broken already is over: its checks have noticed.
    expect(changeOf([zone("us-west-2a", "drains")], [b])?.death).to.equal("refused");
  });

  it("is none where deaths differ, something ends, a death changes, or only some checkers see it", () => {
    const seen = { ...a, seenFrom: ["us-east-1"] };
    expect(changeOf([], [a, zone("us-west-2b", "drains")])).to.equal(undefined);
    expect(changeOf([a], [b], [a])).to.equal(undefined);
    expect(changeOf([a], [zone("us-west-2a", "drains")])).to.equal(undefined);
    expect(changeOf([], [seen])).to.equal(undefined);
    expect(changeOf([seen], [b])).to.equal(undefined);
    expect(changeOf([a], [], [a])).to.equal(undefined);
  });
});
