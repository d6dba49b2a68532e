/**
 * `node dist/bench/policies.js`: the figures of the policy packs, one a line as `name value unit`.
 * Sizes are resources, a tenth of them hostnames. Beside what is served stand an empty pack with as
 * many rules, and @pulumi/awsguard where AWSGUARD_DIRECTORY names a folder that has it.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundlePack } from "../policies/bundle";
import { rules as dnsRules } from "../policies/dns-failover/pack";
import { findAll } from "../policies/inProcess";
import type { Rule } from "../policies/rule";
import { rules as workloadRules } from "../policies/workload/pack";
import type { PackLocation } from "../rehearsal/policy/packProcess";
import { ServedPack } from "../rehearsal/policy/servedPack";
import type { Resource } from "../routing/graph/resource";
import { median } from "./measure";
import { stackOfSize } from "./policyStack";

const root = join(__dirname, "..", "..");
const sizes = [100, 1000, 10_000] as const;
const largest = 10_000;
const packs: readonly (readonly [string, readonly Rule[]])[] = [
  ["dns-failover", dnsRules],
  ["workload", workloadRules],
];
const runsCount = 3;
const bytesPerMebibyte = 1024 * 1024;

function print(name: string, value: number, unit: string): void {
  process.stdout.write(`${name} ${value.toFixed(value < 10 ? 3 : 1)} ${unit}\n`);
}

/** Rules and model of both packs, in this process. */
function inProcess(): void {
  const all = packs.flatMap(([, rules]) => rules);
  findAll(all, stackOfSize(largest));
  for (const size of sizes) {
    const resources = stackOfSize(size);
    const times = Array.from({ length: runsCount }, () => {
      const started = performance.now();
      findAll(all, resources);
      return performance.now() - started;
    });
    const ms = median(times);
    print(`policies.inProcess.${size}.wall`, ms / 1000, "s");
    print(`policies.inProcess.${size}.perResource`, (1000 * ms) / size, "us");
  }
}

/** A pack of as many rules of each kind, which look at nothing. */
function emptyPack(folder: string, rules: readonly Rule[]): PackLocation {
  const policies = rules.map(({ about }, index) =>
    about === "stack"
      ? `{ name: "rule-${index}", description: "Nothing.", validateStack: () => {} }`
      : `{ name: "rule-${index}", description: "Nothing.", validateResource: () => {} }`,
  );
  writeFileSync(join(folder, "package.json"), '{ "version": "0.0.1" }');
  writeFileSync(
    join(folder, "index.js"),
    `const { PolicyPack } = require("@pulumi/policy");\nnew PolicyPack("empty", { policies: [${policies.join(", ")}] });\n`,
  );
  return { directory: folder, program: join(folder, "index.js") };
}

interface Served {
  readonly startSeconds: number;
  readonly seconds: number;
  readonly peakBytes: number;
}

/** A pack from its start to its answers about a stack; memory is the process's at its highest. */
async function serve(location: PackLocation, resources: readonly Resource[]): Promise<Served> {
  const pack = await ServedPack.start(location);
  try {
    const started = performance.now();
    await pack.analyze(resources);
    const seconds = (performance.now() - started) / 1000;
    return {
      startSeconds: pack.process.startMs / 1000,
      seconds,
      peakBytes: peakBytesOf(pack.process.pid),
    };
  } finally {
    await pack.stop();
  }
}

/** The most memory that a process has had, as Linux counts it; none elsewhere. */
function peakBytesOf(pid: number): number {
  const path = `/proc/${pid}/status`;
  if (!existsSync(path)) return 0;
  const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(path, "utf8"))?.[1];
  return Number(kibibytes ?? 0) * 1024;
}

async function served(folder: string): Promise<void> {
  for (const [pack, rules] of packs) {
    const out = join(folder, pack);
    await bundlePack(join(root, "policies", pack), out);
    const ours: PackLocation = { directory: out, program: join(out, "index.js") };
    const emptyFolder = mkdtempSync(join(folder, "empty-"));
    const empty = emptyPack(emptyFolder, rules);
    for (const size of sizes) {
      const resources = stackOfSize(size);
      // By turns, so that what else the machine does strikes both alike.
      const [a, b] = [await serve(ours, resources), await serve(empty, resources)];
      const name = `policies.${pack}.${size}`;
      print(`${name}.served.wall`, a.seconds, "s");
      print(`${name}.served.perResource`, (1e6 * a.seconds) / size, "us");
      print(`${name}.empty.wall`, b.seconds, "s");
      if (size !== largest) continue;
      print(`${name}.wall.ofEmpty`, a.seconds / b.seconds, "ratio");
      print(`${name}.served.memory`, a.peakBytes / bytesPerMebibyte, "MiB");
      print(`${name}.empty.memory`, b.peakBytes / bytesPerMebibyte, "MiB");
      if (b.peakBytes > 0) print(`${name}.memory.ofEmpty`, a.peakBytes / b.peakBytes, "ratio");
    }
    const starts = [];
    for (let run = 0; run < runsCount; run += 1) starts.push((await serve(ours, [])).startSeconds);
    print(`policies.${pack}.start`, median(starts), "s");
  }
}

/** The pack that others know, where it is at hand: it needs an older @pulumi/aws in its own folder. */
async function awsguard(): Promise<void> {
  const directory = process.env["AWSGUARD_DIRECTORY"];
  if (directory === undefined) {
    process.stdout.write("policies.awsguard skipped: AWSGUARD_DIRECTORY names no folder with it\n");
    return;
  }
  const location = { directory, program: join(directory, "index.js") };
  for (const size of sizes) {
    const { seconds, peakBytes, startSeconds } = await serve(location, stackOfSize(size));
    print(`policies.awsguard.${size}.served.wall`, seconds, "s");
    print(`policies.awsguard.${size}.served.perResource`, (1e6 * seconds) / size, "us");
    if (size !== largest) continue;
    print(`policies.awsguard.${size}.served.memory`, peakBytes / bytesPerMebibyte, "MiB");
    print("policies.awsguard.start", startSeconds, "s");
  }
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "policy-bench-"));
  process.env["NODE_PATH"] = join(root, "node_modules");
  try {
    inProcess();
    await served(folder);
    await awsguard();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

void main();
