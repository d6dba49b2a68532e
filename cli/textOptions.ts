import { paintOf } from "../rehearsal/report/paint";
import type { TextOptions } from "../rehearsal/report/textLayout";
import type { Io } from "./io";
import { mayColour } from "./io";

/** How a report is laid out on stdout: to the width of a terminal, and without a cut in a pipe. */
export function textOptions({ stdout, env }: Pick<Io, "stdout" | "env">): TextOptions {
  return {
    paint: paintOf(mayColour(stdout, env)),
    columns: stdout.columns,
    isBounded: stdout.isTerminal,
  };
}
