/** The steps of `npm test`, and their commands. */
import { join } from "node:path";

/**
 * @typedef {{ name: string, args: string[], totalsFile?: string, coverageFolder?: string, niceness: number }} Step
 * a program of a package, run by Node; with `totalsFile` it runs tests and writes their totals
 * there, with `coverageFolder` Node writes its coverage there, and that of its child processes;
 * the higher its `niceness`, the more it gives way to others
 */

/** @param {string} path */
const bin = (path) => join("node_modules", path);

/**
 * TypeScript 7, which takes a fourth of the time of 6 and finds the same errors. (The tests and
 * ts-node use the compiler as a library, which 7 is not.)
 */
const compiler = bin("typescript-native/bin/tsc");

/** Checks only what has changed, and what depends on it: a second run takes less than half the time. */
const incremental = ["--incremental", "--tsBuildInfoFile", "node_modules/.cache/types.tsbuildinfo"];

/** The tests that run real servers and mostly wait for them, while other tests compute. */
const applicationTests = "tests/{app,rehearsal/live/lamp}/**/*.test.ts";

/** The tests of commands, policy packs and this repository, which start processes and wait for them. */
const commandTests = "tests/{bench,cli,conventions,rehearsal/policy,scripts}/**/*.test.ts";

/** The tests that talk to stand-ins for AWS and to the servers of a drill, and wait for their clocks. */
const liveTests =
  "tests/{{aws,rehearsal/live/{dns,gate,page,typed}}/**/*,rehearsal/live/*,program/{operating,restore}}.test.ts";

/** The tests of the program, and others that share its evaluations. */
const programTests =
  "tests/{{package,policies}/**/*,program/{!(operating|restore),*/**/*},rehearsal/cost/configurations}.test.ts";

/**
 * Tests that repeat one comparison for many sampled cases. Nearly all branches that they take are
 * taken by other tests too, and to count them would take a sixth more time.
 */
const sampledTests =
  "tests/**/{gate/{exploration,sequences},repair/{mutations,randomZones},simulation/bounds,randomTrees}.test.ts";

/**
 * Niceness, from the tests that measure time to those that only compute: these use the time in which
 * the others wait. If both want all of it, Linux gives a process three times the time of one that is 5 nicer.
 */
const measures = 0;
const waits = 5;
const computes = 10;
/** What only computes and waits for nothing fills the time that the longest runs leave. */
const fills = 15;

/**
 * The steps of `npm test`: first those that wait the longest.
 *
 * @param {string[]} args the arguments of the user, all passed to mocha
 * @param {{ folder: string, isEveryCase: boolean }} run `folder` is for totals and coverage, which only a run
 *   of every case has, since it takes a twelfth of the time
 * @returns {Step[]}
 */
export function stepsOf(args, { folder, isEveryCase }) {
  const check = (/** @type {string} */ name, /** @type {string[]} */ ...program) => ({
    name,
    args: program,
    niceness: fills,
  });
  return [
    ...(args.length === 0 ? wholeRun(folder, isEveryCase) : [chosenRun(args, folder)]),
    check("lint", bin("oxlint/bin/oxlint")),
    // One rule, in the time of all others.
    ...(isEveryCase ? [check("instances", join("scripts", "classInstances.mjs"))] : []),
    check("types", compiler, "-p", ".", ...incremental),
    check("scripts", compiler, "-p", "scripts"),
    // The script of the drill's page, with the types of a browser.
    check("page", compiler, "-p", join("rehearsal", "live", "page", "client")),
    check("format", bin("oxfmt/bin/oxfmt"), "--check"),
  ];
}

/**
 * Summarises the coverage that steps left in a folder.
 *
 * @param {string} folder
 * @returns {Step}
 */
export function coverageStep(folder) {
  const args = [bin("c8/bin/c8.js"), "report", "--temp-directory", rawCoverage(folder)];
  return { name: "coverage", args, niceness: computes };
}

/**
 * All tests, in six runs of at most a quarter of the time, so that none runs alone at the end.
 *
 * @param {string} folder
 * @param {boolean} isCounted whether their coverage is
 * @returns {Step[]}
 */
function wholeRun(folder, isCounted) {
  // A forgotten `.only` would skip all other tests unnoticed.
  const complete = ["--forbid-only"];
  const apart = [applicationTests, liveTests, commandTests, programTests, sampledTests];
  const others = [...apart.flatMap((tests) => ["--ignore", tests]), allTests];
  const coverage = isCounted ? { coverageFolder: rawCoverage(folder) } : {};
  const run = (
    /** @type {string} */ name,
    /** @type {number} */ niceness,
    /** @type {string[]} */ ...tests
  ) => ({ ...testStep(name, folder, [...complete, ...tests]), niceness });
  return [
    // The coverage of PHP is not measured here, nor that of what starts it.
    run("application", measures, applicationTests),
    { ...run("live", waits, liveTests), ...coverage },
    { ...run("commands", waits, commandTests), ...coverage },
    { ...run("tests", computes, ...others), ...coverage },
    { ...run("program", computes, programTests), ...coverage },
    run("sampled", fills, sampledTests),
  ];
}

/** @param {string} folder */
function rawCoverage(folder) {
  return join(folder, "raw");
}

const allTests = "tests/**/*.test.ts";

/**
 * The tests that the user selects.
 *
 * @param {string[]} args
 * @param {string} folder
 * @returns {Step}
 */
function chosenRun(args, folder) {
  const named = args.some((arg) => /\.ts$|^tests\//.test(arg));
  const files = named ? [] : [allTests];
  const reports = args.some((arg) => /^(?:--reporter|-R)\b/.test(arg));
  return reports
    ? { name: "tests", args: [mocha, ...args, ...files], niceness: measures }
    : testStep("tests", folder, [...args, ...files]);
}

/**
 * Evaluations make much garbage: with room for it (in MB), a run of tests takes a sixth less. And each
 * processor has a run of its own: threads that help one to collect would wait for the others.
 */
const garbage = ["--max-semi-space-size=128", "--single-threaded-gc"];
const mocha = bin("mocha/bin/mocha.js");

/**
 * @param {string} name
 * @param {string} folder
 * @param {string[]} args
 * @returns {Step}
 */
function testStep(name, folder, args) {
  const totalsFile = join(folder, `${name}.json`);
  const reporter = ["--reporter", join("scripts", "totals.mjs")];
  const run = [...garbage, mocha, ...reporter, "--reporter-option", `file=${totalsFile}`, ...args];
  return { name, totalsFile, args: run, niceness: measures };
}
