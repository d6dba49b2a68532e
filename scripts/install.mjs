/**
 * Installs the packages of package-lock.json if they are missing. Runs before anything is
 * installed, so it imports only Node's own modules.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";

/** Interval of progress messages where npm shows none (its spinner needs a terminal). */
const signOfLifeMs = 15_000;

/** Time for npm to end after an interrupt. */
const graceMs = 1_000;

/**
 * @typedef {{ major: string, platform: string, arch: string }} Machine
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, os?: string[], cpu?: string[], libc?: string[] }} LockEntry
 * @typedef {{ packages: Record<string, LockEntry> }} Lock
 * @typedef {object} Installation
 * @property {string} lock the text of package-lock.json
 * @property {string | undefined} stamp the stamp that the last installation by this script wrote
 * @property {string | undefined} hidden npm's own list of the packages in node_modules
 * @property {Machine} machine
 * @typedef {object} Decision
 * @property {string | undefined} reason why to install, in words; undefined if nothing is missing
 * @property {string} stamp the stamp to write
 */

/**
 * Whether to install, and why.
 *
 * A matching stamp decides in a millisecond. Without one (npm was run by hand, or a package was
 * added), npm's own list of installed packages decides, so that nothing is installed twice.
 *
 * @param {Installation} installation
 * @returns {Decision}
 */
export function decide({ lock, stamp, hidden, machine }) {
  const hash = createHash("sha256").update(lock).digest("hex");
  const place = `node ${machine.major}, ${machine.platform}-${machine.arch}`;
  const wanted = `${hash} ${place}\n`;
  if (stamp === wanted) return { reason: undefined, stamp: wanted };
  const placeBefore = stamp?.trim().replace(/^\S+ /, "");
  if (hidden === undefined) return { reason: "nothing is installed yet", stamp: wanted };
  if (placeBefore !== undefined && placeBefore !== place) {
    return { reason: `installed for ${placeBefore}, this is ${place}`, stamp: wanted };
  }
  const missing = missingFrom(lock, hidden, machine);
  if (missing === undefined) return { reason: undefined, stamp: wanted };
  return { reason: `${missing} differs from package-lock.json`, stamp: wanted };
}

/**
 * The first package of the lock file that is missing or differs.
 *
 * @param {string} lockText
 * @param {string} hiddenText
 * @param {Machine} machine
 * @returns {string | undefined}
 */
function missingFrom(lockText, hiddenText, machine) {
  /** @type {Lock} */
  const lock = JSON.parse(lockText);
  /** @type {Lock} */
  const hidden = JSON.parse(hiddenText);
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (path === "") continue;
    const found = hidden.packages[path];
    const name = path.replace(/^.*node_modules\//, "");
    if (found === undefined) {
      if (entry.optional && !isFor(machine, entry)) continue;
      return name;
    }
    if (found.version !== entry.version || found.integrity !== entry.integrity) return name;
  }
  return undefined;
}

/**
 * Whether an optional package is meant for this machine. One that names a C library is left to npm.
 *
 * @param {Machine} machine
 * @param {LockEntry} entry
 */
function isFor({ platform, arch }, { os, cpu, libc }) {
  if (libc || (!os && !cpu)) return false;
  return (os?.includes(platform) ?? true) && (cpu?.includes(arch) ?? true);
}

/**
 * The basis of the decision, read from the disk.
 *
 * @param {string} root
 * @returns {Installation}
 */
export function inspect(root) {
  return {
    lock: readFileSync(join(root, "package-lock.json"), "utf8"),
    stamp: readIfThere(stampPath(root)),
    hidden: readIfThere(join(root, "node_modules", ".package-lock.json")),
    machine: {
      major: process.versions.node.replace(/\..*/, ""),
      platform: process.platform,
      arch: process.arch,
    },
  };
}

/**
 * How to start npm: the npm that started this script if there is one, else the one on the PATH.
 *
 * @param {Record<string, string | undefined>} env
 * @returns {{ command: string, before: string[] }}
 */
export function npmOf(env) {
  const script = env["npm_execpath"];
  // Other package managers set this variable too, but have no `ci`.
  return script && /npm-cli\.[cm]?js$/.test(script)
    ? { command: process.execPath, before: [script] }
    : { command: "npm", before: [] };
}

/**
 * Installs what is missing.
 *
 * @param {string} root
 * @param {Decision} decision
 * @param {(line: string) => void} say
 */
export async function install(root, { reason, stamp }, say) {
  if (reason !== undefined) {
    say(`installing with npm ci (${reason}); about a minute, once`);
    const started = Date.now();
    const seconds = () => `${Math.round((Date.now() - started) / 1000)} s`;
    const signOfLife = setInterval(() => {
      say(`still installing, ${seconds()}`);
    }, signOfLifeMs);
    const { command, before } = npmOf(process.env);
    // Development packages are needed for npm test, whatever NODE_ENV says. No dependency needs its
    // install script, and what does not run cannot harm. (Not in .npmrc: `npm pack` builds by one.)
    const code = await run(command, [...before, "ci", "--include=dev", "--ignore-scripts"], root);
    clearInterval(signOfLife);
    if (code > 128) {
      say("interrupted; the next run installs the rest");
      process.exit(code);
    }
    if (code !== 0) {
      say(`npm ci failed (exit code ${code}); see its output above`);
      process.exit(3);
    }
    say(`installed in ${seconds()}`);
  }
  try {
    writeFileSync(stampPath(root), stamp);
  } catch {
    // A read-only tree is complete anyway; it is checked on each run.
  }
}

/**
 * Runs a command to its end, with its output on our stderr because stdout belongs to the tool.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {string} cwd
 * @returns {Promise<number>} the exit code, 128 + n for signal n
 */
function run(command, args, cwd) {
  return new Promise((resolve) => {
    const shell = process.platform === "win32" && command === "npm";
    const child = spawn(command, args, { cwd, shell, stdio: ["ignore", 2, 2] });
    /** @type {NodeJS.Signals | undefined} */
    let interrupted;
    /** @param {NodeJS.Signals} signal */
    const stop = (signal) => {
      interrupted = signal;
      // Ctrl-C reaches npm directly, a kill only this process.
      if (signal === "SIGTERM") child.kill(signal);
      // npm would clean up for most of a minute, and the next npm ci starts over anyway.
      setTimeout(() => child.kill("SIGKILL"), graceMs).unref();
    };
    process.on("SIGINT", stop).on("SIGTERM", stop);
    child.on("error", (error) => {
      process.stderr.write(`${error.message}\n`);
      resolve(127);
    });
    child.on("exit", (code, signal) => {
      process.off("SIGINT", stop).off("SIGTERM", stop);
      const ending = interrupted ?? signal;
      resolve(ending ? 128 + constants.signals[ending] : (code ?? 1));
    });
  });
}

/** @param {string} root */
function stampPath(root) {
  return join(root, "node_modules", ".failover-installed");
}

/**
 * @param {string} path
 * @returns {string | undefined}
 */
function readIfThere(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
