import { execFile } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { compiled } from "../childProcess";

const root = join(__dirname, "../..");
const runbook = readFileSync(join(root, "docs/runbook.md"), "utf8");

/** The blocks of commands of a section of the runbook, in order, each without its indentation. */
export function commandsOf(heading: string): readonly string[] {
  const section = runbook.split(`\n## ${heading}\n`)[1]?.split("\n## ")[0];
  if (section === undefined) throw new Error(`docs/runbook.md: has no section ${heading}`);
  return section
    .split(/\n(?! {4})/)
    .flatMap((part) => part.split("\n\n"))
    .filter((part) => /^ {4}/.test(part.replace(/^\n/, "")))
    .map((part) => part.replace(/^ +/gm, "").trim());
}

/** The arguments of an invocation of a stand-in command. */
export type Invocation = readonly string[];

/** A folder in which commands run, with `npx` to stand in for Pulumi. */
export class CommandLine {
  readonly directory = mkdtempSync(join(tmpdir(), "runbook-"));

  /**
   * @param env variables for the commands in addition to ours
   * @param folders the folders of their programs, before those of PATH
   */
  constructor(
    private readonly env: Readonly<Record<string, string>> = {},
    private readonly folders: readonly string[] = [],
  ) {
    // `failover` really runs; `pulumi` is recorded, and an export is a copy of `export.json`.
    const npx = `#!/usr/bin/env bash
set -eu
if [ "$1" = failover ]; then
  shift
  exec "${process.execPath}" "${compiled("cli/failover.ts")}" "$@"
fi
printf '%s\\0' "$@" >> "${this.directory}/invocations"
printf '\\n' >> "${this.directory}/invocations"
if [ "$2 $3" = "stack export" ]; then cp export.json "\${@: -1}"; fi
`;
    writeFileSync(join(this.directory, "npx"), npx);
    chmodSync(join(this.directory, "npx"), 0o755);
  }

  write(name: string, text: string): void {
    writeFileSync(join(this.directory, name), text);
  }

  read(name: string): string {
    return readFileSync(join(this.directory, name), "utf8");
  }

  /** The output of the commands. @throws if one of them ends with another code than 0 */
  async run(script: string, env: Readonly<Record<string, string>> = {}): Promise<string> {
    const { stdout } = await promisify(execFile)("bash", ["-euo", "pipefail", "-c", script], {
      cwd: this.directory,
      env: {
        ...process.env,
        PATH: [this.directory, ...this.folders, process.env["PATH"] ?? ""].join(delimiter),
        ...this.env,
        ...env,
      },
    });
    return stdout;
  }

  /** The arguments that Pulumi received. */
  get invocations(): readonly Invocation[] {
    return this.read("invocations")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => line.split("\0").slice(0, -1));
  }

  end(): void {
    rmSync(this.directory, { recursive: true });
  }
}

/** The environment in which the AWS CLI calls only a stand-in. */
export function awsEnvironment(endpoint: string): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_CONFIG_FILE: "/dev/null",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_PAGER: "",
  };
}
