import type { Logic } from "./logic";
import type { TargetGroup } from "./model";

/** Whether a target group has as many healthy targets as its balancer needs (A7). */
export function hasEnough<B>(logic: Logic<B>, { targets, minimumHealthy }: TargetGroup<B>): B {
  if (!minimumHealthy) return logic.some(targets, ({ healthy }) => healthy);
  const each = targets.flatMap(({ healthy, count = 1 }) =>
    Array.from({ length: count }, () => healthy),
  );
  const { count = 1, percentage = 0 } = minimumHealthy;
  return logic.atLeast(Math.max(count, Math.ceil((percentage * each.length) / 100)), each);
}
