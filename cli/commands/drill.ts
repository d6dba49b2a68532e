import type { Command } from "commander";
import { Option } from "commander";
import type { Drill } from "../../rehearsal/live/drill";
import { drillDeaths } from "../../rehearsal/live/deaths";
import type { DrillEvent, DrillRun } from "../../rehearsal/live/drillRun";
import type { PageServer } from "../../rehearsal/live/page/server";
import { typedUsages } from "../../rehearsal/live/typed/typedCommand";
import { addressTypesOf } from "../../rehearsal/outageBounds";
import { asText } from "../../rehearsal/report/asText";
import { bundledScenarios } from "../../rehearsal/scenarios/bundled";
import type { Scenario } from "../../rehearsal/scenarios/readScenario";
import { failureModeDefault } from "../../routing/checker";
import type { StackModel } from "../../routing/graph/stackModel";
import { InputError } from "../../routing/inputError";
import { assumedIn, assumeHelp, assumeOption, listedNames } from "../assumeOption";
import { describeHelp } from "../helpText";
import { textOptions, verdictCode } from "../io";
import type { ExitCode, Io } from "../io";
import { interruptsOf } from "../interrupts";
import { progressOf } from "../progress";
import { repeated } from "../repeated";
import { scenarioText } from "../scenarioText";
import { describeSource } from "../source";
import { written } from "../writtenFile";
import type { DrillCommandOptions, DrillNumbers } from "./drillOptions";
import { drillApps, drillNumbersIn, lampSpeedMax } from "./drillOptions";
import { jsonText } from "../../rehearsal/report/jsonText";

const scenarioDefault = "zone";

export function describe(command: Command): void {
  command
    .option("--name <name>", "the DNS name to drill (default: the stack's first)")
    .option(
      "--scenario <scenario>",
      `a scenario file, or one of: ${bundledScenarios().join(", ")} (default with --once: ${scenarioDefault})`,
    )
    .option("--set <name=value>", "set a parameter of the scenario; repeatable", repeated)
    .option("--fail <names>", "what fails, separated by commas, in place of a scenario")
    .addOption(
      new Option("--death <death>", "how it dies").choices(drillDeaths).default(failureModeDefault),
    )
    .addOption(
      new Option(
        "--app <app>",
        `what answers; lamp is the real application (speed 1 to ${lampSpeedMax})`,
      )
        .choices(drillApps)
        .default(drillApps[0]),
    )
    .option("--at <seconds>", "when it fails", "30")
    .option("--seconds <seconds>", "end after so many seconds of drill time")
    .option("--speed <number>", "seconds of drill time in a real second", "1")
    .option("--seed <number>", "the seed of all draws", "1")
    .option("--address <address>", "the name server's loopback address; the servers follow it")
    .option("--port <port>", "the port of all servers (default: a free one)")
    .option("--dns-port <port>", "the port of the name server (default: a free one)")
    .option("--page-port <port>", "the port of the page at 127.0.0.1 (default: a free one)")
    .option("--once", "play to the end, without a page, and exit with 1 on bad news")
    .option(assumeOption, assumeHelp)
    .option("--save <file>", "write the run for `failover watch`")
    .option("--html <file>", "write the run as a page that needs no server")
    .option("--junit <file>", "also write the report for a build server")
    .option("--json", "print the run as JSON");
  describeSource(command);
  describeHelp(command, {
    note: [
      "It listens on this machine only, changes nothing in AWS, and leaves nothing running.",
      "Without --once it obeys lines that are typed, or that a pipe sends:",
      `  ${typedUsages.join(", ")}`,
    ].join("\n"),
    examples: [
      "drill --stack prod",
      "drill --stack prod --once --fail us-west-2a --death hangsInBody",
      "drill --from export.json --once --scenario zone --speed 10 --html drill.html",
    ],
    fine: "every outage ended within its bound, and customers are served at the end, as far as it is known",
    badNews:
      "one took longer, customers are on a dead answer at the end, or --once was interrupted or cut short by --seconds",
    badInput: "a port or address is taken",
  });
}

/**
 * Drills a stack on this machine. Bad news is an outage that took longer than its bound, and customers on a dead
 * answer at the end.
 */
export async function run(options: DrillCommandOptions, io: Io): Promise<ExitCode> {
  const numbers = drillNumbersIn(options);
  const taken = assumedIn(options.assume);
  const failing = options.fail === undefined ? [] : listedNames("--fail", options.fail);
  const chosen =
    options.scenario ?? (options.once && failing.length === 0 ? scenarioDefault : undefined);
  const text = chosen === undefined ? undefined : await scenarioText(chosen, io);
  const progress = progressOf(io);
  const interrupts = interruptsOf(io);
  try {
    progress.show("reading the resources …");
    const given = text === undefined || chosen === undefined ? undefined : { text, path: chosen };
    const { scenarioStack } = await import("../scenarioStack");
    const stack = await scenarioStack(options, given, taken, io);
    const { model, title, name, facts, assumed } = stack;
    refuseWithoutAddress(model, name);
    const [
      { Drill },
      { readScenario },
      { nameServerAddressDefault },
      { roleFaultsOf, isRole },
      { faultsOf },
      { openLines, openStatuses },
    ] = await Promise.all([
      import("../../rehearsal/live/drill"),
      import("../../rehearsal/scenarios/readScenario"),
      import("../../rehearsal/live/addresses"),
      import("../../rehearsal/scenarios/roles"),
      import("../../rehearsal/scenarios/compileEvents"),
      import("../../rehearsal/scenarios/openStatuses"),
    ]);
    const scenario =
      given &&
      readScenario({
        ...{ ...given, model, hostname: name, type: "A" },
        set: options.set ?? [],
      });
    const roleFaults = roleFaultsOf(model, name, "A");
    const named = (one: string): string[] =>
      isRole(one) ? roleFaults[one].map((fault) => fault.name) : [one];
    const names = failing.flatMap(named);
    const faults = [...(scenario ? faultsOf(scenario.played) : []), ...model.faults(names)];
    progress.show("predicting …");
    const drill = await Drill.start({
      ...{ model, title, name, type: "A" },
      ...{ regionNames: facts.regionNames, objectives: facts.objectives },
      ...{ app: options.app ?? drillApps[0], speed: numbers.speed, seed: numbers.seed },
      address: options.address ?? nameServerAddressDefault,
      ...{ port: numbers.port, namesPort: numbers.dnsPort },
      unread: openLines(openStatuses(model, { name, type: "A" }, faults, assumed)),
      startedAt: io.now(),
      gateEvents: scenario?.played.gateEvents ?? [],
    });
    progress.done();
    const finished = await played(drill, {
      ...{ options, io, scenario, names, numbers },
      onInterrupt: interrupts.onRequest,
    });
    return await reported(finished, options, io);
  } finally {
    interrupts.end();
    progress.done();
  }
}

function refuseWithoutAddress(model: StackModel, name: string): void {
  if (addressTypesOf(model, name).includes("A")) return;
  throw new InputError(`${name}: a drill needs its A records, got none; name another with --name`);
}

interface Playing {
  readonly options: DrillCommandOptions;
  readonly io: Io;
  readonly scenario: Scenario | undefined;
  readonly names: readonly string[];
  readonly numbers: DrillNumbers;
  readonly onInterrupt: (listener: () => void) => () => void;
}

/** Plays a drill until it is over, or until it is interrupted; whatever happens, nothing is left of it. */
async function played(drill: Drill, playing: Playing): Promise<DrillRun> {
  const { options, io, scenario, names, numbers } = playing;
  const [{ EventLog, lineOf }, { clockText, spanText }] = await Promise.all([
    import("../../rehearsal/live/eventLog"),
    import("../../rehearsal/live/drillWords"),
  ]);
  const { nameServer, name, endpoints } = drill.subject;
  const tell = (line: string): void => {
    if (!options.json) io.stdout.write(`${line}\n`);
  };
  const log = new EventLog(drill.subject);
  let controls: Controls | undefined;
  let cutShort: readonly string[] = [];
  try {
    controls = options.once ? undefined : await controlsOf(drill, numbers.pagePort, playing);
    tell(`dig @${nameServer.address} -p ${nameServer.port} ${name}`);
    for (const { label, address, port } of endpoints) tell(`http://${address}:${port}/  ${label}`);
    if (controls) tell("Type help for what can be typed here.");
    const endSeconds = endSecondsOf(playing);
    if (endSeconds !== undefined) {
      const realSeconds = Math.ceil(endSeconds / numbers.speed);
      tell(`It ends at ${clockText(endSeconds)}, in ${spanText(realSeconds)}.`);
    }
    const early = await earlyEnd(drill, playing);
    if (early !== undefined) io.stderr.write(`${early}\n`);
    const show = (event: DrillEvent): void => {
      const entry = log.of(event);
      if (entry) tell(lineOf(entry));
    };
    for (const event of drill.events) show(event);
    drill.subscribe(show);
    if (scenario) drill.play(scenario.played.phases, scenario.played.notes);
    if (names.length > 0) drill.failAt(numbers.at, names, options.death ?? failureModeDefault);
    cutShort = await untilOver(drill, playing, controls);
  } finally {
    await drill.stop(cutShort);
    await controls?.page.close();
  }
  return { drill: drill.subject, events: drill.events };
}

/** When a drill ends whatever it shows; undefined if it plays until its end has come. */
function endSecondsOf({ options, scenario, numbers }: Playing): number | undefined {
  return numbers.seconds ?? (options.once ? scenario?.durationSeconds : undefined);
}

/** That `--seconds` may end a drill before what it is to show; undefined where it does not. */
async function earlyEnd(
  drill: Drill,
  { options, scenario, names, numbers }: Playing,
): Promise<string | undefined> {
  const { seconds, at } = numbers;
  if (seconds === undefined) return undefined;
  if (scenario !== undefined && seconds < scenario.durationSeconds) {
    return `--seconds ${seconds}: ends before the scenario, which lasts ${scenario.durationSeconds} s; what comes later is not played`;
  }
  const { measuredWithinSeconds } = await import("../../rehearsal/live/measures");
  const predicted =
    names.length > 0 ? drill.predicted(names, options.death ?? failureModeDefault) : undefined;
  const within = predicted && measuredWithinSeconds(predicted);
  return within === undefined || seconds >= at + within
    ? undefined
    : `--seconds ${seconds}: may end before the outage does; ${at + within} or more shows its end`;
}

/** What a person controls a drill with, who is there without `--once`. */
interface Controls {
  readonly page: PageServer;
  /** Obeys what is typed; returns how to end that. */
  readonly typed: (quit: () => void, onFault: (fault: unknown) => void) => () => void;
}

async function controlsOf(drill: Drill, port: number, { options, io }: Playing): Promise<Controls> {
  const [{ servePage }, { liveControl }, { obeyLines }] = await Promise.all([
    import("../../rehearsal/live/page/server"),
    import("../../rehearsal/live/page/liveControl"),
    import("./drillLines"),
  ]);
  const control = liveControl(drill);
  const page = await servePage(control, port);
  const say = (line: string): void => {
    (options.json ? io.stderr : io.stdout).write(`${line}\n`);
  };
  say(page.url);
  return { page, typed: (quit, onFault) => obeyLines({ control, say, quit, onFault }, io) };
}

/** Until a time, a request to end, or with `--once` what was to be seen; gives why it was not seen. */
async function untilOver(
  drill: Drill,
  playing: Playing,
  controls: Controls | undefined,
): Promise<readonly string[]> {
  const { options, numbers, onInterrupt } = playing;
  const isCut = options.once && numbers.seconds !== undefined;
  const { untilMeasured } = await import("../../rehearsal/live/untilMeasured");
  const removals: (() => void)[] = [];
  try {
    return await new Promise<readonly string[]>((resolve, reject) => {
      const end = (): void => {
        const open = isCut ? drill.openOutage : undefined;
        resolve(open === undefined ? [] : [`${open}: the outage was not over`]);
      };
      removals.push(
        onInterrupt(() => {
          resolve(options.once ? ["it was interrupted before its end"] : []);
        }),
      );
      if (controls) removals.push(controls.typed(end, reject));
      const endSeconds = endSecondsOf(playing);
      if (endSeconds !== undefined) drill.at(endSeconds, end);
      else if (options.once) void untilMeasured(drill, numbers.at).then(end);
    });
  } finally {
    for (const remove of removals) remove();
  }
}

async function reported(run: DrillRun, options: DrillCommandOptions, io: Io): Promise<ExitCode> {
  const json = jsonText(run);
  if (options.save !== undefined)
    await written({ option: "--save", path: options.save, text: json }, io);
  const { drillDocument } = await import("../../rehearsal/live/report");
  const document = drillDocument(run);
  if (options.html !== undefined) {
    const { drillPage } = await import("../../rehearsal/live/page/drillPage");
    await written({ option: "--html", path: options.html, text: drillPage(run) }, io);
  }
  if (options.junit !== undefined) {
    const { drillJunit } = await import("../../rehearsal/live/junit");
    await written({ option: "--junit", path: options.junit, text: drillJunit(run) }, io);
  }
  io.stdout.write(
    options.json ? json : asText(document, { ...textOptions(io), hasDetails: false }),
  );
  return verdictCode(document);
}
