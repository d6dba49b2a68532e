import { createHash, createHmac } from "node:crypto";
import type { HttpMethod } from "../http/exchange";

/** Credentials. A Lambda function finds them in its environment. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** For temporary credentials, such as those of a role. */
  readonly sessionToken?: string;
}

/** A request to sign. */
export interface RequestToSign {
  /** Default `POST`. */
  readonly method?: HttpMethod;
  readonly host: string;
  /** Only letters, digits, `/`, `.`, `_` and `-`, which need no encoding. Default `/`. */
  readonly path?: string;
  /** Query parameters, escaped and sorted by name, such as `a=1&b=2%2F3`. Default: none. */
  readonly query?: string;
  /** Content type of the body; absent for a request without one. */
  readonly contentType?: string;
  /** The operation, if the service reads it from a header: `secretsmanager.GetSecretValue`. */
  readonly target?: string;
  /** Further headers that a service reads, by their names in lower case. Default: none. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Scope and time of a signature. */
export interface SignatureScope {
  /** Name of the service in signatures, such as `monitoring` for CloudWatch. */
  readonly service: string;
  readonly region: string;
  readonly at: Date;
}

const algorithm = "AWS4-HMAC-SHA256";

/**
 * The headers of a signed request: Signature Version 4.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function signedHeaders(
  {
    method = "POST",
    host,
    path = "/",
    query = "",
    contentType,
    target,
    headers: others = {},
    body,
  }: RequestToSign,
  { service, region, at }: SignatureScope,
  { accessKeyId, secretAccessKey, sessionToken }: Credentials,
): Readonly<Record<string, string>> {
  const timestamp = at.toISOString().replace(/[-:]|\.\d{3}/g, "");
  const date = timestamp.slice(0, 8);
  const headers = sorted({
    ...(contentType === undefined ? {} : { "content-type": contentType }),
    host,
    "x-amz-date": timestamp,
    ...(sessionToken === undefined ? {} : { "x-amz-security-token": sessionToken }),
    ...(target === undefined ? {} : { "x-amz-target": target }),
    ...others,
  });
  const signed = Object.keys(headers).join(";");
  const canonicalRequest = [
    method,
    path,
    query,
    ...Object.entries(headers).map(([name, value]) => `${name}:${value}`),
    "",
    signed,
    sha256(body),
  ].join("\n");
  const scope = `${date}/${region}/${service}/aws4_request`;
  const key = [date, region, service, "aws4_request"].reduce<string | Buffer>(
    (secret, part) => hmac(secret, part),
    `AWS4${secretAccessKey}`,
  );
  const toSign = [algorithm, timestamp, scope, sha256(canonicalRequest)].join("\n");
  const signature = hmac(key, toSign).toString("hex");
  return {
    ...headers,
    authorization: `${algorithm} Credential=${accessKeyId}/${scope}, SignedHeaders=${signed}, Signature=${signature}`,
  };
}

/** Headers by name, in the order that the signature requires. */
function sorted(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const names = Object.keys(headers).sort();
  return Object.fromEntries(names.map((name) => [name, headers[name] ?? ""]));
}

/** The hash of a text, in hexadecimal digits. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}
