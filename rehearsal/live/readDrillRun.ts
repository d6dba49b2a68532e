import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { packageDirectory } from "../../packageDirectory";
import { InputError } from "../../routing/inputError";
import { issueTexts } from "../issueText";
import type { DrillRun, DrillSubject } from "./drillRun";

/** The deepest nesting of a run: three levels for each name of a tree, and some more than any tree has names. */
const depthMax = 300;

/** The most characters of a fault: the value in it may be a whole tree. */
const faultLengthMax = 200;

/**
 * Reads a saved run.
 *
 * @param path where it is from, for messages
 * @throws InputError for anything else
 */
export function readDrillRun(text: string, path: string): DrillRun {
  const faulty = (fault: string): InputError =>
    new InputError(`${path}: ${fault}; write one with \`failover drill --save\``);
  const refused = (got: string): InputError =>
    faulty(`must be a run of a drill, schema version 1, got ${got}`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw refused("no JSON");
  }
  if (typeof value !== "object" || value === null) throw refused(String(value));
  const { drill, events } = value as {
    drill?: Partial<Record<keyof DrillSubject, unknown>> | null;
    events?: unknown;
  };
  if (typeof drill !== "object" || drill === null || !Array.isArray(events)) {
    throw refused("another object");
  }
  const version = drill.schemaVersion;
  if (version !== 1) throw refused(`schema version ${JSON.stringify(version)}`);
  if (isDeeper(value, depthMax)) throw refused(`more than ${depthMax} levels of lists and objects`);
  const { error } = runSchema().safeParse(value);
  if (error) throw faulty(shortened(issueTexts(error, value)[0] ?? error.message));
  return value as DrillRun;
}

/** The schema that is published for readers of a run. */
function runSchema(): z.ZodType {
  const path = join(packageDirectory, "schemas", "drill.schema.json");
  return z.fromJSONSchema(JSON.parse(readFileSync(path, "utf8")) as z.core.JSONSchema.JSONSchema);
}

/** Level by level: a recursion would be as deep as the value. */
function isDeeper(value: unknown, levels: number): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; depth <= levels && level.length > 0; depth++) level = level.flatMap(partsOf);
  return level.length > 0;
}

function partsOf(value: unknown): readonly unknown[] {
  return typeof value === "object" && value !== null ? Object.values(value) : [];
}

function shortened(fault: string): string {
  return fault.length <= faultLengthMax ? fault : `${fault.slice(0, faultLengthMax)}…`;
}
