import type { Command } from "commander";
import type { Asker } from "../../routing/asker";
import { askerWords } from "../../routing/asker";
import { askersOf, shortened } from "../../routing/askers";
import { answerOf } from "../../rehearsal/answer";
import type { Paint } from "../../rehearsal/report/paint";
import { printable } from "../../rehearsal/report/paint";
import { wrap } from "../../rehearsal/report/textLayout";
import type { ReportedAnswer } from "../../rehearsal/result";
import type { AnswerCase, OpenAnswer } from "../../routing/graph/cases";
import { answerCases } from "../../routing/graph/cases";
import { canonical } from "../../routing/domainName";
import type { Assumed } from "../../routing/graph/assumedHealth";
import type { Fault } from "../../routing/graph/faults";
import { StackModel } from "../../routing/graph/stackModel";
import { InputError } from "../../routing/inputError";
import type { UntoldCheck } from "../../sources/reading";
import { describeHelp } from "../helpText";
import { assumedIn, assumedOf, assumeHelp, assumeOption, listedNames } from "../assumeOption";
import { exitCodes, textOptions } from "../io";
import type { ExitCode, Io } from "../io";
import { askerOf, placeOptionHelp } from "../placeOption";
import { describeSettings } from "../settingOption";
import type { SourceOptions } from "../source";
import { describeSource, sourceResources, zoneWithin } from "../source";
import { jsonText } from "../../rehearsal/report/jsonText";

/** The options of `failover resolve`. */
interface ResolveOptions extends SourceOptions {
  readonly fail?: string;
  readonly assume?: string;
  readonly fromLocation?: string;
  readonly json?: boolean;
}

/** The answer to queries from some places. */
interface PlacedOutput {
  /** The places, in words. */
  readonly from: readonly string[];
  readonly answered: OpenOutput;
}

/** The answer, with the unknowns it depends on. */
interface OpenOutput extends Answered {
  /** Unknowns that change the answer, with a case for each outcome. */
  readonly unknown?: readonly { readonly name: string; readonly why: string }[];
  /** The number of further unknowns; each is assumed healthy, a latch released. */
  readonly moreUnknown?: number;
  readonly cases?: readonly (Answered & {
    readonly when: Readonly<Record<string, "healthy" | "unhealthy">>;
  })[];
}

/** The answers to a query. */
interface Answered {
  readonly answers: readonly ReportedAnswer[];
  readonly lastResort: boolean;
  /** Share of the queries that get no answer; absent if every query gets one. */
  readonly unanswered?: number;
}

/** The output of `--json`; durations in seconds. */
export type ResolveOutput = { readonly name: string; readonly type: string } & (
  | OpenOutput
  /** If the answer depends on the origin of the query and no origin was given. */
  | { readonly places: readonly (OpenOutput & Pick<PlacedOutput, "from">)[] }
);

export function describe(command: Command): void {
  command
    .argument("<name>", "the DNS name to resolve")
    .argument("[type]", "the record type", "A")
    .option(
      "--fail <faults>",
      "faults, separated by commas: availability zones, regions, resource names, addresses, names outside, check:<name> for a check that reports unhealthy (of a latch: it is set), check:<name>=healthy",
    )
    .option(assumeOption, assumeHelp)
    .option("--from-location <place>", placeOptionHelp)
    .option("--json", "print the answer as JSON");
  describeSource(command);
  describeSettings(command);
  describeHelp(command, {
    examples: [
      "resolve orders.cafe.com --stack prod --fail us-west-2a",
      "resolve www.example.org AAAA --from zone.yaml --from-location DE",
    ],
    fine: "every answer is alive",
    badNews: "an answer is dead, missing or a last resort",
    badInput: "the answer depends on something unknown",
  });
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
  const given = assumedIn(options.assume);
  const { resources, failing, untold = [] } = await sourceResources(options, io);
  const model = new StackModel(resources, undefined, { zone: zoneWithin(options) });
  const assumed = assumedOf(given, model);
  const requested = listedNames("--fail", options.fail);
  const told = model.faults(requested);
  refuseContradictions(model, told, given);
  const faults = [
    ...told,
    ...withoutTold(told, [...model.faults(failing), ...untold.map(untoldFault)]),
  ];
  const asked = { name: canonical(name), type: type.toUpperCase() };
  const askers = askersOf(model.route53.reachable(asked.name, asked.type), askerOf(options));
  const places = samePlaces(
    askers.map((asker) => ({
      asker,
      answered: outputOf(answerCases(model, { ...asked, faults, asker }, assumed)),
    })),
  );
  const output = outputFor(asked, places);
  io.stdout.write(options.json ? jsonText(output) : textOf(output, io));
  return exitCodeOf(places);
}

/** The places are left out if all get the same answer. */
function outputFor(
  asked: Pick<ResolveOutput, "name" | "type">,
  places: readonly PlacedOutput[],
): ResolveOutput {
  const [first, ...others] = places;
  return first && others.length === 0
    ? { ...asked, ...first.answered }
    : { ...asked, places: places.map(({ from, answered }) => ({ from, ...answered })) };
}

function exitCodeOf(places: readonly PlacedOutput[]): ExitCode {
  if (places.some(({ answered }) => answered.unknown !== undefined)) return exitCodes.badInput;
  const isGood = places.every(
    ({ answered: { lastResort, unanswered, answers } }) =>
      !lastResort && unanswered === undefined && answers.every(({ alive }) => alive),
  );
  return isGood ? exitCodes.fine : exitCodes.badNews;
}

/** @throws InputError for a check that --fail and --assume give different statuses */
function refuseContradictions(
  { route53 }: StackModel,
  told: readonly Fault[],
  given: Assumed,
): void {
  const both = told.flatMap((fault) => {
    if (fault.kind !== "check") return [];
    const isHealthy = fault.says === "healthy";
    return fault.urns.flatMap((urn) => {
      const name = route53.checks.get(urn)?.label ?? urn;
      return given.has(name) && given.get(name) !== isHealthy
        ? `--fail ${fault.name}: --assume says that ${name} is ${isHealthy ? "unhealthy" : "healthy"}; give one of them`
        : [];
    });
  });
  if (both.length > 0) throw new InputError(both, { code: "bad-usage" });
}

/** The present faults of everything that none was requested for. */
function withoutTold(told: readonly Fault[], present: readonly Fault[]): readonly Fault[] {
  const subjectsOf = (fault: Fault): readonly string[] =>
    "urns" in fault ? fault.urns : [fault.name];
  const subjects = new Set(told.flatMap(subjectsOf));
  return present.filter((fault) => !subjectsOf(fault).some((one) => subjects.has(one)));
}

/** A check that may be healthy or not. */
function untoldFault({ urn, name, why }: UntoldCheck): Fault {
  return {
    kind: "check",
    name: `check:${name}`,
    urns: [urn],
    says: { unknownBecause: why },
  };
}

/** Groups places with the same answer. */
function samePlaces(
  answers: readonly { readonly asker: Asker; readonly answered: OpenOutput }[],
): readonly PlacedOutput[] {
  const all = answers.map(({ asker }) => asker);
  const byAnswer = new Map<string, { readonly askers: Asker[]; readonly answered: OpenOutput }>();
  for (const { asker, answered } of answers) {
    const key = JSON.stringify(answered, withoutReasons);
    const known = byAnswer.get(key);
    if (known) known.askers.push(asker);
    else byAnswer.set(key, { askers: [asker], answered });
  }
  return [...byAnswer.values()].map(({ askers, answered }) => ({
    from: shortened(askers, all).map(askerWords),
    answered,
  }));
}

/** The same answer may have a different reason at each place. */
function withoutReasons(key: string, value: unknown): unknown {
  return key === "reason" ? undefined : value;
}

function outputOf(open: OpenAnswer): OpenOutput {
  const [first] = open.cases;
  if (!first) throw new Error("every question has a case");
  return { ...answeredIn(first), ...openOutput(open) };
}

function answeredIn({ resolution: { answers, lastResort, unanswered } }: AnswerCase): Answered {
  return {
    answers: answers.map(answerOf),
    lastResort,
    ...(unanswered > 0 ? { unanswered } : {}),
  };
}

/** Absent if nothing is unknown. */
function openOutput({ unknown, more, cases }: OpenAnswer): Partial<OpenOutput> {
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

/** A terminal gets lines of its width, whose continuation is indented; a pipe gets whole lines. */
function textOf(output: ResolveOutput, io: Pick<Io, "stdout" | "env">): string {
  const { name, type } = output;
  const lines =
    "places" in output
      ? output.places.flatMap((place) => [
          `From ${place.from.join("; ")}:`,
          ...openLines(name, type, place).map((line) => `  ${line}`),
        ])
      : openLines(name, type, output);
  const { columns, isBounded, paint } = textOptions(io);
  const shown = isBounded
    ? lines.flatMap((line) => hanging(line, columns, paint))
    : lines.map(printable);
  return [...shown, ""].join("\n");
}

function hanging(line: string, columns: number, paint: Paint): readonly string[] {
  const indent = line.length - line.trimStart().length;
  return wrap(line.trimStart(), columns - indent - 2, paint).map(
    (part, index) => `${" ".repeat(index === 0 ? indent : indent + 2)}${part}`,
  );
}

function openLines(name: string, type: string, output: OpenOutput): readonly string[] {
  const { unknown = [], moreUnknown = 0, cases = [] } = output;
  return unknown.length === 0
    ? answerLines(name, type, output)
    : [
        ...unknown.map((each) => `Unknown: ${each.name}: ${each.why}`),
        ...(moreUnknown > 0
          ? [`and ${moreUnknown} more, each assumed healthy, a latch released`]
          : []),
        ...cases.flatMap((one, index) => [
          caseTitle(one.when, index === 1 && cases.length === 2),
          ...answerLines(name, type, one).map((line) => `  ${line}`),
        ]),
        `To settle it: --assume ${unknown[0]?.name ?? ""}=healthy or =unhealthy.`,
      ];
}

function caseTitle(when: Readonly<Record<string, string>>, isOther: boolean): string {
  if (isOther) return "Else:";
  const conditions = Object.entries(when).map(([name, status]) => `${name} is ${status}`);
  return `If ${conditions.join(" and ")}:`;
}

function answerLines(
  name: string,
  type: string,
  { answers, lastResort, unanswered }: Answered,
): readonly string[] {
  const lines = answers.flatMap((answer) => [
    answerLine(name, type, answer),
    ...answer.path.map(
      ({ record, setIdentifier, reason }) =>
        `  ${record}${setIdentifier === undefined ? "" : ` [${setIdentifier}]`}: ${reason}`,
    ),
    ...(answer.assumption === undefined ? [] : [`  Assumed: ${answer.assumption}`]),
    ...(answer.deadBecause === undefined ? [] : [`  Dead: ${answer.deadBecause}`]),
  ]);
  const note =
    "Last resort: a group on the path had no healthy member, so all members counted as healthy.";
  const nobody =
    unanswered === undefined ? [] : [`${name} ${type}: no answer${shareWord(unanswered)}`];
  return [...lines, ...nobody, ...(lastResort ? [note] : [])];
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
  const share = shareWord(answer.probability);
  return `${name} ${answer.ttl} ${type} ${answer.value}${share}${place === "" ? "" : `  (${place})`}`;
}

function shareWord(share: number): string {
  return share < 1 ? `  ${Number((share * 100).toFixed(2))} %` : "";
}
