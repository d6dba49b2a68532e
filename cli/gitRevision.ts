import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import { promisify } from "node:util";
import { InputError } from "../routing/inputError";
import { ownProjectOf } from "../rehearsal/project";
import type { Io } from "./io";
import { standardInput } from "./io";

const execute = promisify(execFile);

/**
 * Does work in another revision of the repository: a worktree in a temporary folder, with the packages
 * that are installed here. It is removed afterwards, also after an error or Ctrl-C.
 *
 * @param work gets an `Io` whose relative paths start in the worktree
 * @throws InputError if there is no such revision
 */
export async function atRevision<T>(
  revision: string,
  io: Io,
  work: (there: Io) => Promise<T>,
): Promise<T> {
  const top = await topOf(io.directory, revision);
  const directory = realpathSync(io.directory);
  const commit = await commitOf(top, revision);
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "failover-diff-"));
  const tree = join(folder, "tree");
  const interruption = interruptionOf(io);
  try {
    await git(top, ["worktree", "add", "--quiet", "--detach", tree, commit]);
    // Files alone need no project, and the worktree has none that is above the repository.
    const project = ownProjectOf(directory);
    if (project !== undefined && isWithin(top, project)) linkPackages(top, tree, project);
    const there = join(tree, relative(top, directory));
    return await Promise.race([work(within(there, revision, io)), interruption.promise]);
  } finally {
    interruption.end();
    rmSync(folder, { recursive: true, force: true });
    // The folder is gone, so Git forgets the worktree.
    await git(top, ["worktree", "prune"]);
  }
}

/** Rejects when the process is asked to end, so that the worktree is removed first. */
function interruptionOf(io: Io): { readonly promise: Promise<never>; readonly end: () => void } {
  let end = (): void => undefined;
  const promise = new Promise<never>((_, reject) => {
    end = io.onInterrupt((why) => {
      reject(new InputError(`failover diff: ended before its result, got ${why}; run it again`));
    });
  });
  promise.catch(() => undefined);
  return { promise, end };
}

async function topOf(directory: string, revision: string): Promise<string> {
  try {
    return (await git(directory, ["rev-parse", "--show-toplevel"])).trim();
  } catch (cause) {
    throw new InputError(
      `<base> ${revision}: no such file, and this folder is in no Git repository; name a file that exists, or run this in the repository`,
      { cause, code: "file-inaccessible" },
    );
  }
}

async function commitOf(top: string, revision: string): Promise<string> {
  try {
    const named = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`];
    return (await git(top, named)).trim();
  } catch (cause) {
    throw new InputError(
      `<base> ${revision}: neither a file nor a revision of this repository; name one of them, and fetch a branch first, as in \`git fetch origin main\``,
      { cause, code: "file-inaccessible" },
    );
  }
}

/**
 * Runs Git on the repository of a folder. In a hook, variables name the repository and the index of the commit
 * that is being made: a new worktree would be written to that index.
 */
async function git(directory: string, args: readonly string[]): Promise<string> {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !hookVariables.has(name)),
  );
  const { stdout } = await execute("git", ["-C", directory, ...args], { encoding: "utf8", env });
  return stdout;
}

/** Those of `git rev-parse --local-env-vars` that say where a repository and its index are. */
const hookVariables = new Set([
  ...["GIT_DIR", "GIT_COMMON_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"],
  ...["GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_SHALLOW_FILE"],
]);

function isWithin(folder: string, path: string): boolean {
  return !relative(folder, path).startsWith("..");
}

/** Links the folders of packages above the project, up to the repository's. */
function linkPackages(top: string, tree: string, project: string): void {
  for (let here = project; ; here = dirname(here)) {
    const packages = join(here, "node_modules");
    const link = join(tree, relative(top, packages));
    if (existsSync(packages) && existsSync(dirname(link)) && !existsSync(link)) {
      symlinkSync(packages, link);
    }
    if (here === top || here === dirname(here)) return;
  }
}

/** The same `Io`, in another directory. */
function within(directory: string, revision: string, io: Io): Io {
  const pathIn = (path: string): string => {
    if (path !== standardInput && !isAbsolute(path)) return resolve(directory, path);
    throw new InputError(
      `--from ${path}: a revision has no such path; name one below the repository for <base> ${revision}`,
      { code: "bad-usage" },
    );
  };
  return {
    ...io,
    directory,
    readFile: (path) => io.readFile(resolve(directory, path)),
    readBytes: (path) => io.readBytes(resolve(directory, path)),
    // Under the same names as without a revision, since resources can be named after their file.
    filesAt: async (path) => {
      const absolute = pathIn(path);
      const found = await io.filesAt(absolute);
      return found.map((one) => (one === absolute ? path : join(path, relative(absolute, one))));
    },
  };
}
