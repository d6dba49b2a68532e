import type { HttpMethod, HttpResponse } from "../http/exchange";
import type { Aws } from "./readAws";
import { sha256, signedHeaders } from "./signedHeaders";

/** Access to the objects of a bucket in the region. */
export interface Bucket extends Aws {
  /** Name of the bucket, without dots. */
  readonly bucket: string;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** An object with its version. */
export interface StoredObject {
  readonly text: string;
  readonly etag: string;
}

/** A request for one object. */
interface Call {
  readonly operation: "DeleteObject" | "GetObject" | "PutObject";
  readonly method: HttpMethod;
  /** Only letters, digits, `.`, `_` and `-`. */
  readonly key: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** S3 answers small objects within a tenth of a second; later answers do not come. */
const timeoutMs = 3_000;

/** Waits before each further try, in milliseconds; S3 asks for them with 503 SlowDown. */
const retryAfterMs = [100, 400] as const;

/**
 * Answers of a service that works again soon
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html).
 */
const passing: readonly number[] = [429, 500, 502, 503, 504];

/**
 * Reads an object. The role needs s3:ListBucket too: without it S3 answers 403 for a missing one.
 *
 * @returns undefined if it does not exist
 * @throws Error when S3 does not answer, or refuses
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
 */
export async function getObject(key: string, bucket: Bucket): Promise<StoredObject | undefined> {
  const call: Call = { operation: "GetObject", method: "GET", key };
  const answer = await ask(call, bucket);
  if (answer.status === 404 && codeOf(answer) !== "NoSuchBucket") return undefined;
  if (answer.status !== 200 || answer.etag === undefined) throw refusal(call, answer);
  return { text: answer.body, etag: answer.etag };
}

/** What a write may replace: an object of a version, no object, or anything. */
export type Replaced = Pick<StoredObject, "etag"> | "nothing" | "anything";

/**
 * Writes an object.
 *
 * @param replaced what must be there; otherwise nothing is written
 * @returns the new version, or "lost" if there is another one
 * @throws Error when S3 does not confirm the write, which may have happened
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export async function putObject(
  key: string,
  body: string,
  replaced: Replaced,
  bucket: Bucket,
): Promise<Pick<StoredObject, "etag"> | "lost"> {
  const headers = conditionOf(replaced);
  const call: Call = { operation: "PutObject", method: "PUT", key, headers, body };
  const answer = await ask(call, bucket);
  if (isLost(answer)) return "lost";
  if (answer.status !== 200 || answer.etag === undefined) throw refusal(call, answer);
  return { etag: answer.etag };
}

/**
 * Deletes an object; one that does not exist counts as deleted.
 *
 * @throws Error when S3 does not confirm
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html
 */
export async function deleteObject(key: string, bucket: Bucket): Promise<void> {
  const call: Call = { operation: "DeleteObject", method: "DELETE", key };
  const answer = await ask(call, bucket);
  if (answer.status !== 204) throw refusal(call, answer);
}

function conditionOf(replaced: Replaced): Readonly<Record<string, string>> {
  if (replaced === "anything") return {};
  return replaced === "nothing" ? { "if-none-match": "*" } : { "if-match": replaced.etag };
}

/** 412: another version; 409: a write at the same time; 404: deleted meanwhile. */
function isLost(answer: HttpResponse): boolean {
  return (
    answer.status === 412 ||
    (answer.status === 409 && codeOf(answer) === "ConditionalRequestConflict") ||
    (answer.status === 404 && codeOf(answer) === "NoSuchKey")
  );
}

async function ask(call: Call, bucket: Bucket): Promise<HttpResponse> {
  for (const waitMs of retryAfterMs) {
    const answer = await askOnce(call, bucket).catch(() => undefined);
    if (answer !== undefined && !passing.includes(answer.status)) return answer;
    await bucket.sleep(waitMs);
  }
  return askOnce(call, bucket);
}

async function askOnce(
  { operation, method, key, headers = {}, body = "" }: Call,
  { bucket, region, credentials, exchange, now, endpoint }: Bucket,
): Promise<HttpResponse> {
  const url = new URL(
    endpoint === undefined
      ? `https://${bucket}.s3.${region}.amazonaws.com/${key}`
      : `${endpoint}/${bucket}/${key}`,
  );
  const signed = signedHeaders(
    {
      method,
      host: url.host,
      path: url.pathname,
      headers: { ...headers, "x-amz-content-sha256": sha256(body) },
      body,
    },
    { service: "s3", region, at: now() },
    credentials,
  );
  return exchange({
    method,
    url: url.href,
    headers: signed,
    ...(body === "" ? {} : { body }),
    timeoutMs,
  }).catch((error: unknown) => {
    throw new Error(`${operation} ${key}: no answer from ${url.host}`, { cause: error });
  });
}

/** Remedies of the refusals that a controller can meet. */
const remedies: Readonly<Record<string, string>> = {
  AccessDenied: "check the function's role and the bucket's policy",
  ExpiredToken: "Lambda renews credentials at the next start of the function",
  NoSuchBucket: "deploy the stack again",
  SlowDown: "S3 throttles; the next run tries again",
};

function refusal({ operation, key }: Call, answer: HttpResponse): Error {
  const code = codeOf(answer);
  const remedy = remedies[code];
  return new Error(
    `${operation} ${key}: answered ${answer.status}${code === "" ? "" : ` ${code}`}${remedy === undefined ? "" : `; ${remedy}`}`,
  );
}

/** The code of an error, which is in the body; empty without one. */
function codeOf({ body }: HttpResponse): string {
  return /<Code>(\w+)<\/Code>/.exec(body)?.[1] ?? "";
}
