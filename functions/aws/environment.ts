import { InputError } from "../../routing/inputError";
import type { Aws } from "./readAws";

/** Lambda's variables for credentials and region, and AWS's variable for an endpoint. */
export type OwnAws = Pick<Aws, "region" | "credentials" | "endpoint">;

/** The variables of a function: its own by name, and those common to all functions. */
export interface Environment<Name extends string> {
  readonly values: Readonly<Record<Name, string>>;
  readonly aws: OwnAws;
}

/**
 * Reads the environment of a function.
 *
 * @param names of its own variables, all required
 * @param endpointVariable the variable that replaces endpoints: of all services by default
 * @throws InputError with a line for each missing variable
 */
export function environmentOf<Name extends string>(
  variables: Readonly<Record<string, string | undefined>>,
  names: readonly Name[],
  endpointVariable = "AWS_ENDPOINT_URL",
): Environment<Name> {
  const missing: string[] = [];
  const read = (name: string): string => {
    const value = variables[name];
    if (value === undefined || value === "") missing.push(name);
    return value ?? "";
  };
  const sessionToken = variables["AWS_SESSION_TOKEN"];
  const endpoint = variables[endpointVariable];
  const values = Object.fromEntries(names.map((name) => [name, read(name)])) as Record<
    Name,
    string
  >;
  const aws: OwnAws = {
    region: read("AWS_REGION"),
    credentials: {
      accessKeyId: read("AWS_ACCESS_KEY_ID"),
      secretAccessKey: read("AWS_SECRET_ACCESS_KEY"),
      ...(sessionToken === undefined ? {} : { sessionToken }),
    },
    ...(endpoint === undefined ? {} : { endpoint }),
  };
  if (missing.length === 0) return { values, aws };
  throw new InputError(
    missing.map((name) => `${name}: must be set, got nothing; deploy the function again`),
  );
}
