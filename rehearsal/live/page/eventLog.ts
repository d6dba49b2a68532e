import { round } from "../../report/figures";
import { failureModeText } from "../../story/wording";
import type { DrillEvent, DrillSubject } from "../drillRun";
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

/** The events of a log, oldest first; reports of customers and changed counts of checkers are left out. */
export function logOf({
  drill,
  events,
}: Pick<DrillState, "drill" | "events">): readonly LogEntry[] {
  const known = new Map<string, boolean>();
  return events.flatMap((event) => {
    if (event.kind === "check") {
      const before = known.get(event.check);
      known.set(event.check, event.isHealthy);
      // The first report of a healthy check is no news.
      if (before === event.isHealthy || (before === undefined && event.isHealthy)) return [];
    }
    return entryOf(drill, event);
  });
}

/** What an event says in the log, without its time. */
type LogText = Omit<LogEntry, "atSeconds">;

function entryOf(drill: DrillSubject, event: DrillEvent): readonly LogEntry[] {
  const text = textOf(drill, event);
  return text ? [{ atSeconds: event.atSeconds, ...text }] : [];
}

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
    case "gate": {
      const text = `${event.phase}: ${event.text}`;
      return { word: "Gate", text, tone: "soft", isImportant: true };
    }
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
      return undefined;
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
  const { detectionSeconds, downtimeSeconds, isWithinBound, fault } = event;
  const times = `detected in ${lastingText(detectionSeconds)}, downtime ${lastingText(downtimeSeconds)}`;
  const [verdict, tone] =
    isWithinBound === undefined
      ? (["", "soft"] as const)
      : isWithinBound
        ? ([", within the bound", "good"] as const)
        : ([", over the bound", "bad"] as const);
  const text = `${faultLabelOf(drill, fault)}: ${times}${verdict}`;
  return { word: "Measured", text, tone, isImportant: true };
}

/** A measured duration; "not seen" where it was not seen to end. */
function lastingText(seconds: number | null): string {
  return seconds === null ? "(not seen)" : `${round(seconds)} s`;
}
