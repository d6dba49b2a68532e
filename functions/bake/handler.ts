import { resolveNs } from "node:dns/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { exchange } from "../http/exchange";
import { bake } from "./bake";
import type { Baked } from "./bake";
import { eventOf, bakeSettingsOf } from "./settings";

/** Lambda's information about the run. */
interface Context {
  getRemainingTimeInMillis(): number;
}

/** The Lambda handler, invoked when `pulumi up` has changed the region. */
export async function handler(event: unknown, context: Context): Promise<Baked> {
  return bake(eventOf(event), bakeSettingsOf(process.env), {
    exchange,
    findNameServers: resolveNs,
    now: () => new Date(),
    sleep: (seconds) => sleep(seconds * 1000),
    secondsLeft: () => context.getRemainingTimeInMillis() / 1000,
    write: (line) => process.stdout.write(`${line}\n`),
  });
}
