import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { packageDirectory } from "../../packageDirectory";

/** The location of a pack, and how to serve it. */
export interface PackLocation {
  /** The folder of its package.json and PulumiPolicy.yaml, in which it runs. */
  readonly directory: string;
  /** Absolute path of its program. */
  readonly program: string;
  /** Arguments for Node before the program, such as `-r ts-node/register`. */
  readonly nodeArgs?: readonly string[];
}

/** A running pack, ready for requests. */
export interface PackProcess {
  readonly port: number;
  /** Time from the start to the line with the port, in milliseconds. */
  readonly startMs: number;
  readonly pid: number;
  stop(): Promise<void>;
}

/** What runs in the pack's process before the pack; compiled, like the packs of `locationOf`. */
const beforePack = join(packageDirectory, "dist/rehearsal/policy/beforePack.js");

/** A pack that prints nothing for this long has failed to start. */
const startMsMax = 60_000;

/**
 * Starts a pack as the language host does: as a process in its own folder that prints its port in the
 * first line.
 *
 * @throws Error if it ends, or prints nothing, before the port
 */
export async function startPack(location: PackLocation): Promise<PackProcess> {
  const started = performance.now();
  const { directory, program, nodeArgs = [] } = location;
  const child = spawn(process.execPath, ["-r", beforePack, ...nodeArgs, program], {
    cwd: directory,
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, NODE_OPTIONS: "" },
  });
  const stop = (): Promise<void> => stopChild(child);
  try {
    const port = await portOf(child, location);
    return { port, startMs: performance.now() - started, pid: child.pid ?? 0, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function portOf(
  child: ChildProcessWithoutNullStreams,
  { directory }: PackLocation,
): Promise<number> {
  let output = "";
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  return new Promise((resolve, reject) => {
    const fail = (what: string): void => {
      const told = errors.trim() === "" ? "nothing on stderr" : errors.trim();
      reject(new Error(`${directory}: the policy pack ${what}, got ${told}; run it by hand`));
    };
    const timer = setTimeout(() => {
      fail(`did not start within ${startMsMax / 1000} s`);
    }, startMsMax);
    child.once("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.once("exit", (code) => {
      clearTimeout(timer);
      fail(`ended with code ${code ?? "none"} before it served`);
    });
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      const port = /^(\d+)\s*$/m.exec(output)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(Number(port));
    });
  });
}

/** Ends the process and waits until it is gone. */
function stopChild(child: ChildProcessWithoutNullStreams): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once("exit", () => {
      resolve();
    });
    child.kill("SIGKILL");
  });
}
