/** The required coverage per folder, so that a good one cannot hide a poor one. */
import { readFileSync } from "node:fs";
import { relative, sep } from "node:path";

/** Required share of branches, in per cent. */
export const branchesDemanded = 95;

/** The folders with a requirement. */
export const coveredFolders = [
  "constraints",
  "routing",
  "components",
  "policies",
  "rehearsal",
  "functions",
];

/**
 * @typedef {{ total: number, covered: number }} Count
 * @typedef {Record<string, { branches: Count }>} Summary the output of c8's json-summary reporter
 * @typedef {{ folder: string, percent: number, enough: boolean, worst: string[] }} FolderCoverage
 */

/**
 * The share of branches taken in each folder, with the files that miss the most if it is too low.
 *
 * @param {Summary} summary
 * @param {string} root
 * @returns {FolderCoverage[]}
 */
export function coverageByFolder(summary, root) {
  const files = Object.entries(summary)
    .filter(([path]) => path !== "total")
    .map(([path, { branches }]) => ({ path: relative(root, path).replaceAll(sep, "/"), branches }));
  return coveredFolders.flatMap((folder) => {
    const mine = files.filter(({ path }) => path.startsWith(`${folder}/`));
    if (mine.length === 0) return [];
    const total = sum(mine.map(({ branches }) => branches.total));
    const covered = sum(mine.map(({ branches }) => branches.covered));
    const percent = total === 0 ? 100 : (100 * covered) / total;
    const enough = percent >= branchesDemanded;
    return [{ folder, percent, enough, worst: enough ? [] : missing(mine) }];
  });
}

/**
 * The folders with too little coverage, as lines of text; none if there are none.
 *
 * @param {Summary} summary
 * @param {string} root
 * @returns {string[]}
 */
export function tooLow(summary, root) {
  return coverageByFolder(summary, root)
    .filter(({ enough }) => !enough)
    .flatMap(({ folder, percent, worst }) => [
      `${folder}: ${percent.toFixed(1)} % of branches taken; ${branchesDemanded} % are required`,
      ...worst.map((line) => `  ${line}`),
    ]);
}

/** Number of files listed for low coverage. */
const worstCount = 5;

/**
 * @param {{ path: string, branches: Count }[]} files
 * @returns {string[]}
 */
function missing(files) {
  return files
    .map(({ path, branches }) => ({ path, missed: branches.total - branches.covered }))
    .filter(({ missed }) => missed > 0)
    .sort((a, b) => b.missed - a.missed)
    .slice(0, worstCount)
    .map(({ path, missed }) => `${path}: ${missed} branches not taken`);
}

/** @param {number[]} numbers */
function sum(numbers) {
  return numbers.reduce((a, b) => a + b, 0);
}

/**
 * @param {string} path
 * @returns {Summary}
 */
export function readSummary(path) {
  return JSON.parse(readFileSync(path, "utf8"));
}
