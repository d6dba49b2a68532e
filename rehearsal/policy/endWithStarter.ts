/**
 * Runs before a policy pack (`node -r`) and ends the pack's process when stdin closes. Stdin closes
 * when the parent process ends for any reason; otherwise an orphaned server would run forever. The file
 * has no types and no imports, because it also runs uncompiled.
 */
process.stdin
  .on("end", () => process.exit(0))
  .on("error", () => process.exit(0))
  .resume();
