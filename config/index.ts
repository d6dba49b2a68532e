import { computeConflicts } from "./computeRelations";
import { gameDayConflicts } from "./gameDayRelations";
import { gateConflicts } from "./gateRelations";
import { parse } from "./parse";
import { nameConflicts } from "./relations";
import { releaseConflicts } from "./releaseRelations";
import { rolloutConflicts } from "./rolloutRelations";
import { unreachableConflicts } from "./unreachableRelations";
import { schema } from "./schema";
import { refusable, stackValues } from "./stackValues";
import type { Settings, TtlSettings } from "./settings";

export type * from "./settings";

/**
 * Parses the configuration of a stack.
 *
 * @param raw the values by key, without the namespace
 * @param now the time that times are compared with; default: the time of the call
 * @throws InputError with a line per fault, all faults at once
 */
export function parseSettings(raw: Readonly<Record<string, unknown>>, now = new Date()): Settings {
  return parse<Settings>(schema, raw, [
    nameConflicts,
    computeConflicts,
    releaseConflicts,
    gameDayConflicts,
    gateConflicts,
    rolloutConflicts(now),
    unreachableConflicts,
  ]);
}

/**
 * The settings of the running stack.
 *
 * @throws pulumi.RunError, which the Pulumi CLI shows without a stack trace, with a line per fault
 */
export function loadSettings(): Settings {
  return refusable(() => parseSettings(stackValues()));
}

/** The TTL in force, in seconds. */
export function currentTtlSeconds({
  mode,
  normalSeconds,
  maintenanceSeconds,
}: TtlSettings): number {
  return mode === "normal" ? normalSeconds : maintenanceSeconds;
}
