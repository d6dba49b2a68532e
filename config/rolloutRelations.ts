import type { Conflict, Relation } from "./parse";
import type { Settings } from "./settings";

/** How far ahead the end of an emergency may be: the next day is another decision. */
const skipHoursMax = 24;

/**
 * What is wrong with skipping the bake: a time that is over, which somebody forgot to take out, or one
 * that is too far ahead.
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
