/** The form of a local time: the wall clock of some time zone, to the minute. */
const minuteForm = { year: "numeric", month: "2-digit", day: "2-digit" } as const;
const hourForm = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;

const dayMs = 24 * 60 * 60 * 1000;

/** What the clocks of a time zone show at an instant, such as `2026-11-23T09:30`. */
export function wallClock(at: Date, timeZone: string): string {
  const format = new Intl.DateTimeFormat("en-US", { timeZone, ...minuteForm, ...hourForm });
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const of = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? "";
  return `${of("year")}-${of("month")}-${of("day")}T${of("hour")}:${of("minute")}`;
}

/**
 * The first and the last instant that a local time may mean. They differ in the hour that clocks show
 * twice; for a time that they skip, they are what it would be by the clocks before and after.
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

/** How much the clocks of a time zone are ahead of UTC at an instant. */
function offsetMs(at: Date, timeZone: string): number {
  const wholeMinuteMs = Math.floor(at.getTime() / 60_000) * 60_000;
  return Date.parse(`${wallClock(at, timeZone)}Z`) - wholeMinuteMs;
}
