import type { Resource, Value } from "../routing/graph/resource";
import { isObject } from "../routing/graph/values";
import { projectOf } from "../rehearsal/project";
import type { SettingChange } from "../rehearsal/repair/configuration";
import { evaluateStack, resourcesOfBoth } from "./evaluatedStack";
import type { Io } from "./io";

/** A stack of the program, evaluated with some settings changed. */
export async function patchedResources(
  stack: string,
  settings: readonly SettingChange[],
  io: Pick<Io, "directory">,
): Promise<readonly Resource[]> {
  const { readStackSettings } = await import("../rehearsal/engine/stackSettings");
  const { config } = readStackSettings(projectOf(io.directory).projectDirectory, stack);
  const changed: Record<string, Value> = {};
  for (const { path, to } of settings) {
    const [key = "", ...parts] = path.split(".");
    const now = changed[key] ?? (JSON.parse(config[key] ?? "{}") as Value);
    changed[key] = withPart(now, parts, to);
  }
  return resourcesOfBoth(await evaluateStack(stack, io, false, changed));
}

/** An object with the value at a path set. */
function withPart(value: Value, [first, ...rest]: readonly string[], to: Value): Value {
  if (first === undefined) return to;
  const object = isObject(value) ? value : {};
  return { ...object, [first]: withPart(object[first] ?? {}, rest, to) };
}
