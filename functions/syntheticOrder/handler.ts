import { randomUUID } from "node:crypto";
import { exchange } from "../http/exchange";
import { settingsOf } from "./settings";
import { syntheticOrder } from "./syntheticOrder";

/** What Lambda calls, once a minute. */
export async function handler(): Promise<void> {
  await syntheticOrder(settingsOf(process.env), {
    exchange,
    now: () => new Date(),
    newId: randomUUID,
    write: (line) => process.stdout.write(`${line}\n`),
  });
}
