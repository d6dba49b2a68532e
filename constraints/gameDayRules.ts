import { isWholeNumber, text, textMatching, wholeNumber } from "./rule";
import type { Constraint } from "./rule";

/** Constraints on single values of a game day. Independent of Pulumi. */

/** Longest expression and longest name of a zone (botocore, scheduler 2021-06-30). */
const expressionCharactersMax = 256;
const timeZoneCharactersMax = 50;

/**
 * Duration of an experiment. FIS permits 1 minute to 12 hours; DynamoDB continues to replicate for
 * up to five minutes after a pause, and in more than two hours a second, real fault becomes likely.
 */
export const experimentMinutes: Constraint = wholeNumber(
  { least: 10, most: 120, unit: "minutes" },
  "write the bare number, such as 30",
);

/** Time zone by its IANA name. */
export const timeZone: Constraint = {
  must: "the IANA name of a time zone",
  remedy: "for example America/Los_Angeles, or UTC",
  holds: isTimeZone,
  jsonSchema: text,
};

/**
 * Recurrence of an experiment in EventBridge Scheduler's syntax: at most once a day.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based
 */
export const cron: Constraint = {
  must: "cron(minute hour day-of-month month day-of-week year) with one minute, one hour and one of the days as ?",
  remedy: "for example cron(0 10 ? * TUE#1 *), the first Tuesday of a month at ten",
  holds: isCron,
  jsonSchema: { ...text, pattern: "^cron\\(.*\\)$" },
};

/** A local time in the game day's time zone. */
export const localTime: Constraint = {
  must: "a local time to the minute",
  remedy: "for example 2026-11-23T00:00; the time zone is timeZone",
  holds: isLocalTime,
  jsonSchema: { ...text, pattern: "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d$" },
};

/** The reason for a blocked window. */
export const reason: Constraint = {
  must: "a reason of 1 to 200 characters",
  remedy: "give the reason, such as the annual sale",
  holds: (value) => typeof value === "string" && /\S/.test(value) && value.length <= 200,
  jsonSchema: { ...text, minLength: 1, maxLength: 200 },
};

/** Key of an experiment. */
export const experimentKey: Constraint = {
  must: "1 to 40 lower-case letters, digits or hyphens",
  remedy: "name what the experiment removes, such as us-west-2a",
  ...textMatching(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, 40),
};

/** The number of alarms that stop an experiment; FIS permits at most 5 (quota L-872EC72B). */
export const stopAlarms: Constraint = {
  must: "1 to 5 alarms",
  remedy: "name alarms on what has to survive: without one, nothing stops the experiment",
  holds: isWholeNumber(1, 5),
};

/** Seconds that a synthetic order waits for its answer: it may begin that long before an outage. */
const orderSeconds = 10;
/** The maximum of `failureMinutes`, the minutes in a row of an alarm on synthetic orders. */
export const stopMinutesMax = 30;

/**
 * Failed minutes in a row that stop an experiment: one more than a failover within its objective
 * can cause. An outage of T seconds, and an order in flight when it begins, affect at most ⌊T/60⌋ +
 * 1 minutes.
 */
export function stopMinutes(promisedSeconds: number): number {
  return Math.floor((promisedSeconds + orderSeconds) / 60) + 2;
}

/** A window ends after it begins. Both are local times of one zone, which sort as text. */
export function laterThan(from: string): Constraint {
  return {
    must: `later than from ${from}`,
    remedy: "set the end of the window after its start",
    holds: (value) => typeof value === "string" && value > from,
  };
}

function isTimeZone(value: unknown): boolean {
  const form = textMatching(/^(UTC|[A-Za-z_]+(\/[A-Za-z0-9_+-]+)+)$/, timeZoneCharactersMax);
  if (typeof value !== "string" || !form.holds(value)) return false;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: value }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

function isLocalTime(value: unknown): boolean {
  if (typeof value !== "string" || !/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(value)) return false;
  const asUtc = new Date(`${value}Z`);
  // A day that the month does not have becomes one of the next month.
  return !Number.isNaN(asUtc.getTime()) && asUtc.toISOString().startsWith(value);
}

const monthNames = [..."JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split(" ")];
const weekdayNames = [..."SUN MON TUE WED THU FRI SAT".split(" ")];

/** A value of a field: its number within bounds, or its name. */
type IsValue = (text: string) => boolean;

function numberFrom(least: number, most: number, names: readonly string[] = []): IsValue {
  return (text) =>
    names.includes(text.toUpperCase()) ||
    (/^\d+$/.test(text) && Number(text) >= least && Number(text) <= most);
}

const minute = numberFrom(0, 59);
const hour = numberFrom(0, 23);
const dayOfMonth = numberFrom(1, 31);
const month = numberFrom(1, 12, monthNames);
const weekday = numberFrom(1, 7, weekdayNames);
const year = numberFrom(1970, 2199);

function isCron(value: unknown): boolean {
  if (typeof value !== "string" || value.length > expressionCharactersMax) return false;
  const fields = /^cron\((.*)\)$/.exec(value)?.[1]?.split(" ") ?? [];
  const [minutes = "", hours = "", days = "", months = "", weekdays = "", years = ""] = fields;
  return (
    fields.length === 6 &&
    minute(minutes) &&
    hour(hours) &&
    isListOf(months, month) &&
    isListOf(years, year) &&
    (days === "?") !== (weekdays === "?") &&
    (days === "?" || isDays(days)) &&
    (weekdays === "?" || isWeekdays(weekdays))
  );
}

/** Also `L`, the last day, and `15W`, the weekday next to the 15th. */
function isDays(field: string): boolean {
  const [, near] = /^(\d+)W$/.exec(field) ?? [];
  return (
    /^LW?$/.test(field) || (near !== undefined && dayOfMonth(near)) || isListOf(field, dayOfMonth)
  );
}

/** Also `L`, `6L`, the last Friday, and `TUE#1`, the first Tuesday. */
function isWeekdays(field: string): boolean {
  const [, nth] = /^(.+)#[1-5]$/.exec(field) ?? [];
  const [, last] = /^(.+)L$/.exec(field) ?? [];
  return (
    field === "L" ||
    (nth !== undefined && weekday(nth)) ||
    (last !== undefined && weekday(last)) ||
    isListOf(field, weekday)
  );
}

/** `*`, or values and ranges separated by commas, each with an optional step. */
function isListOf(field: string, isValue: IsValue): boolean {
  return field.split(",").every((item) => {
    const [range = "", step, ...more] = item.split("/");
    const ends = range.split("-");
    return (
      more.length === 0 &&
      (step === undefined || /^[1-9]\d*$/.test(step)) &&
      (range === "*" || (ends.length <= 2 && ends.every(isValue)))
    );
  });
}
