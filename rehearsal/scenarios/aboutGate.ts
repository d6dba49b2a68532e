import type { ControllerEvent, ControllerMode } from "../simulation/controllerEvents";
import type { ScenarioEvent } from "./format";

/** An event about the controller of a gate. */
export type AboutGate = Exclude<
  ScenarioEvent,
  | { fail: unknown }
  | { return: unknown }
  | { flap: unknown }
  | { capacity: unknown }
  | { renew: unknown }
  | { note: unknown }
>;

/** The reason of a command for which a scenario gives none. */
const reasonDefault = "as the scenario says";

/** The event as the simulation takes it. */
export function controllerEventOf(event: AboutGate, atMs: number): ControllerEvent {
  if ("controller" in event)
    return { atMs, kind: "controller", mode: event.controller as ControllerMode };
  if ("alerts" in event) return { atMs, kind: "alerts", arrive: event.alerts === "back" };
  const { reason = reasonDefault } = event;
  return "hold" in event
    ? { atMs, kind: "hold", identity: event.hold, reason }
    : { atMs, kind: "release", identity: event.release, reason };
}

const modeWords: Readonly<Record<ControllerMode, string>> = {
  start: "the gate's controller runs each minute",
  stop: "the gate's controller does not run",
  late: "the gate's controller runs late",
  double: "the gate's controller runs twice each time",
  new: "the gate's controller runs for the first time",
};

/** A line of the timeline. */
export function controllerText(event: ControllerEvent): string {
  switch (event.kind) {
    case "controller":
      return modeWords[event.mode];
    case "alerts":
      return event.arrive
        ? "messages of alarms reach the gate's controller again"
        : "messages of alarms do not reach the gate's controller";
    default:
      return `failover ${event.kind} by ${event.identity}: ${event.reason}`;
  }
}
