import { spawnSync } from "node:child_process";

/** Number of measurements of each figure; the median is printed. */
const runsCount = 5;

/** Runs a program to its end and returns its wall time in seconds, from start to exit. */
function timed(command: string, args: readonly string[], directory: string): number {
  const started = process.hrtime.bigint();
  const { status, stderr, error } = spawnSync(command, [...args], {
    cwd: directory,
    encoding: "utf8",
  });
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  if (status === 0) return seconds;
  throw new Error(`${[command, ...args].join(" ")} failed: ${stderr}`, { cause: error });
}

/** The median wall time of several runs of a program, in seconds. */
export function medianSeconds(command: string, args: readonly string[], directory: string): number {
  const times = Array.from({ length: runsCount }, () => timed(command, args, directory));
  return median(times);
}

/** The middle value of an odd number of values. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
