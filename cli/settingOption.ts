import type { Command } from "commander";
import type { Value } from "../routing/graph/resource";
import { isObject } from "../routing/graph/values";
import { InputError } from "../routing/inputError";
import { projectOf } from "../rehearsal/project";
import type { SettingChange } from "../rehearsal/repair/configuration";
import type { Io } from "./io";
import { repeated } from "./repeated";

/** Adds the option for what-ifs: another value of a setting of the stack. */
export function describeSettings(command: Command): void {
  command.option(
    "--set <path=value>",
    "with --stack: evaluate it with another setting, such as failover:ttl.normalSeconds=30; may be repeated",
    repeated,
  );
}

/**
 * The settings of `--set`; a value is JSON, or else text.
 *
 * @throws InputError with a line for each entry that is no setting
 */
export function settingsIn(given: readonly string[]): readonly SettingChange[] {
  const faults: string[] = [];
  const changes = given.flatMap((one): SettingChange[] => {
    const [, path, text = ""] = /^([\w-]+:[\w.-]+)=(.*)$/s.exec(one) ?? [];
    if (path !== undefined) return [{ path, to: valueOfText(text) }];
    faults.push(
      `--set: must be a path and a value, got ${one}; for example --set failover:ttl.normalSeconds=30`,
    );
    return [];
  });
  if (faults.length > 0) throw new InputError(faults, { code: "bad-usage" });
  return changes;
}

/** The configuration of a stack that the changes replace, by key. */
export async function changedSettings(
  stack: string,
  changes: readonly SettingChange[],
  { directory }: Pick<Io, "directory">,
): Promise<Readonly<Record<string, Value>>> {
  if (changes.length === 0) return {};
  const { readStackSettings } = await import("../rehearsal/engine/stackSettings");
  const { config } = readStackSettings(projectOf(directory), stack);
  const changed: Record<string, Value> = {};
  for (const { path, to } of changes) {
    const [key = "", ...parts] = path.split(".");
    changed[key] = withPart(changed[key] ?? valueOfText(config[key] ?? "{}"), parts, to);
  }
  return changed;
}

function valueOfText(text: string): Value {
  try {
    return JSON.parse(text) as Value;
  } catch {
    return text;
  }
}

/** An object or list with the value at a path set. */
function withPart(value: Value, [first, ...rest]: readonly string[], to: Value): Value {
  if (first === undefined) return to;
  if (Array.isArray(value)) {
    const items = value as readonly Value[];
    return items.map((item, index) => (String(index) === first ? withPart(item, rest, to) : item));
  }
  const object = isObject(value) ? value : {};
  return { ...object, [first]: withPart(object[first] ?? {}, rest, to) };
}
