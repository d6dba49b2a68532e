import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { expect } from "chai";
import { mayColour, processIo } from "../../cli/io";
import type { Io } from "../../cli/io";

describe("the io of a process", () => {
  let directory: string;
  let stdout: PassThrough & { isTTY?: boolean; columns?: number };
  let stdin: PassThrough;
  let io: Io;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "io test-"));
    stdout = new PassThrough();
    stdin = new PassThrough();
    const stderr = new PassThrough();
    io = processIo({ stdout, stderr, stdin, env: {}, cwd: () => directory });
  });
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  describe("on a terminal", () => {
    const keyboard = Object.assign(new PassThrough(), { isTTY: true });
    const screen = Object.assign(new PassThrough(), { isTTY: true });
    const terminal = (isTTY: boolean): Io =>
      processIo({
        stdout,
        stderr: screen,
        stdin: Object.assign(isTTY ? keyboard : new PassThrough(), { isTTY }),
        env: {},
        cwd: () => directory,
      });

    it("asks a question beside the output, and takes a line", async () => {
      const answer = terminal(true).ask?.("Type yes to hold: ");
      keyboard.write("yes\nmore\n");
      expect(await answer).to.equal("yes");
      expect(String(screen.read())).to.include("Type yes to hold: ");
      expect(stdout.read()).to.equal(null);
    });

    it("takes Ctrl-C and a closed terminal for no answer", async () => {
      for (const end of [
        (typed: PassThrough): void => void typed.write("\u0003"),
        (typed: PassThrough): void => void typed.end(),
      ]) {
        const typed = Object.assign(new PassThrough(), { isTTY: true });
        const io = processIo({ stdout, stderr: screen, stdin: typed, env: {}, cwd: () => "" });
        const answer = io.ask?.("Type yes to hold: ");
        end(typed);
        expect(await answer).to.equal("");
      }
    });

    it("cannot ask where the input or the screen is none", () => {
      expect(terminal(false).ask).to.equal(undefined);
      expect(io.ask).to.equal(undefined);
    });
  });

  it("writes to the stream, which by default is not a terminal and 100 columns wide", () => {
    io.stdout.write("text");
    expect(String(stdout.read())).to.equal("text");
    expect(io.stdout).to.include({ isTerminal: false, columns: 100 });
  });

  it("knows a terminal and its width", () => {
    const terminal = Object.assign(new PassThrough(), { isTTY: true, columns: 42 });
    const { stderr } = processIo({
      stdout,
      stderr: terminal,
      stdin,
      env: {},
      cwd: () => directory,
    });
    expect(stderr).to.include({ isTerminal: true, columns: 42 });
  });

  it("stops writing when the reader closes the pipe", () => {
    stdout.emit("error", Object.assign(new Error("write EPIPE"), { code: "EPIPE" }));
    io.stdout.write("text");
    expect(stdout.read()).to.equal(null);
  });

  it("asks what runs on to end when the reader closes the pipe, once", () => {
    const heard: string[] = [];
    const remove = io.onInterrupt((why) => heard.push(why));
    const gone = Object.assign(new Error("write EPIPE"), { code: "EPIPE" });
    stdout.emit("error", gone);
    stdout.emit("error", gone);
    remove();
    expect(heard).to.deep.equal(["nobody reads the output"]);
  });

  it("reports other write errors", () => {
    const full = Object.assign(new Error("no space left"), { code: "ENOSPC" });
    expect(() => stdout.emit("error", full)).to.throw("no space left");
  });

  it("reads and writes files relative to the directory in which it was started", async () => {
    await io.writeFile("new/folder/file.txt", "text");
    expect(readFileSync(join(directory, "new/folder/file.txt"), "utf8")).to.equal("text");
    expect(await io.readFile("new/folder/file.txt")).to.equal("text");
    expect(await io.readFile(join(directory, "new/folder/file.txt"))).to.equal("text");
    expect(Buffer.from(await io.readBytes("new/folder/file.txt")).toString()).to.equal("text");
  });

  it("knows before writing whether a file could be written", async () => {
    await io.writeFile("a/b.txt", "b");
    await io.requireWritable("a/b.txt");
    await io.requireWritable("a/new/folders/c.txt");
    expect(await io.readFile("a/b.txt")).to.equal("b");
    const faults = await Promise.all(
      ["a", "a/b.txt/c.txt"].map((path) =>
        io.requireWritable(path).then(
          () => "none",
          (error: unknown) => (error as NodeJS.ErrnoException).code,
        ),
      ),
    );
    expect(faults).to.deep.equal(["EISDIR", "ENOTDIR"]);
  });

  it("reads standard input as bytes for a dash", async () => {
    stdin.end(Buffer.from([0xff, 0xfe]));
    expect([...(await io.readBytes("-"))]).to.deep.equal([0xff, 0xfe]);
    expect(await io.filesAt("-")).to.deep.equal(["-"]);
  });

  it("lists the files of a folder by name, without hidden ones, and a file as itself", async () => {
    for (const name of ["b.json", "a.json", ".hidden", "below/c.json"]) {
      await io.writeFile(join("zone", name), "{}");
    }
    expect(await io.filesAt("zone")).to.deep.equal(["zone/a.json", "zone/b.json"]);
    expect(await io.filesAt("zone/a.json")).to.deep.equal(["zone/a.json"]);
    const refusal = await io.filesAt("gone").catch((error: unknown) => (error as Error).message);
    expect(refusal).to.match(/^ENOENT/);
  });

  it("has a clock, which waits until it is told to end", async () => {
    expect(Math.abs(io.now().getTime() - Date.now())).to.be.lessThan(10_000);
    const startMs = performance.now();
    await io.wait(50, new AbortController().signal);
    expect(performance.now() - startMs).to.be.within(48, 10_000);
    const ending = new AbortController();
    const waited = io.wait(60_000, ending.signal).then(
      () => "to the end",
      () => "ended",
    );
    ending.abort();
    expect(await waited).to.equal("ended");
  });
});

describe("colour", () => {
  const terminal = { write: () => undefined, isTerminal: true, columns: 80 };

  it("is used on terminals that do not refuse it", () => {
    expect(mayColour(terminal, {})).to.equal(true);
    expect(mayColour(terminal, { NO_COLOR: "" })).to.equal(true);
    expect(mayColour(terminal, { NO_COLOR: "1" })).to.equal(false);
    expect(mayColour(terminal, { TERM: "dumb" })).to.equal(false);
    expect(mayColour({ ...terminal, isTerminal: false }, {})).to.equal(false);
  });
});
