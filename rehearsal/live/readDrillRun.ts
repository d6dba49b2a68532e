import { InputError } from "../../routing/inputError";
import type { DrillRun, DrillSubject } from "./drillRun";

/**
 * Reads a saved run.
 *
 * @param path where it is from, for messages
 * @throws InputError for anything else
 */
export function readDrillRun(text: string, path: string): DrillRun {
  const refused = (got: string): InputError =>
    new InputError(
      `${path}: must be a run of a drill, schema version 1, got ${got}; write one with \`failover drill --save\``,
    );
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw refused("no JSON");
  }
  if (typeof value !== "object" || value === null) throw refused(String(value));
  const { drill, events } = value as {
    drill?: Partial<Record<keyof DrillSubject, unknown>>;
    events?: unknown;
  };
  if (typeof drill !== "object" || !Array.isArray(events)) throw refused("another object");
  const version = drill.schemaVersion;
  if (version !== 1) throw refused(`schema version ${JSON.stringify(version)}`);
  return value as DrillRun;
}
