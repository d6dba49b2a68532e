import { expect } from "chai";
import { Command, Option } from "commander";
import type { CommandEntry, CommandModule } from "../../cli/commands";
import { commands as realCommands } from "../../cli/commands";
import { exitCodes } from "../../cli/io";
import { main } from "../../cli/main";
import { repeated } from "../../cli/repeated";
import { bundledScenarios } from "../../rehearsal/scenarios/bundled";
import { root } from "../conventions/sourceTree";
import { memoryIo } from "./memoryIo";

const tried: CommandModule = {
  describe(command) {
    command
      .argument("<action>", "what to do")
      .argument("[names...]", "names")
      .option("--from <file>", "a file", repeated)
      .option("-o, --output <file>", "where to")
      .option("--stack <name>", "a stack")
      .option("--text <text>", "any text")
      .option("--simulate [runs]", "simulate")
      .addOption(new Option("--mode <mode>", "how").choices(["fast", "slow"]));
    command.registeredArguments[0]?.choices(["start", "stop"]);
  },
  run: () => Promise.resolve(exitCodes.fine),
};

const commands: readonly CommandEntry[] = [
  { name: "try", summary: "try things", load: () => Promise.resolve(tried) },
  {
    name: "other",
    summary: "never loaded",
    load: () => Promise.reject(new Error("loaded without need")),
  },
];

/** The lines that answer the shell, with descriptions where there are any. */
async function answers(
  words: readonly string[],
  those: readonly CommandEntry[] = commands,
): Promise<readonly string[]> {
  const io = { ...memoryIo(), directory: root };
  const code = await main(["complete", "--", ...words], io, those);
  expect([code, io.err()]).to.deep.equal([0, ""]);
  return io.out().trimEnd().split("\n");
}

const options = ["--from\ta file", "--output\twhere to", "--stack\ta stack", "--text\tany text"];
const otherOptions = ["--simulate\tsimulate", "--mode\thow"];
const help = "--help\tprint this help";
const all = [...options, ...otherOptions, help];

describe("what a shell is told at Tab", () => {
  const cases: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ["the commands", [""], ["try\ttry things", "other\tnever loaded", ":4"]],
    ["the commands after help", ["help", ""], ["try\ttry things", "other\tnever loaded", ":4"]],
    [
      "the tool's options before a command",
      ["--"],
      [
        "--version\tprint the version",
        "--debug\tprint the stack trace of an internal error, or of one of the program",
        help,
        ":4",
      ],
    ],
    ["nothing after a command that there is not", ["tri", ""], [":4"]],
    ["the choices of an argument", ["try", ""], ["start\t", "stop\t", ":4"]],
    ["a command's options, also before its argument", ["--debug", "try", "-"], [...all, ":4"]],
    ["the options where an argument can be anything", ["try", "stop", ""], [...all, ":4"]],
    ["the options after many arguments", ["try", "stop", "a", "b", ""], [...all, ":4"]],
    ["files where an option takes one", ["try", "--from", ""], [":0"]],
    ["files for a short option", ["try", "-o", "a"], [":0"]],
    ["files after an equals sign", ["try", "--from=a"], [":0"]],
    ["the stacks", ["try", "start", "--stack", ""], ["dev\t", "prod\t", ":4"]],
    ["the choices of an option", ["try", "--mode", "f"], ["fast\t", "slow\t", ":4"]],
    ["the choices after an equals sign", ["try", "--mode=f"], ["fast\t", "slow\t", ":4"]],
    ["nothing where an option takes any text", ["try", "--text", ""], [":4"]],
    ["nothing for text with an equals sign", ["try", "--text", "a=b"], [":4"]],
    [
      "an argument after an option's value",
      ["try", "--text", "x", ""],
      ["start\t", "stop\t", ":4"],
    ],
    [
      "an argument after a value that can be left out",
      ["try", "--simulate", ""],
      ["start\t", "stop\t", ":4"],
    ],
    [
      "no option twice, unless it can be repeated",
      ["try", "--from", "a", "--stack", "dev", "--mode=slow", "-o", "b", "--"],
      [...[options[0] ?? "", options[3] ?? ""], otherOptions[0] ?? "", help, ":4"],
    ],
  ];
  for (const [name, words, lines] of cases) {
    it(`is ${name}`, async () => {
      expect(await answers(words)).to.deep.equal(lines);
    });
  }

  it("is the scenarios of the package, and files", async () => {
    const lines = [...bundledScenarios().map((name) => `${name}\t`), ":0"];
    expect(lines).to.have.length.greaterThan(10);
    expect(await answers(["replay", ""], realCommands)).to.deep.equal(lines);
    expect(await answers(["drill", "--scenario", ""], realCommands)).to.deep.equal(lines);
  });

  it("is files or a base where `failover diff` takes its base", async () => {
    expect(await answers(["diff", ""], realCommands)).to.deep.equal([":0"]);
  });

  /** Values that the user knows best, or that need an evaluation. */
  const left = [
    ...["address", "count", "date", "faults", "key=value", "name", "name=seconds", "name=value"],
    ...["names", "number", "parameter=range", "path=value", "place", "port", "runs", "seconds"],
    ...["statuses", "text", "what.figure=number"],
  ];

  it("is something for the value of every option, except for those listed here", async () => {
    const open = new Set<string>();
    for (const entry of realCommands) {
      const command = new Command(entry.name);
      (await entry.load()).describe(command);
      for (const { long, flags } of command.options) {
        const [, value] = /[<[](.*)[>\]]$/.exec(flags) ?? [];
        if (value === undefined) continue;
        const lines = await answers([entry.name, `${long ?? ""}=`], realCommands);
        if (lines.join() === ":4") open.add(value);
      }
    }
    expect([...open].sort()).to.deep.equal(left);
  });
});
