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
  const admittedHere = admitted.filter((range) => !range.includes(":"));
  if (published.length === 0)
    throw new Error("ip-ranges.json: has no ranges of Route 53's checkers");
  return {
    missing: published.filter((range) => !admitted.includes(range)),
    stale: admittedHere.filter((range) => !published.includes(range)),
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

/** The checkers in China probe only for accounts there. */
function checkersIn({ prefixes = [] }: PublishedRanges): readonly string[] {
  return prefixes
    .filter(
      ({ service, region }) => service === "ROUTE53_HEALTHCHECKS" && !region.startsWith("cn-"),
    )
    .map(({ ip_prefix }) => ip_prefix);
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
