import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chownSync, closeSync, mkdirSync, openSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { Lifetime } from "./lifetime";
import { processStat } from "./processStat";

/** Debian's "nobody": servers refuse root or behave differently under it, and CI may run as root. */
const NOBODY = 65534;
const IS_ROOT = process.getuid?.() === 0;
const ACCOUNT = IS_ROOT ? { uid: NOBODY, gid: NOBODY } : {};

/** The longest that a command may take. */
const COMMAND_LIMIT_MS = 60_000;

/** How often a group that was killed is looked at, until it has ended. */
const GROUP_ENDED_EVERY_MS = 5;

/** A server in a separate process group. */
export interface Daemon {
  /** Sends a signal to the whole group; does nothing if the group has ended. */
  signal(signal: NodeJS.Signals): void;
  /** The process id of the group's leader. */
  readonly pid: number;
  /** What it wrote to its outputs. */
  said(): string;
  /** Whether its leader has ended. */
  hasEnded(): boolean;
  /** Settles when the whole group has ended: until then, it may hold sockets that a successor needs. */
  readonly ended: Promise<void>;
}

/** Options to start a daemon. */
export interface DaemonOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** True keeps this account's rights, for programs in a home directory. */
  readonly asSelf?: boolean;
}

/**
 * A folder and its processes. All of them end with this process, however it ends.
 *
 * Everything runs unprivileged and on loopback.
 */
export class Workshop {
  /** The daemons' own folder. */
  readonly directory: string;
  readonly #lifetime = new Lifetime();
  readonly #daemons = new Set<Daemon>();

  constructor() {
    this.directory = join(this.#lifetime.folder, "files");
    this.folder("");
  }

  /** Makes a folder that the daemons may write to. */
  folder(name: string): string {
    const path = join(this.directory, name);
    mkdirSync(path, { recursive: true });
    this.own(path);
    return path;
  }

  /** Gives a file to the daemons' account. */
  own(path: string): void {
    if (IS_ROOT) chownSync(path, NOBODY, NOBODY);
  }

  /** Starts a server; its output goes to `<name>.out` in the folder. */
  start(
    name: string,
    command: string,
    args: readonly string[],
    options: DaemonOptions = {},
  ): Daemon {
    const path = join(this.directory, `${name}.out`);
    const log = openSync(path, "a");
    const child = this.#lifetime.spawn(command, args, {
      ...(options.asSelf === true ? {} : ACCOUNT),
      cwd: this.directory,
      env: this.#environment(options.env),
      output: [log, log],
    });
    closeSync(log);
    const daemon = { ...daemonOf(child), said: () => readFileSync(path, "utf8") };
    this.#daemons.add(daemon);
    void daemon.ended.then(() => this.#daemons.delete(daemon));
    return daemon;
  }

  /**
   * Runs a command to its end as the daemons' account, while this process's own servers keep answering.
   *
   * @returns its output
   * @throws Error with its output when it fails, or takes longer than a minute
   */
  async run(
    command: string,
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<string> {
    const child = this.#lifetime.spawn(command, args, {
      ...ACCOUNT,
      cwd: this.directory,
      env: this.#environment(env),
      output: ["pipe", "pipe"],
    });
    const { stdout, stderr } = child;
    if (stdout === null || stderr === null) throw new Error(`${command}: has no output`);
    const daemon = daemonOf(child);
    const timer = setTimeout(() => {
      daemon.signal("SIGKILL");
    }, COMMAND_LIMIT_MS);
    const [out, err] = await Promise.all([text(stdout), text(stderr), daemon.ended]);
    clearTimeout(timer);
    if (child.exitCode === 0) return out;
    const end = child.exitCode === null ? `by ${child.signalCode}` : `with ${child.exitCode}`;
    throw new Error(`${[command, ...args].join(" ")}: ended ${end}\n${err}${out}`);
  }

  /** Ends every process and removes the folder. */
  async close(): Promise<void> {
    const ended = [...this.#daemons].map((daemon) => daemon.ended);
    await this.#lifetime.end();
    await Promise.race([Promise.all(ended), sleep(5000, undefined, { ref: false })]);
  }

  #environment(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
    return { PATH: process.env["PATH"], HOME: this.directory, ...more };
  }
}

function daemonOf(child: ChildProcess): Omit<Daemon, "said"> {
  const { pid } = child;
  if (pid === undefined) throw new Error(`${child.spawnfile}: could not be started`);
  /** False if the group has ended. */
  const signal = (name: NodeJS.Signals): boolean => {
    try {
      return process.kill(-pid, name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
      return false;
    }
  };
  const groupEnded = async () => {
    // A leader that exits may leave children; its group id is not reused before they end. Most leave none.
    if (!signal("SIGKILL")) return;
    while (groupRuns(pid)) await sleep(GROUP_ENDED_EVERY_MS);
  };
  const ended = once(child, "exit").then(groupEnded);
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  return { pid, ended, hasEnded, signal };
}

/** Whether a process of a group runs: one that ended holds nothing, even if nobody has waited for it yet. */
function groupRuns(id: number): boolean {
  return readdirSync("/proc").some((name) => {
    if (!/^\d+$/.test(name)) return false;
    // Fields 3, 5 and 20 of proc(5): state, process group, threads.
    const fields = processStat(Number(name)) ?? [];
    const [state = "", , group] = fields;
    return Number(group) === id && (!"ZX".includes(state) || Number(fields[17]) > 1);
  });
}
