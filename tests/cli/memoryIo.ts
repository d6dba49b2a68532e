import type { Io } from "../../cli/io";

/** An `Io` without a process: what is written is kept, and files are a map. */
export interface MemoryIo extends Io {
  /** All that was written to stdout and stderr so far. */
  out(): string;
  err(): string;
  readonly files: Map<string, string>;
}

/** What a test may set. */
export interface MemoryIoOptions {
  readonly env?: Io["env"];
  readonly isTerminal?: boolean;
  readonly files?: Readonly<Record<string, string>>;
  /** What writing a file is refused with. */
  readonly writeError?: Error;
}

/** A quiet place to run a command in. */
export function memoryIo(options: MemoryIoOptions = {}): MemoryIo {
  const { env = {}, isTerminal = false, writeError } = options;
  const files = new Map(Object.entries(options.files ?? {}));
  const written = { out: "", err: "" };
  const writer = (to: "out" | "err"): Io["stdout"] => ({
    write(text) {
      written[to] += text;
    },
    isTerminal,
    columns: 100,
  });
  const readFile = (path: string): Promise<string> => {
    const text = files.get(path);
    const missing = Object.assign(new Error(`ENOENT: no such file, open '${path}'`), {
      code: "ENOENT",
      syscall: "open",
    });
    return text === undefined ? Promise.reject(missing) : Promise.resolve(text);
  };
  return {
    stdout: writer("out"),
    stderr: writer("err"),
    env,
    directory: "/project",
    now: () => new Date(0),
    readFile,
    readBytes: async (path) => Buffer.from(await readFile(path)),
    async filesAt(path) {
      const inside = [...files.keys()].filter((one) => one.startsWith(`${path}/`));
      if (inside.length === 0) await readFile(path);
      return inside.length > 0 ? inside.sort() : [path];
    },
    writeFile(path, text) {
      if (writeError) return Promise.reject(writeError);
      files.set(path, text);
      return Promise.resolve();
    },
    out: () => written.out,
    err: () => written.err,
    files,
  };
}
