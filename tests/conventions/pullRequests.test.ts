import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import { root } from "./sourceTree";

interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string }>>;
  readonly runs: {
    readonly using: string;
    readonly steps: readonly {
      readonly shell: string;
      readonly run: string;
      readonly env: Readonly<Record<string, string>>;
    }[];
  };
}

/** The step of the action with a tool and a `gh` that only write down what they are asked. */
function comment(
  toolCode: number,
  options: {
    allowWorse?: boolean;
    known?: string;
    gh?: number;
    lines?: number;
    prints?: boolean;
    arguments?: string;
  } = {},
) {
  const folder = mkdtempSync(join(tmpdir(), "action-"));
  const program = (path: string, lines: readonly string[]): void => {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), ["#!/usr/bin/env bash", ...lines, ""].join("\n"));
    chmodSync(join(folder, path), 0o755);
  };
  try {
    program("node_modules/.bin/failover", [
      `printf -v words ' %q' "$@"; echo "tool$words" >> log`,
      options.prints === false ? "echo fault >&2" : "echo '### Report'",
      `for ((i = 0; i < ${options.lines ?? 0}; i += 1)); do echo 'one of many lines'; done`,
      `exit ${toolCode}`,
    ]);
    program("bin/gh", [
      `echo "gh $*" | sed 's#body=@.*#body#' >> log`,
      `[[ $* == *--paginate* ]] && { echo "${options.known ?? ""}"; exit 0; }`,
      'last="${@: -1}"; cp "${last#body=@}" body',
      `exit ${options.gh ?? 0}`,
    ]);
    const { status, stdout, stderr } = spawnSync("bash", [join(root, "scripts/commentDiff.sh")], {
      cwd: folder,
      encoding: "utf8",
      env: {
        PATH: `${join(folder, "bin")}:${process.env["PATH"] ?? ""}`,
        ACTION: root,
        ARGUMENTS: options.arguments ?? "--stack prod",
        BASE: "abc",
        ALLOW_WORSE: String(options.allowWorse ?? false),
        PULL_REQUEST: "7",
        GITHUB_REPOSITORY: "o/r",
        GITHUB_STEP_SUMMARY: join(folder, "summary"),
      },
    });
    const read = (name: string): string => {
      try {
        return readFileSync(join(folder, name), "utf8");
      } catch {
        return "";
      }
    };
    return {
      status,
      stdout,
      stderr,
      log: read("log").trim().split("\n"),
      summary: read("summary"),
      body: read("body"),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("the action of this repository", () => {
  const action = parse(readFileSync(join(root, "action.yml"), "utf8")) as Action;

  it("gives each input to its script by the environment", () => {
    const [step] = action.runs.steps;
    expect(action.runs.steps).to.have.length(1);
    expect(step?.run).to.not.contain("${{");
    const given = Object.values(step?.env ?? {}).join(" ");
    const inputs = Object.keys(action.inputs).filter((name) => name !== "directory");
    expect(inputs.filter((name) => !given.includes(`inputs.${name} `))).to.deep.equal([]);
  });

  it("writes a comment and the summary, and passes the exit code on", () => {
    const { status, log, summary, stderr } = comment(1);
    expect([status, stderr]).to.deep.equal([1, ""]);
    expect(log[0]).to.equal("tool diff abc --stack prod --markdown");
    expect(log[2]).to.equal(
      "gh api --silent --method POST repos/o/r/issues/7/comments --field body",
    );
    expect(summary).to.equal("<!-- failover diff --stack prod -->\n### Report\n");
  });

  it("takes arguments in quotes and on several lines, and runs nothing in them", () => {
    const quoted = comment(0, {
      arguments: `--from "my zone.yaml"\n  'www.example.org' a\\ b '$(touch x)' *`,
    });
    expect([quoted.status, quoted.stdout, quoted.log[0]]).to.deep.equal([
      0,
      "",
      String.raw`tool diff abc --from my\ zone.yaml www.example.org a\ b \$\(touch\ x\) \* --markdown`,
    ]);
    const open = comment(0, { arguments: '--from "my zone.yaml' });
    expect([open.status, open.log, open.stdout]).to.deep.equal([
      2,
      [""],
      '::error title=arguments::must have both ends of each quote on one line, got --from "my zone.yaml; close the quote\n',
    ]);
  });

  it("updates its earlier comment", () => {
    const { status, log } = comment(0, { known: "42" });
    expect(status).to.equal(0);
    expect(log[2]).to.equal(
      "gh api --silent --method PATCH repos/o/r/issues/comments/42 --field body",
    );
  });

  it("comments on what cannot all be compared, and passes the exit code on", () => {
    const { status, log, summary } = comment(2);
    expect([status, log.length]).to.deep.equal([2, 3]);
    expect(summary).to.contain("### Report");
  });

  it("succeeds for a state that is or may be worse if that is allowed, but not after an error", () => {
    expect(comment(1, { allowWorse: true }).status).to.equal(0);
    expect(comment(2, { allowWorse: true }).status).to.equal(0);
    const { status, log } = comment(2, { allowWorse: true, prints: false });
    expect([status, log.length]).to.deep.equal([2, 1]);
  });

  it("cuts a report that GitHub would not take, after a line, and says so", () => {
    const { status, summary, body } = comment(0, { lines: 5_000 });
    expect(status).to.equal(0);
    expect(summary).to.have.length.greaterThan(65_536);
    expect(body).to.have.length.within(60_000, 65_536);
    expect(body).to.match(/\none of many lines\n\nThe rest is in the job's summary\.\n$/);
  });

  it("says so where the token may not comment", () => {
    const { status, stdout } = comment(0, { gh: 1 });
    expect(status).to.equal(0);
    expect(stdout).to.match(/^::notice title=No comment::/);
  });
});

describe("the hooks for pre-commit", () => {
  const hooks = parse(
    readFileSync(join(root, ".pre-commit-hooks.yaml"), "utf8"),
  ) as readonly Readonly<Record<string, unknown>>[];

  it("have what pre-commit requires, and run the tool", () => {
    for (const hook of hooks) {
      expect(hook).to.include.all.keys("id", "name", "entry", "language");
      expect(hook["entry"]).to.match(
        /^(?:npx --no-install failover|scripts\/failover\.mjs) diff HEAD$/,
      );
    }
    expect(hooks.map(({ id }) => id)).to.deep.equal(["failover-diff", "failover-diff-stack"]);
  });

  it("are named in the documents, as the action is", () => {
    const usage = readFileSync(join(root, "docs/usage.md"), "utf8");
    for (const { id } of hooks) expect(usage).to.contain(`id: ${String(id)}\n`);
    expect(usage).to.contain("uses: cafe/failover@");
  });
});
