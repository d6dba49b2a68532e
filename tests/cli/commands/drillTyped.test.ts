import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { main } from "../../../cli/main";
import type { DrillRun } from "../../../rehearsal/live/drillRun";
import { until } from "../../../rehearsal/live/lamp/waiting";
import { compiled } from "../../childProcess";
import { memoryIo } from "../memoryIo";
import type { MemoryIo } from "../memoryIo";
import { pairExport } from "./pairExport";

describe("the standard input of failover drill", () => {
  let folder: string;
  let child: ChildProcessWithoutNullStreams | undefined;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "drill-typed-"));
    writeFileSync(join(folder, "stack.json"), pairExport);
  });
  afterEach(() => {
    child?.kill("SIGKILL");
    rmSync(folder, { recursive: true });
  });

  /** Starts the command as a script would, and keeps what it prints. */
  function started(...argv: readonly string[]): {
    type(...lines: readonly string[]): void;
    endInput(): void;
    prints(pattern: RegExp): Promise<void>;
    out(): string;
    err(): string;
    exit: Promise<unknown>;
  } {
    const program = compiled("cli/failover.ts");
    const where = ["--from", "stack.json", "--address", "127.53.80.1", "--speed", "50"];
    const running = spawn(process.execPath, [program, "drill", ...where, ...argv], { cwd: folder });
    child = running;
    const said = { out: "", err: "" };
    running.stdout.on("data", (chunk: Buffer) => (said.out += chunk.toString()));
    running.stderr.on("data", (chunk: Buffer) => (said.err += chunk.toString()));
    return {
      type: (...lines) => void running.stdin.write(lines.map((line) => `${line}\n`).join("")),
      endInput: () => void running.stdin.end(),
      prints: (pattern) =>
        until(`the drill prints ${pattern.source}`, () => pattern.test(said.out + said.err)),
      out: () => said.out,
      err: () => said.err,
      exit: once(running, "close").then(([code]: unknown[]) => code),
    };
  }

  it("breaks a server and brings it back, line by line, and ends the drill", async () => {
    const drill = started();
    await drill.prints(/^00:00\.0 +Answer +the name servers answer us-west-2a$/m);
    drill.type("fail web refused", "status");
    await drill.prints(/Answer +the name servers answer 203\.0\.113\.99$/m);
    await drill.prints(/Measured +web: .* as predicted$/m);
    drill.type("names", "return web");
    await drill.prints(/Answer +the name servers answer us-west-2a\n[^]*Answer .*us-west-2a$/m);
    drill.type("", "quit", "help");
    expect(await drill.exit).to.equal(0);
    expect(drill.err()).to.equal("");
    const shown = drill.out().split("\n");
    const inOrder = [
      /^Type help for what can be typed here\.$/,
      /Fault +web broken: refuses connections$/,
      /^Customers are sent to us-west-2a, which is broken\.$/,
      /^Availability zones: us-west-2a$/,
      /Return +web brought back$/,
      /End +the drill ended well$/,
    ].map((pattern) => shown.findIndex((line) => pattern.test(line)));
    expect(inOrder).to.deep.equal(inOrder.toSorted((a, b) => a - b));
    expect(inOrder).not.to.include(-1);
    expect(drill.out()).not.to.include("fail NAME");
  });

  it("says in one line what it does not understand or the drill refuses, and goes on", async () => {
    const drill = started();
    drill.type("fial web", "fail wep", "return web", "hold a test", "\u001b[31m", "quit");
    expect(await drill.exit).to.equal(0);
    expect(drill.err().trimEnd().split("\n")).to.deep.equal([
      "fial: no such word; did you mean fail? There are fail, return, hold, release, names, status, help, quit",
      "fail: no such fault, got wep; did you mean web? There are us-west-2a, web, 203.0.113.99, check:check",
      "return: must be something broken, got web; nothing is broken",
      "hold: must have an attached failback gate, got none; in a stack of this package's program set its gate to attached, or play a scenario with `gate: attached`",
      "\\u001b[31m: no such word; there are fail, return, hold, release, names, status, help, quit",
    ]);
  });

  it("may end before the drill does", async () => {
    const drill = started("--seconds", "20");
    drill.endInput();
    expect(await drill.exit).to.equal(0);
    expect(drill.out()).to.match(/^00:20\.\d +End +the drill ended well$/m);
  });

  it("is not read with --once", async () => {
    const drill = started("--once", "--fail", "web", "--death", "refused", "--at", "1");
    drill.type("quit");
    await drill.exit;
    expect(drill.out()).to.match(/Measured +web: /);
    expect(drill.out()).not.to.include("Type help");
  });

  it("leaves stdout to the JSON of the run", async () => {
    const drill = started("--json");
    await drill.prints(/^http:/m);
    drill.type("fail web refused", "names", "quit");
    await drill.exit;
    const { events } = JSON.parse(drill.out()) as DrillRun;
    expect(events.some(({ kind }) => kind === "fault")).to.equal(true);
    expect(drill.err()).to.match(/^http:.*\nAvailability zones: us-west-2a\nEndpoints: /);
  });
});

describe("a person at the terminal of failover drill", () => {
  it("ends it with Ctrl-D", async () => {
    const io: MemoryIo = memoryIo({ files: { "stack.json": pairExport } });
    const where = ["--from", "stack.json", "--address", "127.53.81.1", "--speed", "50"];
    const ended = main(["drill", ...where], io);
    await until("lines are read", () => Promise.resolve(/Answer/.test(io.out())));
    io.endLines();
    expect(await ended).to.equal(0);
  });
});
