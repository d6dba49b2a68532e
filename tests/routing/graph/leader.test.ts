import { expect } from "chai";
import { leaderOf } from "../../../routing/graph/leader";
import type { PlacedAnswer } from "../../../routing/graph/stackModel";

const answer = (value: string, probability: number, more: Partial<PlacedAnswer>): PlacedAnswer => ({
  ...{ value, probability, target: value, ttlSeconds: 60, alive: true, path: [] },
  record: {
    ...{ id: value, label: value, zoneId: "Z1", name: "www.a.test", type: "A" },
    policy: { kind: "simple" },
    target: { kind: "values", values: [value], ttlSeconds: 60 },
  },
  ...more,
});
const west = { region: "us-west-2" };

describe("the answer where most clients are", () => {
  it("is in the region with most of them, though a value elsewhere has more (C23)", () => {
    const answers = [
      answer("c", 0.4, { region: "eu-west-1" }),
      answer("a", 0.25, { ...west, availabilityZone: "us-west-2a" }),
      answer("b", 0.35, { ...west, availabilityZone: "us-west-2b" }),
    ];
    expect(leaderOf(answers)?.value).to.equal("b");
  });

  it("is that of the record with most of them, where no place is known", () => {
    const answers = [
      answer("c", 0.4, {}),
      answer("a", 0.3, { target: "record" }),
      answer("b", 0.3, { target: "record" }),
    ];
    expect(leaderOf(answers)?.value).to.equal("a");
  });

  it("is the first of equals, and none where nothing answers", () => {
    expect(leaderOf([answer("a", 0.1 + 0.2, {}), answer("b", 0.3, {})])?.value).to.equal("a");
    expect(leaderOf([answer("b", 0.3, {}), answer("a", 0.1 + 0.2, {})])?.value).to.equal("b");
    expect(leaderOf([])).to.equal(undefined);
  });
});
