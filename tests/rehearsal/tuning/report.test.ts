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
    unknown: [],
    ...(measured ? { measured } : {}),
  };
}

function partsOf(tuning: Tuning): {
  readonly ranges: Ranges;
  readonly settings: Table;
  readonly blips: Table;
} {
  const { blocks } = tuningDocument(tuning);
  const [ranges, settings, blips] = [blocks[0], blocks[1], blocks.at(-1)];
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
      "The 1 of 3 settings that no other setting beats in every respect, and the one in force",
    );
    expect(settings.rows.map((row) => [...row].slice(0, 7))).to.deep.equal([
      ["10 s × 2", "10 s", "yes", "56 s", "66 s", "0–2.3", "0–1"],
      [
        ["10 s × 2, ", { text: "in force", isState: true, tone: "good" }],
        ...["60 s", "no", "56 s", "66 s", "< 0.01", "0"],
      ],
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
      "10 s × 1: 42 s at worst, 0–3.3 false failovers a year. 10 s × 2: 56 s at worst, 0–3.3 false failovers a year.",
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
    const history = (spanSeconds: number): NonNullable<Tuning["measured"]> => ({
      ...{ few: of(1, 60), many: of(120, 180), spanSeconds, blipsCount: 2, outagesCount: 1 },
    });
    const { blips } = partsOf(tuningOf([], history(36 * 3_600)));
    expect(blips.rows.slice(-5)).to.deep.equal([
      ["", "time that the history covers", "36 h", "", ""],
      ["", "blips in it", "2", "", ""],
      ["", "outages in it, which do not count", "1", "", ""],
      ["", "blips of the history, a year", "1,230", "", ""],
      ["", "their longest, in seconds", "60", "180", ""],
    ]);
    const month = partsOf(tuningOf([], history(30 * 86_400))).blips;
    expect(month.rows.at(-5)?.[2]).to.equal("30 days");
    expect(partsOf(tuningOf([])).blips.rows).to.have.length(blips.rows.length - 5);
    expect(
      blips.rows.find(
        ([, meaning]) => meaning === "longest blip, in seconds; what lasts longer is an outage",
      ),
    ).to.deep.equal([
      { text: "longestSeconds", isCode: true },
      ...["longest blip, in seconds; what lasts longer is an outage", "300", "300", ""],
    ]);
  });

  it("marks the parameter that a history replaces", () => {
    const few = { perYear: 1, seconds: [1] };
    const replaced = { few, many: few, spanSeconds: 60, blipsCount: 1, outagesCount: 0 };
    const stateOf = (measured?: Tuning["measured"]): unknown =>
      partsOf(tuningOf([], measured)).blips.rows.find(
        ([, meaning]) => meaning === "blips of a zone's endpoint, a year",
      )?.[4];
    expect(stateOf(replaced)).to.deep.equal({
      ...{ text: "not used: the history replaces it", tone: "soft" },
    });
    expect(stateOf()).to.equal("");
  });

  it("says of a downtime that it is endless, and why, and that such settings are left out", () => {
    const whyNever = "web goes on answering";
    const never = { isEfficient: false, worstSeconds: null, worstCornerSeconds: null, whyNever };
    const tuning = tuningOf([
      point({}),
      point({ ttlSeconds: 60 }, { ...never, isNow: true }),
      point({ hasStringMatch: false }, never),
      point({ failureThreshold: 3 }, never),
    ]);
    const { settings } = partsOf(tuning);
    expect(settings.rows).to.have.length(2);
    const [, now] = settings.rows;
    expect([now?.[0], now?.[3], now?.[4]]).to.deep.equal([
      ["10 s × 2, ", { text: "in force", tone: "bad", isState: true }],
      { text: "endless", tone: "bad", isState: true },
      { text: "endless", tone: "bad", isState: true },
    ]);
    const notes = tuningDocument(tuning).blocks.flatMap((one) =>
      one.kind === "note" ? [one.text] : [],
    );
    expect(notes.slice(1, 3)).to.deep.equal([
      "Endless with 10 s × 2, TTL 60 s: web goes on answering.",
      "2 settings are left out, however cheap, since some downtime is endless with them, 1 of them without a string match: they do not notice a server that hangs in the body.",
    ]);
    expect(JSON.stringify(tuningDocument(tuningOf([point({})])))).to.contain(
      "Each setting ends each downtime.",
    );
  });

  it("is text for people, and all its figures as JSON", () => {
    const tuning = tuningOf([point({}, { isNow: true })]);
    expect(asText(tuningDocument(tuning), plain)).to.match(/10 s × 2, in force +10 s/);
    expect(JSON.parse(tuningJson(tuning))).to.deep.equal(tuning);
  });
});
