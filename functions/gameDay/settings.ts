import type { Aws } from "../aws/readAws";
import { InputError } from "../../routing/inputError";

/** What the function is told by its environment, all of it by Lambda. */
export type Settings = Pick<Aws, "region" | "credentials" | "endpoint">;

/**
 * Reads the environment; AWS's own variable for endpoints replaces those of all services.
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
  const endpoint = environment["AWS_ENDPOINT_URL"];
  const settings: Settings = {
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
