import { resolve4 } from "node:dns/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { askNameServer } from "../dns/askNameServer";
import { exchange } from "../http/exchange";
import { gateDependencies } from "./dependencies";
import { gateEventOf } from "./events";
import { runGate } from "./runGate";
import type { GateReply } from "./runGate";
import { gateFunctionSettingsOf } from "./settings";

const dnsPort = 53;

/** The Lambda handler, invoked every minute, by alerts, and by `failover hold` and `release`. */
export async function handler(event: unknown): Promise<GateReply> {
  const settings = gateFunctionSettingsOf(process.env);
  const dependencies = gateDependencies(settings, {
    exchange,
    askNameServer,
    findServer: async (host) =>
      (await resolve4(host)).map((address) => ({ address, port: dnsPort })),
    now: () => new Date(),
    sleep: (milliseconds) => sleep(milliseconds),
    write: (line) => process.stdout.write(`${line}\n`),
  });
  return runGate(gateEventOf(event, settings.tickTopicArns), settings, dependencies);
}
