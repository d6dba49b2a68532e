/** What `npm test` consists of. */
import { join } from "node:path";

/**
 * @typedef {{ name: string, args: string[], totalsFile?: string }} Step
 *   a program of a package, run by Node; with `totalsFile` it runs tests and counts them there
 */

/** @param {string} path */
const bin = (path) => join("node_modules", path);

/** The tests that run real servers, and mostly wait for them: time for others to compute. */
const applicationTests = "tests/app/**/*.test.ts";

/**
 * The steps of `npm test`, the longest first.
 *
 * @param {string[]} args what the person at the keyboard gave, all of it for mocha
 * @param {string} totalsFolder where the totals go
 * @returns {Step[]}
 */
export function stepsOf(args, totalsFolder) {
  return [
    ...(args.length === 0 ? wholeRun(totalsFolder) : [chosenRun(args, totalsFolder)]),
    { name: "lint", args: [bin("eslint/bin/eslint.js"), "."] },
    { name: "types", args: [bin("typescript/bin/tsc"), "-p", "."] },
    { name: "scripts", args: [bin("typescript/bin/tsc"), "-p", "scripts"] },
    { name: "format", args: [bin("prettier/bin/prettier.cjs"), "--check", "."] },
  ];
}

/**
 * All tests, the application's beside the others.
 *
 * @param {string} totalsFolder
 * @returns {Step[]}
 */
function wholeRun(totalsFolder) {
  // One test singled out and forgotten would let all others pass unseen.
  const complete = ["--forbid-only"];
  return [
    testStep("tests", totalsFolder, [...complete, "--ignore", applicationTests, allTests]),
    testStep("application", totalsFolder, [...complete, applicationTests]),
  ];
}

const allTests = "tests/**/*.test.ts";

/**
 * The tests that somebody asks for.
 *
 * @param {string[]} args
 * @param {string} totalsFolder
 * @returns {Step}
 */
function chosenRun(args, totalsFolder) {
  const named = args.some((arg) => /\.ts$|^tests\//.test(arg));
  const files = named ? [] : [allTests];
  const reports = args.some((arg) => /^(?:--reporter|-R)\b/.test(arg));
  return reports
    ? { name: "tests", args: [...underCoverage, mocha, ...args, ...files] }
    : testStep("tests", totalsFolder, [...args, ...files]);
}

const mocha = bin("mocha/bin/mocha.js");
const underCoverage = [bin("c8/bin/c8.js"), process.execPath];

/**
 * @param {string} name
 * @param {string} totalsFolder
 * @param {string[]} args
 * @returns {Step}
 */
function testStep(name, totalsFolder, args) {
  const totalsFile = join(totalsFolder, `${name}.json`);
  const reporter = ["--reporter", join("scripts", "totals.mjs")];
  const run = [mocha, ...reporter, "--reporter-option", `file=${totalsFile}`, ...args];
  // The application is PHP; what it does is covered by no figure here.
  return { name, totalsFile, args: name === "tests" ? [...underCoverage, ...run] : run };
}
