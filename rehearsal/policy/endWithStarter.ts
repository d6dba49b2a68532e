/**
 * Runs before a policy pack (`node -r`) and ends its process when stdin closes, which happens when
 * the parent process ends for any reason: otherwise an orphaned server would run forever. No types
 * and no imports, because it also runs uncompiled.
 */
process.stdin
  .on("end", () => process.exit(0))
  .on("error", () => process.exit(0))
  .resume();
