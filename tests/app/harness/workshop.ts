import { execFile, spawn, type ChildProcess } from "node:child_process";
import { chmodSync, chownSync, closeSync, mkdirSync, mkdtempSync, openSync, rmSync } from "node:fs";
import { createServer, connect, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** Debian's "nobody": servers refuse root or behave differently under it, and CI may run as root. */
const NOBODY = 65534;
const IS_ROOT = process.getuid?.() === 0;
const ACCOUNT = IS_ROOT ? { uid: NOBODY, gid: NOBODY } : {};

/** A server in a separate process group. */
export interface Daemon {
  /** Sends a signal to the whole group; does nothing if the group has ended. */
  signal(signal: NodeJS.Signals): void;
  /** The process id of the group's leader. */
  readonly pid: number;
  /** Settles when the leader has ended. */
  readonly ended: Promise<void>;
}

/** Options to start a daemon. */
export interface DaemonOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** True keeps this account's rights, for programs in a home directory. */
  readonly asSelf?: boolean;
}

/**
 * A folder and its processes. All of them end with the test, however it ends.
 *
 * Everything runs unprivileged and on loopback.
 */
export class Workshop {
  readonly directory = mkdtempSync(join(tmpdir(), "cafe-"));
  readonly #daemons = new Set<Daemon>();
  readonly #onExit = () => {
    this.#killAll();
  };

  constructor() {
    chmodSync(this.directory, 0o755);
    this.own(this.directory);
    process.on("exit", this.#onExit);
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
    const log = openSync(join(this.directory, `${name}.out`), "a");
    const child = spawn(command, args, {
      ...(options.asSelf === true ? {} : ACCOUNT),
      cwd: this.directory,
      detached: true,
      env: { PATH: process.env["PATH"], HOME: this.directory, ...options.env },
      stdio: ["ignore", log, log],
    });
    closeSync(log);
    const daemon = daemonOf(child);
    this.#daemons.add(daemon);
    void daemon.ended.then(() => this.#daemons.delete(daemon));
    return daemon;
  }

  /**
   * Runs a command to its end as the daemons' account, while the test's own servers keep answering.
   *
   * @returns its output
   * @throws Error with its output when it fails, or takes longer than a minute
   */
  async run(
    command: string,
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<string> {
    const { stdout } = await execute(command, args, {
      ...ACCOUNT,
      cwd: this.directory,
      env: { PATH: process.env["PATH"], HOME: this.directory, ...env },
      encoding: "utf8",
      maxBuffer: 256 * 1024 * 1024,
      timeout: 60_000,
    });
    return stdout;
  }

  /** Ends every process and removes the folder. */
  async close(): Promise<void> {
    const ended = [...this.#daemons].map((daemon) => daemon.ended);
    this.#killAll();
    await Promise.race([Promise.all(ended), sleep(5000)]);
    process.off("exit", this.#onExit);
    rmSync(this.directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }

  #killAll(): void {
    for (const daemon of this.#daemons) daemon.signal("SIGKILL");
  }
}

/** A port of loopback that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Ends a wait for what will not come. A busy machine may need most of it; it is no requirement. */
export const PATIENCE_MS = 100_000;

/** Further attempts at a test of durations: a busy machine spoils one, a fault spoils all. */
export const MEASURED_AGAIN = 2;

/** Waits until a port accepts connections. @throws Error after `PATIENCE_MS`. */
export async function untilListening(port: number, what: string): Promise<void> {
  await until(`${what} listens on ${port}`, () => canConnect(port));
}

/** Waits until `condition` is true. @throws Error that names the condition, after `PATIENCE_MS`. */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
): Promise<void> {
  const endsAt = Date.now() + PATIENCE_MS;
  while (!(await condition())) {
    if (Date.now() > endsAt) throw new Error(`not within ${PATIENCE_MS} ms: ${what}`);
    await sleep(20);
  }
}

async function canConnect(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    const done = (connected: boolean) => {
      socket.destroy();
      resolve(connected);
    };
    socket.once("connect", () => {
      done(true);
    });
    socket.once("error", () => {
      done(false);
    });
  });
}

function daemonOf(child: ChildProcess): Daemon {
  const { pid } = child;
  if (pid === undefined) throw new Error(`${child.spawnfile}: could not be started`);
  const signal = (name: NodeJS.Signals) => {
    try {
      process.kill(-pid, name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  };
  const ended = new Promise<void>((resolve) =>
    child.once("exit", () => {
      resolve();
    }),
  );
  // A leader that exits may leave children; its group id is not reused before they end.
  void ended.then(() => {
    signal("SIGKILL");
  });
  return { pid, ended, signal };
}
