import { setTimeout } from "node:timers/promises";
import type { Io } from "../../cli/io";
import { root } from "../conventions/sourceTree";
import type { LineListener } from "../../cli/typedLines";

/** An `Io` without a process: it keeps all output, and files are a map. */
export interface MemoryIo extends Io {
  /** Everything written to stdout so far; `err` is the same for stderr. */
  out(): string;
  err(): string;
  readonly files: Map<string, string>;
  /** The questions that were asked. */
  readonly questions: readonly string[];
  /** Types a line, where the command reads lines. */
  type(line: string): void;
  /** Presses Ctrl-D there. */
  endLines(): void;
  /** Asks the command to end. */
  interrupt(why: string): void;
}

/** The settings of a test. */
export interface MemoryIoOptions {
  readonly env?: Io["env"];
  readonly isTerminal?: boolean;
  /** Width of the output; default: 100. */
  readonly columns?: number;
  readonly files?: Readonly<Record<string, string>>;
  /** What a person types at a terminal, line by line; default: there is no terminal. */
  readonly typed?: readonly string[];
  readonly now?: Date;
  /** The error with which writing a file fails. */
  readonly writeError?: Error;
}

/** An `Io` to run a command in, without output or files outside the test. It waits for a fiftieth of a time. */
export function memoryIo(options: MemoryIoOptions = {}): MemoryIo {
  const {
    env = {},
    isTerminal = false,
    columns = 100,
    typed,
    now = new Date(0),
    writeError,
  } = options;
  const questions: string[] = [];
  const files = new Map(Object.entries(options.files ?? {}));
  const written = { out: "", err: "" };
  const writer = (to: "out" | "err"): Io["stdout"] => ({
    write(text) {
      written[to] += text;
    },
    isTerminal,
    columns,
  });
  const readFile = (path: string): Promise<string> => {
    const text = files.get(path);
    const missing = Object.assign(new Error(`ENOENT: no such file, open '${path}'`), {
      code: "ENOENT",
      syscall: "open",
    });
    return text === undefined ? Promise.reject(missing) : Promise.resolve(text);
  };
  const listeners = new Set<(why: string) => void>();
  const lineListeners = new Set<LineListener>();
  const write = (path: string, text: string): Promise<void> => {
    if (writeError) return Promise.reject(writeError);
    files.set(path, text);
    return Promise.resolve();
  };
  return {
    stdout: writer("out"),
    stderr: writer("err"),
    env,
    directory: root,
    now: () => now,
    wait: (milliseconds, signal) => setTimeout(milliseconds / 50, undefined, { signal }),
    ...(typed
      ? { ask: (question) => Promise.resolve(typed[questions.push(question) - 1] ?? "") }
      : {}),
    readFile,
    readBytes: async (path) => Buffer.from(await readFile(path)),
    async filesAt(path) {
      const inside = [...files.keys()].filter((one) => one.startsWith(`${path}/`));
      if (inside.length === 0) await readFile(path);
      return inside.length > 0 ? inside.sort() : [path];
    },
    writeFile: write,
    requireWritable: () => (writeError ? Promise.reject(writeError) : Promise.resolve()),
    replaceFile: write,
    onInterrupt(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    readLines(listener) {
      lineListeners.add(listener);
      return () => lineListeners.delete(listener);
    },
    type(line) {
      for (const { onLine } of lineListeners) onLine(line);
    },
    endLines() {
      for (const { onEnd } of lineListeners) onEnd();
    },
    interrupt(why) {
      for (const listener of listeners) listener(why);
    },
    out: () => written.out,
    err: () => written.err,
    files,
    questions,
  };
}
