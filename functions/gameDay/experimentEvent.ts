import { InputError } from "../../routing/inputError";
import type { BlockedPeriod, Schedule } from "./mayStart";

/** The event from the schedule of an experiment. */
export interface ExperimentEvent extends Schedule {
  /** Name of the experiment: what it removes. */
  readonly experiment: string;
  /** Id of its FIS template. */
  readonly templateId: string;
  readonly blockedWindows: readonly BlockedPeriod[];
  /** ARNs of the alarms that stop the experiment: they must exist and be off. */
  readonly stopAlarmArns: readonly string[];
  /** ARNs of alarms that must be off at the start. */
  readonly steadyAlarmArns: readonly string[];
}

/** A constraint for one field, with its description. */
type Field = readonly [must: string, holds: (value: unknown) => boolean];

const text: Field = ["a text", (value) => typeof value === "string" && value !== ""];
const texts: Field = ["a list of strings", (value) => isListOf(value, text[1])];

const fields: Readonly<Record<keyof ExperimentEvent, Field>> = {
  experiment: text,
  templateId: text,
  scheduledAt: ["a time", (value) => text[1](value) && !Number.isNaN(Date.parse(String(value)))],
  cron: text,
  timeZone: text,
  durationMinutes: ["a number of minutes", (value) => Number.isInteger(value)],
  blockedWindows: [
    "a list of windows with from, to and why",
    (value) =>
      isListOf(value, (window) =>
        ["from", "to", "why"].every((key) => text[1](fieldOf(window, key))),
      ),
  ],
  stopAlarmArns: texts,
  steadyAlarmArns: texts,
};

/**
 * Reads an event.
 *
 * @throws InputError with a line for each invalid field
 */
export function experimentEvent(event: unknown): ExperimentEvent {
  const faults = Object.entries(fields).flatMap(([key, [must, holds]]) => {
    const value = fieldOf(event, key);
    const got = value === undefined ? "nothing" : JSON.stringify(value);
    return holds(value) ? [] : [`${key}: must be ${must}, got ${got}; deploy the schedule again`];
  });
  if (faults.length > 0) throw new InputError(faults);
  const read = event as Omit<ExperimentEvent, "scheduledAt"> & { readonly scheduledAt: string };
  return { ...read, scheduledAt: new Date(read.scheduledAt) };
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;
}

function isListOf(value: unknown, holds: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(holds);
}
