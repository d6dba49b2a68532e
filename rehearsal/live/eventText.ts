import { lasting, round, seconds, withThousands } from "../report/figures";
import type { DrillEvent, DrillPrediction, DrillSubject, PredictedSeconds } from "./drillRun";

/** The events of a drill in lines, for a terminal: those that tell something new. */
export class EventLines {
  private readonly statuses = new Map<string, boolean>();

  constructor(private readonly subject: DrillSubject) {}

  /** The line of the next event; undefined if it tells nothing new. */
  of(event: DrillEvent): string | undefined {
    if (event.kind === "check") {
      const before = this.statuses.get(event.check) ?? true;
      this.statuses.set(event.check, event.isHealthy);
      if (before === event.isHealthy) return undefined;
    }
    const text = eventText(this.subject, event);
    return text === undefined ? undefined : `${timeText(event.atSeconds)}  ${text}`;
  }
}

/** Drill time: `12:05.3`. */
export function timeText(atSeconds: number): string {
  const tenths = Math.floor(atSeconds * 10);
  const [minutes, rest] = [Math.floor(tenths / 600), tenths % 600];
  const padded = (value: number): string => String(value).padStart(2, "0");
  return `${padded(minutes)}:${padded(Math.floor(rest / 10))}.${rest % 10}`;
}

function eventText(subject: DrillSubject, event: DrillEvent): string | undefined {
  switch (event.kind) {
    case "fault": {
      const names = event.names.join(" and ");
      return event.action === "fail" ? `${names} fails (${event.death ?? ""})` : `${names} returns`;
    }
    case "check": {
      const label = subject.checks.find(({ id }) => id === event.check)?.label ?? event.check;
      const { checkers } = event;
      const count = checkers ? `, ${checkers.healthy} of ${checkers.all} checkers healthy` : "";
      return `${label}: ${event.isHealthy ? "healthy" : "unhealthy"}${count}`;
    }
    case "answer": {
      const words = event.answers.map(({ value, endpoint, share }) => {
        const label = subject.endpoints.find(({ id }) => id === endpoint)?.label ?? value;
        return share > 0.999 ? label : `${label} ${Math.round(share * 100)} %`;
      });
      const why = event.lastResort ? " (no member is healthy)" : "";
      return `name servers answer ${words.join(", ") || "nothing"}${why}`;
    }
    case "alert":
      return `alert: ${event.subject}`;
    case "gate":
      return `gate: ${event.text}`;
    case "customers": {
      if (event.failed === 0) return undefined;
      const parts = [
        ...(event.stale > 0 ? [`${event.stale} at an old answer`] : []),
        ...(event.page > 0 ? [`${event.page} at the static page`] : []),
      ];
      const how = parts.length > 0 ? ` (${parts.join(", ")})` : "";
      return `orders: ${withThousands(event.served)} served, ${withThousands(event.failed)} failed${how}`;
    }
    case "measured": {
      const outside = event.outside ?? [];
      const verdict =
        event.isWithinBound === undefined
          ? ""
          : outside.length === 0
            ? ": as predicted"
            : `: not as predicted: ${outside.join("; ")}`;
      return `${event.fault}: noticed in ${lasting(rounded(event.detectionSeconds))}, orders failed for ${lasting(rounded(event.downtimeSeconds))}${verdict}`;
    }
    case "note":
      return event.text;
    case "end":
      return event.isGood ? "the end" : `the end: ${event.reasons.join("; ")}`;
  }
}

function rounded(value: number | null): number | null {
  return value === null ? null : Number(round(value));
}

/** What was predicted of a fault and the way it dies. */
export function predictionOf(
  { predictions }: DrillSubject,
  fault: string,
  death: string | undefined,
): DrillPrediction | undefined {
  return predictions.find((one) => one.fault === fault && one.death === death);
}

/** The range of simulated runs: `17.1–28 s`. */
export function rangeText(predicted: PredictedSeconds | undefined): string {
  const range = predicted?.simulated;
  return range ? `${round(range.low)}–${seconds(range.high)}` : "–";
}
