import { InputError } from "../../routing/inputError";
import { AwsError, credentialFault, whyUnknown } from "../awsError";
import type { KnownOrNot } from "../known";
import { knownBy } from "../known";
import type { ServedName } from "../status/serving";
import type { AlarmEvent } from "./alarms";
import type { GameDayJournal } from "./journal";
import type { GameDayTools, LeftOver } from "./mend";
import { lookMs, mend } from "./mend";
import { hasReturned, movementsOf } from "./movement";
import type { DnsSample, Movement } from "./movement";
import type { GameDayPlan } from "./plan";

/** The further tools of a game day, besides those for mending. */
export interface PlayTools extends GameDayTools {
  /** What every name server answers now. */
  readonly ask: () => Promise<readonly ServedName[]>;
  /** The states of alarms of the fault's region by name; one that does not exist is missing. */
  readonly alarmStates: (names: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** What happened to the alarms of the stack since a time. */
  readonly alarmEvents: (from: Date, to: Date) => Promise<readonly AlarmEvent[]>;
  /** Writes the journal; done once it is on the disk. */
  readonly keep: (journal: GameDayJournal) => Promise<void>;
  /** Why to end now, in words; undefined while there is no reason. */
  readonly interruption: () => string | undefined;
  /** A token for one start of an experiment. */
  readonly token: () => string;
}

/** A step of a game day. */
export interface GameDayEvent {
  /** Seconds from the start of the fault. */
  readonly seconds: number;
  readonly text: string;
}

/** What a game day showed. All times are seconds from the start of the fault. */
export interface GameDayResult {
  readonly plan: GameDayPlan;
  /** Time in ISO 8601, UTC. */
  readonly startedAt: string;
  readonly mendedSeconds: number;
  /** Why the fault ended, in words. */
  readonly end: string;
  /** Whether it ended as planned. */
  readonly isComplete: boolean;
  readonly movements: readonly Movement[];
  readonly alarms: KnownOrNot<readonly AlarmEvent[]>;
  readonly left: readonly LeftOver[];
  readonly events: readonly GameDayEvent[];
  /** What could not be seen, in sentences. */
  readonly unseen: readonly string[];
}

/** Looks that fail in a row, before the connection counts as lost. */
const lostLooks = 6;
/** Metrics reach an alarm, and an alarm its history, within minutes. */
const historyDelayMs = 60_000;

/** Why a fault ended. */
interface End {
  readonly why: string;
  readonly isComplete: boolean;
}

/**
 * Holds a game day: writes the journal, injects the fault, watches, and mends it whatever happens.
 *
 * @returns undefined if it was ended before anything was stopped
 * @throws what the injection or the watching throws, after mending, if it is not from AWS
 */
export async function playGameDay(
  plan: GameDayPlan,
  tools: PlayTools,
): Promise<GameDayResult | undefined> {
  const before = await tools.ask();
  requireAnswers(before);
  if (tools.interruption() !== undefined) return undefined;
  const startedMs = tools.nowMs();
  const secondsNow = (): number => (tools.nowMs() - startedMs) / 1000;
  const events: GameDayEvent[] = [];
  const unseen = new Set<string>();
  const say = (text: string): void => {
    events.push({ seconds: secondsNow(), text });
    tools.say(text);
  };
  const told = { ...tools, say };
  const samples: DnsSample[] = [{ seconds: -1, served: before }];
  const kept = { journal: openJournal(plan, startedMs) };
  let end: End = { why: "it was not started", isComplete: false };
  let left: readonly LeftOver[] = [];
  let mendedSeconds = 0;
  try {
    await tools.keep(kept.journal);
    end = await inject(plan, kept, told);
    if (end.isComplete) end = await watch(plan, kept, { tools: told, samples, unseen, secondsNow });
    say(`the fault ends: ${end.why}`);
  } catch (error) {
    // An end of this machine's connection is no reason to leave anything stopped.
    if (!(error instanceof AwsError)) throw error;
    end = { why: whyUnknown(error), isComplete: false };
    say(`the fault ends: ${end.why}`);
  } finally {
    left = await mend(kept.journal, told);
    mendedSeconds = secondsNow();
    if (left.length === 0) await tools.keep({ ...kept.journal, phase: "mended" });
    say(left.length === 0 ? "everything is started again" : "something is left");
  }
  await watchReturn(plan, { tools: told, samples, secondsNow, mendedSeconds });
  const from = new Date(startedMs);
  const alarms = await seenAlarms(from, told);
  return {
    plan,
    startedAt: from.toISOString(),
    mendedSeconds,
    end: end.why,
    isComplete: end.isComplete,
    movements: movementsOf(samples, mendedSeconds),
    alarms,
    left,
    events,
    unseen: [...unseen, ...("unknown" in alarms ? [alarms.unknown] : [])],
  };
}

/** @throws InputError if there is nothing to measure */
function requireAnswers(served: readonly ServedName[]): void {
  if (served.some(({ answers }) => answers.some(({ values }) => values.length > 0))) return;
  const names = served.map(({ name, type }) => `${name} ${type}`).join(", ");
  const why = served.flatMap(({ silent }) => silent.map((one) => one.why))[0];
  throw new InputError(
    `${names}: must have an answer before the start, got none${why === undefined ? "" : ` (${why})`}; without it nothing can be measured`,
  );
}

function openJournal(plan: GameDayPlan, startedMs: number): GameDayJournal {
  const { project, stack, region, accountId, name, fault } = plan;
  return {
    version: 1,
    project,
    stack,
    region,
    accountId,
    startedAt: new Date(startedMs).toISOString(),
    phase: "open",
    fault:
      fault.kind === "instances"
        ? { kind: "instances", name, instanceIds: [...fault.instanceIds] }
        : {
            kind: "experiment",
            name,
            templateId: fault.templateId,
            experimentId: null,
            stoppedBefore: [...fault.stoppedBefore],
          },
  };
}

async function inject(
  { fault }: GameDayPlan,
  kept: { journal: GameDayJournal },
  tools: PlayTools,
): Promise<End> {
  const why = tools.interruption();
  if (why !== undefined) return { why, isComplete: false };
  if (fault.kind === "instances") {
    await tools.machines.stop(fault.instanceIds);
    tools.say(`stopping ${fault.instanceIds.join(", ")}`);
  } else {
    const experimentId = await tools.fis.start(fault.templateId, tools.token());
    const { journal } = kept;
    if (journal.fault.kind === "experiment") {
      kept.journal = { ...journal, fault: { ...journal.fault, experimentId } };
    }
    await tools.keep(kept.journal);
    tools.say(`experiment ${experimentId} starts`);
  }
  return { why: "started", isComplete: true };
}

interface Watching {
  readonly tools: PlayTools;
  readonly samples: DnsSample[];
  readonly secondsNow: () => number;
}

/** Watches until the fault ends, or has to end. */
async function watch(
  plan: GameDayPlan,
  { journal }: { readonly journal: GameDayJournal },
  {
    tools,
    samples,
    unseen,
    secondsNow,
  }: Watching & {
    readonly unseen: Set<string>;
  },
): Promise<End> {
  let failed = 0;
  for (;;) {
    const why = tools.interruption();
    if (why !== undefined) return { why, isComplete: false };
    await sample({ tools, samples, secondsNow });
    try {
      const end = await endInAws(plan, journal, tools);
      if (end !== undefined) return end;
      failed = 0;
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      failed += 1;
      unseen.add(whyUnknown(error));
      if (failed >= lostLooks || credentialFault(error) !== undefined) {
        return { why: `AWS cannot be watched: ${whyUnknown(error)}`, isComplete: false };
      }
    }
    if (secondsNow() >= plan.minutes * 60) {
      return { why: `${plan.minutes} minutes are over`, isComplete: true };
    }
    await tools.wait(lookMs);
  }
}

/** The end of the fault as AWS sees it: the experiment has ended, or a stop alarm is on. */
async function endInAws(
  { fault, stopAlarms }: GameDayPlan,
  journal: GameDayJournal,
  tools: PlayTools,
): Promise<End | undefined> {
  if (journal.fault.kind === "experiment" && journal.fault.experimentId !== null) {
    const { id, status, reason, isUnderWay } = await tools.fis.experiment(
      journal.fault.experimentId,
    );
    if (isUnderWay) return undefined;
    return {
      why: `experiment ${id} is ${status}${reason === "" ? "" : ` (${reason})`}`,
      isComplete: status === "completed",
    };
  }
  if (fault.kind !== "instances") return undefined;
  const states = await tools.alarmStates(stopAlarms.map(({ name }) => name));
  const on = stopAlarms.find(({ name }) => states.get(name) !== "OK");
  return (
    on && {
      why: `stop alarm ${on.name} is ${states.get(on.name) ?? "gone"}`,
      isComplete: false,
    }
  );
}

async function sample({ tools, samples, secondsNow }: Watching): Promise<void> {
  const previous = samples.at(-1);
  const served = await tools.ask();
  samples.push({ seconds: secondsNow(), served });
  for (const { name, type, answers } of served) {
    const words = answers.map(({ values }) => values.join(", ") || "nothing").join(" or ");
    const earlier = previous?.served.find((one) => one.name === name && one.type === type);
    const wordsBefore = (earlier?.answers ?? [])
      .map(({ values }) => values.join(", ") || "nothing")
      .join(" or ");
    if (words !== wordsBefore) tools.say(`${name} ${type}: ${words || "no answer"}`);
  }
}

/** Watches until the answers are as before, or nobody waits any longer. */
async function watchReturn(
  plan: GameDayPlan,
  { tools, samples, secondsNow, mendedSeconds }: Watching & { readonly mendedSeconds: number },
): Promise<void> {
  const [first] = samples;
  if (first === undefined) return;
  while (
    tools.interruption() === undefined &&
    secondsNow() < mendedSeconds + plan.returnMinutes * 60
  ) {
    await tools.wait(lookMs);
    await sample({ tools, samples, secondsNow });
    const last = samples.at(-1);
    if (last && hasReturned(first, last)) return;
  }
}

async function seenAlarms(
  from: Date,
  tools: PlayTools,
): Promise<KnownOrNot<readonly AlarmEvent[]>> {
  if (tools.interruption() === undefined) await tools.wait(historyDelayMs);
  try {
    return await knownBy(() => tools.alarmEvents(from, new Date(tools.nowMs())));
  } catch (error) {
    if (error instanceof AwsError) return { unknown: whyUnknown(error) };
    throw error;
  }
}
