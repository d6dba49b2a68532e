import { expect } from "chai";
import { runsOfSchedule } from "../../../rehearsal/cost/charges/schedule";

describe("how often a schedule runs in a month of 730 hours", () => {
  const rows: readonly (readonly [string, number | undefined])[] = [
    ["rate(1 minute)", 43_800],
    ["rate(5 minutes)", 8760],
    ["rate(2 hours)", 365],
    ["rate(1 day)", 30.417],
    ["at(2026-01-01T00:00:00)", 0],
    ["cron(0 8 * * ? *)", 30.417],
    ["cron(0/15 * * * ? *)", 2920],
    ["cron(0 9-17 ? * MON-FRI *)", 195.536],
    ["cron(0 8 1 * ? *)", 1.0005],
    ["cron(0 8 ? 1,7 TUE *)", 0.724],
    ["cron(0 8 ? * 3#1 *)", 0.999],
    ["rate(0 minutes)", undefined],
    ["rate(5 fortnights)", undefined],
    ["cron(0 8)", undefined],
    ["cron(x-y 8 * * ? *)", undefined],
    ["weekly", undefined],
  ];
  for (const [expression, expected] of rows) {
    it(`is ${expected ?? "unknown"} for ${expression}`, () => {
      const runs = runsOfSchedule(expression, 730);
      if (expected === undefined || runs === undefined) expect(runs).to.equal(expected);
      else expect(runs).to.be.closeTo(expected, 0.001);
    });
  }
});
