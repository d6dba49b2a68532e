import { globalRegion } from "../../routing/globalRegion";
import type { Exchange } from "../http/exchange";
import { signedHeaders } from "./signedHeaders";
import type { Credentials } from "./signedHeaders";
import { parseXml } from "./xml";
import type { XmlElement } from "./xml";

/** Access to AWS. */
export interface Aws {
  readonly region: string;
  readonly credentials: Credentials;
  readonly exchange: Exchange;
  readonly now: () => Date;
  /** The endpoint of all services; default: each service's own. */
  readonly endpoint?: string;
}

/** A service whose requests are forms and whose answers are XML: AWS's query protocol. */
export interface QueryService {
  /** Its name in endpoints and signatures. */
  readonly name: "autoscaling" | "ec2" | "monitoring" | "sns";
  readonly version: string;
}

/** AWS answers within a second; later answers do not come. */
const timeoutMs = 10_000;

/** 100 alarms with their descriptions are some 300 kB. */
const bodyBytesMax = 2_000_000;

const formType = "application/x-www-form-urlencoded";

/**
 * Calls a service of the region with a signed request
 * (docs/adr/0027-three-functions-call-aws-without-its-sdk.md).
 *
 * @throws Error when there is no answer, or an error
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
 * Reads a path of Route 53's API.
 *
 * @throws Error when there is no answer, or an error
 */
export function readRoute53(action: string, path: string, aws: Aws): Promise<XmlElement> {
  const request = { method: "GET", host: "route53.amazonaws.com", path, body: "" } as const;
  return ask(action, request, ["route53", globalRegion], aws);
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

/** A list in the query protocol: `<name>.member.1`, `<name>.member.2`, … */
export function listed(
  name: string,
  values: readonly string[],
  prefix = ".member",
): Readonly<Record<string, string>> {
  return Object.fromEntries(values.map((value, index) => [`${name}${prefix}.${index + 1}`, value]));
}
