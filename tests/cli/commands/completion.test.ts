import { spawnSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { needFile, needParts, pathOf } from "../../app/harness/parts";
import { compiled } from "../../childProcess";

/** What is typed before Tab, and the words that then stand there. */
const cases: readonly (readonly [string, readonly string[]])[] = [
  ["failover pr", ["preflight", "prove"]],
  ["failover prove --fr", ["--from", "--from-location"]],
  ["failover prove --stack ", ["blue", "red"]],
  ["failover drill --app ", ["embedded", "lamp"]],
  ["failover replay reg", ["region", "region-and-static-tier"]],
  ["failover prove --from ex", ["export.json", "exports"]],
  ["failover replay ex", ["export.json", "exports"]],
  ["failover diff --from exports/", ["exports/one.json"]],
];

const bashCompletion = "/usr/share/bash-completion/bash_completion";

/** A shell that writes the words of `show` to a file, and inserts all that can stand at the cursor at ^X. */
const startOf = {
  bash: [
    `. ${bashCompletion}`,
    "source <(failover completion bash)",
    `bind '"\\C-x": insert-completions'`,
    `show() { printf '%s\\n' "$*" >> ../shown; }`,
  ],
  zsh: [
    "autoload -U compinit; compinit -D -u",
    "source <(failover completion zsh)",
    "zle -C all-matches complete-word _generic; bindkey '^X' all-matches",
    "zstyle ':completion:all-matches:*' insert yes",
    "zstyle ':completion:all-matches::::' completer _all_matches _complete",
    `show() { print -r -- "$*" >> ../shown; }`,
  ],
};

describe("the completion of the shell", () => {
  let folder = "";
  let project = "";
  const environment = (): NodeJS.ProcessEnv => ({
    PATH: `${join(folder, "bin")}:${process.env["PATH"] ?? ""}`,
    HOME: folder,
    TERM: "dumb",
    LC_ALL: "C",
  });

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "completion-"));
    project = join(folder, "project");
    mkdirSync(join(project, "exports"), { recursive: true });
    mkdirSync(join(folder, "bin"));
    const tool = join(folder, "bin", "failover");
    writeFileSync(
      tool,
      `#!/bin/sh\nexec "${process.execPath}" "${compiled("cli/failover.ts")}" "$@"\n`,
    );
    chmodSync(tool, 0o755);
    // A shell must not run the name of a file.
    const files = [
      "Pulumi.yaml",
      "Pulumi.red.yaml",
      "Pulumi.blue.yaml",
      "Pulumi.$(touch ran).yaml",
    ];
    for (const file of [...files, "export.json", "exports/one.json"]) {
      writeFileSync(join(project, file), "");
    }
  });

  after(() => {
    rmSync(folder, { recursive: true });
  });

  /** Types into an interactive shell on a terminal of its own, and returns the lines that it then has. */
  function typedInto(shell: keyof typeof startOf, command: string): readonly string[] {
    // ^X completes, ^A goes to the start of the line, ^E to its end.
    return typedKeys(
      shell,
      command,
      cases.map(([line]) => `${line}\x18\x01show \x05\n`),
    );
  }

  /** Types keys, and returns the lines that were shown. */
  function typedKeys(
    shell: keyof typeof startOf,
    command: string,
    keys: readonly string[],
  ): readonly string[] {
    writeFileSync(join(folder, "start"), startOf[shell].join("\n"));
    const { status, stdout } = spawnSync(pathOf("script"), ["-qec", command, "/dev/null"], {
      cwd: project,
      env: environment(),
      input: [". ../start\n", ...keys, "exit\n"].join(""),
      encoding: "utf8",
    });
    expect(status, stdout).to.equal(0);
    const lines = readFileSync(join(folder, "shown"), "utf8").trimEnd().split("\n");
    rmSync(join(folder, "shown"));
    return lines;
  }

  /** The words in the place of the one that was typed last, sorted as the shells do not agree. */
  function wordsIn(lines: readonly string[]): readonly (readonly [string, readonly string[]])[] {
    return cases.map(([line], index) => {
      const before = line.slice(0, line.lastIndexOf(" ") + 1);
      const found = (lines[index] ?? "").slice(before.length).trim().split(" ");
      return [line, found.sort()];
    });
  }

  for (const [shell, command] of [
    ["bash", "bash --norc --noprofile -i"],
    ["zsh", "zsh -f -i"],
  ] as const) {
    it(`offers the same words in ${shell}, and runs nothing that stands in the name of a file`, function () {
      needParts(this, [shell, "script"]);
      if (shell === "bash") needFile(this, bashCompletion, "bash-completion");
      expect(wordsIn(typedInto(shell, command))).to.deep.equal(cases);
      expect(readdirSync(project)).to.not.include("ran");
    });
  }

  for (const [shell, command] of [
    ["bash", "bash --norc --noprofile -i"],
    ["zsh", "zsh -f -i"],
  ] as const) {
    it(`runs nothing of a line in ${shell}, and writes to no file of it, before Enter`, function () {
      needParts(this, [shell, "script"]);
      if (shell === "bash") needFile(this, bashCompletion, "bash-completion");
      writeFileSync(join(project, "kept"), "kept");
      // ^X completes, ^A and ^K remove the line.
      const lines = ["failover prove $(touch ran) --fr", "failover prove > kept --fr"];
      const keys = lines.map((line) => `${line}\x18\x01\x0b`);
      typedKeys(shell, command, [...keys, "show done\n"]);
      expect(readdirSync(project)).to.not.include("ran");
      expect(readFileSync(join(project, "kept"), "utf8")).to.equal("kept");
    });
  }

  it("offers the same words in fish, with what they mean", function () {
    needParts(this, ["fish"]);
    const ask = cases.map(([line]) => `complete -C '${line}'; echo ==`);
    const script = ["failover completion fish | source", ...ask].join("\n");
    const { stdout, stderr } = spawnSync(pathOf("fish"), ["--no-config", "-c", script], {
      cwd: project,
      env: environment(),
      encoding: "utf8",
    });
    expect(stderr).to.equal("");
    const found = stdout
      .trimEnd()
      .split(/^==$/m)
      .slice(0, -1)
      .map((block) => block.trim().split("\n"));
    expect(found[0]?.[1]).to.equal(
      "prove\tprove what a stack's names answer under every set of faults",
    );
    // fish marks a folder.
    const words = found.map((lines) =>
      lines.map((line) => line.replace(/\/?(?:\t.*)?$/, "")).sort(),
    );
    expect(cases.map(([line], index) => [line, words[index]])).to.deep.equal(cases);
  });
});
