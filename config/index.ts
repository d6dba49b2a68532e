import { InputError } from "../routing/inputError";
import { computeRelationFaults } from "./computeRelations";
import { gameDayRelationFaults } from "./gameDayRelations";
import { relationFaults } from "./relations";
import { releaseRelationFaults } from "./releaseRelations";
import { rolloutRelationFaults } from "./rolloutRelations";
import { schema } from "./schema";
import { issueFaults } from "./schemaParts";
import { refusable, stackValues } from "./stackValues";
import type { Settings, TtlSettings } from "./settings";

export type * from "./settings";

/**
 * The settings that a stack's configuration means.
 *
 * @param raw the values by key, without the namespace
 * @param now what times are compared with; default: the time of the call
 * @throws InputError with a line per fault, all faults at once
 */
export function parseSettings(raw: Readonly<Record<string, unknown>>, now = new Date()): Settings {
  const parsed = schema.safeParse(raw);
  const faults = [
    ...(parsed.error?.issues ?? []).flatMap(issueFaults),
    ...relationFaults(raw),
    ...computeRelationFaults(raw),
    ...releaseRelationFaults(raw),
    ...gameDayRelationFaults(raw),
    ...rolloutRelationFaults(raw, now),
  ];
  if (!parsed.success || faults.length > 0) throw new InputError(faults, { code: "bad-settings" });
  return parsed.data;
}

/**
 * The settings of the stack that runs.
 *
 * @throws pulumi.RunError, which the Pulumi CLI shows without a stack trace, with a line per fault
 */
export function loadSettings(): Settings {
  return refusable(() => parseSettings(stackValues()));
}

/** The TTL that is in force, in seconds. */
export function currentTtlSeconds({
  mode,
  normalSeconds,
  maintenanceSeconds,
}: TtlSettings): number {
  return mode === "normal" ? normalSeconds : maintenanceSeconds;
}
