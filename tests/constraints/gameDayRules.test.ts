import { expect } from "chai";
import * as rules from "../../constraints/gameDayRules";
import type { Constraint } from "../../constraints/rules";

/** Values that each rule accepts and refuses, on both sides of each boundary. */
const table: readonly [string, Constraint, readonly unknown[], readonly unknown[]][] = [
  ["experimentMinutes", rules.experimentMinutes, [10, 30, 120], [9, 121, 10.5, "30", undefined]],
  [
    "timeZone",
    rules.timeZone,
    ["UTC", "America/Los_Angeles", "Europe/Dublin", "America/Argentina/Buenos_Aires"],
    ["", "PST", "+02:00", "America/Los Angeles", "Europe/Atlantis", "utc", 1, undefined],
  ],
  [
    "localTime",
    rules.localTime,
    ["2026-11-23T00:00", "2028-02-29T23:59"],
    [
      "2026-11-23",
      "2026-11-23T00:00Z",
      "2026-11-23T00:00:00",
      "2026-11-23 00:00",
      "2026-11-31T00:00",
      "2026-02-29T00:00",
      "2026-13-01T00:00",
      "2026-11-23T24:00",
      "2026-11-23T12:60",
      20261123,
      undefined,
    ],
  ],
  ["laterThan", rules.laterThan("2026-11-23T00:00"), ["2026-11-23T00:01"], ["2026-11-23T00:00", 1]],
  ["reason", rules.reason, ["a", "a".repeat(200)], ["", "  ", "a".repeat(201), undefined]],
  [
    "experimentKey",
    rules.experimentKey,
    ["a", "us-west-2a", "full-load", "a".repeat(40)],
    ["", "-a", "a-", "US", "a_b", "a".repeat(41), 1],
  ],
  ["stopAlarms", rules.stopAlarms, [1, 5], [0, 6]],
  [
    "cron",
    rules.cron,
    [
      "cron(0 10 ? * TUE#1 *)",
      "cron(30 9 1 * ? *)",
      "cron(0 10 ? JAN,APR,7,10 3#2 *)",
      "cron(59 23 L * ? 2026-2030)",
      "cron(0 0 15W 1/3 ? *)",
      "cron(0 10 LW * ? *)",
      "cron(0 10 ? * 6L *)",
      "cron(0 10 ? * MON-FRI *)",
      "cron(0 10 1,15 * ? *)",
    ],
    [
      "",
      "0 10 ? * TUE *",
      "rate(7 days)",
      "at(2026-11-23T10:00)",
      "cron(0 10 * * TUE)",
      // More often than once a day.
      "cron(* 10 ? * TUE *)",
      "cron(0,30 10 ? * TUE *)",
      "cron(0 10-12 ? * TUE *)",
      "cron(0 */2 ? * TUE *)",
      // A minute, hour, day, month, weekday or year that does not exist.
      "cron(60 10 ? * TUE *)",
      "cron(0 24 ? * TUE *)",
      "cron(0 10 32 * ? *)",
      "cron(0 10 ? 13 TUE *)",
      "cron(0 10 ? * TUE#6 *)",
      "cron(0 10 ? * 8 *)",
      "cron(0 10 ? * TUESDAY *)",
      "cron(0 10 ? * TUE 1969)",
      // Exactly one of the days must be a question mark.
      "cron(0 10 * * * *)",
      "cron(0 10 ? * ? *)",
      "cron(0 10 1 * TUE *)",
      "cron(0 10 ?  TUE *)",
      "cron(0 10 ? * TUE/0 *)",
      `cron(0 10 ? * ${"TUE,".repeat(70)}TUE *)`,
      undefined,
    ],
  ],
];

describe("the rules of game days", () => {
  for (const [name, rule, right, wrong] of table) {
    it(`accept and refuse: ${name}`, () => {
      expect(right.filter((value) => !rule.holds(value))).to.deep.equal([]);
      expect(wrong.filter((value) => rule.holds(value))).to.deep.equal([]);
    });
  }

  it("stop an experiment one minute after a failover within its objective would end", () => {
    // An outage of 60 s from 0:59.9 on affects minutes 0 and 1, and 2 with the order in flight.
    expect([0, 49, 50, 60, 110, 170, 300].map(rules.stopMinutes)).to.deep.equal([
      2, 2, 3, 3, 4, 5, 7,
    ]);
  });
});
