import { alarmStates } from "../aws/alarmStates";
import { runningExperiments, startExperiment } from "../aws/experiments";
import type { Aws } from "../aws/readAws";
import type { ExperimentEvent } from "./experimentEvent";
import { alarmOfArn } from "./alarmOfArn";
import { mayStart } from "./mayStart";
import type { GameDayAlarm } from "./mayStart";

/**
 * The function's access to the outside, besides its event. Its region is that of its experiments.
 */
export interface ExperimentDependencies extends Aws {
  /** Writes a line to the log. */
  readonly write: (line: string) => void;
}

/** The result of an event: the experiment, or why there is none. */
export type StartOutcome =
  | { readonly experimentId: string }
  | { readonly reasons: readonly string[] };

/**
 * Starts an FIS experiment if nothing forbids it. Not starting is a successful run. A run fails if
 * AWS does not answer, and then nothing is started either.
 * The scheduler may deliver an event more than once. All deliveries have the same scheduled time,
 * and so the same token: FIS starts one experiment.
 *
 * @throws Error when AWS does not answer, or does not start the experiment
 */
export async function startScheduledExperiment(
  event: ExperimentEvent,
  surroundings: ExperimentDependencies,
): Promise<StartOutcome> {
  const { experiment: fisExperiment, templateId, scheduledAt, blockedWindows } = event;
  const { now, write } = surroundings;
  const [alarms, running] = await Promise.all([
    seenAlarms(event, surroundings),
    runningExperiments(surroundings),
  ]);
  const decision = mayStart(now(), event, blockedWindows, { alarms, running });
  const outcome: StartOutcome = decision.start
    ? {
        experimentId: await startExperiment(
          templateId,
          `${templateId}-${scheduledAt.toISOString()}`,
          surroundings,
        ),
      }
    : { reasons: decision.reasons };
  write(
    JSON.stringify({
      timestamp: now().toISOString(),
      level: decision.start ? "INFO" : "WARN",
      experiment: fisExperiment,
      scheduledAt: scheduledAt.toISOString(),
      ...outcome,
    }),
  );
  return outcome;
}

/** The current state of each alarm of the event. */
async function seenAlarms(
  { stopAlarmArns, steadyAlarmArns }: ExperimentEvent,
  surroundings: ExperimentDependencies,
): Promise<readonly GameDayAlarm[]> {
  const wanted = [...new Set([...stopAlarmArns, ...steadyAlarmArns])].map((arn) => ({
    ...alarmOfArn(arn),
    stops: stopAlarmArns.includes(arn),
  }));
  const regions = [...new Set(wanted.map(({ region }) => region))];
  const states = new Map(
    await Promise.all(
      regions.map(async (region) => {
        const names = wanted.filter((alarm) => alarm.region === region).map(({ name }) => name);
        return [region, await alarmStates(names, { ...surroundings, region })] as const;
      }),
    ),
  );
  return wanted.map((alarm) => ({
    ...alarm,
    state: (states.get(alarm.region)?.get(alarm.name) ?? "ABSENT") as GameDayAlarm["state"],
  }));
}
