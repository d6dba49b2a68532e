/** The code of an earlier commit, to measure it beside the present one. */
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { buildSync } from "esbuild";

const root = join(__dirname, "..");

/**
 * Writes the files of a commit into a folder.
 *
 * @param paths only these; default: all
 */
export function extract(commit: string, folder: string, ...paths: readonly string[]): void {
  const archive = ["archive", commit, ...paths];
  const input = execFileSync("git", archive, { cwd: root, maxBuffer: 2 ** 30 });
  execFileSync("tar", ["-x", "-C", folder], { input });
}

/** The exports of a source file, compiled in the same way for every tree. */
export function bundled(entry: string, outfile: string): unknown {
  buildSync({
    entryPoints: [entry],
    bundle: true,
    platform: "node",
    format: "cjs",
    target: `node${process.versions.node}`,
    nodePaths: [join(root, "node_modules")],
    outfile,
  });
  return createRequire(__filename)(outfile);
}
