/** Hours of the units of `rate(…)`. */
const unitHours: Readonly<Record<string, number>> = {
  minute: 1 / 60,
  minutes: 1 / 60,
  hour: 1,
  hours: 1,
  day: 24,
  days: 24,
};

/** The number of values of a cron field, by its range. */
const fields = { minute: 60, hour: 24 } as const;

/**
 * How often a schedule runs in a month; undefined for an unsupported expression.
 *
 * @param expression in EventBridge Scheduler's syntax: `rate(…)`, `cron(…)` or `at(…)`
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export function runsOfSchedule(expression: string, hours: number): number | undefined {
  const rate = /^rate\((\d+) (\w+)\)$/.exec(expression.trim());
  if (rate) {
    const unit = unitHours[rate[2] ?? ""];
    const count = Number(rate[1]);
    return unit === undefined || count === 0 ? undefined : hours / (count * unit);
  }
  if (/^at\(.*\)$/.test(expression)) return 0;
  const cron = /^cron\((.*)\)$/.exec(expression.trim());
  return cron ? runsOfCron((cron[1] ?? "").split(/\s+/), hours) : undefined;
}

function runsOfCron(parts: readonly string[], hours: number): number | undefined {
  const [minute, hour, day, month, weekday] = parts;
  const perHour = countOf(minute, fields.minute);
  const perDay = countOf(hour, fields.hour);
  const share = daysShare(day, month, weekday);
  if (perHour === undefined || perDay === undefined || share === undefined) return undefined;
  return (hours / 24) * share * perDay * perHour;
}

/** The share of all days on which a schedule runs. */
function daysShare(
  day: string | undefined,
  month: string | undefined,
  weekday: string | undefined,
): number | undefined {
  const months = countOf(month, 12);
  const weekdays =
    weekday === "?" ? 7 : weekday?.includes("#") ? 7 / 4.35 / 7 : countOf(weekday, 7);
  const days = day === "?" ? 30.4 : countOf(day, 30.4);
  if (months === undefined || weekdays === undefined || days === undefined) return undefined;
  return (months / 12) * (weekdays / 7) * (days / 30.4);
}

/** The number of values of a range that a field selects. */
function countOf(field: string | undefined, range: number): number | undefined {
  if (field === undefined) return undefined;
  if (field === "*") return range;
  const step = /^(?:\*|0|1)\/(\d+)$/.exec(field);
  if (step) return range / Number(step[1]);
  const parts = field.split(",").map((part) => {
    const span = /^(\d+)-(\d+)$/.exec(part);
    if (span) return Number(span[2]) - Number(span[1]) + 1;
    return /^[A-Z]{3}-[A-Z]{3}$/i.test(part) ? spanOfDays(part) : /^\w+$/.test(part) ? 1 : NaN;
  });
  const total = parts.reduce((sum, part) => sum + part, 0);
  return Number.isNaN(total) ? undefined : total;
}

const dayNames = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

function spanOfDays(span: string): number {
  const [from, to] = span
    .toUpperCase()
    .split("-")
    .map((name) => dayNames.indexOf(name));
  return from === undefined || to === undefined || from < 0 || to < from ? NaN : to - from + 1;
}
