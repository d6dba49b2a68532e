import { expect } from "chai";
import { AnswerStates } from "../../../rehearsal/simulation/answers";
import { planOf } from "../../../rehearsal/simulation/planOf";
import { streamOf } from "../../../rehearsal/simulation/random";
import { Simulator } from "../../../rehearsal/simulation/simulator";
import { blipRangeFrom, blipRanges, blipSeconds } from "../../../rehearsal/tuning/blips";
import { BlipYear } from "../../../rehearsal/tuning/falseFailovers";
import { measuredBlips } from "../../../rehearsal/tuning/history";
import type { TunedPoint, Tuning } from "../../../rehearsal/tuning/tune";
import { totalOf, tune } from "../../../rehearsal/tuning/tune";
import { StackModel } from "../../../routing/graph/stackModel";
import { evaluated } from "../../program/evaluated";
import { alarmPair, webPair } from "../simulation/stacks";
import { describeWithEveryCase } from "../../sampled";

/** The share of time in which a check is unhealthy if each probe is lost with a probability. */
function unhealthyShare(failureThreshold: number, lossShare: number): number {
  const model = new StackModel(webPair({ requestInterval: 10, failureThreshold }));
  const endMs = 400_000_000;
  const lost = { lossShare, death: "refused" as const };
  const { plan, asking } = planOf(model, {
    name: "www.a.test",
    type: "A",
    phases: [
      { startMs: 0, happenings: [] },
      {
        startMs: 0,
        happenings: model.faults(["web"]).map((fault) => ({ fault, death: lost })),
      },
    ],
    endMs,
  });
  const states = new AnswerStates([true], (vector) => asking.answersFor(vector));
  const { history } = new Simulator(plan, states).run("ordinary", streamOf(1, 0));
  let unhealthyMs = 0;
  for (let epoch = 1; epoch < history.count; epoch += 1) {
    const until = epoch + 1 < history.count ? history.timeOf(epoch + 1) : endMs;
    if (history.stateOf(epoch) !== 0) unhealthyMs += until - history.timeOf(epoch);
  }
  return unhealthyMs / endMs;
}

/** The same in closed form: at most two of 16 independent checkers are healthy (H4, H5). */
function expectedShare(threshold: number, loss: number): number {
  // The mean number of probes until a threshold of equal results in a row.
  const inARow = (probability: number): number =>
    Array.from({ length: threshold }, (_, n) => probability ** -(n + 1)).reduce((a, b) => a + b, 0);
  const [toFail, toPass] = [inARow(loss), inARow(1 - loss)];
  const healthy = toFail / (toFail + toPass);
  const choose = (k: number): number => [1, 16, 120][k] ?? 0;
  return [0, 1, 2].reduce(
    (sum, k) => sum + choose(k) * healthy ** k * (1 - healthy) ** (16 - k),
    0,
  );
}

describe("independent loss of probes", () => {
  for (const [threshold, loss] of [
    [1, 0.85],
    [2, 0.75],
    [3, 0.7],
  ] as const) {
    it(`makes a check unhealthy as often as the closed form says: ${threshold} in a row of ${loss}`, () => {
      const expected = expectedShare(threshold, loss);
      expect(expected).to.be.within(0.2, 0.95);
      // Passing probes take up to half a second of 10, so they weigh slightly more.
      expect(unhealthyShare(threshold, loss)).to.be.closeTo(expected, 0.04);
    });
  }

  it("of 1 % has almost no effect", () => {
    expect(unhealthyShare(1, 0.01)).to.equal(0);
    expect(expectedShare(1, 0.01)).to.be.lessThan(1e-20);
  });
});

describe("the blip model", () => {
  it("has a heavy tail between its shortest and its longest", () => {
    const { many } = blipRangeFrom([]);
    expect(blipSeconds(many, 0)).to.equal(4);
    expect(blipSeconds(many, 1)).to.be.closeTo(300, 1e-6);
    // With a tail of 1, half of them are twice as long as the shortest, apart from the truncation.
    expect(blipSeconds(many, 0.5)).to.be.within(7.5, 8);
  });

  it("accepts figures and ranges, and refuses others, one line each", () => {
    const { few, many } = blipRangeFrom(["zoneBlipsPerYear=1..9", "tail=2"]);
    expect([few.zoneBlipsPerYear, many.zoneBlipsPerYear, few.tail, many.tail]).to.deep.equal([
      1, 9, 2, 2,
    ]);
    expect(() =>
      blipRangeFrom(["storms=1", "tail=much", "tail=", "tail", "tail=1..2..3"]),
    ).to.throw(
      [
        `--blips storms=1: no such parameter; it has ${Object.keys(blipRanges).join(", ")}`,
        "--blips tail=much: must be a number or a range, got much; for example tail=1.6..1",
        "--blips tail=: must be a number or a range, got no value; for example tail=1.6..1",
        "--blips tail: must be a number or a range, got no value; for example tail=1.6..1",
        "--blips tail=1..2..3: must be a number or a range, got 1..2..3; for example tail=1.6..1",
      ].join("\n"),
    );
  });

  it("refuses impossible figures, and ranges that go the wrong way", () => {
    expect(() =>
      blipRangeFrom([
        "tail=0",
        "zoneBlipsPerYear=-1",
        "checkerRegionShare=5",
        "zoneBlipsPerYear=24..2",
        "tail=1..2",
      ]),
    ).to.throw(
      [
        "--blips tail=0: must be at least 0.01, got 0; for example tail=1.6..1",
        "--blips zoneBlipsPerYear=-1: must be at least 0, got -1; for example zoneBlipsPerYear=2..24",
        "--blips checkerRegionShare=5: must be from 0 to 1, got 5; for example checkerRegionShare=0.1..0.4",
        "--blips zoneBlipsPerYear=24..2: must go from few to many false failovers, got 24..2; for example zoneBlipsPerYear=2..24",
        "--blips tail=1..2: must go from few to many false failovers, got 1..2; for example tail=1.6..1",
      ].join("\n"),
    );
    expect(() => blipRangeFrom(["longestSeconds=3"])).to.throw(
      /^--blips: shortestSeconds must not be more than longestSeconds, got 4 and 3; change one of them$/,
    );
  });
});

// Of prod, 64 settings are proven and played. Of smaller stacks, the tests below do it in each run.
describeWithEveryCase("the tuning of prod", () => {
  let tuning: Tuning;
  const of = (interval: number, threshold: number, ttl: number, match = true): TunedPoint => {
    const found = tuning.points.find(
      ({ setting }) =>
        setting.intervalSeconds === interval &&
        setting.failureThreshold === threshold &&
        setting.ttlSeconds === ttl &&
        setting.hasStringMatch === match,
    );
    if (!found) throw new Error("no such setting");
    return found;
  };

  before(async () => {
    const { resources } = await evaluated("prod");
    const blips = blipRangeFrom([]);
    tuning = tune({
      ...{ stack: "prod", resources, name: "orders.cafe.com", blips, runs: 60, seed: 1 },
    });
  });

  it("includes the current setting, with the figures of the proof", () => {
    const now = tuning.points.filter(({ isNow }) => isNow);
    expect(now).to.deep.equal([of(10, 2, 10)]);
    expect([now[0]?.worstSeconds, now[0]?.worstCornerSeconds]).to.deep.equal([56, 66]);
  });

  it("finds that a threshold of one is faster, causes more false failovers, and meets the objective at worst", () => {
    const [one, two] = [of(10, 1, 10), of(10, 2, 10)];
    expect([one.worstSeconds, one.worstCornerSeconds]).to.deep.equal([42, 52]);
    expect(totalOf(one.many)).to.be.greaterThan(totalOf(two.many));
    expect(one.usdPerMonth).to.equal(two.usdPerMonth);
    for (const { few, many } of tuning.points) {
      expect(totalOf(few)).to.be.at.most(totalOf(many));
      expect(many.latches).to.be.at.most(many.regionMoves);
    }
  });

  it("never leaves a hang in the body without a string match, so that setting is not efficient", () => {
    expect(of(10, 2, 10, false).worstSeconds).to.equal(null);
    expect(of(10, 2, 10, false).usdPerMonth).to.be.lessThan(of(10, 2, 10).usdPerMonth);
    const without = tuning.points.filter(({ setting }) => !setting.hasStringMatch);
    expect(without.some(({ isEfficient }) => isEfficient)).to.equal(false);
  });

  it("needs fewer queries with a longer TTL, which costs less", () => {
    expect(of(10, 2, 60).usdPerMonth).to.be.lessThan(of(10, 2, 5).usdPerMonth);
  });
});

describe("tuning", () => {
  const blips = blipRangeFrom([]);
  const order = { stack: "s", name: "www.a.test", blips, runs: 20, seed: 1 };

  it("is refused for a name without a check of an endpoint", () => {
    expect(() => tune({ ...order, resources: alarmPair(1) })).to.throw(
      "www.a.test: no record of it has a check of an endpoint, so that nothing can be tuned",
    );
  });

  it("tries other settings besides the current one, and no string match for a TCP check", () => {
    const { points } = tune({
      ...order,
      resources: webPair({ type: "TCP", failureThreshold: 5 }, { ttl: 60 }),
    });
    expect(points.filter(({ isNow }) => isNow).map(({ setting }) => setting)).to.deep.equal([
      { intervalSeconds: 30, failureThreshold: 5, hasStringMatch: false, ttlSeconds: 60 },
    ]);
    expect(points.some(({ setting }) => setting.hasStringMatch)).to.equal(false);
  });

  it("counts leaving and returning to a pair as a move of its region", () => {
    const model = new StackModel(webPair({ requestInterval: 10, failureThreshold: 1 }));
    const year = new BlipYear(model, "www.a.test", "A", { runs: 50, seed: 1 });
    const blip = (seconds: number): ReturnType<BlipYear["under"]> =>
      year.under(
        { ...blips.few, regionBlipsPerYear: 0, checkerBlipsPerYear: 0 },
        {
          perYear: 10,
          seconds: [seconds],
        },
      );
    expect(blip(60)).to.deep.equal({ zoneMoves: 0, regionMoves: 10, latches: 0 });
    expect(blip(250).latches).to.equal(10);
    expect(blip(1)).to.deep.equal({ zoneMoves: 0, regionMoves: 0, latches: 0 });
  });
});

describe("the history of a check", () => {
  const history = (values: readonly number[], key = "Minimum"): string =>
    JSON.stringify({
      Label: "HealthCheckPercentageHealthy",
      Datapoints: values.map((value, index) => ({
        Timestamp: new Date(index * 60_000).toISOString(),
        [key]: value,
      })),
    });

  it("has a blip for each time with at most 18 % healthy checkers", () => {
    const { few, many } = measuredBlips(
      history([100, 12, 6, 100, 50, 100, 0, 100, 18, 100]),
      ...(["h.json", 300] as const),
    );
    expect(few.seconds).to.deep.equal([60, 1, 1]);
    expect(many.seconds).to.deep.equal([180, 120, 120]);
    // Three in ten minutes.
    expect(few.perYear).to.be.closeTo((3 * 365 * 24 * 60) / 10, 1e-6);
    const averages = measuredBlips(history([100, 0, 0, 100], "Average"), "h.json", 300);
    expect(averages.few.seconds).to.deep.equal([60]);
  });

  it("has outages, which are no blips: cut off by the history, or longer than a blip", () => {
    const cut = measuredBlips(history([0, 0, 100, 0, 100, 100, 0]), "h.json", 300);
    expect(cut).to.deep.include({ spanSeconds: 420, blipsCount: 1, outagesCount: 2 });
    expect(cut.many.seconds).to.deep.equal([120]);
    // Six periods are five minutes or more.
    const long = (count: number, longestSeconds: number): number =>
      measuredBlips(
        history([100, ...Array<number>(count).fill(0), 100]),
        ...(["h.json", longestSeconds] as const),
      ).blipsCount;
    expect([long(6, 300), long(7, 300), long(7, 360)]).to.deep.equal([1, 0, 1]);
    expect(() => measuredBlips(history([0, 0, 0]), "h.json", 300)).to.throw(
      "h.json: Datapoints: the check must be healthy at some time, got 3 unhealthy datapoints: an outage, not a blip; give a longer time",
    );
  });

  it("is refused if it is invalid", () => {
    const read =
      (text: string): (() => unknown) =>
      () =>
        measuredBlips(text, "h.json", 300);
    const again =
      "; give what `aws cloudwatch get-metric-statistics --metric-name HealthCheckPercentageHealthy --statistics Minimum` prints";
    expect(read("{")).to.throw(/^h\.json: is not JSON, got /);
    expect(read("{}")).to.throw(
      [
        `h.json: Label: must be HealthCheckPercentageHealthy, got nothing${again}`,
        `h.json: Datapoints: must be a list, got nothing${again}`,
      ].join("\n"),
    );
    expect(read(history([1]))).to.throw(
      /^h\.json: Datapoints: must be two datapoints or more, got \[/,
    );
    expect(read(history([1, 2]).replace("PercentageHealthy", "Status"))).to.throw(
      `h.json: Label: must be HealthCheckPercentageHealthy, got "HealthCheckStatus"${again}`,
    );
    expect(read(history([100, -5, 400]).replace(/"1970-01-01T00:00:00.000Z"/, '"then"'))).to.throw(
      [
        `h.json: Datapoints[0].Timestamp: must be a time, got "then"${again}`,
        `h.json: Datapoints[1].Minimum: must be a percentage from 0 to 100, got -5${again}`,
        `h.json: Datapoints[2].Minimum: must be a percentage from 0 to 100, got 400${again}`,
      ].join("\n"),
    );
    expect(read(history([1, 2], "Sum"))).to.throw(
      `h.json: Datapoints[1]: must have a Minimum or an Average, got neither${again}`,
    );
    expect(read(history([1, 2, 3, 4, 5, 6, 7], "Sum"))).to.throw(
      /h\.json: Datapoints: 2 more are wrong in the same ways;/,
    );
  });
});
