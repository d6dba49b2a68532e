import type { StackModel } from "../../routing/graph/stackModel";
import { awsTypes } from "../../routing/graph/types";
import { textOf } from "../../routing/graph/values";
import { withThousands } from "../report/figures";
import type { Quota } from "./quota";
import { bucketsInAccount, recordsInZone } from "./quotas";

/** The possible number of hostnames of a stack, and the time to create them. */
export interface Room {
  /**
   * Hostnames like the existing ones until a default quota is used up; absent if there are none.
   */
  readonly hostnames?: number;
  /** The limiting quota, in words. */
  readonly because: string;
  /** The minimum time to create all records. */
  readonly minutes: number;
}

/**
 * Requests per second that Route 53 accepts per account; each record is one.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html
 */
const requestsPerSecond = 5;

/** The number of hostnames like these that fit in the quotas that grow with each. */
export function hostnameRoom({ graph, route53 }: StackModel, hostnames: readonly string[]): Room {
  const names = new Set(hostnames);
  const records = graph.ofType(awsTypes.record).length;
  const ofHostnames = hostnames.reduce(
    (sum, name) =>
      sum + ["A", "AAAA"].reduce((all, type) => all + (route53.group(name, type)?.length ?? 0), 0),
    0,
  );
  const buckets = graph
    .ofType(awsTypes.bucket)
    .filter((bucket) => names.has(textOf(bucket, "bucket") ?? ""));
  const bounds = (
    [
      [recordsInZone, ofHostnames],
      [bucketsInAccount, buckets.length],
    ] as const
  ).flatMap(([quota, taken]) => boundOf(quota, quota.count(graph), taken, hostnames.length));
  const [closest] = bounds.sort((a, b) => a.hostnames - b.hostnames);
  return {
    ...(closest ?? { because: "" }),
    minutes: Math.ceil(records / requestsPerSecond / 60),
  };
}

/** The number of hostnames that fit in a quota, by their current use of it. */
function boundOf(
  { default: given, what }: Quota,
  counts: ReturnType<Quota["count"]>,
  taken: number,
  hostnames: number,
): readonly { readonly hostnames: number; readonly because: string }[] {
  if (taken === 0) return [];
  const used = Math.max(...counts.values());
  const more = Math.floor((given - used) / (taken / hostnames));
  return [{ hostnames: hostnames + more, because: `${withThousands(given)} ${what}` }];
}
