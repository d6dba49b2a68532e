import type { DrillControl } from "../../rehearsal/live/page/control";
import { obey } from "../../rehearsal/live/typed/obey";
import { completionsOf, typedCommandOf } from "../../rehearsal/live/typed/typedCommand";
import { printable } from "../../rehearsal/report/paint";
import { InputError } from "../../routing/inputError";
import type { Io } from "../io";

/** What the lines of a drill's standard input lead to. */
export interface DrillLines {
  readonly control: DrillControl;
  readonly say: (line: string) => void;
  readonly quit: () => void;
  /** A fault of the tool, not of what was typed. */
  readonly onFault: (fault: unknown) => void;
}

/**
 * Obeys each line of standard input, one after the other, until the drill ends.
 *
 * @returns ends it before
 */
export function obeyLines(
  { control, say, quit, onFault }: DrillLines,
  io: Pick<Io, "readLines" | "stderr">,
): () => void {
  const { faults } = control.run().drill;
  let isOver = false;
  const end = (): void => {
    isOver = true;
    quit();
  };
  const obeyed = async (line: string): Promise<void> => {
    if (isOver) return;
    try {
      const command = typedCommandOf(line, faults);
      const lines = command ? await obey(command, control, end) : [];
      for (const one of lines) say(one);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      for (const fault of error.faults) io.stderr.write(`${printable(fault)}\n`);
    }
  };
  let last: Promise<void> = Promise.resolve();
  const stop = io.readLines({
    onLine(line) {
      last = last.then(() => obeyed(line));
      last.catch(onFault);
    },
    onEnd: end,
    completions: (before) => completionsOf(before, faults),
  });
  return () => {
    isOver = true;
    stop();
  };
}
