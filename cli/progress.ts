import type { Io } from "./io";

/** The current activity of a command, for a waiting user; nothing without a terminal. */
export interface Progress {
  /** Replaces the shown activity. */
  show(text: string): void;
  /** Clears the shown activity. */
  done(): void;
}

/** Work that takes less than this shows no progress, in milliseconds. */
const quietMs = 1_000;

/** Progress that shows nothing in the first second. */
export function delayed(progress: Progress, { now }: Pick<Io, "now">): Progress {
  const startMs = now().getTime();
  return {
    show(text) {
      if (now().getTime() - startMs >= quietMs) progress.show(text);
    },
    done() {
      progress.done();
    },
  };
}

/** Carriage return and clear line: `CR`, and `EL` of ECMA-48. */
const clearLine = "\r\u001b[K";

/** Progress on stderr: a line that is overwritten, on a terminal that supports it. */
export function progressOf({ stderr, env }: Pick<Io, "stderr" | "env">): Progress {
  if (!stderr.isTerminal || env["TERM"] === "dumb") {
    return { show: () => undefined, done: () => undefined };
  }
  return {
    show(text) {
      stderr.write(`${clearLine}${text}`);
    },
    done() {
      stderr.write(clearLine);
    },
  };
}
