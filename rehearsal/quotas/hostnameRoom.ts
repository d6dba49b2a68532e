import type { StackModel } from "../../routing/graph/stackModel";
import { awsTypes } from "../../routing/graph/types";
import { textOf } from "../../routing/graph/values";
import { withThousands } from "../report/figures";
import type { Quota } from "./quota";
import { bucketsInAccount, recordsInZone } from "./quotas";

/** How many hostnames a stack can have, and what making them takes. */
export interface Room {
  /** Hostnames like those that there are, until a default quota is used up; absent where none is. */
  readonly hostnames?: number;
  /** The quota that ends it, in words. */
  readonly because: string;
  /** How long making all records takes at least. */
  readonly minutes: number;
}

/**
 * Requests that Route 53 takes of an account in a second; each record is one.
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html
 */
const requestsPerSecond = 5;

/** How many hostnames like these a stack has room for, by the quotas that grow with each. */
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

/** What a quota leaves room for, by what the hostnames take of it. */
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
