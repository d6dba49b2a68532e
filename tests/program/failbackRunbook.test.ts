import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { expect } from "chai";
import { main } from "../../cli/main";
import { commands } from "../../cli/commands";
import { memoryIo } from "../cli/memoryIo";
import { commandsOf } from "./runbookCommands";

const runbookPath = join(__dirname, "../../docs/runbook.md");

const sections = [
  "Customers have moved",
  "Evacuate the primary region",
  "Bring customers back",
  "The control plane of Route 53 is down",
  "Restore after a game day",
  "Hold a game day",
];

/** The words of a line; quoted ones stay together. */
function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");
}

const lines = sections.flatMap((section) =>
  commandsOf(section)
    .flatMap((block) => block.split("\n"))
    .filter((line) => line.startsWith("npx failover ")),
);

/** What a command takes from a line; throws as the command would. */
async function taken(line: string): Promise<readonly [string, object, readonly string[]]> {
  const [, , name = "", ...given] = wordsOf(line);
  const entry = commands.find((one) => one.name === name);
  if (!entry) throw new Error(`${name}: no such command`);
  const command = new Command(name)
    .exitOverride()
    .configureOutput({ outputError: () => undefined });
  (await entry.load()).describe(command);
  command.action(() => undefined);
  await command.parseAsync(given, { from: "user" });
  return [name, command.opts(), command.args];
}

describe("the runbook, on failover and failback", () => {
  it("has only commands that exist, with options that they take", async () => {
    const all = await Promise.all(lines.map(taken));
    const used = new Set(all.map(([name]) => name));
    expect([...used].sort()).to.deep.equal(["gameday", "hold", "release", "status"]);
    const [, hold] = all.find(([name]) => name === "hold") ?? [];
    expect(hold).to.include({ stack: "prod", reason: "network maintenance in Oregon" });
    const [, release] = all.find(([name]) => name === "release") ?? [];
    expect(release).to.include({
      stack: "prod",
      approve: true,
      reason: "Oregon is well, outboxes are empty",
    });
  });

  it("gives each release its approval and a reason, wherever it names the command", () => {
    const releases = readFileSync(runbookPath, "utf8").match(/npx failover release[^`\n]*/g) ?? [];
    expect(releases).to.have.lengthOf.at.least(1);
    for (const text of releases) expect(text).to.match(/ --approve --reason "/);
  });

  it("a command with an option that does not exist would be found", async () => {
    const fault = await taken("npx failover hold --stack prod --because x").then(
      () => "taken",
      (error: unknown) => (error as Error).message,
    );
    expect(fault).to.include("unknown option '--because'");
  });

  it("shows what restore prints, and names the journal that it reads", async () => {
    const [command = "", output = ""] = commandsOf("Restore after a game day");
    const argv = wordsOf(command).slice(2);
    const io = memoryIo();
    expect(await main(argv, io)).to.equal(2);
    expect(io.err()).to.match(/^failover-gameday-dev\.json: there is no journal/);
    const source = readFileSync(require.resolve("../../cli/commands/gameday"), "utf8");
    expect(source).to.include(output);
  });
});
