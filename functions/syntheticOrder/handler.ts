import { randomUUID } from "node:crypto";
import { exchange } from "../http/exchange";
import { syntheticOrderSettingsOf } from "./settings";
import { syntheticOrder } from "./syntheticOrder";

/** The Lambda handler, invoked once a minute. */
export async function handler(): Promise<void> {
  await syntheticOrder(syntheticOrderSettingsOf(process.env), {
    exchange,
    now: () => new Date(),
    newId: randomUUID,
    write: (line) => process.stdout.write(`${line}\n`),
  });
}
