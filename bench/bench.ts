/**
 * `npm run bench`: prints every promised figure, one per line as `name value unit`. Each is the
 * median of five runs. Programs are started and timed as a user would start them; nothing is kept
 * warm. `npm run bench -- policies` prints only the figures whose names begin like that. If
 * SDK_FOLDER names a folder with clients of AWS's SDK, the functions are compared with the size of
 * those. With a commit, as in `npm run bench -- logic v1`, `resolve` is compared with that
 * commit's. `npm run bench -- drill` drills 20 outages, which takes half an hour: only by its name, also of one
 * series, as `drill.region`.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { drillFigures } from "./drill";
import { Figures } from "./figures";
import { functionFigures } from "./functions";
import { hostnameFigures } from "./hostnames";
import { medianSeconds } from "./measure";
import { nameServerFigures } from "./nameServer";
import { policyFigures } from "./policies";

/** This file runs as dist/bench/bench.js. */
const root = join(__dirname, "..", "..");
const failover = join("dist", "cli", "failover.js");
const fixture = join("tests", "fixtures", "dev-export.json");

/** The npm that started this; `npm run bench` sets it. */
const npm = process.env["npm_execpath"];

/** A figure: its name, and the command that it measures. */
const figures: readonly (readonly [name: string, command: string, args: readonly string[]])[] = [
  npm === undefined
    ? ["npmStart.wall", "npm", ["start"]]
    : ["npmStart.wall", process.execPath, [npm, "start"]],
  [
    "resolveFrom.wall",
    process.execPath,
    [failover, "resolve", "orders.dev.cafe.com", "--from", fixture],
  ],
  // Includes the start of Node and the loading of the Pulumi SDK.
  ["evaluateStack.wall", process.execPath, [join("dist", "bench", "evaluateStack.js"), "prod"]],
];

const [wanted = "", commit] = process.argv.slice(2);

for (const [name, command, args] of figures) {
  if (!name.startsWith(wanted)) continue;
  process.stdout.write(`${name} ${medianSeconds(command, args, root).toFixed(3)} s\n`);
}

/** Figures that use the tests' second model and simulator run from TypeScript sources. */
function runFromSource(file: string, ...more: readonly string[]): void {
  const args = ["-r", "ts-node/register", join("bench", file), ...more];
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exitCode = 1;
}

async function parts(): Promise<void> {
  const part = new Figures((line) => process.stdout.write(`${line}\n`));
  if ("functions".startsWith(wanted)) functionFigures(part, process.env["SDK_FOLDER"]);
  if ("hostnames".startsWith(wanted)) hostnameFigures(part);
  if ("logic".startsWith(wanted)) {
    runFromSource("logicFigures.ts", ...(commit === undefined ? [] : [commit]));
  }
  if ("simulation".startsWith(wanted)) runFromSource("simulationFigures.ts");
  if ("nameServer".startsWith(wanted)) await nameServerFigures(part);
  if ("policies".startsWith(wanted)) await policyFigures(part);
  if (wanted.startsWith("drill")) drillFigures(root, part, wanted);
  for (const miss of part.misses) process.stderr.write(`not as promised: ${miss}\n`);
  if (part.misses.length > 0) process.exitCode = 1;
}

void parts();
