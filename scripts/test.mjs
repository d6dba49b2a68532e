/**
 * `npm test`: types, lint, format and all tests, and with EVERY_CASE=1 their coverage. Some run at the
 * same time. Arguments are passed to mocha; with arguments, coverage is not judged.
 */
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, setPriority } from "node:os";
import { join } from "node:path";
import { readSummary, tooLow } from "./coverage.mjs";
import { ready, root } from "./ready.mjs";
import { coverageStep, stepsOf } from "./steps.mjs";

/**
 * @typedef {import("./steps.mjs").Step} Step
 * @typedef {{ passed: number, failed: number, skipped: number }} Totals
 * @typedef {{ name: string, passed: boolean, seconds: number, output: string, totals?: Totals }} Outcome
 */

const mochaArgs = process.argv.slice(2);
/** Relative to the root: mocha would split an absolute path at a comma. */
const folder = "coverage";

/** As in tests/sampled.ts. */
const isEveryCase = process.env["EVERY_CASE"] === "1";

/** All runs of tests: more would not be faster, and each takes up to a gigabyte. */
const atOnceMax = 6;

/**
 * Runs a step. The tests print their output as they run; the output of the other steps is kept
 * until they end.
 *
 * @param {Step} step
 * @returns {Promise<Outcome>}
 */
function run({ name, args, totalsFile, coverageFolder, niceness }) {
  const started = Date.now();
  const shown = name === "tests";
  const coverage = coverageFolder ? { NODE_V8_COVERAGE: join(root, coverageFolder) } : {};
  const colour = process.stdout.isTTY && !process.env["NO_COLOR"] ? { FORCE_COLOR: "1" } : {};
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: ["ignore", shown ? "inherit" : "pipe", shown ? "inherit" : "pipe"],
    env: { ...process.env, ...(shown ? {} : colour), ...coverage },
  });
  if (child.pid !== undefined) setPriority(child.pid, niceness);
  // Ctrl-C reaches every process directly, a kill only this one.
  const onKill = () => {
    child.kill();
    process.exitCode = 143;
  };
  process.once("SIGTERM", onKill);
  let output = "";
  const keep = (/** @type {string} */ text) => {
    output += text;
  };
  child.stdout?.setEncoding("utf8").on("data", keep);
  child.stderr?.setEncoding("utf8").on("data", keep);
  return new Promise((resolve) => {
    child.on("close", (code) => {
      process.off("SIGTERM", onKill);
      const seconds = (Date.now() - started) / 1000;
      const totals = totalsFile === undefined ? undefined : readTotals(totalsFile);
      resolve({ name, passed: code === 0, seconds, output, ...(totals ? { totals } : {}) });
    });
  });
}

/**
 * Runs all steps in the given order, a few at the same time.
 *
 * @param {Step[]} steps
 * @param {number} atOnce
 */
async function runAll(steps, atOnce) {
  const waiting = [...steps];
  /** @type {Outcome[]} */
  const outcomes = [];
  const worker = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      if (process.exitCode === undefined) outcomes.push(await run(step));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return steps.flatMap(({ name }) => outcomes.filter((outcome) => outcome.name === name));
}

/**
 * Computes the coverage of all tests, and judges it.
 *
 * @returns {Promise<Outcome>}
 */
async function judgeCoverage() {
  const summed = await run(coverageStep(folder));
  if (!summed.passed) return summed;
  const lines = tooLow(readSummary(join(root, folder, "coverage-summary.json")), root);
  return { ...summed, passed: lines.length === 0, output: lines.join("\n") };
}

/**
 * The totals of mocha; undefined if it was interrupted, or has another reporter.
 *
 * @param {string} file
 * @returns {Totals | undefined}
 */
function readTotals(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), "utf8"));
  } catch {
    return undefined;
  }
}

/**
 * Prints the output of failed steps and of tests, then one line per step, then the total: tests
 * count one by one, each other step counts as one, and so does a test run that failed without a
 * failed test.
 *
 * @param {Outcome[]} outcomes
 */
function report(outcomes) {
  const told = outcomes.filter(({ passed, totals }) => !passed || totals !== undefined);
  for (const { name, output } of told) {
    if (output !== "") console.log(`\n── ${name} ──\n${output.trimEnd()}`);
  }
  console.log();
  for (const { name, passed, seconds, totals } of outcomes) {
    const time = seconds > 0 ? `${seconds.toFixed(1).padStart(7)} s` : "";
    const counted = totals ? `  ${countedIn(totals)}` : "";
    console.log(`  ${name.padEnd(12)}${passed ? "ok    " : "FAILED"}${time}${counted}`);
  }
  const counts = outcomes.map(countsOf);
  const sum = (/** @type {keyof Totals} */ key) =>
    counts.reduce((total, each) => total + each[key], 0);
  if (!isEveryCase)
    console.log(
      "\nEVERY_CASE=1 runs what was skipped for its time, as continuous integration does.",
    );
  console.log(`\n${sum("passed")} passed, ${sum("failed")} failed, ${sum("skipped")} skipped`);
}

/** @param {Totals} totals */
function countedIn({ passed, failed, skipped }) {
  const skippedToo = skipped > 0 ? `, ${skipped} skipped` : "";
  return `${passed} of ${passed + failed}${skippedToo}`;
}

/**
 * @param {Outcome} outcome
 * @returns {Totals}
 */
function countsOf({ passed, totals }) {
  if (totals === undefined) {
    return { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 };
  }
  return passed || totals.failed > 0 ? totals : { ...totals, failed: 1 };
}

async function main() {
  await ready();
  rmSync(join(root, folder), { recursive: true, force: true });
  mkdirSync(join(root, folder), { recursive: true });
  // Two more than there are processors, because some runs mostly wait. With four more, each took a tenth
  // more of the processors' time.
  const atOnce = Math.min(atOnceMax, availableParallelism() + 2);
  const outcomes = await runAll(stepsOf(mochaArgs, { folder, isEveryCase }), atOnce);
  if (mochaArgs.length === 0 && isEveryCase) outcomes.push(await judgeCoverage());
  report(outcomes);
  process.exitCode ??= outcomes.every(({ passed }) => passed) ? 0 : 1;
}

await main();
