import { AwsError, credentialFault, whyUnknown } from "../awsError";
import type { Fis } from "./fis";
import type { GameDayJournal } from "./journal";
import type { LiveMachine, LiveMachines } from "./machines";

/** Something that is not as before the game day. */
export interface LeftOver {
  readonly what: string;
  /** The command that mends it; absent where AWS mends it. */
  readonly command?: string;
}

/** The access of a game day to the outside. */
export interface GameDayTools {
  readonly fis: Fis;
  readonly machines: LiveMachines;
  /** Unix time in milliseconds. */
  readonly nowMs: () => number;
  /** Waits, or until a person is in a hurry. */
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Whether a person asked a second time to end: nothing more is waited for. */
  readonly isHurried: () => boolean;
  /** Tells a person what happens. */
  readonly say: (line: string) => void;
}

/** Between two looks at AWS. */
export const lookMs = 5_000;
/**
 * Time for mending. An instance stops within minutes, or is forced to by EC2
 * (Amazon EC2 User Guide, "Troubleshoot stopping"); FIS ends an experiment within minutes.
 */
const mendMs = 15 * 60_000;
/**
 * Looks in a row that find nothing stopped: a request from right before a crash may take effect
 * after the first look (Amazon EC2 API Reference, "Eventual consistency").
 */
const quietLooks = 3;
/** Difference of the clocks of AWS and of this machine. */
const skewMs = 60_000;

/**
 * Ends the fault of a game day: stops its experiment, or starts the instances that it stopped.
 * It may be repeated at any time, by any process.
 *
 * @returns what is left; empty if everything is as before
 */
export async function mend(
  journal: GameDayJournal,
  tools: GameDayTools,
): Promise<readonly LeftOver[]> {
  return journal.fault.kind === "instances"
    ? mendInstances(journal.fault.instanceIds, journal.region, tools)
    : mendExperiment(journal, journal.fault, tools);
}

async function mendInstances(
  ids: readonly string[],
  region: string,
  tools: GameDayTools,
): Promise<readonly LeftOver[]> {
  let states: ReadonlyMap<string, string> = new Map();
  const isDown = (id: string): boolean => /^stop/.test(states.get(id) ?? "");
  const why = await repeated(tools, async () => {
    states = new Map((await tools.machines.withIds(ids)).map(({ id, state }) => [id, state]));
    const stopped = ids.filter((id) => states.get(id) === "stopped");
    if (stopped.length > 0) {
      await tools.machines.start(stopped);
      tools.say(`starting ${stopped.join(", ")} again`);
    }
    return !ids.some(isDown);
  });
  if (why === undefined) {
    return ids
      .filter((id) => !isRunning(states.get(id)))
      .map((id) => ({
        what: `${id} is ${states.get(id) ?? "gone"}: an Auto Scaling group replaces its own instances, any other has to be created again`,
      }));
  }
  const down = states.size === 0 ? ids : ids.filter(isDown);
  const list = down.length > 0 ? down : ids;
  return [
    {
      what: `${list.join(", ")}: may be stopped, ${why}`,
      command: `aws ec2 start-instances --region ${region} --instance-ids ${list.join(" ")}`,
    },
  ];
}

function isRunning(state: string | undefined): boolean {
  return state === "running" || state === "pending";
}

type ExperimentFault = Extract<GameDayJournal["fault"], { kind: "experiment" }>;

async function mendExperiment(
  { startedAt, region, project, stack }: GameDayJournal,
  { templateId, experimentId, stoppedBefore }: ExperimentFault,
  tools: GameDayTools,
): Promise<readonly LeftOver[]> {
  const sinceMs = Date.parse(startedAt) - skewMs;
  const left: LeftOver[] = [];
  const asked = new Set<string>();
  let active: readonly string[] = experimentId === null ? [] : [experimentId];
  const why = await repeated(tools, async () => {
    const experiments =
      experimentId === null
        ? (await tools.fis.experimentsOf(templateId)).filter(
            ({ createdMs = Infinity }) => createdMs >= sinceMs,
          )
        : [await tools.fis.experiment(experimentId)];
    const failed = experiments.filter(({ status }) => status === "failed");
    left.splice(0);
    for (const { id, reason } of failed) {
      left.push({
        what: `experiment ${id} failed (${reason}): FIS may not have ended each action`,
        command: `aws fis get-experiment --region ${region} --id ${id}`,
      });
    }
    active = experiments.filter(({ isUnderWay }) => isUnderWay).map(({ id }) => id);
    for (const { id, status } of experiments) {
      if (!active.includes(id) || status === "stopping" || asked.has(id)) continue;
      await tools.fis.stop(id);
      asked.add(id);
      tools.say(`stopping experiment ${id}`);
    }
    return active.length === 0;
  });
  if (why !== undefined) {
    const id = active[0];
    left.push({
      what: `experiment ${id ?? `of template ${templateId}`}: may be running, ${why}`,
      command:
        id === undefined
          ? `aws fis list-experiments --region ${region} --experiment-template-id ${templateId}, then aws fis stop-experiment --region ${region} --id ID for each that runs`
          : `aws fis stop-experiment --region ${region} --id ${id}`,
    });
    return left;
  }
  return [...left, ...(await stillStopped({ project, stack, region }, stoppedBefore, tools))];
}

/** Machines that FIS has not started again. */
async function stillStopped(
  { project, stack, region }: Pick<GameDayJournal, "project" | "stack" | "region">,
  stoppedBefore: readonly string[],
  tools: GameDayTools,
): Promise<readonly LeftOver[]> {
  let down: readonly LiveMachine[] = [];
  const why = await repeated(tools, async () => {
    const all = await tools.machines.tagged({ Project: project, Environment: stack });
    down = all.filter(({ id, state }) => /^stop/.test(state) && !stoppedBefore.includes(id));
    return down.length === 0;
  });
  if (why === undefined) return [];
  const ids = down.map(({ id }) => id).join(" ");
  return [
    {
      what:
        down.length === 0
          ? `instances of the stack: may be stopped, ${why}`
          : `${ids}: FIS has not started them again, ${why}`,
      command:
        down.length === 0
          ? `aws ec2 describe-instances --region ${region} --filters Name=tag:Environment,Values=${stack} Name=instance-state-name,Values=stopped`
          : `aws ec2 start-instances --region ${region} --instance-ids ${ids}`,
    },
  ];
}

/**
 * Repeats a look until it was good several times in a row. A failed call is repeated as well:
 * the connection may come back.
 *
 * @returns why it ended otherwise; undefined if it is done
 */
async function repeated(
  tools: GameDayTools,
  look: () => Promise<boolean>,
): Promise<string | undefined> {
  const endMs = tools.nowMs() + mendMs;
  let good = 0;
  let why = "the command was ended";
  for (;;) {
    try {
      good = (await look()) ? good + 1 : 0;
      if (good >= quietLooks) return undefined;
      why = `after ${mendMs / 60_000} minutes`;
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      good = 0;
      why = whyUnknown(error);
      if (credentialFault(error) !== undefined || error.is("denied")) return why;
      tools.say(`${why}; trying again`);
    }
    if (tools.isHurried()) return "the command was ended early";
    if (tools.nowMs() >= endMs) return why;
    await tools.wait(lookMs);
  }
}
