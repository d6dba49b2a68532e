import { instantsOf, wallClock } from "./localTime";

/** A scheduled experiment. */
export interface Schedule {
  /** Its scheduled time: the same for every delivery of one event. */
  readonly scheduledAt: Date;
  /** Its schedule: `cron(minute hour …)`, with one minute and one hour. */
  readonly cron: string;
  /** The IANA name of the time zone of `cron` and the blocked windows. */
  readonly timeZone: string;
  readonly durationMinutes: number;
}

/** A time in which no experiment may run. */
export interface BlockedPeriod {
  /** Local time of its start, such as `2026-11-23T00:00`. */
  readonly from: string;
  /** Local time of its end. */
  readonly to: string;
  readonly why: string;
}

/** The state right before the start. */
export interface GameDayObservation {
  readonly alarms: readonly GameDayAlarm[];
  /** Ids of running experiments in the region, whoever started them. */
  readonly running: readonly string[];
}

export interface GameDayAlarm {
  readonly name: string;
  readonly region: string;
  /** Its state in CloudWatch; `ABSENT` for one that does not exist. */
  readonly state: "OK" | "ALARM" | "INSUFFICIENT_DATA" | "ABSENT";
  /** Whether it is a stop alarm: then it must be able to go on. */
  readonly stops: boolean;
}

export interface StartDecision {
  readonly start: boolean;
  /** The reasons against it, all at once; none if it may start. */
  readonly reasons: readonly string[];
}

/** A later experiment may run when the operators have left. */
const lateMinutesMax = 5;
/** AWS's clocks agree to the second; an event from the future is a replay or a mistake. */
const earlyMinutesMax = 1;
/**
 * After an experiment DNS fails back and machines boot, which must be over before a blocked window.
 */
const settlingMinutes = 20;

const minuteMs = 60_000;

/**
 * Whether an experiment may start now. Unknowns count against it: skipping an experiment costs
 * nothing.
 */
export function mayStart(
  now: Date,
  schedule: Schedule,
  blockedWindows: readonly BlockedPeriod[],
  seen: GameDayObservation,
): StartDecision {
  const reasons = [
    ...timeReasons(now, schedule),
    ...blockedWindows.flatMap((window) => windowReasons(now, schedule, window)),
    ...alarmReasons(seen.alarms),
    ...seen.running.map((id) => `experiment ${id} is running in this region`),
  ];
  return { start: reasons.length === 0, reasons };
}

function timeReasons(now: Date, { scheduledAt, cron, timeZone }: Schedule): readonly string[] {
  const lateMinutes = (now.getTime() - scheduledAt.getTime()) / minuteMs;
  const local = wallClock(scheduledAt, timeZone);
  return [
    ...(lateMinutes > lateMinutesMax
      ? [`it is ${Math.floor(lateMinutes)} minutes late; at most ${lateMinutesMax} are allowed`]
      : []),
    ...(lateMinutes < -earlyMinutesMax ? [`it is ${Math.ceil(-lateMinutes)} minutes early`] : []),
    ...(local.slice(-5) === timeOf(cron)
      ? []
      : [`${local} in ${timeZone} is not the time of ${cron}`]),
  ];
}

/** The time of day in a cron expression, as local time. */
function timeOf(cron: string): string {
  const [, minute = "", hour = ""] = /^cron\((\d+) (\d+) /.exec(cron) ?? [];
  return `${hour.padStart(2, "0")}:${minute.padStart(2, "0")}`;
}

function windowReasons(
  now: Date,
  { timeZone, durationMinutes }: Schedule,
  { from, to, why }: BlockedPeriod,
): readonly string[] {
  const overMs = now.getTime() + (durationMinutes + settlingMinutes) * minuteMs;
  // If a local time means two instants, the window is the longer one.
  const begins = instantsOf(from, timeZone).first.getTime();
  const ends = instantsOf(to, timeZone).last.getTime();
  return now.getTime() < ends && overMs > begins
    ? [`${from} to ${to} in ${timeZone} is blocked: ${why}`]
    : [];
}

/** Why alarms forbid a start: stop alarms must be OK, and no other may be on. */
export function alarmReasons(alarms: readonly GameDayAlarm[]): readonly string[] {
  const unfit = alarms
    // An alarm that only has to be off may have no data.
    .filter(({ state, stops }) => (stops ? state !== "OK" : state === "ALARM"))
    .map(({ name, region, state }) => `alarm ${name} of ${region} is ${state}`);
  return alarms.some(({ stops }) => stops) ? unfit : ["no alarm would stop it", ...unfit];
}
