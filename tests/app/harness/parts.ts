import { existsSync } from "node:fs";
import {
  installedPath,
  lampPrograms,
  type LampProgram,
} from "../../../rehearsal/live/lamp/programs";

/** The programs that tests run for real, and the Debian package or other source of each. */
const SOURCES = {
  ...lampPrograms,
  "mariadb-dump": "mariadb-client",
  "redis-cli": "redis-tools",
  curl: "curl",
  aws: "pip: awscli",
  bash: "bash",
  zsh: "zsh",
  fish: "fish",
  script: "bsdutils",
  "pre-commit": "pip: pre-commit",
  shellcheck: "shellcheck",
  "cloud-init": "cloud-init",
  "systemd-analyze": "systemd",
  chromium: "chromium",
  mmdebstrap: "mmdebstrap",
  nft: "nftables",
  ip: "iproute2",
  unshare: "util-linux",
  dig: "bind9-dnsutils",
  unbound: "unbound",
} as const;

/** The name of a program that a suite may need. */
export type Part = keyof typeof SOURCES;

/** The programs that a complete region of the café needs. */
export const REGION_PARTS = Object.keys(lampPrograms) as readonly LampProgram[];

/** The path of a program. @throws Error that names the package if the program is not installed. */
export function pathOf(part: Part): string {
  return installedPath(part) ?? fail(`${part}: is not on this machine; install ${SOURCES[part]}`);
}

/**
 * For `before`: skips the suite, with a message that names the programs, if any is missing. With
 * `CAFE_TEST_PARTS=required`, as in CI, the suite fails instead.
 */
export function needParts(suite: Mocha.Context, parts: readonly Part[]): void {
  const missing = parts.filter((part) => installedPath(part) === undefined);
  if (missing.length === 0) return;
  const packages = [...new Set(missing.map((part) => SOURCES[part]))].join(", ");
  skipped(suite, `missing ${missing.join(", ")}; install ${packages}`);
}

/** The same for a file that belongs to no program. */
export function needFile(suite: Mocha.Context, path: string, source: string): void {
  if (!existsSync(path)) skipped(suite, `missing ${path}; install ${source}`);
}

/** The programs that a test with a network namespace needs. */
export const NETWORK_PARTS: readonly Part[] = ["nft", "ip", "unshare"];

/** The same for tests that need root, such as those with a network namespace. */
export function needRoot(suite: Mocha.Context): void {
  if (process.getuid?.() !== 0) skipped(suite, "needs root, for a network namespace");
}

function skipped(suite: Mocha.Context, message: string): void {
  if (process.env["CAFE_TEST_PARTS"] === "required") throw new Error(message);
  process.stderr.write(`    skipped: ${message}\n`);
  suite.skip();
}

function fail(message: string): never {
  throw new Error(message);
}
