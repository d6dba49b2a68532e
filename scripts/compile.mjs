/**
 * Compiles every TypeScript file of the program and the tool to dist/, each in the folder of its
 * source. Only changed files are compiled, and an unchanged tree costs a few milliseconds. `npm
 * test` checks types; this does not.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";

/** Folders without compiled sources; tests run from their sources. */
const foldersLeftOut = new Set(["node_modules", "dist", "coverage", "reports", "tests"]);

/** Change this together with the options below, so that everything is recompiled. */
const optionsVersion = 1;

/**
 * @typedef {Record<string, string>} Sources path from the root, with `/`, to a value that changes
 * with it
 * @typedef {{ tool: string, sources: Sources }} Stamp
 * @typedef {{ compile: string[], remove: string[] }} Plan
 */

/**
 * The sources to compile, and those whose output to remove.
 *
 * @param {Stamp} now
 * @param {Stamp | undefined} before the stamp of dist/; undefined if there is none
 * @returns {Plan}
 */
export function planCompilation(now, before) {
  const known = before?.tool === now.tool ? before.sources : {};
  return {
    compile: Object.keys(now.sources).filter((path) => known[path] !== now.sources[path]),
    remove: Object.keys(before?.sources ?? {}).filter((path) => !(path in now.sources)),
  };
}

/**
 * The sources of a tree, with size and time of change. (Reading and hashing them all would cost ten
 * times as much, and a file that only looks changed is merely compiled once more.)
 *
 * @param {string} root
 * @returns {Sources}
 */
export function findSources(root) {
  /** @type {Sources} */
  const sources = {};
  /** @param {string} folder */
  const visit = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.name.startsWith(".") || foldersLeftOut.has(entry.name)) continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) visit(path);
      else if (/(?<!\.d)\.ts$/.test(entry.name)) {
        const { mtimeMs, size } = statSync(path);
        sources[relative(root, path).replaceAll(sep, "/")] = `${mtimeMs} ${size}`;
      }
    }
  };
  visit(root);
  return sources;
}

/**
 * The plan, and the stamp that will be valid afterwards.
 *
 * @param {string} root
 * @param {string} installed identifies the installed packages, including the compiler
 * @returns {Plan & { stamp: Stamp }}
 */
export function inspectSources(root, installed) {
  const stamp = { tool: `${optionsVersion} ${installed.trim()}`, sources: findSources(root) };
  return { ...planCompilation(stamp, readStamp(root)), stamp };
}

/**
 * Compiles and removes as planned.
 *
 * @param {string} root
 * @param {ReturnType<typeof inspectSources>} plan
 * @param {(line: string) => void} say
 */
export async function compile(root, { compile: paths, remove, stamp }, say) {
  const dist = join(root, "dist");
  for (const path of remove) {
    const output = join(dist, path.replace(/ts$/, "js"));
    rmSync(output, { force: true });
    rmSync(`${output}.map`, { force: true });
  }
  if (paths.length > 0) {
    const { build } = await import("esbuild");
    try {
      const { outputFiles } = await build({
        absWorkingDir: root,
        entryPoints: paths,
        outdir: dist,
        outbase: root,
        format: "cjs",
        platform: "node",
        target: "node20",
        // `import()` becomes a deferred `require`, which finds `./x` without an extension.
        supported: { "dynamic-import": false },
        sourcemap: true,
        write: false,
        logLevel: "silent",
      });
      for (const { path, contents } of outputFiles) replaceFile(path, contents);
    } catch (error) {
      for (const line of faultsOf(error)) say(line);
      say("compiling failed; correct the lines above");
      process.exit(3);
    }
  }
  replaceFile(stampPath(root), JSON.stringify(stamp));
}

/**
 * The errors of esbuild, one per line.
 *
 * @param {unknown} error
 * @returns {string[]}
 */
function faultsOf(error) {
  if (!(error instanceof Error && "errors" in error && Array.isArray(error.errors))) throw error;
  /** @type {import("esbuild").Message[]} */
  const messages = error.errors;
  return messages.map(({ text, location }) =>
    location ? `${location.file}:${location.line}: ${text}` : text,
  );
}

/**
 * Writes a file in one step, so that a concurrent run never reads half of it.
 *
 * @param {string} path
 * @param {string | Uint8Array} contents
 */
function replaceFile(path, contents) {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}`;
  writeFileSync(temporary, contents);
  renameSync(temporary, path);
}

/**
 * @param {string} root
 * @returns {Stamp | undefined}
 */
function readStamp(root) {
  try {
    return JSON.parse(readFileSync(stampPath(root), "utf8"));
  } catch {
    return undefined;
  }
}

/** @param {string} root */
function stampPath(root) {
  return join(root, "dist", ".compiled.json");
}
