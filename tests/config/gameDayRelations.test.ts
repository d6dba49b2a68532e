import { expect } from "chai";
import { parseSettings } from "../../config";
import { faultsOf, withValues } from "./configSamples";
import type { Raw } from "./configSamples";

const schedule = { experiment: "us-west-2a", cron: "cron(0 10 ? * TUE#1 *)" };
const window = { from: "2026-11-23T00:00", to: "2026-12-01T00:00", why: "Thanksgiving" };
const endpoints = Object.fromEntries(
  ["us-west-2a", "us-west-2b", "eu-west-1a", "eu-west-1b"].map((zone, index) => [
    zone,
    { ipv4: `203.0.113.${index + 1}` },
  ]),
);

describe("the configuration of game days", () => {
  it("has none by default, and half an hour in UTC for those started by hand", () => {
    const off = {
      enabled: false,
      durationMinutes: 30,
      timeZone: "UTC",
      schedules: [],
      blockedWindows: [],
    };
    expect(parseSettings(withValues({})).gameDay).to.deep.equal(off);
    expect(parseSettings(withValues({ "gameDay.enabled": true })).gameDay).to.deep.equal({
      ...off,
      enabled: true,
    });
  });

  const right: readonly [title: string, values: Raw][] = [
    [
      "a schedule for each experiment",
      {
        "gameDay.schedules": ["us-west-2a", "us-west-2b", "us-west-2", "full-load"].map(
          (experiment) => ({ ...schedule, experiment: experiment }),
        ),
      },
    ],
    ["windows that overlap", { "gameDay.blockedWindows": [window, window] }],
    [
      "visitor networks, with an experiment of a zone",
      { visitorNetworks: ["203.0.113.0/24"], "gameDay.schedules": [schedule] },
    ],
    // An alarm stops the experiment after eight minutes, so there is still time to save.
    ["an experiment that would end soon after its stop", { "gameDay.durationMinutes": 10 }],
  ];
  for (const [title, values] of right) {
    it(`accepts ${title}`, () => {
      expect(faultsOf({ "gameDay.enabled": true, ...values })).to.deep.equal([]);
    });
  }

  const cron =
    "must be cron(minute hour day-of-month month day-of-week year) with one minute, one hour and one of the days as ?";
  const example = "for example cron(0 10 ? * TUE#1 *), the first Tuesday of a month at ten";
  const wrong: readonly [title: string, values: Raw, ...lines: string[]][] = [
    [
      "a Unix cron expression",
      { "gameDay.schedules": [{ ...schedule, cron: "0 10 * * 2" }] },
      `gameDay.schedules[0].cron: ${cron}, got "0 10 * * 2"; ${example}`,
    ],
    [
      "an experiment each hour",
      { "gameDay.schedules": [{ ...schedule, cron: "cron(0 * ? * TUE *)" }] },
      `gameDay.schedules[0].cron: ${cron}, got "cron(0 * ? * TUE *)"; ${example}`,
    ],
    [
      "an unknown time zone",
      { "gameDay.timeZone": "America/Oregon" },
      'gameDay.timeZone: must be the IANA name of a time zone, got "America/Oregon"; for example America/Los_Angeles, or UTC',
    ],
    [
      "a window that ends before it starts",
      { "gameDay.blockedWindows": [{ ...window, to: "2026-11-22T23:59" }] },
      'gameDay.blockedWindows[0].to: must be later than from 2026-11-23T00:00, got "2026-11-22T23:59"; set the end of the window after its start',
    ],
    [
      "a window on a day that does not exist",
      { "gameDay.blockedWindows": [{ ...window, to: "2026-11-31T00:00" }] },
      'gameDay.blockedWindows[0].to: must be a local time to the minute, got "2026-11-31T00:00"; for example 2026-11-23T00:00; the time zone is timeZone',
    ],
    [
      "a window without a reason",
      { "gameDay.blockedWindows": [{ from: window.from, to: window.to }] },
      "gameDay.blockedWindows[0].why: must be a reason of 1 to 200 characters, got nothing; give the reason, such as the annual sale",
    ],
    [
      "an experiment that is too short",
      { "gameDay.durationMinutes": 9 },
      "gameDay.durationMinutes: must be a whole number of minutes from 10 to 120, got 9; write the bare number, such as 30",
    ],
    [
      "an experiment that is too long",
      { "gameDay.durationMinutes": 121 },
      "gameDay.durationMinutes: must be a whole number of minutes from 10 to 120, got 121; write the bare number, such as 30",
    ],
    [
      "an experiment of another region's zone",
      { "gameDay.schedules": [{ ...schedule, experiment: "eu-west-1a" }] },
      'gameDay.schedules[0].experiment: must be one of us-west-2a, us-west-2b, us-west-2, full-load, got "eu-west-1a"; name a zone of the primary region, the region, or full-load',
    ],
    [
      "two schedules for one experiment",
      { "gameDay.schedules": [schedule, schedule] },
      'gameDay.schedules[1].experiment: must be different from gameDay.schedules[0].experiment, got "us-west-2a"; an experiment has only one schedule',
    ],
    [
      "schedules that no alarm could stop",
      {
        visitorNetworks: ["203.0.113.0/24"],
        "gameDay.schedules": [
          { ...schedule, experiment: "full-load" },
          { ...schedule, experiment: "us-west-2" },
        ],
      },
      ...["full-load", "us-west-2"].map(
        (experiment, index) =>
          `gameDay.schedules[${index}].experiment: must be an experiment that an alarm can stop, with visitorNetworks us-west-2a or us-west-2b, got "${experiment}"; synthetic orders are not admitted; omit visitorNetworks or this experiment`,
      ),
    ],
    [
      "an objective so long that its alarm goes on after the experiment",
      { "gameDay.durationMinutes": 17, "objectives.databaseDowntimeSeconds": 900 },
      "gameDay.durationMinutes: must be more than 17, for objectives.databaseDowntimeSeconds 900, got 17; the experiment would end before an alarm could stop it; make it longer",
    ],
    [
      "an objective that no experiment should cost",
      { "objectives.databaseDowntimeSeconds": 3600 },
      "gameDay.enabled: must be false with objectives.databaseDowntimeSeconds 3600, got true; an experiment must not cost as much as that objective permits; lower the objective first",
    ],
    [
      "external endpoints",
      { compute: { kind: "addresses", endpoints } },
      "gameDay.enabled: must be false with compute.kind addresses, got true; this stack has no machines to break",
    ],
    [
      "schedules that are not a list",
      { "gameDay.schedules": schedule },
      `gameDay.schedules: must be a list of experiments, got ${JSON.stringify(schedule)}; write experiment and cron for each`,
    ],
  ];
  for (const [title, values, ...lines] of wrong) {
    it(`refuses ${title}`, () => {
      expect(faultsOf({ "gameDay.enabled": true, ...values })).to.deep.equal(lines);
    });
  }

  it("reports all faults at once", () => {
    const faults = faultsOf({
      gameDay: {
        enabled: true,
        durationMinutes: 5,
        timeZone: "PST",
        schedules: [
          { experiment: "eu-west-1a", cron: "rate(1 day)" },
          { experiment: "full-load", cron: schedule.cron },
        ],
        blockedWindows: [{ from: window.to, to: window.from, why: " " }],
      },
      visitorNetworks: ["203.0.113.0/24"],
    });
    expect(faults.map((fault) => fault.split(":")[0]).sort()).to.deep.equal([
      "gameDay.blockedWindows[0].to",
      "gameDay.blockedWindows[0].why",
      "gameDay.durationMinutes",
      "gameDay.schedules[0].cron",
      "gameDay.schedules[0].experiment",
      "gameDay.schedules[1].experiment",
      "gameDay.timeZone",
    ]);
  });

  it("checks schedules and windows even while game days are off", () => {
    const faults = faultsOf({ "gameDay.schedules": [{ ...schedule, cron: "daily" }] });
    expect(faults).to.have.length(1);
  });
});
