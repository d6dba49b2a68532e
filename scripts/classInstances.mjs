/**
 * One rule of the linter on its own: where an instance of a class is expected, there is one. tsgolint
 * has the rule, but oxlint 1.94 does not know it yet; when it does, move the rule to .oxlintrc.json
 * and delete this file. Checks the current folder, prints what it finds, and exits with 1.
 */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { relative, resolve } from "node:path";

/**
 * @typedef {{ file_path: string, range: { pos: number }, message: { description: string } }} Finding
 * `pos` is an offset in bytes
 */

const rule = "no-unsafe-class-instance-assignment";

/** As in .oxlintrc.json. */
const foldersLeftOut = new Set(["dist", "coverage", "node_modules", "reports"]);

/** @returns {string[]} absolute paths */
function filesToCheck() {
  return readdirSync(".", { withFileTypes: true })
    .filter(({ name }) => !name.startsWith(".") && !foldersLeftOut.has(name))
    .flatMap((entry) =>
      entry.isDirectory()
        ? readdirSync(entry.name, { recursive: true, encoding: "utf8" }).map((path) =>
            resolve(entry.name, path),
          )
        : [resolve(entry.name)],
    )
    .filter(
      (path) => path.endsWith(".ts") || /^scripts[\\/][^\\/]+\.mjs$/.test(relative(".", path)),
    );
}

/**
 * What tsgolint writes: messages of a length (32 bits), a kind (8 bits) and as many bytes of JSON.
 *
 * @param {Buffer} output
 * @returns {string[]}
 */
function messagesIn(output) {
  const headerBytes = 5;
  const messages = [];
  for (let at = 0; at < output.length;) {
    const end = at + headerBytes + output.readUInt32LE(at);
    messages.push(output.toString("utf8", at + headerBytes, end));
    at = end;
  }
  return messages;
}

/** @param {Finding} finding */
function lineOf({ file_path: path, range, message }) {
  const line = readFileSync(path).toString("utf8", 0, range.pos).split("\n").length;
  return `${relative(".", path)}:${line}: ${message.description} (${rule})`;
}

const tsgolint = createRequire(import.meta.url).resolve("oxlint-tsgolint/bin/tsgolint.js");
const configs = [{ file_paths: filesToCheck(), rules: [{ name: rule }] }];
const { status, stdout } = spawnSync(process.execPath, [tsgolint, "headless"], {
  input: JSON.stringify({ version: 2, configs }),
  stdio: ["pipe", "pipe", "inherit"],
});
if (status !== 0) process.exit(status ?? 1);
for (const text of messagesIn(stdout)) {
  /** @type {Finding} */
  const finding = JSON.parse(text);
  console.log(lineOf(finding));
  process.exitCode = 1;
}
