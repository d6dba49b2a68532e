import type { StackGraph } from "../../routing/graph/stackGraph";
import type { Quota, QuotaUse } from "./quota";
import { quotas } from "./quotas";

/** The share of a quota above which a stack is near it: other stacks share the account. */
const nearShare = 0.8;

/**
 * The default AWS quotas that a stack exceeds or approaches, by its resources, the most exceeded
 * first. The same for a stack's evaluation and for its export.
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

/** An increase, if AWS grants enough; otherwise the alternative. */
function remedyOf({ default: given, most = Infinity, remedy }: Quota, used: number): string {
  const raise = most === Infinity ? "request an increase" : `request an increase, up to ${most}`;
  const ways = [...(most > given && used <= most ? [raise] : []), ...(remedy ? [remedy] : [])];
  return ways.join("; or ");
}
