import { expect } from "chai";
import { parseSettings } from "../../config";
import { faultsOf, withValues } from "./configSamples";

const now = new Date("2026-11-22T18:00:30Z");

const refused = (until: string): readonly string[] => [
  `rollout.skipBakeUntil: must be within 24 hours from now, 2026-11-22T18:00Z, got "${until}"; remove it, so that changes are baked again`,
];

describe("the rollout's settings", () => {
  it("bake for five minutes and skip nothing by default", () => {
    expect(parseSettings(withValues({}), now).rollout).to.deep.equal({ bakeMinutes: 5 });
  });

  for (const minutes of [0, 10]) {
    it(`take ${minutes} minutes`, () => {
      const { rollout } = parseSettings(withValues({ "rollout.bakeMinutes": minutes }), now);
      expect(rollout.bakeMinutes).to.equal(minutes);
    });
  }

  for (const until of ["2026-11-22T18:01Z", "2026-11-23T18:00Z"]) {
    it(`skip the bake until ${until}`, () => {
      expect(faultsOf({ "rollout.skipBakeUntil": until }, now)).to.deep.equal([]);
    });
  }

  for (const until of ["2026-11-22T18:00Z", "2026-11-21T18:00Z", "2026-11-23T18:01Z"]) {
    it(`refuse to skip it until ${until}: past, or too far ahead`, () => {
      expect(faultsOf({ "rollout.skipBakeUntil": until }, now)).to.deep.equal(refused(until));
    });
  }

  it("are reported together with other faults", () => {
    expect(
      faultsOf({ "rollout.skipBakeUntil": "2026-11-21T18:00Z", "rollout.bakeMinutes": 11 }, now),
    ).to.have.length(2);
  });

  it("apply only to machines of this stack", () => {
    const zones = ["us-west-2a", "us-west-2b", "eu-west-1a", "eu-west-1b"];
    const endpoints = Object.fromEntries(
      zones.map((zone, index) => [zone, { ipv4: `203.0.113.${index + 1}` }]),
    );
    const own = { "compute.kind": "addresses", "compute.endpoints": endpoints };
    expect(faultsOf(own)).to.deep.equal([]);
    expect(faultsOf({ ...own, rollout: {} })).to.deep.equal([]);
    expect(faultsOf({ ...own, "rollout.bakeMinutes": 5 })).to.deep.equal([
      "rollout.bakeMinutes: must be omitted with compute.kind addresses, got 5; the endpoints are external, and this stack does not manage the servers behind them",
    ]);
  });
});
