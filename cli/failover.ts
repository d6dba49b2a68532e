/** The process around `main`: what `failover` is on the command line. */
import { exitCodes, processIo } from "./io";
import { wantsStackTrace, main } from "./main";
import { toolFault } from "./toolFault";

const argv = process.argv.slice(2);
const withStacks = wantsStackTrace(argv, process);
if (withStacks) process.setSourceMapsEnabled(true);

// Something that a library started and nobody waits for must not end in a page of stack.
process.on("uncaughtException", (error) => {
  process.stderr.write(toolFault(error, "failover", withStacks));
  process.exit(exitCodes.toolFault);
});

void main(argv, processIo(process)).then((code) => {
  // What is written goes out first; then nothing that a command left open may hold the process.
  process.stdout.write("", () => process.exit(code));
});
