import { printable } from "../rehearsal/report/paint";

/**
 * The message for an internal error: one line, with the stack trace on request.
 *
 * @param command the running command, such as `failover resolve`
 */
export function toolFault(error: unknown, command: string, withStack: boolean): string {
  const message = error instanceof Error ? error.message : String(error);
  const [first = ""] = message.split("\n");
  const got = printable(first) || "an error without a message";
  const remedy = withStack
    ? "the stack trace follows"
    : "run it again with --debug for the stack trace";
  const stack = withStack ? `${stackOf(error)}\n` : "";
  return `${command}: internal error, got ${got}; ${remedy}\n${stack}`;
}

/** The stack trace, followed by those of the causes. */
export function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? "" : `\ncaused by ${stackOf(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}
