import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, lstatSync, mkdirSync, openSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Writable } from "node:stream";
import { InputError } from "../../../routing/inputError";
import { packageDirectory } from "../../../packageDirectory";
import { processStat } from "./processStat";

/** How a process is started; all else is inherited from the drill. */
export interface SpawnOptions {
  readonly uid?: number;
  readonly gid?: number;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Descriptors of the standard output and error. */
  readonly output: readonly ["pipe" | number, "pipe" | number];
}

const script = (name: string): string => join(packageDirectory, "rehearsal/live/lamp", name);

let count = 0;

/**
 * A folder and process groups that end with this process, even if it is killed: a watchdog holds a
 * pipe to it, and ends them when the kernel closes the pipe.
 *
 * If the watchdog is killed too, the next start finds the folder (`cleanUpAfterKilledDrills`).
 */
export class Lifetime {
  /** The folder; only this account may write to it. */
  readonly folder: string;
  readonly #registry: number;
  readonly #watchdog: ChildProcess;
  readonly #pipe: Writable;

  constructor() {
    this.folder = join(stateDirectory(), `${process.pid}-${startOf(process.pid)}-${++count}`);
    mkdirSync(this.folder, { mode: 0o755 });
    this.#registry = openSync(join(this.folder, "processes"), "a", 0o600);
    this.#watchdog = spawn("/bin/sh", [script("watchdog.sh"), this.folder], {
      // A session of its own: Ctrl-C must not end it before the drill.
      detached: true,
      stdio: ["pipe", "ignore", "ignore"],
    });
    const { stdin } = this.#watchdog;
    if (stdin === null) throw new Error("the watchdog has no pipe");
    this.#pipe = stdin;
    this.#watchdog.unref();
    // Neither keeps this process alive: it is a socket, which Node's types do not say.
    (stdin as Writable & { unref(): void }).unref();
  }

  /** Starts a process as the leader of a group and session of its own. */
  spawn(command: string, args: readonly string[], options: SpawnOptions): ChildProcess {
    const { output, ...rest } = options;
    return spawn("/bin/sh", [script("register.sh"), command, ...args], {
      ...rest,
      detached: true,
      stdio: ["ignore", ...output, this.#registry, this.#pipe],
    });
  }

  /** Ends every process group and removes the folder. */
  async end(): Promise<void> {
    const { exitCode, signalCode } = this.#watchdog;
    if (exitCode !== null || signalCode !== null) return;
    const ended = new Promise((resolve) => this.#watchdog.once("exit", resolve));
    this.#watchdog.ref();
    this.#pipe.end();
    await ended;
    closeSync(this.#registry);
  }
}

/**
 * Ends what drills left that were killed together with their watchdogs: only processes that still have
 * the start time of their registration.
 *
 * @returns how many drills left something
 */
export async function cleanUpAfterKilledDrills(): Promise<number> {
  const state = stateDirectory();
  const killed = readdirSync(state).filter((name) => {
    const [, pid, start] = /^(\d+)-(\d+)-\d+$/.exec(name) ?? [];
    return pid !== undefined && startOf(Number(pid)) !== start;
  });
  await Promise.all(
    killed.map((name) => {
      const child = spawn("/bin/sh", [script("watchdog.sh"), join(state, name)], {
        stdio: "ignore",
      });
      return new Promise((resolve) => child.once("exit", resolve));
    }),
  );
  return killed.length;
}

/** The folder of this account's drills. @throws InputError if another account made it */
function stateDirectory(): string {
  const uid = process.getuid?.() ?? 0;
  const path = join(tmpdir(), `cafe-failover-drill-${uid}`);
  mkdirSync(path, { recursive: true, mode: 0o755 });
  const { uid: owner } = lstatSync(path);
  if (!lstatSync(path).isDirectory() || owner !== uid) {
    throw new InputError(
      `${path}: must be a folder of this account (${uid}), got one of account ${owner}; remove it, or set TMPDIR`,
      { code: "file-inaccessible" },
    );
  }
  return path;
}

/** When a process started, in clock ticks since the boot; undefined if there is none. */
function startOf(pid: number): string | undefined {
  // Field 22 of proc(5).
  return processStat(pid)?.[19];
}
