/**
 * Runs before a policy pack (`node -r`): starts its SDK faster, and ends the pack's process when stdin
 * closes. Stdin closes when the parent process ends for any reason; otherwise an orphaned server would
 * run forever.
 */
import "../engine/lateModules";

process.stdin
  .on("end", () => process.exit(0))
  .on("error", () => process.exit(0))
  .resume();
