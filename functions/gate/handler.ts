import { resolve4 } from "node:dns/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { query } from "../aws/readAws";
import { askServer } from "../dns/askServer";
import { exchange } from "../http/exchange";
import { gateEventOf } from "./events";
import { runGate } from "./runGate";
import type { GateReply } from "./runGate";
import { gateFunctionSettingsOf } from "./settings";
import { gateStoreIn } from "./store";

const dnsPort = 53;
const sns = { name: "sns", version: "2010-03-31" } as const;

/** The Lambda handler, invoked every minute, by alerts, and by `failover hold` and `release`. */
export async function handler(event: unknown): Promise<GateReply> {
  const settings = gateFunctionSettingsOf(process.env);
  const { region, credentials, endpoint, bucket, topicArn, functionName, runbook } = settings;
  const aws = {
    ...{ region, credentials, exchange, now: (): Date => new Date() },
    ...(endpoint === undefined ? {} : { endpoint }),
  };
  return runGate(gateEventOf(event, settings.tickTopicArns), settings, {
    exchange,
    askServer,
    findServer: async (host) =>
      (await resolve4(host)).map((address) => ({ address, port: dnsPort })),
    store: gateStoreIn({ ...aws, bucket, sleep: (milliseconds) => sleep(milliseconds) }),
    publish: async ({ subject, text }) => {
      await query(
        sns,
        "Publish",
        {
          TopicArn: topicArn,
          Subject: `${functionName}: ${subject}`,
          Message: `${text}\n\nRunbook: ${runbook}`,
        },
        aws,
      );
    },
    now: aws.now,
    write: (line) => process.stdout.write(`${line}\n`),
  });
}
