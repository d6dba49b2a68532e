import { expect } from "chai";
import { Option } from "commander";
import type { CommandModule } from "../../cli/commands";
import { commands as realCommands } from "../../cli/commands";
import type { CommandEntry } from "../../cli/commands";
import { exitCodes } from "../../cli/io";
import { main } from "../../cli/main";
import { InputError } from "../../routing/inputError";
import { memoryIo } from "./memoryIo";
import type { MemoryIoOptions } from "./memoryIo";
import { usageFaults, wordsOf } from "./usageFaults";

/** A command with arguments and options of each kind; it prints what it received, or runs `run`. */
function tryCommand(run?: CommandModule["run"]): CommandModule {
  return {
    describe(command) {
      command
        .argument("<name>", "a name")
        .argument("[type]", "a type", "A")
        .option("--from <file>", "a file")
        .addOption(new Option("--stack <name>", "a stack").choices(["dev", "prod"]))
        .option("--json", "as JSON");
    },
    run:
      run ??
      ((options, io, args) => {
        io.stdout.write(`${JSON.stringify({ options, args })}\n`);
        return Promise.resolve(exitCodes.fine);
      }),
  };
}

interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function runMain(
  argv: readonly string[],
  module: CommandModule = tryCommand(),
  options: MemoryIoOptions = {},
): Promise<Outcome> {
  const io = memoryIo(options);
  const commands: readonly CommandEntry[] = [
    { name: "try", summary: "try things", load: () => Promise.resolve(module) },
    {
      name: "other",
      summary: "never loaded",
      load: () => Promise.reject(new Error("loaded without need")),
    },
  ];
  const code = await main(argv, io, commands);
  return { code, out: io.out(), err: io.err() };
}

/** The outcome of wrong usage: only one line on stderr. */
function refused(line: string): Outcome {
  return { code: 2, out: "", err: `${line}\n` };
}

describe("failover", () => {
  it("runs the named command with its options and arguments", async () => {
    const { code, out, err } = await runMain(["try", "orders", "--json", "--from", "a b.json"]);
    expect({ code, err }).to.deep.equal({ code: 0, err: "" });
    expect(JSON.parse(out)).to.deep.equal({
      options: { json: true, from: "a b.json" },
      args: ["orders"],
    });
  });

  it("returns the exit code of the command", async () => {
    const badNews = tryCommand(() => Promise.resolve(exitCodes.badNews));
    expect((await runMain(["try", "x"], badNews)).code).to.equal(1);
  });

  it("accepts --debug before and after the command", async () => {
    expect((await runMain(["--debug", "try", "x"])).code).to.equal(0);
    expect((await runMain(["try", "x", "--json", "--debug"])).code).to.equal(0);
  });

  describe("with wrong usage", () => {
    const cases: readonly (readonly [string, readonly string[], string])[] = [
      [
        "a command with a typing error",
        ["tri"],
        "failover: unknown command, got tri; did you mean try? See failover --help",
      ],
      [
        "a command that resembles none",
        ["deploy"],
        "failover: unknown command, got deploy; see failover --help",
      ],
      [
        "an option before any command",
        ["--verbose"],
        "failover: unknown option, got --verbose; see failover --help",
      ],
      [
        "an option with a typing error",
        ["try", "x", "--form", "f"],
        "failover try: unknown option, got --form; did you mean --from? See failover try --help",
      ],
      ["no argument", ["try"], "failover try: missing argument <name>; see failover try --help"],
      [
        "an option without its value",
        ["try", "x", "--from"],
        "failover try: --from: missing value; see failover try --help",
      ],
      [
        "a value that is not among the choices",
        ["try", "x", "--stack", "test"],
        "failover try: --stack: not one of dev, prod, got test; see failover try --help",
      ],
      [
        "two values of an option that takes one",
        ["try", "x", "--from", "a", "--from", "b"],
        "failover try: --from: takes one value, got a and b; give it once",
      ],
      [
        "two choices of an option that takes one",
        ["try", "x", "--stack", "dev", "--stack", "prod"],
        "failover try: --stack: takes one value, got dev and prod; give it once",
      ],
      [
        "too many arguments",
        ["try", "x", "A", "y"],
        "failover try: too many arguments, expected 2, got 3; see failover try --help",
      ],
      [
        "a name with control characters",
        ["a\u001b[31m\nb"],
        "failover: unknown command, got a\\u001b[31m\\u000ab; see failover --help",
      ],
    ];
    for (const [name, argv, line] of cases) {
      it(`refuses ${name} in one line`, async () => {
        expect(await runMain(argv)).to.deep.equal(refused(line));
      });
    }
  });

  describe("with a request for help", () => {
    it("lists the commands without loading one", async () => {
      const { code, out, err } = await runMain(["--help"]);
      expect({ code, err }).to.deep.equal({ code: 0, err: "" });
      expect(out).to.match(/Usage: failover .*try +try things.*other +never loaded/s);
      expect(out).to.contain("Exit codes:\n  0  success\n  1  findings");
    });

    it("explains a command, with --help or help", async () => {
      const { code, out } = await runMain(["try", "--help"]);
      expect(code).to.equal(0);
      expect(out).to.match(/Usage: failover try \[options\] <name> \[type\]/);
      expect((await runMain(["help", "try"])).out).to.equal(out);
    });

    it("shows the list on stderr when no command is named", async () => {
      const { code, out, err } = await runMain([]);
      expect({ code, out }).to.deep.equal({ code: 2, out: "" });
      expect(err).to.match(/^Usage: failover /);
    });

    it("prints its version", async () => {
      const { code, out } = await runMain(["--version"]);
      expect(code).to.equal(0);
      expect(out).to.match(/^\d+\.\d+\.\d+\n$/);
    });
  });

  describe("when a command fails", () => {
    const failing = (error: unknown): CommandModule =>
      // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- anything can be thrown
      tryCommand(() => Promise.reject(error));

    it("shows every fault of the input, one line each, without a stack trace", async () => {
      const faults = ["a: is bad, got 1; use 2\nb: is bad, got \u0007; use 3"];
      expect(await runMain(["try", "x"], failing(new InputError(faults)))).to.deep.equal(
        refused("a: is bad, got 1; use 2\nb: is bad, got \\u0007; use 3"),
      );
    });

    it("shows the stack trace of a program's error under --debug, and of no other input", async () => {
      const cause = new Error("no zone");
      cause.stack = "Error: no zone\n    at index.ts:3";
      const faulty = (code: "program-failed" | "bad-input") =>
        failing(new InputError("index.ts:3: fails", { cause, code }));
      expect(await runMain(["--debug", "try", "x"], faulty("program-failed"))).to.deep.equal(
        refused("index.ts:3: fails\nError: no zone\n    at index.ts:3"),
      );
      expect(await runMain(["try", "x"], faulty("program-failed"))).to.deep.equal(
        refused("index.ts:3: fails"),
      );
      expect(await runMain(["--debug", "try", "x"], faulty("bad-input"))).to.deep.equal(
        refused("index.ts:3: fails"),
      );
    });

    it("reports any other error as an internal error, in one line", async () => {
      expect(
        await runMain(["try", "x"], failing(new Error("disk is gone\nat line 7"))),
      ).to.deep.equal({
        code: 3,
        out: "",
        err: "failover try: internal error, got disk is gone; run it again with --debug for the stack trace\n",
      });
    });

    it("has a line for errors without a message, and for thrown values that are not errors", async () => {
      const messages = [new Error(""), "a string", undefined];
      const lines = await Promise.all(
        messages.map(async (thrown) => (await runMain(["try", "x"], failing(thrown))).err),
      );
      const rest = "; run it again with --debug for the stack trace\n";
      expect(lines).to.deep.equal([
        `failover try: internal error, got an error without a message${rest}`,
        `failover try: internal error, got a string${rest}`,
        `failover try: internal error, got undefined${rest}`,
      ]);
    });

    it("shows the stack trace with its causes under --debug, and under DEBUG", async () => {
      const fault = failing(new Error("outer", { cause: new Error("inner") }));
      for (const { err } of [
        await runMain(["try", "x", "--debug"], fault),
        await runMain(["try", "x"], fault, { env: { DEBUG: "1" } }),
      ]) {
        expect(err).to.match(
          /^failover try: internal error, got outer; the stack trace follows\nError: outer\n +at .*\ncaused by Error: inner\n +at /s,
        );
      }
      const stackless = Object.assign(new Error("bare"), { stack: undefined });
      const { err } = await runMain(["try", "x", "--debug"], failing(stackless));
      expect(err).to.match(/the stack trace follows\nbare\n$/);
      expect((await runMain(["try", "x", "--debug"], failing("text"))).err).to.match(/\ntext\n$/);
    });

    it("also prints an error code under --json", async () => {
      const said = async (error: unknown): Promise<unknown> =>
        JSON.parse((await runMain(["try", "x", "--json"], failing(error))).out);
      expect(await said(new InputError(["a: is bad", "b: is bad"]))).to.deep.equal({
        error: { code: "bad-input", messages: ["a: is bad", "b: is bad"] },
      });
      expect(await said(new InputError("a: is bad", { code: "bad-settings" }))).to.deep.equal({
        error: { code: "bad-settings", messages: ["a: is bad"] },
      });
      expect(await said(new Error("disk is gone"))).to.deep.equal({
        error: {
          code: "internal-fault",
          messages: [
            "failover try: internal error, got disk is gone; run it again with --debug for the stack trace",
          ],
        },
      });
      const { code, out, err } = await runMain(["try", "--json"]);
      const line = "failover try: missing argument <name>; see failover try --help";
      expect({ code, err }).to.deep.equal({ code: 2, err: `${line}\n` });
      expect(JSON.parse(out)).to.deep.equal({ error: { code: "bad-usage", messages: [line] } });
    });

    it("treats a command that cannot be loaded in the same way", async () => {
      expect((await runMain(["other"])).err).to.match(/internal error, got loaded without need;/);
    });
  });
});

describe("the table of commands", () => {
  for (const entry of realCommands) {
    const { name, summary } = entry;
    it(`has a module for ${name}, which explains itself`, async () => {
      expect(await entry.load())
        .to.respondTo("describe")
        .and.to.respondTo("run");
      const io = memoryIo();
      expect(await main([name, "--help"], io)).to.equal(0);
      expect(io.out()).to.contain(`Usage: failover ${name}`).and.to.contain(summary);
    });
  }

  for (const { name } of realCommands) {
    it(`has examples that ${name} takes, and its exit codes, in the help`, async () => {
      const io = memoryIo();
      await main([name, "-h"], io);
      const [, examples = "", codes = ""] =
        /\nExamples:\n(.*)\n\nExit codes:\n(.*)$/s.exec(io.out()) ?? [];
      const lines = examples.split("\n").map((line) => line.trim());
      expect(lines).to.have.length.of.at.least(1);
      for (const line of lines) {
        const [program, ...words] = wordsOf(line);
        expect([program, words[0]]).to.deep.equal(["failover", name]);
        expect(await usageFaults(words), line).to.deep.equal([]);
      }
      expect(
        codes
          .trim()
          .split("\n")
          .map((line) => line.trim()[0]),
      ).to.include.members(["0", "2", "3"]);
    });
  }

  it("has no help that a terminal of 80 columns breaks, but for command lines", async () => {
    for (const { name } of realCommands) {
      const io = memoryIo({ isTerminal: true, columns: 80 });
      await main([name, "--help"], io);
      const wide = io
        .out()
        .split("\n")
        .filter((line) => line.length > 80);
      expect(wide.filter((line) => !line.startsWith("  failover "))).to.deep.equal([]);
    }
  });

  it("has each name once", () => {
    const names = realCommands.map(({ name }) => name);
    expect(new Set(names).size).to.equal(names.length);
  });
});
