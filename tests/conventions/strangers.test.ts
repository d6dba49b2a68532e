/** The action and the hooks of this repository in a repository of someone else, which has a template only. */
import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import { needParts } from "../app/harness/parts";
import { describeWithEveryCase } from "../sampled";
import { root } from "./sourceTree";

const good = readFileSync(join(root, "tests/fixtures/zone/cloudformation.yaml"), "utf8");
const faster = good.replaceAll("FailureThreshold: 3", "FailureThreshold: 2");
const broken = good.replaceAll("EvaluateTargetHealth: true", "EvaluateTargetHealth: false");
const source = "--from zone.yaml --parameter AWS::Region=us-west-2";

/** Git without the settings of the person who runs the tests. */
const gitEnvironment = {
  PATH: process.env["PATH"],
  HOME: tmpdir(),
  GIT_CONFIG_GLOBAL: "/dev/null",
  ...{ GIT_AUTHOR_NAME: "a", GIT_AUTHOR_EMAIL: "a@example.org" },
  ...{ GIT_COMMITTER_NAME: "a", GIT_COMMITTER_EMAIL: "a@example.org" },
};

function git(folder: string, ...args: readonly string[]): string {
  const options = { encoding: "utf8", env: gitEnvironment } as const;
  return execFileSync("git", ["-C", folder, ...args], options).trim();
}

/** A repository that has `zone.yaml` in this state. */
function repositoryOf(zone: string): string {
  const folder = mkdtempSync(join(tmpdir(), "stranger-"));
  git(folder, "init", "--quiet");
  commit(folder, zone);
  return folder;
}

function commit(folder: string, zone: string): void {
  writeFileSync(join(folder, "zone.yaml"), zone);
  git(folder, "add", ".");
  git(folder, "commit", "--quiet", "--allow-empty", "--message", "zone");
}

interface Step {
  readonly run: string;
  readonly shell: string;
  readonly "working-directory": string;
  readonly env: Readonly<Record<string, string>>;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
}

/** What the runner puts in place of `${{ a.b }}`: the value at this path, or nothing. */
function filled(text: string, context: object): string {
  return text.replaceAll(/\$\{\{ ([\w.-]+) \}\}/g, (_, path: string) => {
    const found = path
      .split(".")
      .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], context);
    return typeof found === "string" || typeof found === "number" ? `${found}` : "";
  });
}

interface ActionRun {
  readonly status: number | null;
  readonly stderr: string;
  readonly summary: string;
  /** What was sent to GitHub as the comment. */
  readonly comment: string;
}

/** Runs the steps of action.yml as the runner does, with a `gh` that keeps the comment. */
function runAction(folder: string, given: Readonly<Record<string, string>>): ActionRun {
  const action = parse(readFileSync(join(root, "action.yml"), "utf8")) as Action;
  const scratch = mkdtempSync(join(tmpdir(), "runner-"));
  try {
    writeFileSync(
      join(scratch, "gh"),
      `#!/bin/bash\n[[ $* == *--paginate* ]] && exit 0\nlast="\${@: -1}"\ncp "\${last#body=@}" "${scratch}/comment"\n`,
    );
    chmodSync(join(scratch, "gh"), 0o755);
    const github = {
      action_path: root,
      token: "t",
      event: { pull_request: { number: 7, base: { sha: git(folder, "rev-parse", "HEAD~1") } } },
    };
    const inputs = Object.fromEntries(
      Object.entries(action.inputs).map(([name, input]) => [
        name,
        given[name] ?? filled(input.default ?? "", { github }),
      ]),
    );
    const context = { github, inputs };
    const files = {
      GITHUB_STEP_SUMMARY: join(scratch, "summary"),
      GITHUB_OUTPUT: join(scratch, "output"),
    };
    const [step, ...others] = action.runs.steps;
    expect(step?.shell).to.equal("bash");
    expect(others).to.deep.equal([]);
    if (!step) throw new Error("action.yml: must have a step, got none");
    writeFileSync(join(scratch, "step.sh"), filled(step.run, context));
    const env = Object.fromEntries(
      Object.entries(step.env).map(([name, value]) => [name, filled(value, context)]),
    );
    const { status, stderr } = spawnSync(
      "bash",
      ["--noprofile", "--norc", "-e", "-o", "pipefail", join(scratch, "step.sh")],
      {
        cwd: join(folder, filled(step["working-directory"], context)),
        encoding: "utf8",
        env: {
          ...gitEnvironment,
          PATH: `${scratch}:${process.env["PATH"] ?? ""}`,
          ...{ GITHUB_ACTIONS: "true", GITHUB_REPOSITORY: "o/r", GITHUB_WORKSPACE: folder },
          ...{ GITHUB_ACTION_PATH: root, ...files, ...env },
        },
      },
    );
    const read = (name: string): string =>
      existsSync(join(scratch, name)) ? readFileSync(join(scratch, name), "utf8") : "";
    return { status, stderr, summary: read("summary"), comment: read("comment") };
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

describe("the action in the repository of someone else", () => {
  let folder = "";
  before(() => {
    folder = repositoryOf(good);
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it("fails a pull request after which a customer can be worse off, and says why first", () => {
    commit(folder, broken);
    const { status, summary, comment, stderr } = runAction(folder, { arguments: source });
    expect(status, stderr).to.equal(1);
    const base = git(folder, "rev-parse", "HEAD~1").slice(0, 7);
    expect(summary.split("\n").slice(0, 2)).to.deep.equal([
      `<!-- failover diff ${source} -->`,
      `### Failover of zone.yaml: worse than ${base}`,
    ]);
    expect(summary.split("\n")[3]).to.match(
      /^\*\*✗ Evaluate target health on → off .* a dead answer while an endpoint works, with us-west-2/,
    );
    expect(comment).to.equal(summary);
    expect(runAction(folder, { arguments: source, "allow-worse": "true" }).status).to.equal(0);
  });

  it("lets other changes pass, also with arguments on several lines", () => {
    commit(folder, good);
    commit(folder, faster);
    const lines = source.replace(" --parameter", "\n--parameter");
    const { status, summary, stderr } = runAction(folder, { arguments: `${lines}\n` });
    expect(status, stderr).to.equal(0);
    expect(summary.split("\n")[0]).to.equal(`<!-- failover diff ${source} -->`);
    expect(summary).to.match(/\n### Failover of zone\.yaml: changed, no worse/);
    expect(summary).to.contain("| failure threshold 3 → 2 | CheckA, CheckB, CheckC |");
    commit(folder, faster);
    expect(runAction(folder, { arguments: source }).summary).to.contain("### No change: ");
  });

  it("fails for arguments that are wrong, without a comment", () => {
    const { status, stderr, comment } = runAction(folder, { arguments: "--from nothing.yaml" });
    expect([status, comment]).to.deep.equal([2, ""]);
    expect(stderr).to.contain("--from nothing.yaml: cannot read the file");
  });
});

// The hook runs `failover diff`, as the action above does; to install it takes seconds.
describeWithEveryCase("the hook of pre-commit in the repository of someone else", function () {
  let folder = "";
  let copy = "";
  let home = "";
  const preCommit = (...args: readonly string[]): { status: number | null; stdout: string } =>
    spawnSync("pre-commit", args, {
      cwd: folder,
      encoding: "utf8",
      env: { ...gitEnvironment, PRE_COMMIT_HOME: home, PRE_COMMIT_COLOR: "never" },
    });

  before(function () {
    needParts(this, ["pre-commit"]);
    copy = mkdtempSync(join(tmpdir(), "checkout-"));
    home = mkdtempSync(join(tmpdir(), "pre-commit-"));
    folder = repositoryOf(good);
    // This checkout as it is, as a commit of another repository.
    git(copy, "init", "--quiet");
    git(copy, `--work-tree=${root}`, "add", "--all", ".");
    git(copy, "commit", "--quiet", "--message", "tool");
    const hook = { id: "failover-diff", args: source.split(" ") };
    const repo = { repo: copy, rev: git(copy, "rev-parse", "HEAD"), hooks: [hook] };
    writeFileSync(join(folder, ".pre-commit-config.yaml"), JSON.stringify({ repos: [repo] }));
    git(folder, "add", ".");
    expect(preCommit("install", "--install-hooks")).to.include({ status: 0 });
    // What the first run would install, which takes minutes.
    const [clone = ""] = readdirSync(home).filter((name) => name.startsWith("repo"));
    symlinkSync(join(root, "node_modules"), join(home, clone, "node_modules"));
  });

  after(() => {
    for (const one of [folder, copy, home]) if (one !== "") rmSync(one, { recursive: true });
  });

  function tryCommit(zone: string): { status: number | null; stderr: string } {
    writeFileSync(join(folder, "zone.yaml"), zone);
    git(folder, "add", "zone.yaml");
    const env = { ...gitEnvironment, PRE_COMMIT_HOME: home, PRE_COMMIT_COLOR: "never" };
    const options = { cwd: folder, encoding: "utf8", env } as const;
    return spawnSync("git", ["commit", "--quiet", "--message", "change"], options);
  }

  it("lets a commit pass that makes nothing worse, and commits what was staged", () => {
    const { status, stderr } = tryCommit(faster);
    expect(status, stderr).to.equal(0);
    expect(git(folder, "show", "HEAD:zone.yaml")).to.equal(faster.trim());
    expect(git(folder, "status", "--porcelain")).to.equal("");
  });

  it("stops a commit after which a customer can be worse off, and shows the report", () => {
    const { status, stderr } = tryCommit(broken);
    expect(status, stderr).to.equal(1);
    expect(stderr).to.match(/^Failover of zone\.yaml: worse than HEAD$/m);
    expect(git(folder, "diff", "--cached", "--name-only")).to.equal("zone.yaml");
  });
});
