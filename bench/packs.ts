import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Rule } from "../policies/rule";
import type { PackLocation } from "../rehearsal/policy/packProcess";
import { startPack } from "../rehearsal/policy/packProcess";
import { ServedPack } from "../rehearsal/policy/servedPack";
import type { Resource } from "../routing/graph/resource";

/** A pack with as many rules of each kind as another one; its rules check nothing. */
export function emptyPack(directory: string, rules: readonly Rule[]): PackLocation {
  const policies = rules.map(({ about }, index) => {
    const callback = about === "stack" ? "validateStack" : "validateResource";
    return `{ name: "rule-${index}", description: "Nothing.", ${callback}: () => {} }`;
  });
  mkdirSync(directory);
  writeFileSync(join(directory, "package.json"), '{ "version": "0.0.1" }');
  writeFileSync(
    join(directory, "index.js"),
    `const { PolicyPack } = require("@pulumi/policy");\nnew PolicyPack("empty", { policies: [${policies.join(", ")}] });\n`,
  );
  return { directory, program: join(directory, "index.js") };
}

/** The cost of a pack's check of a stack. */
export interface PackTiming {
  readonly seconds: number;
  /** CPU time of its process, which other programs affect less than wall time. */
  readonly processorSeconds: number | undefined;
  /** Peak memory of its process; absent if the system does not report it. */
  readonly peakMebibytes: number | undefined;
}

/** Checks a stack with a pack in a new process: from the first request to the last answer. */
export async function timePack(
  location: PackLocation,
  resources: readonly Resource[],
): Promise<PackTiming> {
  const pack = await ServedPack.start(location);
  try {
    const { pid } = pack.process;
    const before = processorSecondsOf(pid) ?? 0;
    const started = performance.now();
    await pack.analyze(resources, { spared: false });
    const seconds = (performance.now() - started) / 1000;
    const after = processorSecondsOf(pid);
    return {
      seconds,
      processorSeconds: after === undefined ? undefined : after - before,
      peakMebibytes: peakMebibytesOf(pid),
    };
  } finally {
    await pack.stop();
  }
}

/** From the start of a pack's process until it serves, in seconds. */
export async function startSeconds(location: PackLocation): Promise<number> {
  const pack = await startPack(location);
  await pack.stop();
  return pack.startMs / 1000;
}

/** Peak memory of a process, from Linux. */
function peakMebibytesOf(pid: number): number | undefined {
  const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(procFile(pid, "status"))?.[1];
  return kibibytes === undefined ? undefined : Number(kibibytes) / 1024;
}

/** Linux's unit of CPU time: USER_HZ, the same on all platforms that Node supports. */
const ticksPerSecond = 100;

/** CPU time of a process, including kernel time. */
function processorSecondsOf(pid: number): number | undefined {
  // Fields 14 and 15 of proc(5), counted from the name in brackets, which is the second.
  const [, , , , , , , , , , , user, kernel] =
    procFile(pid, "stat").split(/\) /).at(-1)?.split(" ") ?? [];
  if (user === undefined || kernel === undefined) return undefined;
  return (Number(user) + Number(kernel)) / ticksPerSecond;
}

/** Linux's information about a process; absent on another system. */
function procFile(pid: number, name: "stat" | "status"): string {
  const path = `/proc/${pid}/${name}`;
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}
