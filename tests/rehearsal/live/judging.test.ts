import { expect } from "chai";
import { outsideOf } from "../../../rehearsal/live/judging";

const predicted = {
  detection: { bound: 36, simulated: { low: 18.7, high: 35.9 } },
  downtime: { bound: 56, simulated: { low: 22.1, high: 55 } },
};

describe("a measured outage beside its prediction", () => {
  it("is as predicted within the range of simulated runs", () => {
    expect(outsideOf({ detection: 21.5, downtime: 33.8 }, predicted, true)).to.deep.equal([]);
  });

  it("is printed as exactly as it is judged: a hair over the bound is over it", () => {
    expect(outsideOf({ detection: 36.04, downtime: 33.8 }, predicted, true)).to.deep.equal([
      "noticed in 36.04 s, longer than the bound 36 s",
    ]);
    expect(outsideOf({ detection: 35.94, downtime: 33.8 }, predicted, true)).to.deep.equal([
      "noticed in 35.94 s, longer than any simulated run (35.9 s)",
    ]);
    const bounds = { detection: { bound: 36 }, downtime: { bound: null } };
    expect(outsideOf({ detection: 36, downtime: null }, bounds, true)).to.deep.equal([]);
  });

  it("says which figure left its range, and at which end", () => {
    expect(outsideOf({ detection: 2.4, downtime: 5.2 }, predicted, true)).to.deep.equal([
      "noticed in 2.4 s, shorter than any simulated run (18.7 s)",
      "orders failed for 5.2 s, shorter than any simulated run (22.1 s)",
    ]);
    expect(outsideOf({ detection: 36.4, downtime: 55.5 }, predicted, true)).to.deep.equal([
      "noticed in 36.4 s, longer than the bound 36 s",
      "orders failed for 55.5 s, longer than any simulated run (55 s)",
    ]);
    expect(outsideOf({ detection: null, downtime: null }, predicted, true)).to.deep.equal([
      "noticed in: never, bound 36 s",
      "orders failed for: never, bound 56 s",
    ]);
  });

  it("may be short where few customers were at what failed", () => {
    expect(outsideOf({ detection: 21.5, downtime: 5.2 }, predicted, false)).to.deep.equal([]);
    expect(outsideOf({ detection: 2.4, downtime: 5.2 }, predicted, false)).to.have.length(1);
  });

  it("is judged by the bound alone where nothing was simulated", () => {
    const bounds = { detection: { bound: 36 }, downtime: { bound: null } };
    expect(outsideOf({ detection: 2.4, downtime: 900 }, bounds, true)).to.deep.equal([]);
    expect(outsideOf({ detection: 37, downtime: null }, bounds, true)).to.deep.equal([
      "noticed in 37 s, longer than the bound 36 s",
    ]);
  });
});
