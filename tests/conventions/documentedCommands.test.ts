import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { commands } from "../../cli/commands";
import { usageFaults, wordsOf } from "../cli/usageFaults";
import { commandLinesOf, documents } from "./documents";
import type { CommandLine } from "./documents";
import { root } from "./sourceTree";

/** What a mention may leave out. */
const leftOut = /missing required argument|argument missing|required option/;

const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  readonly scripts: Readonly<Record<string, string>>;
};
/** Commands of npm itself. */
const npmCommands = ["audit", "ci", "link", "pack", "version"];

/** The faults of a command line, in words. */
async function faultsOf({ line, isMention }: CommandLine): Promise<readonly string[]> {
  const words = wordsOf(line.replace(/^(?:[A-Z_]+=\S+ )*(?:npx )?/, ""));
  const [program, ...args] = words;
  switch (program) {
    case "failover":
      return (await usageFaults(args)).filter((fault) => !(isMention && leftOut.test(fault)));
    case "npm":
      return npmFaults(args);
    case "pulumi":
      return pulumiFaults(args);
    default:
      return missingFiles(args);
  }
}

async function npmFaults([verb = "", ...args]: readonly string[]): Promise<readonly string[]> {
  const [script = "", ...rest] = verb === "run" ? args : [verb, ...args];
  const command = scripts[script];
  if (command === undefined) {
    return npmCommands.includes(verb) ? [] : [`package.json has no script ${script}`];
  }
  const given = rest.slice(rest.indexOf("--") + 1);
  const [, tool] = /^node scripts\/failover\.mjs (.*)$/.exec(command) ?? [];
  return tool === undefined ? missingFiles(given) : usageFaults([...tool.split(" "), ...given]);
}

/** Its stacks, its projects and the packs that it names are there. */
function pulumiFaults(args: readonly string[]): readonly string[] {
  const project = args[0] === "-C" ? (args[1] ?? "") : ".";
  const paths = args.flatMap((word, index) => {
    const before = args[index - 1] ?? "";
    if (before === "--stack") return [join(project, `Pulumi.${word}.yaml`)];
    return before.startsWith("--policy-pack") || before === "-C" ? [word] : [];
  });
  return paths.filter((path) => !existsSync(join(root, path))).map((path) => `${path} is missing`);
}

function missingFiles(args: readonly string[]): readonly string[] {
  return args
    .filter((word) => word.startsWith("tests/") && !word.includes("*"))
    .filter((path) => !existsSync(join(root, path)))
    .map((path) => `${path} is missing`);
}

describe("the documents", () => {
  it("have commands to check", () => {
    expect(documents).to.include.members(["README.md", "docs/usage.md", "app/README.md"]);
    expect(documents.flatMap(commandLinesOf)).to.have.length.greaterThan(150);
  });

  it("list every command once, in the order of the help", () => {
    const text = readFileSync(join(root, "docs/ARCHITECTURE.md"), "utf8");
    const [, table = ""] = /^## Commands\n(.*?)^## /ms.exec(text) ?? [];
    const listed = [...table.matchAll(/^\| `(\w+)` /gm)].map(([, name]) => name);
    expect(listed).to.deep.equal(commands.map(({ name }) => name));
  });

  it("are checked for what is not there", async () => {
    const lines = [
      ...[
        "npx failover prov --stack prod",
        "npm run bench",
        "npm run bnech",
        "npm start -- --verbos",
      ],
      ...["npm test -- tests/nowhere", "pulumi -C zone up --stack test", "npm ci"],
    ];
    const faults = await Promise.all(lines.map((line) => faultsOf({ line, isMention: false })));
    expect(faults.flat()).to.deep.equal([
      "failover has no command prov",
      "package.json has no script bnech",
      "error: unknown option '--verbos'\n(Did you mean --verbose?)",
      "tests/nowhere is missing",
      "zone/Pulumi.test.yaml is missing",
    ]);
  });

  for (const path of documents) {
    it(`use commands that exist, with options that they have: ${path}`, async () => {
      const faults = commandLinesOf(path).map(async (command) =>
        (await faultsOf(command)).map((fault) => `${command.line}: ${fault}`),
      );
      expect((await Promise.all(faults)).flat()).to.deep.equal([]);
    });
  }
});
