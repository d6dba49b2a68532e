import type { Command } from "commander";
import { answerOf } from "../../rehearsal/answer";
import { printable } from "../../rehearsal/report/paint";
import type { ReportedAnswer } from "../../rehearsal/result";
import type { AnswerCase, OpenAnswer } from "../../routing/graph/cases";
import { answerCases } from "../../routing/graph/cases";
import { canonical } from "../../routing/graph/recordName";
import { StackModel } from "../../routing/graph/stackModel";
import { InputError } from "../../routing/inputError";
import { exitCodes } from "../io";
import type { ExitCode, Io } from "../io";
import type { SourceOptions } from "../source";
import { describeSource, sourceResources } from "../source";

/** The options of `failover resolve`. */
interface ResolveOptions extends SourceOptions {
  readonly fail?: string;
  readonly assume?: string;
  readonly json?: boolean;
}

/** The target of an answer. */
interface Answered {
  readonly answers: readonly ReportedAnswer[];
  readonly lastResort: boolean;
}

/** The output of `--json`; durations in seconds. */
interface ResolveOutput extends Answered {
  readonly name: string;
  readonly type: string;
  /** Unknowns that change the answer, with a case for each outcome. */
  readonly unknown?: readonly { readonly name: string; readonly why: string }[];
  /** The number of further unknowns; they are assumed healthy. */
  readonly moreUnknown?: number;
  readonly cases?: readonly (Answered & {
    readonly when: Readonly<Record<string, "healthy" | "unhealthy">>;
  })[];
}

export function describe(command: Command): void {
  command
    .argument("<name>", "the DNS name to resolve")
    .argument("[type]", "the record type", "A")
    .option(
      "--fail <faults>",
      "faults, separated by commas: availability zones, regions, resource names, check:<name>",
    )
    .option(
      "--assume <statuses>",
      "assumed health of unknown checks and targets, separated by commas: <name>=healthy, <name>=unhealthy",
    )
    .option("--json", "print the answer as JSON");
  describeSource(command);
}

/**
 * Prints the answer that Route 53 would give; exit code 1 if it is dead or a last resort. If it
 * depends on an unknown, the input is not sufficient.
 */
export async function run(
  options: ResolveOptions,
  io: Io,
  [name = "", type = "A"]: readonly string[],
): Promise<ExitCode> {
  const assumed = assumedIn(options.assume);
  const { resources, failing } = await sourceResources(options, io);
  const model = new StackModel(resources);
  const faults = model.faults(withPresent(namesIn(options.fail), failing));
  const asked = { name: canonical(name), type: type.toUpperCase() };
  const open = answerCases(model, { ...asked, faults }, assumed);
  const [first] = open.cases;
  if (!first) throw new Error("every question has a case");
  const output: ResolveOutput = { ...asked, ...answeredIn(first), ...openOutput(open) };
  io.stdout.write(options.json ? `${JSON.stringify(output, undefined, 2)}\n` : textOf(output));
  if (open.unknown.length > 0) return exitCodes.badInput;
  const isGood = !output.lastResort && output.answers.every(({ alive }) => alive);
  return isGood ? exitCodes.fine : exitCodes.badNews;
}

/** The faults that are asked about, with those that are there already; who says otherwise is heard. */
function withPresent(asked: readonly string[], failing: readonly string[]): readonly string[] {
  return [...asked, ...failing.filter((name) => !asked.includes(`${name}=healthy`))];
}

function answeredIn({ resolution: { answers, lastResort } }: AnswerCase): Answered {
  return { answers: answers.map(answerOf), lastResort };
}

/** Absent if nothing is unknown. */
function openOutput({ unknown, more, cases }: OpenAnswer): Partial<ResolveOutput> {
  if (unknown.length === 0) return {};
  return {
    unknown: unknown.map(({ name, why }) => ({ name, why })),
    ...(more > 0 ? { moreUnknown: more } : {}),
    cases: cases.map((one) => ({
      when: Object.fromEntries(
        one.when.map(({ name, healthy }) => [name, healthy ? "healthy" : "unhealthy"]),
      ),
      ...answeredIn(one),
    })),
  };
}

/** Statuses by name; a name may contain an equals sign. */
function assumedIn(list = ""): ReadonlyMap<string, boolean> {
  return new Map(
    namesIn(list).map((entry) => {
      const [, name, status] = /^(.+)=(healthy|unhealthy)$/.exec(entry) ?? [];
      if (name === undefined) {
        throw new InputError(
          `--assume: invalid assumption, got ${entry}; write <name>=healthy or <name>=unhealthy`,
        );
      }
      return [name, status === "healthy"];
    }),
  );
}

function namesIn(list = ""): readonly string[] {
  return list
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

function textOf(output: ResolveOutput): string {
  const { name, type, unknown = [], moreUnknown = 0, cases = [] } = output;
  const lines =
    unknown.length === 0
      ? answerLines(name, type, output)
      : [
          ...unknown.map((each) => `Unknown: ${each.name}: ${each.why}`),
          ...(moreUnknown > 0 ? [`and ${moreUnknown} more, assumed healthy`] : []),
          ...cases.flatMap((one, index) => [
            caseTitle(one.when, index === 1 && cases.length === 2),
            ...answerLines(name, type, one).map((line) => `  ${line}`),
          ]),
          `To settle it: --assume ${unknown[0]?.name ?? ""}=healthy or =unhealthy.`,
        ];
  return [...lines, ""].map(printable).join("\n");
}

function caseTitle(when: Readonly<Record<string, string>>, isOther: boolean): string {
  if (isOther) return "Else:";
  const conditions = Object.entries(when).map(([name, status]) => `${name} is ${status}`);
  return `If ${conditions.join(" and ")}:`;
}

function answerLines(
  name: string,
  type: string,
  { answers, lastResort }: Answered,
): readonly string[] {
  const lines = answers.flatMap((answer) => [
    answerLine(name, type, answer),
    ...answer.path.map(
      ({ record, setIdentifier, reason }) =>
        `  ${record}${setIdentifier === undefined ? "" : ` [${setIdentifier}]`}: ${reason}`,
    ),
  ]);
  const note =
    "Last resort: a group on the path had no healthy member, so all members counted as healthy.";
  return [...lines, ...(lastResort ? [note] : [])];
}

function answerLine(name: string, type: string, answer: ReportedAnswer): string {
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
