/** The format of a local time: the wall clock of a time zone, to the minute. */
const minuteForm = { year: "numeric", month: "2-digit", day: "2-digit" } as const;
const hourForm = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;

const dayMs = 24 * 60 * 60 * 1000;

/** The local time of a time zone at an instant, such as `2026-11-23T09:30`. */
export function wallClock(at: Date, timeZone: string): string {
  const format = new Intl.DateTimeFormat("en-US", { timeZone, ...minuteForm, ...hourForm });
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const of = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? "";
  return `${of("year")}-${of("month")}-${of("day")}T${of("hour")}:${of("minute")}`;
}

/**
 * The first and the last instant that a local time can mean. They differ in the hour that occurs
 * twice; for a skipped time, they are its values by the offsets before and after.
 */
export function instantsOf(
  local: string,
  timeZone: string,
): { readonly first: Date; readonly last: Date } {
  const asUtcMs = Date.parse(`${local}Z`);
  // The offset changes at most once in the days around it.
  const candidates = [-dayMs, 0, dayMs].map(
    (beside) => asUtcMs - offsetMs(new Date(asUtcMs + beside), timeZone),
  );
  const shown = candidates.filter((ms) => wallClock(new Date(ms), timeZone) === local);
  const meant = shown.length > 0 ? shown : candidates;
  return { first: new Date(Math.min(...meant)), last: new Date(Math.max(...meant)) };
}

/** The UTC offset of a time zone at an instant. */
function offsetMs(at: Date, timeZone: string): number {
  const wholeMinuteMs = Math.floor(at.getTime() / 60_000) * 60_000;
  return Date.parse(`${wallClock(at, timeZone)}Z`) - wholeMinuteMs;
}
