import { printable } from "../rehearsal/report/paint";

/**
 * What is said of a fault of the tool itself: one line, and the stack only for who asks for it.
 *
 * @param command what was running, such as `failover resolve`
 */
export function toolFault(error: unknown, command: string, withStack: boolean): string {
  const message = error instanceof Error ? error.message : String(error);
  const [first = ""] = message.split("\n");
  const got = printable(first) || "an error without a message";
  const remedy = withStack ? "its stack follows" : "run it again with --debug to see where";
  const stack = withStack ? `${stackOf(error)}\n` : "";
  return `${command}: internal fault, got ${got}; ${remedy}\n${stack}`;
}

/** The stack with those of the causes. */
function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? "" : `\ncaused by ${stackOf(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}
