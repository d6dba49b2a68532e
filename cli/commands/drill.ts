import type { Command } from "commander";
import type { Drill } from "../../rehearsal/live/drill";
import type { DrillEvent, DrillRun } from "../../rehearsal/live/drillRun";
import { addressTypesOf } from "../../rehearsal/outageBounds";
import { asText } from "../../rehearsal/report/asText";
import { bundledScenarios } from "../../rehearsal/scenarios/bundled";
import type { Scenario } from "../../rehearsal/scenarios/readScenario";
import { failureModes } from "../../routing/checker";
import { normalHealth } from "../../routing/graph/normalHealth";
import type { Resource } from "../../routing/graph/resource";
import { StackModel } from "../../routing/graph/stackModel";
import { factsOfResources } from "../../routing/graph/stackOutputs";
import { InputError } from "../../routing/inputError";
import { assumedIn, assumeHelp, assumeOption, listedNames } from "../assumeOption";
import { interruptsOf } from "../interrupts";
import { exitCodes, textOptions } from "../io";
import type { ExitCode, Io } from "../io";
import { mainName } from "../nameOption";
import { seedMax, wholeNumbers } from "../numbers";
import { progressOf } from "../progress";
import { repeated } from "../repeated";
import { scenarioText } from "../scenarioText";
import type { SourceOptions } from "../source";
import { describeSource, sourceResources } from "../source";
import { writePage } from "../writePage";
import { written } from "../writtenFile";

/** The options of `failover drill`. */
interface DrillCommandOptions extends SourceOptions {
  readonly name?: string;
  readonly scenario?: string;
  readonly set?: readonly string[];
  readonly fail?: string;
  readonly death?: string;
  readonly at?: string;
  readonly seconds?: string;
  readonly speed?: string;
  readonly seed?: string;
  readonly address?: string;
  readonly port?: string;
  readonly dnsPort?: string;
  readonly once?: boolean;
  readonly assume?: string;
  readonly save?: string;
  readonly html?: string;
  readonly junit?: string;
  readonly json?: boolean;
}

/** A step of the drill's clock is then a millisecond, and cannot be shorter. */
const speedMax = 50;
const scenarioDefault = "zone";
const deaths = [...failureModes, "errors"] as const;

type GivenDeath = (typeof deaths)[number];

export function describe(command: Command): void {
  command
    .option("--name <name>", "the DNS name to drill (default: the stack's first)")
    .option(
      "--scenario <scenario>",
      `a scenario file, or one of: ${bundledScenarios().join(", ")} (default with --once: ${scenarioDefault})`,
    )
    .option("--set <name=value>", "set a parameter of the scenario; repeatable", repeated)
    .option("--fail <names>", "what fails, separated by commas, in place of a scenario")
    .option("--death <death>", `how it dies: ${deaths.join(", ")}`, "synDropped")
    .option("--at <seconds>", "when it fails", "30")
    .option("--seconds <seconds>", "end after so many seconds of drill time")
    .option("--speed <number>", "seconds of drill time in a real second", "1")
    .option("--seed <number>", "the seed of all draws", "1")
    .option("--address <address>", "the name server's loopback address; the servers follow it")
    .option("--port <port>", "the port of all servers (default: a free one)", "0")
    .option("--dns-port <port>", "the port of the name server (default: a free one)", "0")
    .option("--once", "play to the end, without anybody to watch, and exit with 1 on bad news")
    .option(assumeOption, assumeHelp)
    .option("--save <file>", "write the run for `failover watch`")
    .option("--html <file>", "also write the report as a page")
    .option("--junit <file>", "also write the report for a build server")
    .option("--json", "print the run as JSON");
  describeSource(command);
}

/**
 * Drills a stack on this machine. Bad news is an outage that took longer than its bound, and customers on a dead
 * answer at the end.
 */
export async function run(options: DrillCommandOptions, io: Io): Promise<ExitCode> {
  const numbers = numbersIn(options);
  const assumed = assumedIn(options.assume);
  const failing = options.fail === undefined ? [] : listedNames("--fail", options.fail);
  const death = deathIn(options);
  const chosen =
    options.scenario ?? (options.once && failing.length === 0 ? scenarioDefault : undefined);
  const text = chosen === undefined ? undefined : await scenarioText(chosen, io);
  const progress = progressOf(io);
  const interrupts = interruptsOf(io);
  try {
    progress.show("reading the resources …");
    const given = text === undefined || chosen === undefined ? undefined : { text, path: chosen };
    const { resources, title, facts } = await drilledStack(options, given, io);
    const { route53 } = new StackModel(resources, facts.assumptions);
    const health = normalHealth(route53, assumed);
    const model = new StackModel(resources, facts.assumptions, undefined, health);
    const name = mainName(model, title, { asked: options.name, published: facts.hostnames });
    refuseWithoutAddress(model, name);
    const [
      { Drill },
      { readScenario },
      { nameServerAddressDefault },
      { castOf, isRole },
      { faultsOf },
      { openLines, openStatuses },
    ] = await Promise.all([
      import("../../rehearsal/live/drill"),
      import("../../rehearsal/scenarios/readScenario"),
      import("../../rehearsal/live/addresses"),
      import("../../rehearsal/scenarios/roles"),
      import("../../rehearsal/scenarios/playing"),
      import("../../rehearsal/scenarios/openStatuses"),
    ]);
    const scenario =
      given &&
      readScenario({
        ...{ ...given, model, hostname: name, type: "A" },
        set: options.set ?? [],
      });
    const cast = castOf(model, name, "A");
    const named = (one: string): string[] =>
      isRole(one) ? cast[one].map((fault) => fault.name) : [one];
    const names = failing.flatMap(named);
    const faults = [...(scenario ? faultsOf(scenario.played) : []), ...model.faults(names)];
    progress.show("predicting …");
    const drill = await Drill.start({
      ...{ model, title, name, type: "A" },
      ...{ regionNames: facts.regionNames, objectives: facts.objectives },
      ...{ speed: numbers.speed, seed: numbers.seed },
      address: options.address ?? nameServerAddressDefault,
      ...{ port: numbers.port, namesPort: numbers.dnsPort },
      unread: openLines(openStatuses(model, { name, type: "A" }, faults, assumed)),
      startedAt: io.now(),
      gateEvents: scenario?.played.gateEvents ?? [],
    });
    progress.done();
    const finished = await played(drill, {
      ...{ options, io, scenario, names, death, numbers },
      onInterrupt: interrupts.onNext,
    });
    return await reported(finished, options, io);
  } finally {
    interrupts.end();
    progress.done();
  }
}

/** The stack that is drilled, with its gate attached if the scenario says so. */
async function drilledStack(
  options: DrillCommandOptions,
  scenario: { readonly text: string; readonly path: string } | undefined,
  io: Io,
): Promise<{
  readonly resources: readonly Resource[];
  readonly title: string;
  readonly facts: ReturnType<typeof factsOfResources>;
}> {
  const { resources, title } = await sourceResources({ ...options, set: [] }, io);
  const facts = factsOfResources(resources);
  const { attachesGate } = await import("../../rehearsal/scenarios/readScenario");
  if (!scenario || !attachesGate(scenario.text, scenario.path)) return { resources, title, facts };
  const { withGateAttached } = await import("../../rehearsal/simulation/modelGate");
  const read = new StackModel(resources, facts.assumptions);
  return { resources: withGateAttached(read, title), title, facts };
}

function refuseWithoutAddress(model: StackModel, name: string): void {
  if (addressTypesOf(model, name).includes("A")) return;
  throw new InputError(`${name}: a drill needs its A records, got none; name another with --name`);
}

interface Numbers {
  readonly speed: number;
  readonly seed: number;
  readonly port: number;
  readonly dnsPort: number;
  readonly at: number;
  readonly seconds: number | undefined;
}

function numbersIn(options: DrillCommandOptions): Numbers {
  const day = 86_400;
  const portMax = 65_535;
  const [speed = 1, seed = 1, port = 0, dnsPort = 0, at = 0, seconds] = wholeNumbers([
    { option: "--speed", text: options.speed ?? "1", min: 1, max: speedMax },
    { option: "--seed", text: options.seed ?? "1", min: 0, max: seedMax },
    { option: "--port", text: options.port ?? "0", min: 0, max: portMax },
    { option: "--dns-port", text: options.dnsPort ?? "0", min: 0, max: portMax },
    { option: "--at", text: options.at ?? "30", min: 0, max: day },
    ...(options.seconds === undefined
      ? []
      : [{ option: "--seconds", text: options.seconds, min: 1, max: day }]),
  ]);
  return { speed, seed, port, dnsPort, at, seconds };
}

/** How the fault of the command line dies. */
function deathIn({ fail, scenario, death = "synDropped" }: DrillCommandOptions): GivenDeath {
  if (fail !== undefined && scenario !== undefined) {
    throw new InputError(
      "--fail, --scenario: at most one, got both; write the fault into the scenario, or leave it out",
      { code: "bad-usage" },
    );
  }
  const found = deaths.find((one) => one === death);
  if (found === undefined) {
    throw new InputError(`--death: must be one of ${deaths.join(", ")}, got ${death}; use one`, {
      code: "bad-usage",
    });
  }
  return found;
}

interface Playing {
  readonly options: DrillCommandOptions;
  readonly io: Io;
  readonly scenario: Scenario | undefined;
  readonly names: readonly string[];
  readonly death: GivenDeath;
  readonly numbers: Numbers;
  readonly onInterrupt: (listener: () => void) => () => void;
}

/** Plays a drill until it is over, or until it is interrupted; whatever happens, nothing is left of it. */
async function played(drill: Drill, playing: Playing): Promise<DrillRun> {
  const { options, io, scenario, names, death, numbers, onInterrupt } = playing;
  const { EventLines } = await import("../../rehearsal/live/eventText");
  const { nameServer, name, endpoints } = drill.subject;
  const tell = (line: string): void => {
    if (!options.json) io.stdout.write(`${line}\n`);
  };
  const lines = new EventLines(drill.subject);
  let remove = (): void => undefined;
  try {
    tell(`dig @${nameServer.address} -p ${nameServer.port} ${name}`);
    for (const { label, address, port } of endpoints) tell(`http://${address}:${port}/  ${label}`);
    const show = (event: DrillEvent): void => {
      const line = lines.of(event);
      if (line !== undefined) tell(line);
    };
    for (const event of drill.events) show(event);
    drill.subscribe(show);
    if (scenario) drill.play(scenario.played.phases, notesOf(scenario));
    if (names.length > 0) drill.at(numbers.at, () => void drill.fail(names, death));
    await new Promise<void>((resolve) => {
      remove = onInterrupt(resolve);
      const endSeconds = numbers.seconds ?? (options.once ? scenario?.durationSeconds : undefined);
      if (endSeconds !== undefined) drill.at(endSeconds, resolve);
      else if (options.once) endAfterMeasure(drill, resolve);
    });
  } finally {
    remove();
    await drill.stop();
  }
  return { drill: drill.subject, events: drill.events };
}

function notesOf({ played }: Scenario): readonly { atSeconds: number; text: string }[] {
  return played.told.filter(({ text }) => !/^(failure|return|flapping|slow answers) of/.test(text));
}

/** A fault that was given on the command line is over when it is measured. */
function endAfterMeasure(drill: Drill, end: () => void): void {
  drill.subscribe(({ kind }) => {
    if (kind === "measured") end();
  });
}

async function reported(run: DrillRun, options: DrillCommandOptions, io: Io): Promise<ExitCode> {
  const json = `${JSON.stringify(run, undefined, 2)}\n`;
  if (options.save !== undefined) await written("--save", options.save, json, io);
  const { drillDocument } = await import("../../rehearsal/live/report");
  const document = drillDocument(run);
  if (options.html !== undefined) await writePage(options.html, document, io);
  if (options.junit !== undefined) {
    const { drillJunit } = await import("../../rehearsal/live/junit");
    await written("--junit", options.junit, drillJunit(run), io);
  }
  io.stdout.write(
    options.json ? json : asText(document, { ...textOptions(io), hasDetails: false }),
  );
  return document.verdict?.isGood ? exitCodes.fine : exitCodes.badNews;
}
