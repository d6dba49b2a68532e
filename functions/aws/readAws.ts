import type { Exchange } from "../http/exchange";
import { signedHeaders } from "./signedHeaders";
import type { Credentials } from "./signedHeaders";
import { parseXml } from "./xml";
import type { XmlElement } from "./xml";

/** How AWS is reached. */
export interface Aws {
  readonly region: string;
  readonly credentials: Credentials;
  readonly exchange: Exchange;
  readonly now: () => Date;
  /** Where every service answers; default: each at its own endpoint. */
  readonly endpoint?: string;
}

/** A service whose calls are forms and whose answers are XML: AWS's query protocol. */
export interface QueryService {
  /** As endpoints and signatures have it. */
  readonly name: "autoscaling" | "ec2" | "monitoring";
  readonly version: string;
}

/** AWS answers within a second; what takes longer than this does not come. */
const timeoutMs = 10_000;

/** 100 alarms with their descriptions are some 300 kB. */
const bodyBytesMax = 2_000_000;

const formType = "application/x-www-form-urlencoded";

/** Route 53 is global, and signed for as if it were in this region. */
const route53Region = "us-east-1";

/**
 * Asks a service of the region by a signed request
 * (docs/adr/0027-three-functions-call-aws-without-its-sdk.md).
 *
 * @throws Error when there is no answer, or one that says no
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/Query-Requests.html
 */
export function query(
  { name, version }: QueryService,
  action: string,
  parameters: Readonly<Record<string, string>>,
  aws: Aws,
): Promise<XmlElement> {
  const body = new URLSearchParams({ Action: action, Version: version, ...parameters }).toString();
  const host = `${name}.${aws.region}.amazonaws.com`;
  return ask(action, { method: "POST", host, path: "/", body }, [name, aws.region], aws);
}

/**
 * Asks Route 53 for what is at a path.
 *
 * @throws Error when there is no answer, or one that says no
 */
export function readRoute53(action: string, path: string, aws: Aws): Promise<XmlElement> {
  const request = { method: "GET", host: "route53.amazonaws.com", path, body: "" } as const;
  return ask(action, request, ["route53", route53Region], aws);
}

async function ask(
  action: string,
  request: Readonly<{ method: "GET" | "POST"; host: string; path: string; body: string }>,
  [service, region]: readonly [service: string, region: string],
  { credentials, exchange, now, endpoint }: Aws,
): Promise<XmlElement> {
  const { method, path, body } = request;
  const url = new URL(path, endpoint ?? `https://${request.host}`);
  const headers = signedHeaders(
    { ...request, host: url.host, ...(body === "" ? {} : { contentType: formType }) },
    { service, region, at: now() },
    credentials,
  );
  const { status, body: answer } = await exchange({
    method,
    url: url.href,
    headers,
    ...(body === "" ? {} : { body }),
    timeoutMs,
    bodyBytesMax,
  }).catch((error: unknown) => {
    throw new Error(`${action}: no answer from ${url.host}`, { cause: error });
  });
  if (status !== 200) throw new Error(`${action}: answered ${status}, ${answer.slice(0, 300)}`);
  return parseXml(answer);
}

/** A list as the query protocol has it: `<name>.member.1`, `<name>.member.2`, … */
export function listed(
  name: string,
  values: readonly string[],
  prefix = ".member",
): Readonly<Record<string, string>> {
  return Object.fromEntries(values.map((value, index) => [`${name}${prefix}.${index + 1}`, value]));
}
