import { environmentOf } from "../aws/environment";
import type { OwnAws } from "../aws/environment";

/** The environment of the function: its own variables, and Lambda's. */
export interface SyntheticOrderSettings extends OwnAws {
  /** The address for orders. */
  readonly url: string;
  /** Name on the server's certificate; default: the host of the address. */
  readonly serverName?: string;
  /** Name of the secret that signs the orders. */
  readonly secretId: string;
  /** Endpoint of Secrets Manager, if it is not the region's own. */
  readonly secretsEndpoint?: string;
  /** The metric of the result. */
  readonly metric: {
    readonly namespace: string;
    readonly name: string;
    readonly dimension: { readonly name: string; readonly value: string };
  };
}

const names = [
  "ORDER_URL",
  "ORDER_SECRET_ID",
  "METRIC_NAMESPACE",
  "METRIC_NAME",
  "METRIC_DIMENSION_NAME",
  "METRIC_DIMENSION_VALUE",
] as const;

/**
 * Reads the environment.
 *
 * @throws InputError with a line for each missing variable
 */
export function syntheticOrderSettingsOf(
  environment: Readonly<Record<string, string | undefined>>,
): SyntheticOrderSettings {
  const { values, aws } = environmentOf(environment, names, "AWS_ENDPOINT_URL_CLOUDWATCH");
  const serverName = environment["ORDER_SERVER_NAME"];
  const secretsEndpoint = environment["AWS_ENDPOINT_URL_SECRETS_MANAGER"];
  return {
    url: values.ORDER_URL,
    ...(serverName === undefined ? {} : { serverName }),
    secretId: values.ORDER_SECRET_ID,
    ...(secretsEndpoint === undefined ? {} : { secretsEndpoint }),
    metric: {
      namespace: values.METRIC_NAMESPACE,
      name: values.METRIC_NAME,
      dimension: { name: values.METRIC_DIMENSION_NAME, value: values.METRIC_DIMENSION_VALUE },
    },
    ...aws,
  };
}
