import type { Exchange } from "../http/exchange";
import { signedHeaders } from "./signedHeaders";
import type { Credentials } from "./signedHeaders";

/** One value of a metric with one dimension. */
export interface MetricValue {
  readonly namespace: string;
  readonly name: string;
  readonly dimension: { readonly name: string; readonly value: string };
  readonly value: number;
  /** The time of the value, which may be earlier than the time of the request. */
  readonly at: Date;
}

/** Access to CloudWatch. */
export interface CloudWatch {
  readonly region: string;
  readonly credentials: Credentials;
  readonly exchange: Exchange;
  readonly now: () => Date;
  /** Its endpoint; default: `https://monitoring.<region>.amazonaws.com`. */
  readonly endpoint?: string;
}

/** CloudWatch answers within tens of milliseconds; later answers do not come. */
const timeoutMs = 5_000;

const contentType = "application/x-www-form-urlencoded";

/**
 * Writes one value of a metric, of standard resolution, with a signed request
 * (docs/adr/0027-three-functions-call-aws-without-its-sdk.md).
 *
 * @throws Error when CloudWatch has not accepted the value
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html
 */
export async function putMetricData(metric: MetricValue, cloudWatch: CloudWatch): Promise<void> {
  const { region, credentials, exchange, now } = cloudWatch;
  const endpoint = new URL(cloudWatch.endpoint ?? `https://monitoring.${region}.amazonaws.com`);
  const body = formOf(metric);
  const { status, body: answer } = await exchange({
    method: "POST",
    url: endpoint.href,
    headers: signedHeaders(
      { host: endpoint.host, contentType, body },
      { service: "monitoring", region, at: now() },
      credentials,
    ),
    body,
    timeoutMs,
  }).catch((error: unknown) => {
    throw new Error(`PutMetricData: no answer from ${endpoint.host}`, { cause: error });
  });
  if (status !== 200) {
    throw new Error(`PutMetricData: answered ${status}, ${answer.slice(0, 500)}`);
  }
}

function formOf({ namespace, name, dimension, value, at }: MetricValue): string {
  const datum = "MetricData.member.1";
  return new URLSearchParams({
    Action: "PutMetricData",
    Version: "2010-08-01",
    Namespace: namespace,
    [`${datum}.MetricName`]: name,
    [`${datum}.Dimensions.member.1.Name`]: dimension.name,
    [`${datum}.Dimensions.member.1.Value`]: dimension.value,
    [`${datum}.Timestamp`]: at.toISOString(),
    [`${datum}.Value`]: String(value),
    // Standard resolution: health checks support no other (K7).
    [`${datum}.StorageResolution`]: "60",
  }).toString();
}
