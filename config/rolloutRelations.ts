import type { Conflict, Relation } from "./parse";
import type { Settings } from "./settings";

/** How far ahead the end of an emergency may be: the next day needs a new decision. */
const skipHoursMax = 24;

/**
 * A conflict of `rollout.skipBakeUntil` with the current time: it has passed and was not removed,
 * or it is too far ahead.
 */
export function rolloutConflicts(now: Date): Relation<Settings> {
  return ({ rollout }): readonly Conflict[] => {
    const until = rollout?.skipBakeUntil;
    if (until === undefined) return [];
    const hours = (Date.parse(until) - now.getTime()) / 3_600_000;
    if (hours > 0 && hours <= skipHoursMax) return [];
    const must = `within ${skipHoursMax} hours from now, ${now.toISOString().slice(0, 16)}Z`;
    const remedy = "remove it, so that changes are baked again";
    return [{ path: ["rollout", "skipBakeUntil"], must, remedy }];
  };
}
