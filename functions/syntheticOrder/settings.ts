import type { Credentials } from "../aws/signedHeaders";
import { InputError } from "../../routing/inputError";

/** What the function is told by its environment: its own variables, and those that Lambda adds. */
export interface Settings {
  /** Where orders are posted. */
  readonly url: string;
  /** Name that the server's certificate is for; default: the one in the address. */
  readonly serverName?: string;
  /** The metric that tells whether it did. */
  readonly metric: {
    readonly namespace: string;
    readonly name: string;
    readonly dimension: { readonly name: string; readonly value: string };
  };
  /** Where the function runs and its metric is. */
  readonly region: string;
  readonly credentials: Credentials;
  /** Where CloudWatch answers, by AWS's own variable for it; default: the region's endpoint. */
  readonly endpoint?: string;
}

/**
 * Reads the environment.
 *
 * @throws InputError with a line for each variable that is missing
 */
export function settingsOf(environment: Readonly<Record<string, string | undefined>>): Settings {
  const missing: string[] = [];
  const read = (name: string): string => {
    const value = environment[name];
    if (value === undefined || value === "") missing.push(name);
    return value ?? "";
  };
  const sessionToken = environment["AWS_SESSION_TOKEN"];
  const endpoint = environment["AWS_ENDPOINT_URL_CLOUDWATCH"];
  const serverName = environment["ORDER_SERVER_NAME"];
  const settings: Settings = {
    url: read("ORDER_URL"),
    ...(serverName === undefined ? {} : { serverName }),
    metric: {
      namespace: read("METRIC_NAMESPACE"),
      name: read("METRIC_NAME"),
      dimension: { name: read("METRIC_DIMENSION_NAME"), value: read("METRIC_DIMENSION_VALUE") },
    },
    region: read("AWS_REGION"),
    credentials: {
      accessKeyId: read("AWS_ACCESS_KEY_ID"),
      secretAccessKey: read("AWS_SECRET_ACCESS_KEY"),
      ...(sessionToken === undefined ? {} : { sessionToken }),
    },
    ...(endpoint === undefined ? {} : { endpoint }),
  };
  if (missing.length === 0) return settings;
  throw new InputError(
    missing.map((name) => `${name}: must be set, got nothing; deploy the function again`),
  );
}
