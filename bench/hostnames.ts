import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EvaluationCost } from "./evaluateHostnames";
import type { Figures } from "./figures";
import type { Form } from "./benchHostnames";
import { forms, benchHostnames } from "./benchHostnames";
import { median, medianSeconds } from "./measure";

/** This file runs as dist/bench/hostnames.js. */
const root = join(__dirname, "..", "..");
const many = 1000;
/**
 * One hostname and many are measured alternately, so that the machine's load affects both alike.
 */
const turnsCount = 3;

const bytesPerMebibyte = 1024 * 1024;
/** Maximum ratio of the time for a thousand hostnames to that for one. */
const timesOneMax = 10;
/** A gigabyte. */
const memoryMaxMebibytes = 1e9 / bytesPerMebibyte;
/** An export of a thousand hostnames is parsed as a whole (docs/adr/0036). */
const resolveMaxSeconds = 2;

/** The cost of a thousand hostnames on the same tiers, compared with one. */
export function hostnameFigures(figures: Figures): void {
  const folder = mkdtempSync(join(tmpdir(), "hostnames-bench-"));
  try {
    for (const form of Object.keys(forms) as Form[]) figuresOf(form, folder, figures);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function figuresOf(form: Form, folder: string, figures: Figures): void {
  const file = join(folder, `${form}.json`);
  const turns = Array.from({ length: turnsCount }, () => ({
    one: evaluated(form, 1),
    thousand: evaluated(form, many, file),
  }));
  const [{ one, thousand } = unreachable()] = turns;
  const wall = (of: keyof (typeof turns)[number]): number =>
    median(turns.map((turn) => turn[of].seconds));
  const peak = Math.max(...turns.map((turn) => turn.thousand.peakBytes));
  const name = `hostnames.${form}`;
  figures.print(`${name}.1.resources`, one.resources, "count");
  figures.print(`${name}.${many}.resources`, thousand.resources, "count");
  figures.print(`${name}.${many}.records`, thousand.records, "count");
  figures.print(`${name}.1.evaluate.wall`, wall("one"), "s");
  figures.print(`${name}.${many}.evaluate.wall`, wall("thousand"), "s");
  figures.print(`${name}.${many}.evaluate.ofOne`, wall("thousand") / wall("one"), "ratio", {
    most: timesOneMax,
  });
  figures.print(`${name}.${many}.evaluate.memory`, peak / bytesPerMebibyte, "MiB", {
    most: memoryMaxMebibytes,
  });
  figures.print(`${name}.${many}.export`, statSync(file).size / bytesPerMebibyte, "MiB");
  const wanted = benchHostnames(form, many)[many / 2] ?? "";
  for (const [what, fail] of [
    ["resolveFrom", []],
    ["resolveFrom.fail", ["--fail", "us-west-2a"]],
  ] as const) {
    const command = [join("dist", "cli", "failover.js"), "resolve", wanted, ...fail];
    const seconds = medianSeconds(process.execPath, [...command, "--from", file], root);
    figures.print(`${name}.${many}.${what}.wall`, seconds, "s", { most: resolveMaxSeconds });
  }
}

/** An evaluation in a separate process, because memory is measured per process. */
function evaluated(form: Form, count: number, exportFile?: string): EvaluationCost {
  const script = join("dist", "bench", "evaluateHostnames.js");
  const args = [script, form, String(count), ...(exportFile === undefined ? [] : [exportFile])];
  return JSON.parse(
    execFileSync(process.execPath, args, { cwd: root, encoding: "utf8" }),
  ) as EvaluationCost;
}

function unreachable(): never {
  throw new Error("there is at least one turn");
}
