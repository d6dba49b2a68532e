import { environmentOf } from "../aws/environment";
import { exchange } from "../http/exchange";
import { experimentEvent } from "./experimentEvent";
import { startScheduledExperiment } from "./startScheduledExperiment";

/** The Lambda handler, invoked by the schedule of an experiment. */
export async function handler(event: unknown): Promise<void> {
  await startScheduledExperiment(experimentEvent(event), {
    ...environmentOf(process.env, []).aws,
    exchange,
    now: () => new Date(),
    write: (line) => process.stdout.write(`${line}\n`),
  });
}
