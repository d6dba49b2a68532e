import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { APP } from "../harness/region";
import { MUTATIONS, type Mutation } from "./mutations";

/**
 * `npm run test:mutations -- [WORD]`: puts each fault into a copy of the application and runs the test
 * that must detect it. Exits with 0 only if every fault is detected.
 */
function main(): number {
  const word = process.argv[2] ?? "";
  const results = MUTATIONS.filter(({ what }) => what.includes(word)).map((mutation) => {
    const result = tried(mutation);
    console.log(`${result}  ${mutation.what}  (${mutation.test.join(": ")})`);
    return result;
  });
  const caught = results.filter((result) => result === "caught").length;
  console.log(`${caught} of ${results.length} caught`);
  return caught === results.length ? 0 : 1;
}

/** The slowest of these tests takes a minute on a busy machine. */
const LIMIT_MS = 5 * 60_000;

/** "caught", "MISSED", or the reason why it is unknown: the test never reached the fault. */
function tried({ file, from, to, test: [testFile, words] }: Mutation): string {
  const folder = mkdtempSync(join(tmpdir(), "cafe-mutation-"));
  try {
    // The servers run as another account.
    chmodSync(folder, 0o755);
    cpSync(APP, folder, { recursive: true });
    const path = join(folder, file);
    const text = readFileSync(path, "utf8");
    if (text.split(from).length !== 2) throw new Error(`${file}: must have once: ${from}`);
    writeFileSync(
      path,
      text.replace(from, () => to),
    );
    const mocha = require.resolve("mocha/bin/mocha.js");
    const options = ["--reporter", "json"];
    const args = [mocha, join(__dirname, "..", testFile), "--grep", words, ...options];
    const done = spawnSync(process.execPath, args, {
      env: { ...process.env, CAFE_TEST_APP: folder, CAFE_TEST_PARTS: "required" },
      encoding: "utf8",
      timeout: LIMIT_MS,
      killSignal: "SIGKILL",
    });
    if (done.signal !== null) return `UNKNOWN: not finished within ${LIMIT_MS / 1000} s`;
    const { stats, failures } = JSON.parse(done.stdout.slice(done.stdout.indexOf("{\n"))) as {
      stats: { tests: number };
      failures: readonly { fullTitle: string; err: { message?: string } }[];
    };
    // If the fault prevents the start, the test has not detected it.
    const hook = failures.find(({ fullTitle }) => fullTitle.includes("hook"));
    if (hook) return `UNKNOWN: ${hook.fullTitle}: ${hook.err.message ?? "no message"}`;
    if (stats.tests === 0) return `UNKNOWN: no test "${words}"`;
    return failures.length > 0 ? "caught" : "MISSED";
  } finally {
    rmSync(folder, { recursive: true });
  }
}

process.exit(main());
