/** The process around `main`: the `failover` command line. */
import { InputError } from "../routing/inputError";
import { exitCodes, processIo } from "./io";
import { wantsStackTrace, main } from "./main";
import { toolFault } from "./toolFault";

/** Node's own: while a program is evaluated, `process.exit` is refused, and its output taken. */
const exit = process.exit.bind(process);
const complain = process.stderr.write.bind(process.stderr);
const argv = process.argv.slice(2);
const withStacks = wantsStackTrace(argv, process);
if (withStacks) process.setSourceMapsEnabled(true);

// An unhandled rejection in a library must not end in a page of stack trace.
process.on("uncaughtException", (error) => {
  // The output is full or gone.
  if (error instanceof InputError) {
    complain(`failover: ${error.message}\n`);
    exit(exitCodes.badInput);
  }
  complain(toolFault(error, "failover", withStacks));
  exit(exitCodes.toolFault);
});

void main(argv, processIo(process)).then((code) => {
  // Flush the output first, then exit, even if a command left something open.
  process.stdout.write("", () => {
    // In the next turn, so that a write that failed is reported first.
    setImmediate(() => exit(code));
  });
});
