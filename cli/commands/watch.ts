import type { Command } from "commander";
import type { DrillRun } from "../../rehearsal/live/drillRun";
import { asText } from "../../rehearsal/report/asText";
import { describeHelp } from "../helpText";
import { textOptions, verdictCode } from "../io";
import type { ExitCode, Io } from "../io";
import { InputError } from "../../routing/inputError";
import { interruptsOf } from "../interrupts";
import { wholeNumbers } from "../numbers";
import { written } from "../writtenFile";

/** The options of `failover watch`. */
interface WatchOptions {
  /** Commander requires it. */
  readonly from?: string;
  readonly speed?: string;
  readonly html?: string;
}

const speedMax = 10_000;

export function describe(command: Command): void {
  command
    .requiredOption("--from <file>", "a run that `failover drill --save` wrote")
    .option("--speed <number>", "seconds of the drill in a real second (default: as it was)")
    .option("--html <file>", "write it as a page that needs no server, and show nothing");
  describeHelp(command, {
    examples: ["watch --from drill.json --speed 100", "watch --from drill.json --html drill.html"],
    fine: "the drill ended well",
    badNews: "it did not, or was not completed",
  });
}

/** Shows a saved drill as it went; its verdict is the exit code. */
export async function run({ from = "", speed, html }: WatchOptions, io: Io): Promise<ExitCode> {
  const [{ readDrillRun }, { drillDocument }] = await Promise.all([
    import("../../rehearsal/live/readDrillRun"),
    import("../../rehearsal/live/report"),
  ]);
  const saved = readDrillRun(await textOf(from, io), `--from ${from}`);
  const [given = saved.drill.speed] =
    speed === undefined
      ? []
      : wholeNumbers([{ option: "--speed", text: speed, min: 1, max: speedMax }]);
  if (html === undefined) await shown(saved, given, io);
  else {
    const { drillPage } = await import("../../rehearsal/live/page/drillPage");
    await written({ option: "--html", path: html, text: drillPage(saved) }, io);
  }
  const document = drillDocument(saved);
  io.stdout.write(asText(document, { ...textOptions(io), hasDetails: false }));
  return verdictCode(document);
}

/** Shows each event at its time. */
async function shown(saved: DrillRun, speed: number, io: Io): Promise<void> {
  const { EventLog, lineOf } = await import("../../rehearsal/live/eventLog");
  const interrupts = interruptsOf(io);
  try {
    const log = new EventLog(saved.drill);
    let shownSeconds = 0;
    for (const event of saved.events) {
      const entry = log.of(event);
      if (!entry) continue;
      const waitMs = ((event.atSeconds - shownSeconds) / speed) * 1_000;
      shownSeconds = event.atSeconds;
      await interrupts.wait(waitMs);
      if (interrupts.interruption() !== undefined) break;
      io.stdout.write(`${lineOf(entry)}\n`);
    }
  } finally {
    interrupts.end();
  }
}

async function textOf(path: string, io: Io): Promise<string> {
  try {
    return await io.readFile(path);
  } catch (cause) {
    throw new InputError(
      `--from ${path}: cannot read the run, got ${(cause as Error).message}; write one with \`failover drill --save\``,
      { cause, code: "file-inaccessible" },
    );
  }
}
