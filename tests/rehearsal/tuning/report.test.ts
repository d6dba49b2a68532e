import { expect } from "chai";
import { asText } from "../../../rehearsal/report/asText";
import type { Ranges, Table } from "../../../rehearsal/report/document";
import { blipRangeFrom } from "../../../rehearsal/tuning/blips";
import type { FalseFailovers } from "../../../rehearsal/tuning/falseFailovers";
import { tuningDocument, tuningJson } from "../../../rehearsal/tuning/report";
import type { TunedPoint, Tuning } from "../../../rehearsal/tuning/tune";
import { plain } from "../report/plain";

const moves = (zoneMoves: number, regionMoves = 0): FalseFailovers => ({
  ...{ zoneMoves, regionMoves, latches: 0 },
});

function point(
  setting: Partial<TunedPoint["setting"]>,
  more: Partial<TunedPoint> = {},
): TunedPoint {
  return {
    setting: {
      ...{ intervalSeconds: 10, failureThreshold: 2, hasStringMatch: true, ttlSeconds: 10 },
      ...setting,
    },
    ...{ isNow: false, isEfficient: true, worstSeconds: 56, worstCornerSeconds: 66 },
    ...{ usdPerMonth: 12.5, few: moves(0), many: moves(2.345, 1) },
    ...more,
  };
}

function tuningOf(points: readonly TunedPoint[], measured?: Tuning["measured"]): Tuning {
  const blips = blipRangeFrom(["tail=2"]);
  return {
    ...{ stack: "s", name: "www.a.test", points, blips, runs: 1_000, seed: 7 },
    ...(measured ? { measured } : {}),
  };
}

function partsOf(tuning: Tuning): {
  readonly ranges: Ranges;
  readonly settings: Table;
  readonly blips: Table;
} {
  const [ranges, settings, , blips] = tuningDocument(tuning).blocks;
  if (ranges?.kind !== "ranges" || settings?.kind !== "table" || blips?.kind !== "table") {
    throw new Error("the report has other blocks");
  }
  return { ranges, settings, blips };
}

describe("the report of a tuning", () => {
  it("has a row for each setting that is efficient or in force, with its range", () => {
    const { settings } = partsOf(
      tuningOf([
        point({}),
        point(
          { hasStringMatch: false, ttlSeconds: 60 },
          { isNow: true, isEfficient: false, few: moves(0.004), many: moves(0.004) },
        ),
        point({ failureThreshold: 3 }, { isEfficient: false }),
      ]),
    );
    expect(settings.caption).to.equal(
      "The 1 of 3 settings that no other beats in everything, and the one in force",
    );
    expect(settings.rows.map((row) => [...row].slice(0, 6))).to.deep.equal([
      ["10 s × 2, TTL 10 s", "yes", "56 s", "66 s", "0 to 2.3", "0 to 1"],
      ["10 s × 2, TTL 60 s", "no", "56 s", "66 s", "< 0.01", "0"],
    ]);
  });

  it("draws settings with the TTL and string match of the one in force, if they ever fail over", () => {
    const { ranges } = partsOf(
      tuningOf([
        point({ failureThreshold: 1, ttlSeconds: 60 }),
        point({ failureThreshold: 1 }, { worstSeconds: 42 }),
        point({}, { isNow: true }),
        point({ failureThreshold: 3 }, { worstSeconds: null }),
        point({ hasStringMatch: false }),
      ]),
    );
    expect(ranges.choices.map(({ label, x, isNow }) => [label, x, isNow])).to.deep.equal([
      ["10 s × 1", 42, false],
      ["10 s × 2", 56, true],
    ]);
    expect(ranges.description).to.equal(
      "10 s × 1: 42 s at worst, 0 to 3.3 false failovers a year. 10 s × 2: 56 s at worst, 0 to 3.3 false failovers a year.",
    );
  });

  it("draws those of the first efficient one where none is in force, and nothing of nothing", () => {
    const { ranges } = partsOf(tuningOf([point({ ttlSeconds: 5 }), point({ ttlSeconds: 60 })]));
    expect(ranges.caption).to.match(/TTL 5 s; each bar/);
    expect(ranges.choices).to.have.length(1);
    expect(partsOf(tuningOf([])).ranges.choices).to.deep.equal([]);
  });

  it("tells the blips of a history beside those that are assumed", () => {
    const of = (
      ...seconds: readonly number[]
    ): { perYear: number; seconds: readonly number[] } => ({
      ...{ perYear: 1234.5678, seconds },
    });
    const { blips } = partsOf(tuningOf([], { few: of(1, 60), many: of(120, 180) }));
    expect(blips.rows.slice(-2)).to.deep.equal([
      ["blips of the history", "1230", "a year"],
      ["their longest, in seconds", "60", "180"],
    ]);
    expect(partsOf(tuningOf([])).blips.rows).to.have.length(blips.rows.length - 2);
    expect(blips.rows).to.deep.include(["tail", "2", "2"]);
  });

  it("is text for people, and all its figures as JSON", () => {
    const tuning = tuningOf([point({}, { isNow: true })]);
    expect(asText(tuningDocument(tuning), plain)).to.match(/10 s × 2, TTL 10 s.*in force/);
    expect(JSON.parse(tuningJson(tuning))).to.deep.equal(tuning);
  });
});
