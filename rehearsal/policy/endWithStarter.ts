/**
 * Runs before a policy pack (`node -r`) and ends its process when stdin ends, which it does with
 * whoever started it, however that ended: a server that nobody can ask would stay for ever. No types
 * and no imports, because it is also run as it stands.
 */
process.stdin
  .on("end", () => process.exit(0))
  .on("error", () => process.exit(0))
  .resume();
