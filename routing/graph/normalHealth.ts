import type { Route53 } from "../route53";
import type { Assumed, HealthOf } from "./assumedHealth";
import { UnreadNames } from "./unreadNames";

/**
 * The health of unread things where nothing has happened: each check reports healthy. What an
 * inverted check watches is then unhealthy, such as the object of a latch, which is absent while the
 * latch is released (H6).
 *
 * @param assumed comes before it, by name
 */
export function normalHealth({ checks }: Pick<Route53, "checks">, assumed: Assumed): HealthOf {
  const unreadNames = new UnreadNames(checks.values());
  const names = (inverted: boolean): readonly string[] =>
    [...checks.values()].flatMap((check) => {
      // An inconsistent check is unread as a whole, with its inversion.
      if (check.kind === "calculated" || (check.problems ?? []).length > 0) return [];
      if (check.inverted !== inverted) return [];
      // What depends on the check itself has its label.
      return [check.label, unreadNames.of(check)];
    });
  const plain = new Set(names(false));
  const released = new Set(names(true).filter((name) => !plain.has(name)));
  return { get: (name) => assumed.get(name) ?? !released.has(name) };
}
