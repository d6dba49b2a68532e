/** What `npm test` consists of. */
import { join } from "node:path";

/**
 * @typedef {{ name: string, args: string[] }} Step a program of a package, run by Node
 */

/** @param {string} path */
const bin = (path) => join("node_modules", path);

/**
 * The steps of `npm test`, the longest first.
 *
 * @param {string[]} args what the person at the keyboard gave, all of it for mocha
 * @param {string} totalsFile where the totals go
 * @returns {Step[]}
 */
export function stepsOf(args, totalsFile) {
  const named = args.some((arg) => /\.ts$|^tests\//.test(arg));
  const reports = args.some((arg) => /^(?:--reporter|-R)\b/.test(arg));
  const mocha = [
    bin("mocha/bin/mocha.js"),
    ...(reports ? [] : ["--reporter", join("scripts", "totals.mjs")]),
    ...(reports ? [] : ["--reporter-option", `file=${totalsFile}`]),
    // One test singled out and forgotten would let all others pass unseen.
    ...(args.length === 0 ? ["--forbid-only"] : []),
    ...args,
    ...(named ? [] : ["tests/**/*.test.ts"]),
  ];
  return [
    { name: "tests", args: [bin("c8/bin/c8.js"), process.execPath, ...mocha] },
    { name: "lint", args: [bin("eslint/bin/eslint.js"), "."] },
    { name: "types", args: [bin("typescript/bin/tsc"), "-p", "."] },
    { name: "scripts", args: [bin("typescript/bin/tsc"), "-p", "scripts"] },
    { name: "format", args: [bin("prettier/bin/prettier.cjs"), "--check", "."] },
  ];
}
