import type { StackGraph } from "../../routing/graph/stackGraph";
import type { Quota, QuotaUse } from "./quota";
import { quotas } from "./quotas";

/** From this share of a quota on, a stack is told to be near it: others share the account. */
const nearShare = 0.8;

/**
 * The default quotas of AWS that a stack is over or near, by what it is made of: those it is furthest
 * over first. The same for a stack's evaluation and for its export.
 */
export function quotaUsesOf(
  graph: StackGraph,
  all: readonly Quota[] = quotas,
): readonly QuotaUse[] {
  return all
    .flatMap((quota) => [...quota.count(graph)].flatMap((counted) => useOf(quota, counted)))
    .sort((a, b) => b.used / b.default - a.used / a.default);
}

function useOf(quota: Quota, [of, used]: readonly [string, number]): readonly QuotaUse[] {
  if (used < nearShare * quota.default) return [];
  const { what, source, most } = quota;
  const state = used > quota.default ? "over" : "near";
  return [
    {
      what,
      of,
      used,
      default: quota.default,
      ...(most === undefined ? {} : { most }),
      state,
      remedy: remedyOf(quota, used),
      source,
    },
  ];
}

/** More, where AWS gives more and that is enough; else what else there is to do. */
function remedyOf({ default: given, most = Infinity, remedy }: Quota, used: number): string {
  const raise = most === Infinity ? "ask AWS for more" : `ask AWS for more, up to ${most}`;
  const ways = [...(most > given && used <= most ? [raise] : []), ...(remedy ? [remedy] : [])];
  return ways.join("; or ");
}
