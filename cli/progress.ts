import type { Io } from "./io";

/** The current activity of a command, for a waiting user; nothing without a terminal. */
export interface Progress {
  /** Replaces the shown activity. */
  show(text: string): void;
  /** Clears the shown activity. */
  done(): void;
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
