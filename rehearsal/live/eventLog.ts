import { round, withThousands } from "../report/figures";
import { failureModeText } from "../story/wording";
import type { DrillEvent, DrillSubject } from "./drillRun";
import type { DrillState, EventOf } from "./drillState";
import { faultLabelOf } from "./drillState";
import { listText, placesText } from "./drillWords";

/** An event in the log. */
export interface LogEntry {
  readonly atSeconds: number;
  /** What kind of event it is, in a word. */
  readonly word: string;
  readonly text: string;
  readonly tone: "good" | "bad" | "soft";
  /** Whether a screen reader announces it. */
  readonly isImportant: boolean;
}

/** The words of a drill's events, one after the other. */
export class EventLog {
  private readonly known = new Map<string, boolean>();

  constructor(private readonly drill: DrillSubject) {}

  /** What the next event says; undefined if that is nothing new. */
  of(event: DrillEvent): LogEntry | undefined {
    if (event.kind === "check") {
      const before = this.known.get(event.check);
      this.known.set(event.check, event.isHealthy);
      // The first report of a healthy check is no news.
      if (before === event.isHealthy || (before === undefined && event.isHealthy)) return undefined;
    }
    const text = textOf(this.drill, event);
    return text && { atSeconds: event.atSeconds, ...text };
  }
}

/** The events of a log, oldest first; without the reports of customers, which have counters of their own. */
export function logOf({
  drill,
  events,
}: Pick<DrillState, "drill" | "events">): readonly LogEntry[] {
  const log = new EventLog(drill);
  return events.flatMap((event) => (event.kind === "customers" ? [] : (log.of(event) ?? [])));
}

/** The event as a line of a terminal: `00:39.4  Fault     us-west-2a broken: does not answer`. */
export function lineOf({ atSeconds, word, text }: LogEntry): string {
  return `${timeText(atSeconds)}  ${word.padEnd(wordWidth)}  ${text}`;
}

/** The longest is `Measured`. */
const wordWidth = 8;

/** What an event says in the log, without its time. */
type LogText = Omit<LogEntry, "atSeconds">;

function textOf(drill: DrillSubject, event: DrillEvent): LogText | undefined {
  switch (event.kind) {
    case "fault":
      return faultText(drill, event);
    case "check":
      return checkText(drill, event);
    case "answer": {
      const isNone = event.answers.length === 0;
      const places = placesText(drill, event.answers);
      const how = event.lastResort ? ", as a last resort" : "";
      const text = isNone
        ? "the name servers have no answer"
        : `the name servers answer ${places}${how}`;
      return { word: "Answer", text, tone: isNone ? "bad" : "soft", isImportant: true };
    }
    case "alert":
      // Its text is long, and in the list of alerts.
      return { word: "Alert", text: event.subject, tone: "bad", isImportant: true };
    case "gate":
      // It begins with the phase in words.
      return { word: "Gate", text: event.text, tone: "soft", isImportant: true };
    case "measured":
      return measuredText(drill, event);
    case "note":
      return { word: "Note", text: event.text, tone: "soft", isImportant: false };
    case "end": {
      const { isGood, reasons } = event;
      const text = [isGood ? "the drill ended well" : "the drill ended badly", ...reasons].join(
        "; ",
      );
      return { word: "End", text, tone: isGood ? "good" : "bad", isImportant: true };
    }
    case "customers":
      return customersText(event);
  }
}

function faultText(drill: DrillSubject, { action, names, death }: EventOf<"fault">): LogText {
  const labels = names.map((name) => faultLabelOf(drill, name));
  const what = listText(labels);
  const how = death === undefined ? "" : `: ${failureModeText(death)}`;
  return action === "fail"
    ? { word: "Fault", text: `${what} broken${how}`, tone: "bad", isImportant: true }
    : { word: "Return", text: `${what} brought back`, tone: "good", isImportant: true };
}

function checkText(drill: DrillSubject, event: EventOf<"check">): LogText {
  const { check, isHealthy, checkers } = event;
  const label = drill.checks.find(({ id }) => id === check)?.label ?? check;
  const seen = checkers ? `; ${checkers.healthy} of ${checkers.all} checkers healthy` : "";
  const text = `${label} is ${isHealthy ? "healthy" : "unhealthy"}${seen}`;
  return { word: "Check", text, tone: isHealthy ? "good" : "bad", isImportant: false };
}

function measuredText(drill: DrillSubject, event: EventOf<"measured">): LogText {
  const { detectionSeconds, downtimeSeconds, isWithinBound, outside = [], fault } = event;
  const times = `detected in ${lastingText(detectionSeconds)}, downtime ${lastingText(downtimeSeconds)}`;
  const [verdict, tone] =
    isWithinBound === undefined
      ? (["", "soft"] as const)
      : outside.length === 0
        ? ([", as predicted", "good"] as const)
        : ([`, not as predicted: ${outside.join("; ")}`, "bad"] as const);
  const text = `${faultLabelOf(drill, fault)}: ${times}${verdict}`;
  return { word: "Measured", text, tone, isImportant: true };
}

/** A measured duration; "not seen" where it was not seen to end. */
function lastingText(seconds: number | null): string {
  return seconds === null ? "(not seen)" : `${round(seconds)} s`;
}

function customersText({ served, failed, stale, page }: EventOf<"customers">): LogText | undefined {
  if (failed === 0) return undefined;
  const parts = [
    ...(stale > 0 ? [`${stale} at an old answer`] : []),
    ...(page > 0 ? [`${page} at the static page`] : []),
  ];
  const how = parts.length > 0 ? ` (${parts.join(", ")})` : "";
  const text = `${withThousands(served)} served, ${withThousands(failed)} failed${how}`;
  return { word: "Orders", text, tone: "bad", isImportant: false };
}

/** Drill time: `12:05.3`. */
function timeText(atSeconds: number): string {
  const tenths = Math.floor(atSeconds * 10);
  const [minutes, rest] = [Math.floor(tenths / 600), tenths % 600];
  const padded = (value: number): string => String(value).padStart(2, "0");
  return `${padded(minutes)}:${padded(Math.floor(rest / 10))}.${rest % 10}`;
}
