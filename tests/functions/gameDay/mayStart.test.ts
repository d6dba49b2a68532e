import { expect } from "chai";
import { mayStart } from "../../../functions/gameDay/mayStart";
import type {
  BlockedPeriod,
  Schedule,
  GameDayObservation,
  GameDayAlarm,
} from "../../../functions/gameDay/mayStart";

const losAngeles = "America/Los_Angeles";
/** Ten o'clock in Los Angeles, in summer and in winter. */
const [summer, winter] = ["2026-07-07T17:00:00Z", "2026-12-01T18:00:00Z"] as const;

const schedule = (scheduledAt: string, more: Partial<Schedule> = {}): Schedule => ({
  scheduledAt: new Date(scheduledAt),
  cron: "cron(0 10 ? * TUE#1 *)",
  timeZone: losAngeles,
  durationMinutes: 30,
  ...more,
});

const alarm = (state: GameDayAlarm["state"], stops: boolean, name = "customers"): GameDayAlarm => ({
  name,
  region: "us-west-2",
  state,
  stops,
});
const calm: GameDayObservation = { alarms: [alarm("OK", true)], running: [] };

const minutesAfter = (start: string, minutes: number): Date =>
  new Date(Date.parse(start) + minutes * 60_000);

const reasonsOf = (
  now: Date,
  plan: Schedule,
  windows: readonly BlockedPeriod[] = [],
  seen: GameDayObservation = calm,
): readonly string[] => {
  const { start, reasons } = mayStart(now, plan, windows, seen);
  expect(start).to.equal(reasons.length === 0);
  return reasons;
};

describe("mayStart", () => {
  it("starts at the scheduled time when nothing forbids it", () => {
    expect(mayStart(new Date(summer), schedule(summer), [], calm)).to.deep.equal({
      start: true,
      reasons: [],
    });
  });

  it("decides the same for every delivery of one event, up to five minutes late", () => {
    for (const late of [0, 0.5, 4.9, 5]) {
      expect(reasonsOf(minutesAfter(summer, late), schedule(summer)), `${late}`).to.deep.equal([]);
    }
    expect(reasonsOf(minutesAfter(summer, 7.5), schedule(summer))).to.deep.equal([
      "it is 7 minutes late; at most 5 are allowed",
    ]);
  });

  it("refuses an event from the future, except within the tolerance of clocks", () => {
    expect(reasonsOf(minutesAfter(summer, -1), schedule(summer))).to.deep.equal([]);
    expect(reasonsOf(minutesAfter(summer, -2), schedule(summer))).to.deep.equal([
      "it is 2 minutes early",
    ]);
  });

  it("uses its time zone, in summer and in winter", () => {
    expect(reasonsOf(new Date(winter), schedule(winter))).to.deep.equal([]);
    // A schedule without the zone's daylight saving time is an hour off.
    const off = "2026-12-01T17:00:00Z";
    expect(reasonsOf(new Date(off), schedule(off))).to.deep.equal([
      "2026-12-01T09:00 in America/Los_Angeles is not the time of cron(0 10 ? * TUE#1 *)",
    ]);
  });

  it("refuses an event without a cron expression", () => {
    expect(reasonsOf(new Date(summer), schedule(summer, { cron: "rate(1 hour)" }))).to.deep.equal([
      "2026-07-07T10:00 in America/Los_Angeles is not the time of rate(1 hour)",
    ]);
  });
});

describe("mayStart with blocked windows", () => {
  const window = (from: string, to: string): BlockedPeriod => ({ from, to, why: "The sale" });
  const blocked = (from: string, to: string): string =>
    `${from} to ${to} in ${losAngeles} is blocked: The sale`;
  const starting = (start: string, windows: readonly BlockedPeriod[]): readonly string[] =>
    reasonsOf(new Date(start), schedule(start), windows);

  it("refuses a start within one, with the reason", () => {
    expect(starting(summer, [window("2026-07-01T00:00", "2026-07-08T00:00")])).to.deep.equal([
      blocked("2026-07-01T00:00", "2026-07-08T00:00"),
    ]);
  });

  it("refuses an experiment that would overlap with one, including its settling", () => {
    // 30 minutes of experiment and 20 of settling: until 10:50.
    expect(starting(summer, [window("2026-07-07T10:50", "2026-07-08T00:00")])).to.deep.equal([]);
    expect(starting(summer, [window("2026-07-07T10:49", "2026-07-08T00:00")])).to.deep.equal([
      blocked("2026-07-07T10:49", "2026-07-08T00:00"),
    ]);
  });

  it("starts at the very end of one", () => {
    expect(starting(summer, [window("2026-07-01T00:00", "2026-07-07T10:00")])).to.deep.equal([]);
    expect(starting(summer, [window("2026-07-01T00:00", "2026-07-07T10:01")])).to.have.length(1);
  });

  it("blocks both occurrences of a repeated hour", () => {
    const [first, second] = ["2026-11-01T08:45:00Z", "2026-11-01T09:45:00Z"] as const;
    const windows = [window("2026-10-31T00:00", "2026-11-01T01:50")];
    const at = { cron: "cron(45 1 ? * SUN *)", durationMinutes: 10 };
    for (const start of [first, second]) {
      expect(reasonsOf(new Date(start), schedule(start, at), windows), start).to.have.length(1);
    }
    const after = "2026-11-01T09:50:00Z";
    const fifty = { ...at, cron: "cron(50 1 ? * SUN *)" };
    expect(reasonsOf(new Date(after), schedule(after, fifty), windows)).to.deep.equal([]);
  });

  it("blocks from the earliest instant that a skipped time can mean", () => {
    // 02:30 does not exist on that day; by summer time it is 01:30 of winter time.
    const windows = [window("2026-03-08T02:30", "2026-03-08T12:00")];
    const start = "2026-03-08T09:00:00Z";
    const at = { cron: "cron(0 1 ? * SUN *)", durationMinutes: 11 };
    expect(reasonsOf(new Date(start), schedule(start, at), windows)).to.have.length(1);
    expect(
      reasonsOf(new Date(start), schedule(start, { ...at, durationMinutes: 10 }), windows),
    ).to.deep.equal([]);
  });
});

describe("mayStart with alarms", () => {
  const seeing = (...alarms: readonly GameDayAlarm[]): readonly string[] =>
    reasonsOf(new Date(summer), schedule(summer), [], { alarms, running: [] });

  it("requires stop alarms to exist and to be off", () => {
    for (const state of ["ALARM", "INSUFFICIENT_DATA", "ABSENT"] as const) {
      expect(seeing(alarm(state, true)), state).to.deep.equal([
        `alarm customers of us-west-2 is ${state}`,
      ]);
    }
  });

  it("requires the others only not to be on", () => {
    const stop = alarm("OK", true);
    expect(seeing(stop, alarm("ALARM", false, "cpu"))).to.deep.equal([
      "alarm cpu of us-west-2 is ALARM",
    ]);
    for (const state of ["OK", "INSUFFICIENT_DATA", "ABSENT"] as const) {
      expect(seeing(stop, alarm(state, false)), state).to.deep.equal([]);
    }
  });

  it("starts nothing without a stop alarm", () => {
    expect(seeing(alarm("OK", false))).to.deep.equal(["no alarm would stop it"]);
    expect(seeing()).to.deep.equal(["no alarm would stop it"]);
  });

  it("starts nothing during another experiment, and returns all reasons at once", () => {
    const seen = { alarms: [alarm("ALARM", true)], running: ["EXP1", "EXP2"] };
    expect(reasonsOf(minutesAfter(summer, 9), schedule(summer), [], seen)).to.deep.equal([
      "it is 9 minutes late; at most 5 are allowed",
      "alarm customers of us-west-2 is ALARM",
      "experiment EXP1 is running in this region",
      "experiment EXP2 is running in this region",
    ]);
  });
});
