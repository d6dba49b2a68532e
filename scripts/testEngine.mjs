/**
 * `npm run test:engine`: the program through the real Pulumi engine: preview with both packs, update, a second update
 * that changes nothing, a change of TTL and of weights without a replacement, the proof of the export, destroy.
 *
 * Needs `pulumi` on the PATH, where npm puts the one of package.json first, with the aws and awsx plugins that it finds
 * there or has installed. With the real aws plugin this deploys to the account of the credentials, so the stack has to be
 * named: `npm run test:engine -- dev`.
 * State is kept in a temporary folder, unless PULUMI_BACKEND_URL is set.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ready, root } from "./ready.mjs";

const [stack] = process.argv.slice(2);
/** A program of 400 resources takes a minute on a stand-in, and half an hour on AWS. */
const stepMinutesMax = 60;

if (stack === undefined) {
  process.stderr.write(
    "test:engine: name the stack to deploy and destroy, such as `npm run test:engine -- dev`\n",
  );
  process.exit(2);
}
const version = spawnSync("pulumi", ["version"], { encoding: "utf8" });
if (version.status !== 0) {
  const said = version.error?.message ?? version.stderr.trim().split("\n").at(-1);
  process.stderr.write(
    `test:engine: pulumi must run, got ${said}; npm downloads the one of package.json: take another by ` +
      `\`node scripts/testEngine.mjs ${stack}\` with its folder on the PATH\n`,
  );
  process.exit(2);
}
await ready();

const folder = mkdtempSync(join(tmpdir(), "failover-engine-"));
const project = join(folder, "project");
mkdirSync(join(folder, "state"));
// A copy: the engine writes its salt and the changed settings into the stack's file.
for (const file of execFileSync("git", ["ls-files", "-z"], { cwd: root, encoding: "utf8" }).split(
  "\0",
)) {
  if (file !== "") cpSync(join(root, file), join(project, file));
}
symlinkSync(join(root, "node_modules"), join(project, "node_modules"));

const env = {
  ...process.env,
  PULUMI_BACKEND_URL: process.env["PULUMI_BACKEND_URL"] ?? `file://${join(folder, "state")}`,
  PULUMI_CONFIG_PASSPHRASE: process.env["PULUMI_CONFIG_PASSPHRASE"] ?? "test",
  PULUMI_SKIP_UPDATE_CHECK: "true",
};

/** @type {string[]} */
const faults = [];

/**
 * Runs pulumi in the copy of the project.
 *
 * @param {readonly string[]} args
 * @returns {{ status: number, out: string }}
 */
function pulumi(args) {
  const { status, stdout, stderr } = spawnSync("pulumi", [...args, "--stack", String(stack)], {
    cwd: project,
    env,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    timeout: stepMinutesMax * 60_000,
  });
  return { status: status ?? 1, out: `${stdout}${stderr}` };
}

/** @typedef {Readonly<Record<string, number>>} Changes */

/**
 * A step of the engine: its changes by operation, such as `{ create: 254, same: 1 }`.
 *
 * @param {string} title
 * @param {readonly string[]} args
 * @param {(changes: Changes) => string | undefined} faultOf
 */
function step(title, args, faultOf) {
  const started = Date.now();
  const { status, out } = pulumi([...args, "--json"]);
  const changes = changesIn(out);
  const seconds = Math.round((Date.now() - started) / 1_000);
  const counted = Object.entries(changes).map(([operation, count]) => `${operation} ${count}`);
  process.stdout.write(`${title}: ${counted.join(", ") || "no summary"} (${seconds} s)\n`);
  const fault = status === 0 ? faultOf(changes) : `exit code ${status}\n${diagnosticsIn(out)}`;
  if (fault !== undefined) faults.push(`${title}: ${fault}`);
  return status === 0;
}

/** @param {string} out @returns {Changes} */
function changesIn(out) {
  const found = [...out.matchAll(/"(?:resourceChanges|changeSummary)":\s*(\{[^}]*\})/g)].at(-1);
  return found?.[1] === undefined ? {} : JSON.parse(found[1]);
}

/** @param {string} out */
function diagnosticsIn(out) {
  const messages = [...out.matchAll(/"message":\s*"((?:[^"\\]|\\.)*)"/g)].map(
    ([, text]) => text ?? "",
  );
  const errors = messages.filter((text) => /error|fail|violat|refus/i.test(text));
  return (errors.length > 0 ? errors : [out.slice(-2_000)]).slice(0, 20).join("\n");
}

/** @param {Changes} changes */
const isUnchanged = (changes) => Object.keys(changes).every((operation) => operation === "same");

/** @param {Changes} changes */
function replacements(changes) {
  const replaced = ["replace", "create-replacement", "delete-replaced"].some(
    (one) => one in changes,
  );
  return replaced ? "resources were replaced" : undefined;
}

const packs = ["dns-failover", "workload"].flatMap((pack) => [
  ...["--policy-pack", join("policies", pack)],
  ...["--policy-pack-config", join("policies", pack, `${stack}.json`)],
]);
const up = ["up", "--yes", "--skip-preview"];
const onlyCreates = (/** @type {Changes} */ { create = 0 }) =>
  create > 0 ? undefined : "nothing was created";

try {
  const { status, out } = pulumi(["stack", "init"]);
  if (status !== 0) throw new Error(`pulumi stack init: ${out}`);
  step("preview with both packs", ["preview", ...packs], onlyCreates);
  if (step("update", up, onlyCreates)) {
    step("second update", up, (changes) =>
      isUnchanged(changes) ? undefined : "it changes something",
    );
    // Shorter than that of any stack, so that its objectives still hold.
    pulumi(["config", "set", "--path", "failover:ttl.normalSeconds", "9"]);
    step("another TTL", up, replacements);
    pulumi(["config", "set", "--path", "failover:standby.warmPercent", "20"]);
    step("another weight", up, replacements);
    const exported = join(folder, "export.json");
    writeFileSync(exported, pulumi(["stack", "export", "--show-secrets"]).out);
    const proof = spawnSync(
      process.execPath,
      ["scripts/failover.mjs", "prove", "--from", exported],
      {
        cwd: root,
        encoding: "utf8",
      },
    );
    process.stdout.write(`proof of the export: exit code ${proof.status}\n`);
    if (proof.status !== 0) faults.push(`proof of the export: ${proof.stdout}${proof.stderr}`);
  }
} finally {
  unprotect();
  step("destroy", ["destroy", "--yes", "--skip-preview"], () => undefined);
  if (faults.length === 0) rmSync(folder, { recursive: true });
  else process.stderr.write(`State and settings are kept in ${folder}.\n`);
}
for (const fault of faults) process.stderr.write(`test:engine: ${fault}\n`);
process.exitCode = faults.length > 0 ? 1 : 0;

/** A protected resource stops a destroy. */
function unprotect() {
  pulumi(["state", "unprotect", "--all", "--yes"]);
}
