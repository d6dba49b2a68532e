import { constants } from "node:fs";
import { access, mkdir, open, readdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { buffer } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";
import { InputError } from "../routing/inputError";
import type { Document } from "../rehearsal/report/document";
import { paintOf } from "../rehearsal/report/paint";
import type { TextOptions } from "../rehearsal/report/textLayout";
import type { LineListener } from "./typedLines";
import { TypedLines } from "./typedLines";

/** A text output, with its properties. */
export interface Writer {
  write(text: string): void;
  /** True for a terminal: the only output that may be coloured. */
  readonly isTerminal: boolean;
  /** Width in characters; 100 by default. */
  readonly columns: number;
}

/**
 * Everything that a command may access outside of itself. Commands take it as an argument, so that
 * tests need no process, no clock and no disk.
 */
export interface Io {
  readonly stdout: Writer;
  readonly stderr: Writer;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute path of the directory that the command was started in. */
  readonly directory: string;
  now(): Date;
  /** Waits for a time; rejects as soon as the signal ends it. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** The text of a file; relative paths start at `directory`. Rejects like Node's `readFile`. */
  readFile(path: string): Promise<string>;
  /** The same as bytes, in whatever encoding; `-` is standard input. */
  readBytes(path: string): Promise<Uint8Array>;
  /** The files at a path: the file itself, or the files of a folder, sorted by name. */
  filesAt(path: string): Promise<readonly string[]>;
  /**
   * Asks a person, who answers with a line; empty where the terminal is closed or Ctrl-C was
   * pressed. Absent without a terminal on both sides.
   */
  readonly ask?: (question: string) => Promise<string>;
  /**
   * Tells a listener of each line of standard input; at a terminal on both sides below a prompt.
   *
   * @returns ends it
   */
  readLines(listener: LineListener): () => void;
  /** Writes a file and creates its folders. Rejects like Node's `writeFile`. */
  writeFile(path: string, text: string): Promise<void>;
  /** Rejects like `writeFile` where that would fail, as far as it can be known before; writes nothing. */
  requireWritable(path: string): Promise<void>;
  /**
   * Writes a file that survives a crash: once this is done it is on the disk, and until then the old
   * one is there.
   */
  replaceFile(path: string, text: string): Promise<void>;
  /**
   * Tells a listener that the process is asked to end, by Ctrl-C, by another process, or because its
   * terminal or the reader of its output is gone. Until it is removed, the process does not end by itself.
   *
   * @returns removes the listener
   */
  onInterrupt(listener: (why: string) => void): () => void;
}

/** Exit codes (docs/ARCHITECTURE.md, commands). */
export const exitCodes = {
  /** The command succeeded without findings. */
  fine: 0,
  /** The command succeeded with findings: a missed objective, a dead answer. */
  badNews: 1,
  /** Wrong usage or unusable input. */
  badInput: 2,
  /** An internal error. */
  toolFault: 3,
} as const;

/** One of `exitCodes`. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The path that means standard input, as in many tools. */
export const standardInput = "-";

/** Width of a page if the terminal does not state its own. */
const columnsDefault = 100;

/** Whether text for this writer may be coloured: on a terminal only, and never under NO_COLOR. */
export function mayColour(writer: Writer, env: Io["env"]): boolean {
  return writer.isTerminal && !env["NO_COLOR"] && env["TERM"] !== "dumb";
}

/** The `Io` of a real process. */
export function processIo(on: ProcessParts): Io {
  const directory = on.cwd();
  const isAsked = Boolean(on.stdin.isTTY && on.stderr.isTTY);
  const interrupted = new Set<(why: string) => void>();
  const typed = new TypedLines({
    ...{ stdin: on.stdin, stderr: on.stderr },
    isEditable: isAsked && on.env["TERM"] !== "dumb",
    onCtrlC: () => {
      for (const listener of interrupted) listener(interruptions.SIGINT);
    },
  });
  return {
    stdout: writerOf(on.stdout, typed, () => {
      for (const listener of interrupted) listener("nobody reads the output");
    }),
    stderr: writerOf(on.stderr, typed),
    env: on.env,
    directory,
    now: () => new Date(),
    wait: (milliseconds, signal) => setTimeout(milliseconds, undefined, { signal }),
    readLines: (listener) => typed.read(listener),
    ...(isAsked ? { ask: (question) => lineOf(on, question) } : {}),
    readFile: (path) => readFile(resolve(directory, path), "utf8"),
    readBytes: (path) =>
      path === standardInput ? buffer(on.stdin) : readFile(resolve(directory, path)),
    filesAt: (path) => filesAt(path, directory),
    writeFile: async (path, text) => {
      const absolute = resolve(directory, path);
      await mkdir(dirname(absolute), { recursive: true });
      await writeFile(absolute, text);
    },
    requireWritable: (path) => requireWritable(resolve(directory, path)),
    replaceFile: (path, text) => replaceFile(resolve(directory, path), text),
    onInterrupt(listener) {
      interrupted.add(listener);
      const off = Object.entries(interruptions).map(([signal, why]) => {
        const heard = (): void => {
          listener(why);
        };
        on.on?.(signal, heard);
        return () => on.off?.(signal, heard);
      });
      return () => {
        interrupted.delete(listener);
        for (const remove of off) remove();
      };
    },
  };
}

/** The signals that ask a process to end, and what they mean. */
const interruptions = {
  SIGINT: "Ctrl-C",
  SIGTERM: "the process was asked to end",
  SIGHUP: "the terminal is gone",
} as const;

/** A file that exists is writable, or else the nearest folder above it that exists. */
async function requireWritable(path: string): Promise<void> {
  try {
    const handle = await open(path, constants.O_WRONLY);
    await handle.close();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    await requireFolder(dirname(path));
  }
}

async function requireFolder(path: string): Promise<void> {
  try {
    // With a slash, a file of this name is refused.
    await access(`${path}/`, constants.W_OK);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT" || dirname(path) === path) throw error;
    await requireFolder(dirname(path));
  }
}

async function replaceFile(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const next = `${path}.new`;
  const file = await open(next, "w");
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(next, path);
}

/** Asks on stderr, so that the output on stdout can be redirected. */
function lineOf({ stdin, stderr }: ProcessParts, question: string): Promise<string> {
  const terminal = createInterface({ input: stdin, output: stderr });
  return new Promise((resolve) => {
    terminal.once("close", () => {
      resolve("");
    });
    terminal.question(question, (line) => {
      resolve(line);
      terminal.close();
    });
  });
}

async function filesAt(path: string, directory: string): Promise<readonly string[]> {
  if (path === standardInput) return [path];
  const found = await stat(resolve(directory, path));
  if (!found.isDirectory()) return [path];
  const entries = await readdir(resolve(directory, path), { withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
    .map(({ name }) => join(path, name))
    .sort();
}

/** The exit code of a report: unknown is no bad news, and its verdict says so. */
export function verdictCode({ verdict }: Document): ExitCode {
  return verdict?.isGood || verdict?.isUnknown ? exitCodes.fine : exitCodes.badNews;
}

/** The parts of a process for an `Io`. */
export interface ProcessParts {
  readonly stdout: Stream;
  readonly stderr: Stream;
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean | undefined };
  readonly env: Io["env"];
  cwd(): string;
  /** Adds and removes listeners for signals. */
  on?(signal: string, listener: () => void): unknown;
  off?(signal: string, listener: () => void): unknown;
}

/** A process's stream: a terminal, a pipe or a file. */
type Stream = NodeJS.WritableStream & {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
};

/**
 * A reader that closes the pipe early (`| head`) has read enough: that is no fault of the command.
 * A terminal that is gone answers EIO.
 */
function writerOf(stream: Stream, typed: TypedLines, onGone = (): void => undefined): Writer {
  let open = true;
  // What the stream has now: while a program is evaluated, `process.stdout.write` takes what that prints.
  const put = stream.write.bind(stream);
  stream.on("error", (error: NodeJS.ErrnoException) => {
    const wasOpen = open;
    open = false;
    if (error.code === "EPIPE" || error.code === "EIO") {
      if (wasOpen) onGone();
      return;
    }
    throw new InputError(
      `the output cannot be written, got ${error.message}; make room, or write it elsewhere`,
      { cause: error, code: "file-inaccessible" },
    );
  });
  return {
    write(text) {
      if (!open) return;
      const write = (): void => void put(text);
      if (stream.isTTY) typed.above(write);
      else write();
    },
    isTerminal: stream.isTTY ?? false,
    columns: stream.columns ?? columnsDefault,
  };
}

/**
 * The layout of a report on stdout: limited to the width of a terminal, and never truncated in a
 * pipe.
 */
export function textOptions({ stdout, env }: Pick<Io, "stdout" | "env">): TextOptions {
  return {
    paint: paintOf(mayColour(stdout, env)),
    columns: stdout.columns,
    isBounded: stdout.isTerminal,
  };
}
