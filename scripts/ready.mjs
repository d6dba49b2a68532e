/** Prepares a checkout: Node is new enough, packages are installed, sources compiled. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { compile, inspectSources } from "./compile.mjs";
import { decide, inspect, install } from "./install.mjs";
import { alone } from "./lock.mjs";

/** The folder of package.json. */
export const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * The versions of Node that this was tested with, as in package.json. (`require` of ES modules came
 * to Node 20 with 20.19; the linter and mocha refuse 21, 23 and early 22.)
 */
export const nodeRange = "^20.19.0 || ^22.13.0 || >=24.0.0";

/**
 * Installs and compiles what is missing; does nothing, and writes nothing, when nothing changed.
 *
 * @returns {Promise<void>}
 */
export async function ready() {
  const { node } = process.versions;
  if (!isSupported(node)) {
    say(`Node ${nodeRange} is needed, got ${node}; install one of these`);
    process.exit(2);
  }
  const decision = decide(inspect(root));
  const plan = inspectSources(root, decision.stamp);
  if (decision.reason === undefined && plan.compile.length + plan.remove.length === 0) return;
  try {
    await alone(join(root, "dist", ".lock"), say, async () => {
      // Check again, because another process may have finished it.
      const decided = decide(inspect(root));
      await install(root, decided, say);
      await compile(root, inspectSources(root, decided.stamp), say);
    });
  } catch (error) {
    if (!(error instanceof Error && "syscall" in error)) throw error;
    say(`cannot prepare this checkout: ${error.message}; make the folder writable`);
    process.exit(3);
  }
}

/**
 * Whether a version of Node lies in `nodeRange`.
 *
 * @param {string} version
 */
export function isSupported(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return nodeRange.split(" || ").some((range) => {
    const [from = 0, fromMinor = 0] = range.replace(/^\D+/, "").split(".").map(Number);
    return major === from ? minor >= fromMinor : range.startsWith(">=") && major > from;
  });
}

/**
 * One line for the user; on stderr, because stdout belongs to the tool.
 *
 * @param {string} line
 */
function say(line) {
  process.stderr.write(`failover: ${line}\n`);
}
