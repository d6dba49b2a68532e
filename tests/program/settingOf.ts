import { join } from "node:path";
import { readStackSettings } from "../../rehearsal/engine/stackSettings";

/** A setting of a stack that is a mapping, as its file has it. */
export function settingOf(stack: string, key: string): Readonly<Record<string, unknown>> {
  const { config } = readStackSettings(join(__dirname, "../.."), stack);
  return JSON.parse(config[`failover:${key}`] ?? "{}") as Readonly<Record<string, unknown>>;
}
