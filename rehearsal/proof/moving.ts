import { faultClassOf } from "../../routing/graph/faultClass";
import type { Fault } from "../../routing/graph/faults";
import type { Move } from "./availability";
import { transitionMinutes } from "./availability";
import type { FaultRates } from "./faultRates";
import type { FaultSpace } from "./faultSpace";
import type { Outcome } from "./outcomes";
import type { Transitions } from "./transitions";
import { longestDeath } from "./transitions";

/**
 * Minutes a year on a dead answer until customers are moved, or what failed is repaired; without those under faults whose
 * answer stays dead, which an outcome has.
 */
export function movingMinutesOf(
  space: FaultSpace,
  outcomes: readonly Outcome[],
  alone: Transitions["alone"],
  rates: FaultRates,
): number {
  const dead = outcomes.filter(({ kind }) => kind === "deadAnswer");
  const staysDead = (fault: Fault): boolean =>
    dead.some(({ when }) => space.holdsIn(when, { faults: [fault], unknown: new Map() }));
  const moves = [...alone]
    .filter(([fault]) => !staysDead(fault))
    .map(([fault, bounds]): Move => {
      const longest = longestDeath(bounds);
      return {
        rate: rates[faultClassOf(space.model, fault)],
        downtimeSeconds: longest ? (longest.bound.downtimeSeconds ?? Infinity) : 0,
      };
    });
  return transitionMinutes(moves);
}

/** What was not read and decides, by name, whether customers are moved before the repair. */
export function movingUnreadOf(alone: Transitions["alone"]): readonly string[] {
  const longest = [...alone.values()].flatMap((bounds) => longestDeath(bounds)?.bound ?? []);
  const endless = longest.filter(({ downtimeSeconds }) => downtimeSeconds === undefined);
  return [...new Set(endless.flatMap(({ unread = [] }) => unread))];
}
