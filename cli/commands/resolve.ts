import type { Command } from "commander";
import { answerOf } from "../../rehearsal/answer";
import { printable } from "../../rehearsal/report/paint";
import type { Answer } from "../../rehearsal/result";
import { canonical } from "../../routing/graph/recordName";
import { World } from "../../routing/graph/world";
import { exitCodes } from "../io";
import type { ExitCode, Io } from "../io";
import type { SourceOptions } from "../source";
import { describeSource, resourcesOf } from "../source";

/** The options of `failover resolve`. */
interface ResolveOptions extends SourceOptions {
  readonly fail?: string;
  readonly json?: boolean;
}

/** What `--json` prints; durations in seconds. */
interface ResolveOutput {
  readonly name: string;
  readonly type: string;
  readonly answers: readonly Answer[];
  readonly lastResort: boolean;
}

export function describe(command: Command): void {
  command
    .argument("<name>", "the DNS name to ask for")
    .argument("[type]", "the record type", "A")
    .option(
      "--fail <faults>",
      "what has failed, separated by commas: availability zones, regions, resource names, check:<name>",
    )
    .option("--json", "print the answer as JSON");
  describeSource(command);
}

/** Prints the answer that Route 53 would give; bad news when it is dead or a last resort. */
export async function run(
  options: ResolveOptions,
  io: Io,
  [name = "", type = "A"]: readonly string[],
): Promise<ExitCode> {
  const world = new World(await resourcesOf(options, io));
  const faults = world.faults(namesIn(options.fail));
  const asked = { name: canonical(name), type: type.toUpperCase() };
  const { answers, lastResort } = world.under(faults).resolve(asked.name, asked.type);
  const output = { ...asked, answers: answers.map(answerOf), lastResort };
  io.stdout.write(options.json ? `${JSON.stringify(output, undefined, 2)}\n` : textOf(output));
  const isGood = !lastResort && answers.every(({ alive }) => alive);
  return isGood ? exitCodes.fine : exitCodes.badNews;
}

function namesIn(list = ""): readonly string[] {
  return list
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

function textOf({ name, type, answers, lastResort }: ResolveOutput): string {
  const lines = answers.flatMap((answer) => [
    answerLine(name, type, answer),
    ...answer.path.map(
      ({ record, setIdentifier, reason }) =>
        `  ${record}${setIdentifier === undefined ? "" : ` [${setIdentifier}]`}: ${reason}`,
    ),
  ]);
  const note =
    "Last resort: a group on the way had no healthy member, so all of it counted as healthy.";
  return [...lines, ...(lastResort ? [note] : []), ""].map(printable).join("\n");
}

function answerLine(name: string, type: string, answer: Answer): string {
  const lost = answer.withoutDatabases?.map((urn) => urn.split("::").at(-1)).join(", ");
  const place = [
    answer.availabilityZone ?? answer.region,
    answer.alive ? undefined : "DEAD",
    lost === undefined ? undefined : `without ${lost}`,
  ]
    .filter((word) => word !== undefined)
    .join(", ");
  const share =
    answer.probability < 1 ? `  ${Number((answer.probability * 100).toFixed(2))} %` : "";
  return `${name} ${answer.ttl} ${type} ${answer.value}${share}${place === "" ? "" : `  (${place})`}`;
}
