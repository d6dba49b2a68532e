import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundlePack } from "../policies/bundle";
import { rules as dnsRules } from "../policies/dns-failover/pack";
import { findAll } from "../policies/inProcess";
import type { Rule } from "../policies/rule";
import { rules as workloadRules } from "../policies/workload/pack";
import { StackMessages } from "../rehearsal/policy/analyzerMessages";
import type { PackLocation } from "../rehearsal/policy/packProcess";
import type { Resource } from "../routing/graph/resource";
import type { Figures } from "./figures";
import { median } from "./measure";
import type { PackTiming } from "./packs";
import { emptyPack, timePack, startSeconds } from "./packs";
import type { Series } from "./perResource";
import { perResourceTable } from "./perResource";
import { resourcesPerHostname, stackOfSize } from "./policyStack";

const root = join(__dirname, "..", "..");
/** Resources; a tenth of them are hostnames. */
const sizes = [100, 1000, 10_000] as const;
const largest = 10_000;
const packs: readonly (readonly [string, readonly Rule[]])[] = [
  ["dns-failover", dnsRules],
  ["workload", workloadRules],
];
/** Number of measurements in this process, and of a start. */
const runsCount = 5;
/**
 * Number of alternating runs of a pack and the empty one, so that the machine's load affects both
 * alike.
 */
const turnsCount = 3;

/**
 * The cost of the rules and the model: in this process, then served over gRPC and compared with an
 * empty pack with as many rules, and with @pulumi/awsguard if AWSGUARD_DIRECTORY names a folder
 * with it. The configuration is the packs' own.
 */
export async function policyFigures(figures: Figures): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "policy-bench-"));
  const path = process.env["NODE_PATH"];
  process.env["NODE_PATH"] = join(root, "node_modules");
  try {
    const table = [inProcess(figures)];
    const stacks = sizes.map(readyStack);
    for (const [pack, rules] of packs) {
      table.push(...(await served(pack, rules, stacks, folder, figures)));
    }
    table.push(...(await awsguard(stacks, figures)));
    figures.say("");
    for (const line of perResourceTable(sizes, table)) figures.say(line);
    figures.say("");
  } finally {
    if (path === undefined) delete process.env["NODE_PATH"];
    else process.env["NODE_PATH"] = path;
    rmSync(folder, { recursive: true });
  }
}

/** A stack with prepared messages, so that no pack is charged for their creation. */
function readyStack(size: number): readonly Resource[] {
  const resources = stackOfSize(size);
  const messages = StackMessages.of(resources);
  for (const resource of resources) messages.analyze(resource);
  messages.analyzeStack();
  return resources;
}

/** Rules and model of both packs. */
function inProcess(figures: Figures): Series {
  const all = packs.flatMap(([, rules]) => rules);
  // The first run is not compiled yet; that is part of the served figures.
  findAll(all, stackOfSize(largest));
  const seconds = sizes.map((size) => {
    const resources = stackOfSize(size);
    const times = Array.from({ length: runsCount }, () => {
      const started = performance.now();
      findAll(all, resources);
      return (performance.now() - started) / 1000;
    });
    return median(times);
  });
  const name = `policies.inProcess.${largest}resources.${largest / resourcesPerHostname}hostnames`;
  figures.print(`${name}.wall`, seconds.at(-1) ?? NaN, "s", { most: 3 });
  return { name: `in process, both packs: ${all.length} rules`, seconds };
}

async function served(
  pack: string,
  rules: readonly Rule[],
  stacks: readonly (readonly Resource[])[],
  folder: string,
  figures: Figures,
): Promise<readonly Series[]> {
  const out = join(folder, pack);
  await bundlePack(join(root, "policies", pack), out);
  const ours = { directory: out, program: join(out, "index.js") };
  const empty = emptyPack(join(folder, `empty-${pack}`), rules);
  const turns: Turns[] = [];
  for (const resources of stacks) turns.push(await takeTurns(ours, empty, resources));
  const name = `policies.${pack}.${largest}resources`;
  const last = turns.at(-1) ?? { ours: [], empty: [] };
  figures.print(`${name}.served.wall`, fastest(last.ours, wallOf), "s");
  figures.print(`${name}.served.ofEmptyPack`, ratioOf(last, wallOf), "times", { most: 1.5 });
  if (isKnown(last.ours, processorOf)) {
    figures.print(`${name}.processorOfEmptyPack`, ratioOf(last, processorOf), "times");
  }
  if (isKnown(last.ours, memoryOf)) {
    const peak = (all: readonly PackTiming[]): number => median(all.map(memoryOf));
    const ratio = peak(last.ours) / peak(last.empty);
    figures.print(`${name}.memory`, peak(last.ours), "MiB");
    figures.print(`${name}.memoryOfEmptyPack`, ratio, "times", { most: 1.2 });
  }
  await starts(pack, ours, figures);
  return [
    { name: `${pack}, served: ${rules.length} rules`, seconds: turns.map(wallsOf("ours")) },
    { name: `an empty pack of ${rules.length} rules`, seconds: turns.map(wallsOf("empty")) },
  ];
}

/** The cost of two packs for the same stack, turn by turn. */
interface Turns {
  readonly ours: readonly PackTiming[];
  readonly empty: readonly PackTiming[];
}

async function takeTurns(
  one: PackLocation,
  other: PackLocation,
  resources: readonly Resource[],
): Promise<Turns> {
  const ours: PackTiming[] = [];
  const empty: PackTiming[] = [];
  for (let turn = 0; turn < turnsCount; turn += 1) {
    // The order alternates, so that neither always runs second.
    if (turn % 2 === 0) ours.push(await timePack(one, resources));
    empty.push(await timePack(other, resources));
    if (turn % 2 === 1) ours.push(await timePack(one, resources));
  }
  return { ours, empty };
}

type Measure = (one: PackTiming) => number;

const wallOf: Measure = ({ seconds }) => seconds;
const processorOf: Measure = ({ processorSeconds }) => processorSeconds ?? NaN;
const memoryOf: Measure = ({ peakMebibytes }) => peakMebibytes ?? NaN;

function isKnown(all: readonly PackTiming[], of: Measure): boolean {
  return all.every((one) => !Number.isNaN(of(one)));
}

/** The minimum of the turns: other load on the machine only adds. */
function fastest(all: readonly PackTiming[], of: Measure): number {
  return Math.min(...all.map(of));
}

/** The ratio of a pack's minimum to an empty pack's. */
function ratioOf({ ours, empty }: Turns, of: Measure): number {
  return fastest(ours, of) / fastest(empty, of);
}

const wallsOf =
  (side: keyof Turns) =>
  (turns: Turns): number =>
    fastest(turns[side], wallOf);

/** The start of a pack as it is published: one file, which no compiler has to read. */
async function starts(pack: string, published: PackLocation, figures: Figures): Promise<void> {
  const times: number[] = [];
  for (let run = 0; run < runsCount; run += 1) times.push(await startSeconds(published));
  figures.print(`policies.${pack}.start`, median(times), "s", { most: 2 });
}

/** A well-known pack. It needs an older @pulumi/aws, and so a separate folder. */
async function awsguard(
  stacks: readonly (readonly Resource[])[],
  figures: Figures,
): Promise<readonly Series[]> {
  const directory = process.env["AWSGUARD_DIRECTORY"];
  if (directory === undefined) {
    figures.say("policies.awsguard skipped: AWSGUARD_DIRECTORY names no folder with it");
    return [];
  }
  const location = { directory, program: join(directory, "index.js") };
  const judged: PackTiming[] = [];
  for (const resources of stacks) judged.push(await timePack(location, resources));
  const last = judged.at(-1);
  figures.print(`policies.awsguard.${largest}resources.served.wall`, last?.seconds ?? NaN, "s");
  if (last?.peakMebibytes !== undefined) {
    figures.print(`policies.awsguard.${largest}resources.memory`, last.peakMebibytes, "MiB");
  }
  figures.print("policies.awsguard.start", await startSeconds(location), "s");
  return [{ name: "@pulumi/awsguard 0.3.1, served", seconds: judged.map(wallOf) }];
}
