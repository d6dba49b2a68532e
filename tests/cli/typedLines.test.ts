import { once } from "node:events";
import { PassThrough } from "node:stream";
import { expect } from "chai";
import { processIo } from "../../cli/io";
import type { Io } from "../../cli/io";

type Stream = PassThrough & { isTTY?: boolean; columns?: number };

/** CHA to the first column and ED to the end of the screen, of ECMA-48. */
const cleared = "\u001b[1G\u001b[0J";
/** The prompt with a line, and CHA to the cursor. */
const prompted = (line: string): string => `${cleared}drill> ${line}\u001b[${8 + line.length}G`;

describe("lines that are typed", () => {
  let stdin: Stream;
  let screen: Stream;
  let io: Io;
  let lines: string[];
  let ends: number;
  let stop: (() => void) | undefined;

  function start(isTTY: boolean, env: Io["env"] = {}): void {
    [lines, ends] = [[], 0];
    stdin = Object.assign(new PassThrough(), { isTTY });
    screen = Object.assign(new PassThrough(), { isTTY, columns: 40 });
    io = processIo({ stdout: screen, stderr: screen, stdin, env, cwd: () => "/" });
    stop = io.readLines({
      onLine: (line) => void lines.push(line),
      onEnd: () => void (ends += 1),
      completions: (before) => (before === "" ? ["fail", "return"] : ["us-west-2a", "us-west-2b"]),
    });
  }
  const shown = (): string => String(screen.read() ?? "");

  afterEach(() => stop?.());

  it("stand below all output, whole, at a terminal", () => {
    start(true);
    expect(shown()).to.equal(prompted(""));
    stdin.write("fa");
    expect(shown()).to.equal("fa");
    io.stdout.write("00:01  an event\n");
    expect(shown()).to.equal(`${cleared}00:01  an event\n${prompted("fa")}`);
    stdin.write("il web\r");
    expect(lines).to.deep.equal(["fail web"]);
    expect(shown()).to.equal(`il web\r\n${prompted("")}`);
  });

  for (const [how, chunks] of [
    ["typed", "x".repeat(40).split("")],
    // Node then does not draw the line anew at its second row.
    ["pasted", ["x".repeat(40)]],
  ] as const) {
    it(`keep their rows where they are ${how} and longer than the terminal is wide`, async () => {
      start(true);
      for (const chunk of chunks) {
        stdin.write(chunk);
        await new Promise(setImmediate);
      }
      shown();
      io.stderr.write("a fault\n");
      const row = `${cleared}drill> ${"x".repeat(40)}\u001b[8G`;
      expect(shown()).to.equal(`\u001b[1A${cleared}a fault\n${row}`);
    });
  }

  it("complete a word and a name with Tab", async () => {
    start(true);
    for (const key of "ret\t us\ta\r".split("")) {
      stdin.write(key);
      await new Promise(setImmediate);
    }
    expect(lines).to.deep.equal(["return us-west-2a"]);
  });

  it("hand on Ctrl-C, and end with Ctrl-D", () => {
    start(true);
    const heard: string[] = [];
    const remove = io.onInterrupt((why) => heard.push(why));
    stdin.write("fa\u0003");
    expect([heard, ends]).to.deep.equal([["Ctrl-C"], 0]);
    remove();
    stdin.write("\u0003");
    expect(heard).to.have.length(1);
    stdin.write("\u0015\u0004");
    expect(ends).to.equal(1);
    shown();
    io.stdout.write("the end\n");
    expect(shown()).to.equal("the end\n");
  });

  it("leave nothing on the screen when they are no longer read", () => {
    start(true);
    shown();
    stop?.();
    expect(shown().startsWith(cleared)).to.equal(true);
    io.stdout.write("the end\n");
    expect(shown()).to.match(/the end\n$/);
    expect(ends).to.equal(0);
  });

  for (const [what, isTTY, env] of [
    ["a pipe", false, {}],
    ["a terminal that cannot move its cursor", true, { TERM: "dumb" }],
  ] as const) {
    it(`have no prompt from ${what}`, async () => {
      start(isTTY, env);
      stdin.write("fail web\nret");
      stdin.end("urn web");
      await once(stdin, "end");
      expect(lines).to.deep.equal(["fail web", "return web"]);
      io.stdout.write("an event\n");
      expect(shown()).to.equal("an event\n");
      // The end of a pipe is no wish of a person.
      expect(ends).to.equal(isTTY ? 1 : 0);
    });
  }
});
