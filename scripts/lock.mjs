/** Only one process at a time may install and compile in a tree; the others wait for it. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const waitMs = 200;

/**
 * Runs `work` while no other live process holds the lock file.
 *
 * @template T
 * @param {string} path
 * @param {(line: string) => void} say
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function alone(path, say, work) {
  mkdirSync(dirname(path), { recursive: true });
  let told = false;
  while (!take(path)) {
    const holder = holderOf(path);
    if (holder === undefined) {
      rmSync(path, { force: true });
      continue;
    }
    if (!told) say(`process ${holder} is installing or compiling here; waiting for it`);
    told = true;
    await sleep(waitMs);
  }
  const release = () => {
    rmSync(path, { force: true });
  };
  // A failed installation ends the process from within `work`.
  process.once("exit", release);
  try {
    return await work();
  } finally {
    process.off("exit", release);
    release();
  }
}

/** @param {string} path */
function take(path) {
  try {
    writeFileSync(path, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

/**
 * The live process that holds the lock; undefined when it is gone, as after a kill.
 *
 * @param {string} path
 * @returns {number | undefined}
 */
function holderOf(path) {
  try {
    const holder = Number(readFileSync(path, "utf8"));
    // Created but not written yet: its owner is alive.
    if (holder === 0) return holder;
    process.kill(holder, 0);
    return holder;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    return code === "EPERM" ? -1 : undefined;
  }
}
