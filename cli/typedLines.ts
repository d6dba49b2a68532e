import type { Interface } from "node:readline";
import { clearScreenDown, createInterface, cursorTo, moveCursor } from "node:readline";

/** What to do with lines of standard input. */
export interface LineListener {
  readonly onLine: (line: string) => void;
  /** A person ends the input, with Ctrl-D. A pipe or a file that ends only has no more lines. */
  readonly onEnd: () => void;
  /** What can follow a part of a line, which ends with a space or is empty. */
  readonly completions: (before: string) => readonly string[];
}

/** The streams of a terminal, a pipe or a file. */
interface Streams {
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean | undefined };
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean | undefined };
  /** Whether a person can edit the line: a terminal on both sides that can move its cursor. */
  readonly isEditable: boolean;
  /** A terminal whose keys are read one by one sends no signal for Ctrl-C. */
  readonly onCtrlC: () => void;
}

const prompt = "drill> ";

/** Lines of standard input; at a terminal with a prompt that stays below all output. */
export class TypedLines {
  private shown: Interface | undefined;

  constructor(private readonly streams: Streams) {}

  /**
   * Reads lines from now on.
   *
   * @returns ends it
   */
  read(listener: LineListener): () => void {
    const { stdin, stderr, isEditable, onCtrlC } = this.streams;
    const lines = createInterface({
      input: stdin,
      ...(isEditable ? { output: stderr, prompt } : {}),
      terminal: isEditable,
      completer: (line: string): [string[], string] => completed(line, listener),
    });
    const onClose = (): void => {
      this.hide();
      this.shown = undefined;
      if (stdin.isTTY) listener.onEnd();
    };
    lines.on("line", (line) => {
      listener.onLine(line);
      if (this.shown) lines.prompt();
    });
    lines.on("SIGINT", onCtrlC);
    lines.on("close", onClose);
    // A terminal that is gone answers EIO; its end has a signal of its own.
    lines.on("error", () => undefined);
    if (isEditable) {
      this.shown = lines;
      lines.prompt();
    }
    return () => {
      lines.off("close", onClose);
      this.hide();
      this.shown = undefined;
      lines.close();
    };
  }

  /** Writes above the prompt, if there is one. */
  above(write: () => void): void {
    if (!this.shown) {
      write();
      return;
    }
    this.hide();
    write();
    // Else Node goes up the rows that the line had when it was last drawn, over what was written.
    Object.assign(this.shown, { prevRows: 0 });
    this.shown.prompt(true);
  }

  /** A line that is longer than the screen is wide has several rows. */
  private hide(): void {
    if (!this.shown) return;
    const { stderr } = this.streams;
    moveCursor(stderr, 0, -this.shown.getCursorPos().rows);
    cursorTo(stderr, 0);
    clearScreenDown(stderr);
  }
}

/** The words that a line could end in, and the part of the last one that is there. */
function completed(line: string, { completions }: LineListener): [string[], string] {
  const begun = /\S*$/.exec(line)?.[0] ?? "";
  const before = line.slice(0, line.length - begun.length);
  return [completions(before).filter((one) => one.startsWith(begun)), begun];
}
