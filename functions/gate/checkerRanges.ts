import type { Exchange } from "../http/exchange";

/** Where AWS publishes its address ranges. */
export const rangesUrl = "https://ip-ranges.amazonaws.com/ip-ranges.json";

/** The metric of ranges that differ: `FunctionName` is its only dimension. */
export const rangesMetric = { namespace: "failover", name: "CheckerRangesDrifted" } as const;

const timeoutMs = 5_000;
/** The file has 2 MB (2026), and grows by some 10 % a year. */
const bodyBytesMax = 8_000_000;

/** Ranges by which the bucket's policy and Route 53's checkers differ. */
export interface RangesDrift {
  /** Published, but not admitted: checkers that cannot read the latch. */
  readonly missing: readonly string[];
  /** Admitted, but no longer published. */
  readonly stale: readonly string[];
}

/**
 * Compares the admitted ranges with the published ones of Route 53's checkers: those of IPv4, because
 * the endpoint of the bucket has no other addresses.
 *
 * @throws Error when the ranges cannot be read
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/aws-ip-ranges.html
 */
export async function rangesDrift(
  admitted: readonly string[],
  exchange: Exchange,
): Promise<RangesDrift> {
  const { status, body } = await exchange({
    method: "GET",
    url: rangesUrl,
    timeoutMs,
    bodyBytesMax,
  });
  if (status !== 200) throw new Error(`ip-ranges.json: answered ${status}`);
  const published = checkersIn(JSON.parse(body) as PublishedRanges);
  if (published.length === 0)
    throw new Error("ip-ranges.json: has no ranges of Route 53's checkers");
  const all = published.map(({ ip_prefix }) => ip_prefix);
  return {
    // The checkers in China probe only for accounts there.
    missing: published
      .filter(({ region, ip_prefix }) => !region.startsWith("cn-") && !admitted.includes(ip_prefix))
      .map(({ ip_prefix }) => ip_prefix),
    // The policy may admit them all the same, since the provider lists them with the others.
    stale: admitted.filter((range) => !range.includes(":") && !all.includes(range)),
  };
}

/** The parts of the file that are read. */
interface PublishedRanges {
  readonly prefixes?: readonly {
    readonly service: string;
    readonly region: string;
    readonly ip_prefix: string;
  }[];
}

function checkersIn({ prefixes = [] }: PublishedRanges): NonNullable<PublishedRanges["prefixes"]> {
  return prefixes.filter(({ service }) => service === "ROUTE53_HEALTHCHECKS");
}

/**
 * A line of the log that CloudWatch takes for a metric.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function driftLine(drift: RangesDrift, functionName: string, at: Date): string {
  const { namespace, name } = rangesMetric;
  return JSON.stringify({
    _aws: {
      Timestamp: at.getTime(),
      CloudWatchMetrics: [
        {
          Namespace: namespace,
          Dimensions: [["FunctionName"]],
          Metrics: [{ Name: name, Unit: "Count" }],
        },
      ],
    },
    FunctionName: functionName,
    [name]: drift.missing.length + drift.stale.length,
    ...drift,
  });
}
