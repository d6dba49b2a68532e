import { query } from "../aws/readAws";
import type { QueryService } from "../aws/readAws";
import type { GateEyes } from "./observe";
import type { GateDependencies } from "./runGate";
import type { GateFunctionSettings } from "./settings";
import { gateStoreIn } from "./store";

const sns: QueryService = { name: "sns", version: "2010-03-31" };

/** What the calls of AWS need besides the settings. */
export interface GateSurroundings
  extends GateEyes, Pick<GateDependencies, "exchange" | "now" | "write"> {
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** The bucket and the topic of the settings, in the function's own region. */
export function gateDependencies(
  settings: GateFunctionSettings,
  surroundings: GateSurroundings,
): GateDependencies {
  const { region, credentials, endpoint, bucket, topicArn, functionName, runbook } = settings;
  const { exchange, now, sleep } = surroundings;
  const aws = {
    ...{ region, credentials, exchange, now },
    ...(endpoint === undefined ? {} : { endpoint }),
  };
  return {
    ...surroundings,
    store: gateStoreIn({ ...aws, bucket, sleep }),
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
  };
}
