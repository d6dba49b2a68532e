import { randomUUID } from "node:crypto";
import { getSecretValue } from "../aws/getSecretValue";
import { exchange } from "../http/exchange";
import { lastKnown } from "./lastKnown";
import { syntheticOrderSettingsOf } from "./settings";
import { syntheticOrder } from "./syntheticOrder";

const now = (): Date => new Date();

/** Kept between runs, because Lambda keeps the process for the next one. */
const readSecret = lastKnown(() => {
  const settings = syntheticOrderSettingsOf(process.env);
  const { region, credentials, secretId, secretsEndpoint: endpoint } = settings;
  return getSecretValue(secretId, {
    ...{ region, credentials, exchange, now },
    ...(endpoint === undefined ? {} : { endpoint }),
  });
});

/** The Lambda handler, invoked once a minute. */
export async function handler(): Promise<void> {
  await syntheticOrder(syntheticOrderSettingsOf(process.env), {
    exchange,
    now,
    newId: randomUUID,
    readSecret,
    write: (line) => process.stdout.write(`${line}\n`),
  });
}
