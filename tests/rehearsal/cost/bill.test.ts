import { expect } from "chai";
import { assumptionsFrom } from "../../../rehearsal/cost/assumptions";
import { billOf } from "../../../rehearsal/cost/bill";
import type { CostReport, Line } from "../../../rehearsal/cost/cost";
import { fromExport } from "../../../routing/graph/fromExport";
import { exportOf } from "../../../bench/stackExport";
import type { Resource } from "../../../routing/graph/resource";
import { evaluated, evaluatedZone } from "../../program/evaluated";
import { inProdsPlaces } from "../../program/places";
import type { Row } from "./byHand";
import { dev, moved, prod, warm } from "./byHand";

/** Both projects of a stack, including the zone's; dev in prod's regions. */
async function resourcesOf(stack: string): Promise<readonly Resource[]> {
  const { resources } = await evaluated(stack, false, inProdsPlaces(stack));
  return [...resources, ...(await evaluatedZone(stack)).resources];
}

const report = async (stack: string, ...given: readonly string[]): Promise<CostReport> =>
  billOf(stack, await resourcesOf(stack), { assumptions: assumptionsFrom(given) });

/** Quantities and amounts, summed by item, region and price. */
function added(rows: readonly Row[]): Record<string, string> {
  const sums = new Map<string, { quantity: number; monthly: number }>();
  for (const [item, region, resources, each, usd] of rows) {
    const key = `${item}, ${region}, at ${usd}`;
    const { quantity, monthly } = sums.get(key) ?? { quantity: 0, monthly: 0 };
    sums.set(key, {
      quantity: quantity + resources * each,
      monthly: monthly + resources * each * usd,
    });
  }
  const shown = [...sums].map(([key, { quantity, monthly }]): [string, string] => [
    key,
    `${quantity.toFixed(4)} for ${monthly.toFixed(4)}`,
  ]);
  return Object.fromEntries(shown.sort());
}

/** Lines as rows, without those that cost nothing in a steady month. */
const rowsOf = (lines: readonly Line[]): readonly Row[] =>
  lines
    .filter(({ quantity }) => quantity !== 0)
    .map(({ item, region, quantity, unitPrice }) => [item, region, 1, quantity, unitPrice]);

for (const [stack, rows, total] of [
  ["dev", dev, 155.89],
  ["prod", prod, 1139.84],
] as const) {
  describe(`the monthly cost of ${stack}`, () => {
    it("equals the calculation by hand, line by line", async () => {
      expect(added(rowsOf((await report(stack)).lines))).to.deep.equal(added(rows));
    });

    it(`is ${total} USD, by hand and by the report`, async () => {
      const byHand = rows.reduce(
        (sum, [, , resources, each, usd]) => sum + resources * each * usd,
        0,
      );
      const { totals, lines } = await report(stack);
      expect(byHand).to.be.closeTo(total, 0.005);
      expect(totals.steady).to.equal(total);
      expect(lines.reduce((sum, { monthly }) => sum + monthly, 0)).to.be.closeTo(total, 0.005);
    });

    it("changes in a failover only by what moves to Dublin", async () => {
      const { totals, lines } = await report(stack);
      const atDublin = warm[stack];
      const change = moved.reduce(
        (sum, [, quantity, oregon, dublin]) => sum + quantity * (1 - atDublin) * (dublin - oregon),
        0,
      );
      expect(totals.failedOver - totals.steady).to.be.closeTo(change, 0.011);
      for (const [item, quantity, oregon, dublin] of moved) {
        const rounded = (value: number): number => Number(value.toFixed(6));
        const of = (region: string): readonly number[] => {
          const own = lines.filter((line) => line.item === item && line.region === region);
          const total = (state: (line: Line) => number): number =>
            rounded(own.reduce((sum, line) => sum + state(line), 0));
          return [
            total((line) => line.quantity),
            total((line) => line.failedOver.quantity),
            own[0]?.unitPrice ?? NaN,
          ];
        };
        const steady = quantity * atDublin;
        expect(of("us-west-2"), item).to.deep.equal([rounded(quantity - steady), 0, oregon]);
        expect(of("eu-west-1"), item).to.deep.equal([rounded(steady), quantity, dublin]);
      }
    });

    it("adds 4 of 730 hours in Dublin for game days, and no action-minutes without experiments", async () => {
      const { totals } = await report(stack);
      const share = 4 / 730;
      const expected = totals.steady + (totals.failedOver - totals.steady) * share;
      // In prod the maintenance page gets 20,000 more requests: 0.07 USD, free except for the
      // function.
      expect(totals.gameDays).to.be.closeTo(expected, 0.011);
    });

    it("has a source with its date and a region on every line, and a source on every free type", async () => {
      const { lines, free } = await report(stack);
      const odd = lines.filter(
        ({ source, date, region }) =>
          source === "" || !/^20\d\d-\d\d-\d\d$/.test(date) || region === "",
      );
      expect(odd).to.deep.equal([]);
      expect(free.filter(({ source, why }) => source === "" || why === "")).to.deep.equal([]);
    });

    it("has the same sum by tier and by region", async () => {
      const { totals, byTier, byRegion } = await report(stack);
      for (const parts of [byTier, byRegion]) {
        for (const state of ["steady", "failedOver", "gameDays"] as const) {
          const sum = parts.reduce((all, part) => all + part[state], 0);
          expect(sum).to.be.closeTo(totals[state], 0.06);
        }
      }
    });

    it("has no unknowns, and counts every resource as charged or as a listed free type", async () => {
      const { lines, unknown, free } = await report(stack);
      const resources = await resourcesOf(stack);
      expect(unknown).to.deep.equal([]);
      const charged = new Set(lines.map(({ urn }) => urn));
      const own = resources.filter(({ custom }) => custom);
      const freeCount = free.reduce((total, { count }) => total + count, 0);
      expect(own.filter(({ urn }) => charged.has(urn)).length + freeCount).to.equal(own.length);
    });

    it("is the same from an export as from the evaluation", async () => {
      const exported = fromExport(
        exportOf({
          ...(await evaluated(stack, false, inProdsPlaces(stack))),
          resources: await resourcesOf(stack),
        }),
        "export.json",
      );
      const [one, other] = [billOf(stack, exported), await report(stack)];
      expect(one.lines).to.deep.equal(other.lines);
      expect(one.totals).to.deep.equal(other.totals);
      expect(one.unknown).to.deep.equal(other.unknown);
      expect(one.ttlCurve.points).to.deep.equal(other.ttlCurve.points);
    });
  });
}

describe("assumptions about the use of a stack", () => {
  const totalOf = async (...given: readonly string[]): Promise<number> =>
    (await report("dev", ...given)).totals.steady;

  it("change the figures as calculated", async () => {
    const before = await totalOf();
    // 300 GB out instead of 200, of which 100 are free either way.
    expect((await totalOf("dataOutGb=300")) - before).to.be.closeTo(100 * 0.09, 0.011);
    // Twice as many resolvers send twice as many queries.
    expect((await totalOf("resolvers=2000")) - before).to.be.closeTo(27.375 * 0.4, 0.011);
    // One rotation of each key that rotates automatically, as every symmetric key here does.
    expect((await totalOf("keyRotations=1")) - before).to.be.closeTo(11, 0.011);
    // A month of 700 hours: machines, addresses, databases and caches run 30 hours less.
    const perHour = 2 * (0.0084 + 0.0092) + 4 * 0.005 + 2 * (0.016 + 0.017);
    const queries = 27.375 * 0.4;
    // By 16 checkers each 10 s.
    const gateReads = ((16 * 730 * 3600) / 10 / 1000) * 0.0004;
    expect(before - (await totalOf("hours=700"))).to.be.closeTo(
      30 * perHour + queries * (30 / 730) + gateReads * (30 / 730),
      0.011,
    );
  });

  it("leave out the account's allowances if another stack uses them", async () => {
    const { lines, totals } = await report("dev", "allowances=0");
    expect(lines.filter(({ tier }) => tier === "allowances")).to.deep.equal([]);
    const free = dev.filter(([item]) => item.startsWith("allowance: "));
    const worth = free.reduce((sum, [, , count, each, usd]) => sum - count * each * usd, 0);
    expect(totals.steady - (await totalOf())).to.be.closeTo(worth, 0.011);
    expect((await totalOf("allowances=0.5")) - (await totalOf())).to.be.greaterThan(0);
  });
});
