import type { Io } from "./io";

/** What a command does at the moment, for a person who waits; nothing where nobody watches. */
export interface Progress {
  /** Shows what is being done, in place of what was shown before. */
  show(text: string): void;
  /** Takes away what was shown. */
  done(): void;
}

/** Back to the start of the line, and nothing on it: `CR`, and `EL` of ECMA-48. */
const clearLine = "\r\u001b[K";

/** Progress on stderr: a line that is written over, on a terminal that can do so. */
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
