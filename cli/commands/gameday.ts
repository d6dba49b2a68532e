import type { Command } from "commander";
import { Argument } from "commander";
import { journalPathOf } from "../../aws/gameDay/journal";
import type { GameDayPlan, GameDayWish } from "../../aws/gameDay/plan";
import type { GameDayResult } from "../../aws/gameDay/play";
import { asText } from "../../rehearsal/report/asText";
import { printable } from "../../rehearsal/report/paint";
import { factsOfResources } from "../../routing/graph/stackOutputs";
import { fieldOf, isList } from "../../routing/graph/values";
import { InputError } from "../../routing/inputError";
import { repeated } from "../repeated";
import { describeHelp } from "../helpText";
import { isConfirmed } from "../confirm";
import type { EvidenceOptions } from "../evidenceOptions";
import { describeEvidence, evidenceFactsOf } from "../evidenceOptions";
import { earlierJournal, keep, mended, tellLeft } from "../gameDayJournal";
import { interruptsOf } from "../interrupts";
import { writeRecord } from "../writeEvidence";
import { exitCodes, textOptions } from "../io";
import type { ExitCode, Io } from "../io";
import type { LiveStack } from "../statusSubject";
import { liveStackOf } from "../statusSubject";
import { writePage } from "../writePage";
import { jsonText } from "../../rehearsal/report/jsonText";

/** The options of `failover gameday`. */
interface GameDayOptions extends EvidenceOptions {
  readonly stack?: string;
  readonly from?: string;
  readonly byInstances?: boolean;
  readonly stopAlarm?: readonly string[];
  readonly minutes?: string;
  readonly returnMinutes?: string;
  readonly journal?: string;
  readonly yes?: boolean;
  readonly html?: string;
  readonly json?: boolean;
}

/** An FIS action lasts 12 hours at most (FIS User Guide, quotas). */
const minutesMax = 720;

export function describe(command: Command): void {
  command
    .addArgument(
      new Argument("<action>", "start a game day, or restore what an earlier one left").choices([
        "start",
        "restore",
      ]),
    )
    .argument("[name]", "the experiment; with --by-instances the availability zone")
    .option("--stack <name>", "the deployed stack; always required to start")
    .option("--from <file>", "the output of `pulumi stack export` of that stack")
    .option("--by-instances", "stop the stack's instances in a zone, without FIS")
    .option(
      "--stop-alarm <name>",
      "with --by-instances: an alarm of the region that ends it; may be repeated",
      repeated,
    )
    .option("--minutes <count>", "the longest duration of the fault", "30")
    .option("--return-minutes <count>", "how long to wait for the customers' return", "15")
    .option("--journal <file>", "what it stops is written here first (default: by the stack)")
    .option("--yes", "do not ask")
    .option("--html <file>", "also write the report as a page")
    .option("--json", "print the record as JSON");
  describeEvidence(command);
  describeHelp(command, {
    examples: [
      "gameday start us-west-2a --stack prod --by-instances",
      "gameday restore --stack prod",
    ],
    fine: "it met the objectives, and everything was started again",
    badNews: "it missed one, did not measure it, left something, or was not confirmed",
  });
}

/** Holds a game day, or mends what an earlier one left. */
export async function run(
  options: GameDayOptions,
  io: Io,
  [action, name]: readonly string[],
): Promise<ExitCode> {
  return action === "restore" ? restore(options, io) : start(options, name, io);
}

async function start(options: GameDayOptions, name: string | undefined, io: Io): Promise<ExitCode> {
  const { stack = "" } = options;
  const facts = evidenceFactsOf(options, io);
  const wish = wishIn(options, name);
  const path = options.journal ?? journalPathOf(stack);
  const live = await liveStackOf(options, io);
  const [
    { accountOf },
    { orAwsFault },
    { toolsFor },
    { faultRegionOf, planGameDay },
    { playGameDay },
  ] = await Promise.all([
    import("../../aws/clients"),
    import("../../aws/caller"),
    import("../../aws/gameDay/tools"),
    import("../../aws/gameDay/plan"),
    import("../../aws/gameDay/play"),
  ]);
  const interrupts = interruptsOf(io);
  try {
    const result = await orAwsFault(accountOf(io.env), async () => {
      const region = faultRegionOf(live.owner);
      const watched = { region, ...live, ...namesOf(live) };
      const process = { env: io.env, say: lineTo(io), ...interrupts };
      const tools = await toolsFor(watched, process);
      const earlier = await earlierJournal(path, io);
      if (earlier?.phase === "open") {
        const left = await mended(earlier, path, tools, io);
        if (left.length > 0) return undefined;
      }
      const plan = await planGameDay(live.owner, wish, tools);
      for (const line of effectOf(plan)) io.stderr.write(`${printable(line)}\n`);
      if (!(await isConfirmed("start", options, io))) {
        io.stderr.write("Not confirmed: nothing was changed.\n");
        return undefined;
      }
      const played = await playGameDay(plan, {
        ...tools,
        keep: (journal) => keep(journal, path, io),
      });
      if (played === undefined) io.stderr.write("Ended before the start: nothing was changed.\n");
      return played;
    });
    return result === undefined
      ? exitCodes.badNews
      : await told(result, { options, facts, live }, io);
  } finally {
    interrupts.end();
  }
}

interface ToldWith {
  readonly options: GameDayOptions;
  readonly facts: ReturnType<typeof evidenceFactsOf>;
  readonly live: LiveStack;
}

/** Prints what a game day showed, and writes its record. */
async function told(
  result: GameDayResult,
  { options, facts, live: { owner, resources } }: ToldWith,
  io: Io,
): Promise<ExitCode> {
  const [{ liveEvidenceOf }, { gameDayReport }] = await Promise.all([
    import("../../aws/gameDay/record"),
    import("../../aws/gameDay/report"),
  ]);
  const { ttlSeconds } = owner.outputs;
  const record = liveEvidenceOf(result, {
    ...facts,
    resources,
    objectives: factsOfResources(resources).objectives,
    ttlSeconds: typeof ttlSeconds === "number" ? ttlSeconds : null,
  });
  const report = gameDayReport(record);
  const json = jsonText(record);
  io.stdout.write(options.json ? json : asText(report, { ...textOptions(io), hasDetails: true }));
  tellLeft(result.left, io);
  if (options.html !== undefined) await writePage(options.html, report, io);
  if (options.evidence !== undefined) await writeRecord(options.evidence, json, io);
  return record.result === "met" ? exitCodes.fine : exitCodes.badNews;
}

async function restore(options: GameDayOptions, io: Io): Promise<ExitCode> {
  const { stack, journal: given } = options;
  if (stack === undefined && given === undefined) {
    throw new InputError("--stack, --journal: one is required, got none; name the stack", {
      code: "bad-usage",
    });
  }
  const path = given ?? journalPathOf(stack ?? "");
  const journal = await earlierJournal(path, io);
  if (journal === undefined) {
    throw new InputError(
      `${path}: there is no journal, so no game day was started here; run it where the game day was started, or name the file with --journal`,
      { code: "file-inaccessible" },
    );
  }
  if (journal.phase === "mended") {
    io.stdout.write("Nothing is left: the last game day has started everything again.\n");
    return exitCodes.fine;
  }
  const [{ accountOf }, { orAwsFault }, { mendingTools }] = await Promise.all([
    import("../../aws/clients"),
    import("../../aws/caller"),
    import("../../aws/gameDay/tools"),
  ]);
  return orAwsFault(accountOf(io.env), async () => {
    const interrupts = interruptsOf(io);
    try {
      const tools = await mendingTools(journal.region, {
        env: io.env,
        say: lineTo(io),
        ...interrupts,
      });
      const left = await mended(journal, path, tools, io);
      if (left.length === 0) io.stdout.write("Nothing is left: everything is started again.\n");
      return left.length === 0 ? exitCodes.fine : exitCodes.badNews;
    } finally {
      interrupts.end();
    }
  });
}

/** What the arguments ask for. @throws InputError with all their faults */
function wishIn(options: GameDayOptions, name: string | undefined): GameDayWish {
  const { stack, byInstances = false, stopAlarm = [] } = options;
  const faults = [
    ...(stack === undefined ? ["--stack: required, got none; name the stack that is to fail"] : []),
    ...(name === undefined
      ? ["<name>: required to start, got none; name an experiment, or an availability zone"]
      : []),
    ...(byInstances && stopAlarm.length === 0
      ? [
          "--stop-alarm: required with --by-instances, got none; name an alarm that monitors what has to survive",
        ]
      : []),
    ...(!byInstances && stopAlarm.length > 0
      ? ["--stop-alarm: only with --by-instances; a template has its own stop conditions"]
      : []),
  ];
  if (faults.length > 0) throw new InputError(faults, { code: "bad-usage" });
  return {
    name: name ?? "",
    byInstances,
    stopAlarms: stopAlarm,
    minutes: minutesIn("--minutes", options.minutes),
    returnMinutes: minutesIn("--return-minutes", options.returnMinutes),
  };
}

function minutesIn(option: string, text = ""): number {
  const minutes = Number(text);
  if (/^\d+$/.test(text) && minutes >= 1 && minutes <= minutesMax) return minutes;
  throw new InputError(
    `${option}: must be a number of minutes from 1 to ${minutesMax}, got ${text}; write it such as 30`,
    { code: "bad-usage" },
  );
}

/** The names to watch, and the zone with its servers as far as the outputs have them. */
function namesOf({ owner, resources }: LiveStack): {
  readonly hostname: string;
  readonly zone: string;
  readonly nameServers: readonly string[];
} {
  const { hostname } = factsOfResources(resources);
  const zone = fieldOf(owner.outputs["hostedZone"], "name");
  const servers = fieldOf(owner.outputs["hostedZone"], "nameServers");
  if (hostname === undefined || typeof zone !== "string") {
    throw new InputError(
      `${owner.stack}: must have the outputs hostname and hostedZone, got none; only a stack of this package's program has them: make another one fail by \`failover drill\``,
    );
  }
  const known = owner.exportPath !== undefined && isList(servers) ? servers : [];
  return { hostname, zone, nameServers: known.filter((one) => typeof one === "string") };
}

function effectOf({ stack, region, accountId, name, effect, stopAlarms }: GameDayPlan): string[] {
  return [
    `Game day of ${stack} in account ${accountId}, ${region}: ${name} ${effect}.`,
    `It ends by itself, by Ctrl-C, or when an alarm is on: ${stopAlarms.map((one) => one.name).join(", ")}.`,
  ];
}

function lineTo(io: Io): (line: string) => void {
  return (line) => {
    io.stderr.write(`${printable(line)}\n`);
  };
}
