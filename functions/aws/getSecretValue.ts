import type { Exchange } from "../http/exchange";
import { signedHeaders } from "./signedHeaders";
import type { Credentials } from "./signedHeaders";

/** Access to Secrets Manager. */
export interface SecretsManager {
  readonly region: string;
  readonly credentials: Credentials;
  readonly exchange: Exchange;
  readonly now: () => Date;
  /** Its endpoint; default: `https://secretsmanager.<region>.amazonaws.com`. */
  readonly endpoint?: string;
}

/** Secrets Manager answers within tens of milliseconds; later answers do not come. */
const timeoutMs = 5_000;

/**
 * Reads the current value of a secret with a signed request
 * (docs/adr/0027-three-functions-call-aws-without-its-sdk.md).
 *
 * @throws Error when there is no answer, or one without a value; its message never contains a value
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html
 */
export async function getSecretValue(secretId: string, manager: SecretsManager): Promise<string> {
  const { region, credentials, exchange, now } = manager;
  const endpoint = new URL(manager.endpoint ?? `https://secretsmanager.${region}.amazonaws.com`);
  const body = JSON.stringify({ SecretId: secretId });
  const { status, body: answer } = await exchange({
    method: "POST",
    url: endpoint.href,
    headers: signedHeaders(
      {
        host: endpoint.host,
        contentType: "application/x-amz-json-1.1",
        target: "secretsmanager.GetSecretValue",
        body,
      },
      { service: "secretsmanager", region, at: now() },
      credentials,
    ),
    body,
    timeoutMs,
  }).catch((error: unknown) => {
    throw new Error(`GetSecretValue: no answer from ${endpoint.host}`, { cause: error });
  });
  if (status !== 200) throw new Error(`GetSecretValue: answered ${status} for ${secretId}`);
  return valueOf(answer) ?? fail(`GetSecretValue: answered no value for ${secretId}`);
}

function valueOf(answer: string): string | undefined {
  try {
    const { SecretString } = JSON.parse(answer) as { readonly SecretString?: unknown };
    return typeof SecretString === "string" && SecretString !== "" ? SecretString : undefined;
  } catch {
    return undefined;
  }
}

function fail(message: string): never {
  throw new Error(message);
}
