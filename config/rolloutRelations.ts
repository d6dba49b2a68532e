import * as rules from "../constraints/rules";
import { valueAt } from "./relations";

/** How far ahead the end of an emergency may be: the next day is another decision. */
const skipHoursMax = 24;

/**
 * What is wrong with skipping the bake: a time that is over, which somebody forgot to take out, or one
 * that is too far ahead. It reads the value as it was given, as `relationFaults` does.
 */
export function rolloutRelationFaults(raw: unknown, now: Date): readonly string[] {
  const path = ["rollout", "skipBakeUntil"];
  const until = valueAt(raw, path);
  if (!rules.minute.holds(until)) return [];
  const hours = (Date.parse(String(until)) - now.getTime()) / 3_600_000;
  if (hours > 0 && hours <= skipHoursMax) return [];
  const must = `within ${skipHoursMax} hours from now, ${now.toISOString().slice(0, 16)}Z`;
  const remedy = "take it out, so that changes are baked again";
  return [`${path.join(".")}: ${rules.reasonOf({ must, remedy }, until)}`];
}
