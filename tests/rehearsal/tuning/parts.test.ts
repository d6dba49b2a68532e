import { expect } from "chai";
import { History } from "../../../rehearsal/simulation/history";
import { planOf } from "../../../rehearsal/simulation/planOf";
import type { BlipModel } from "../../../rehearsal/tuning/blips";
import { blipRangeFrom } from "../../../rehearsal/tuning/blips";
import type { FalseFailovers } from "../../../rehearsal/tuning/falseFailovers";
import { BlipYear } from "../../../rehearsal/tuning/falseFailovers";
import { measuredBlips } from "../../../rehearsal/tuning/history";
import { Moves } from "../../../rehearsal/tuning/moves";
import { settingsOf, tunableOf, withSetting } from "../../../rehearsal/tuning/settings";
import { tune } from "../../../rehearsal/tuning/tune";
import type { Resource } from "../../../routing/graph/resource";
import { StackModel } from "../../../routing/graph/stackModel";
import { pair } from "../../routing/graph/stack";
import { balancerPair, namedRegion, webPair } from "../simulation/stacks";

const name = "www.a.test";
const { few } = blipRangeFrom([]);
const nothing: BlipModel = {
  ...few,
  ...{ zoneBlipsPerYear: 0, regionBlipsPerYear: 0, checkerBlipsPerYear: 0 },
  ...{ instanceDeathsPerYear: 0, replacementsPerYear: 0 },
};

function yearOf(resources: readonly Resource[], blips: Partial<BlipModel>): FalseFailovers {
  const year = new BlipYear(new StackModel(resources), name, "A", { runs: 10, seed: 1 });
  return year.under({ ...nothing, ...blips });
}

const none: FalseFailovers = { zoneMoves: 0, regionMoves: 0, latches: 0 };
/** Blips that all last a minute. */
const minute = { shortestSeconds: 60, longestSeconds: 60.001, tail: 1 };

describe("the false failovers of a year", () => {
  const quick = webPair({ requestInterval: 10, failureThreshold: 1 });

  it("are moves from an address in no known place, as from a zone", () => {
    const outside = (failureThreshold: number): readonly Resource[] =>
      pair({ records: ["192.0.2.1"] }, { ipAddress: "192.0.2.1", failureThreshold });
    const blips = { ...minute, zoneBlipsPerYear: 9, regionBlipsPerYear: 9 };
    expect(yearOf(outside(1), blips).zoneMoves).to.be.closeTo(9, 1e-9);
    expect(yearOf(outside(10), blips)).to.deep.equal(none);
  });

  it("are none of a stack that leads nowhere known", () => {
    const text = pair({ records: ["192.0.2.1"] }, { ipAddress: "192.0.2.1" }).map((one) =>
      one.name.startsWith("www-") ? { ...one, outputs: { ...one.outputs, type: "TXT" } } : one,
    );
    const year = new BlipYear(new StackModel(text), name, "TXT", { runs: 10, seed: 1 });
    expect(year.under({ ...few, ...minute })).to.deep.equal(none);
  });

  it("are as many as the blips that last longer than the check takes", () => {
    const once = { zoneMoves: 0, regionMoves: 5, latches: 0 };
    expect(yearOf(quick, { zoneBlipsPerYear: 5, ...minute })).to.deep.equal(once);
    expect(yearOf(quick, { regionBlipsPerYear: 5, ...minute })).to.deep.equal(once);
    // 30 s × 3 takes 60 s at least.
    const slow = webPair({ requestInterval: 30, failureThreshold: 3 });
    expect(
      yearOf(slow, { zoneBlipsPerYear: 5, ...minute, shortestSeconds: 30, longestSeconds: 31 }),
    ).to.deep.equal(none);
  });

  it("are none of an instance that dies alone, which is its zone", () => {
    expect(yearOf(quick, { instanceDeathsPerYear: 9, replacementsPerYear: 9 })).to.deep.equal(none);
  });

  it("are none of instances behind a balancer without a check of it by Route 53", () => {
    for (const resources of [
      balancerPair(3, 1),
      // Without target groups nobody knows how long its instances are dead: it has none.
      balancerPair(3, 1).filter(({ type }) => !/listener|targetGroup/i.test(type)),
    ]) {
      const blips = { instanceDeathsPerYear: 9, replacementsPerYear: 9, replacementGapSeconds: 5 };
      expect(yearOf(resources, blips)).to.deep.equal(none);
    }
  });

  it("takes the time of a history's blips, and assumes that of others", () => {
    const model = new StackModel(quick);
    const year = new BlipYear(model, name, "A", { runs: 10, seed: 1 });
    const under = (seconds: readonly number[]): number =>
      year.under({ ...nothing, ...minute }, { perYear: 3, seconds }).regionMoves;
    expect(under([1])).to.equal(0);
    expect(under([60])).to.be.closeTo(3, 1e-9);
    expect(under([])).to.be.closeTo(3, 1e-9);
  });
});

describe("the moves of a run", () => {
  const model = new StackModel(webPair());
  const outcomeOf = (latchSeconds: number, ...epochs: readonly (readonly [number, string])[]) => {
    const planned = planOf(model, {
      ...{ name, type: "A", endMs: 1 },
      phases: [{ startMs: 0, happenings: [] }],
    });
    const lists = planned.values.map((_, value) => [
      { values: [value], cumulative: [1], ttlMs: [0] },
    ]);
    const history = new History();
    history.begin();
    for (const [seconds, value] of epochs) {
      history.add(
        seconds * 1_000,
        planned.values.findIndex((one) => one.value === value),
      );
    }
    const states = { after: () => 0, answersIn: (state: number) => lists[state] ?? [] };
    const run = { history, clientDelayMs: 0, gate: [] };
    return new Moves(model, name, "A").outcomeOf(run, states, planned, latchSeconds);
  };
  const [web, last] = ["198.51.100.1", "203.0.113.99"];

  it("are none, a region's, or a latch's: where it is left for so long, or is not back at the end", () => {
    expect(outcomeOf(180, [10, web])).to.equal("none");
    expect(outcomeOf(180, [10, last], [189, web])).to.equal("region");
    expect(outcomeOf(180, [10, last], [190, web])).to.equal("latch");
    expect(outcomeOf(180, [10, last], [20, web], [30, last])).to.equal("latch");
  });
});

describe("the history of a check with gaps", () => {
  const history = (...minutes: readonly (readonly [number, number])[]): string =>
    JSON.stringify({
      Label: "HealthCheckPercentageHealthy",
      Datapoints: minutes.map(([minute_, Minimum]) => ({
        Timestamp: new Date(minute_ * 60_000).toISOString(),
        Minimum,
      })),
    });

  it("is in any order, and a gap in the data ends a blip", () => {
    const points = [
      [3, 100],
      [0, 100],
      [1, 0],
      [2, 0],
    ] as const;
    expect(measuredBlips(history(...points), "h.json", 300).many.seconds).to.deep.equal([180]);
    const gap = history([0, 100], [1, 0], [5, 0], [6, 100]);
    expect(measuredBlips(gap, "h.json", 300).many.seconds).to.deep.equal([120, 120]);
    // What goes on at the end of the history may be an outage.
    expect(measuredBlips(history([0, 100], [1, 0]), "h.json", 300).many.seconds).to.deep.equal([]);
    expect(measuredBlips(history([0, 100], [1, 100]), "h.json", 300).many.seconds).to.deep.equal(
      [],
    );
  });

  it("is refused as a whole where it is no object", () => {
    expect(() => measuredBlips("[]", "h.json", 300)).to.throw(
      /^h\.json: the file: .*; give what `aws/,
    );
  });
});

describe("the settings of a name", () => {
  it("are those of records with values and a check of an endpoint", () => {
    const model = new StackModel(webPair({ type: "HTTPS_STR_MATCH" }));
    const { now, records, checks } = tunableOf(model, name);
    expect(now).to.deep.equal({
      ...{ intervalSeconds: 30, failureThreshold: 3, hasStringMatch: true, ttlSeconds: 60 },
    });
    expect([records, checks].map(({ length }) => length)).to.deep.equal([1, 1]);
    // An alias has no TTL of its own, and the answers that it leads to have one.
    const named = tunableOf(new StackModel(namedRegion()), name);
    expect(named.records.map(({ label }) => label)).to.deep.equal(["west-0", "west-1"]);
  });

  it("are in force for none where they differ, and then nothing is beside what is tried", () => {
    const differ = namedRegion().map((one): Resource =>
      one.name === "check-1" ? { ...one, outputs: { ...one.outputs, failureThreshold: 3 } } : one,
    );
    const tunable = tunableOf(new StackModel(differ), name);
    expect(tunable).not.to.have.property("now");
    expect(settingsOf(tunable)).to.have.length(2 * 3 * 2 * 4);
  });

  it("are set in the checks and the records, and in nothing else", () => {
    const resources = webPair({ type: "HTTP" });
    const setting = {
      intervalSeconds: 10,
      failureThreshold: 1,
      hasStringMatch: true,
      ttlSeconds: 5,
    };
    const tunable = tunableOf(new StackModel(resources), name);
    const changed = withSetting(resources, tunable, setting);
    const differing = changed.filter((one) => !resources.includes(one));
    expect(differing.map((one) => one.name)).to.deep.equal(["check", "www-primary"]);
    expect(differing[0]?.outputs).to.include({
      ...{ type: "HTTP_STR_MATCH", requestInterval: 10, failureThreshold: 1, searchString: "ok" },
    });
    const again = tunableOf(new StackModel(changed), name);
    expect(again.now).to.deep.equal(setting);
    const back = withSetting(changed, again, { ...setting, hasStringMatch: false });
    expect(back.find((one) => one.name === "check")?.outputs).to.include({
      ...{ type: "HTTP", searchString: "" },
    });
  });
});

describe("a tuning with a history", () => {
  it("plays its blips in place of those that are assumed", () => {
    const order = {
      ...{ stack: "s", resources: webPair(), name, runs: 5, seed: 1 },
      blips: { few: nothing, many: nothing },
    };
    const measured = {
      few: { perYear: 2, seconds: [1] },
      many: { perYear: 2, seconds: [3_000] },
      ...{ spanSeconds: 86_400, blipsCount: 1, outagesCount: 0 },
    };
    const tuning = tune({ ...order, measured });
    expect(tuning.measured).to.equal(measured);
    const now = tuning.points.find(({ isNow }) => isNow);
    expect([now?.few.regionMoves, now?.many.regionMoves]).to.deep.equal([0, 2]);
    expect(tune(order)).not.to.have.property("measured");
  });
});
