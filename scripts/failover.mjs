#!/usr/bin/env node
/** The `failover` command. In a checkout it first installs and compiles whatever is missing. */
import { existsSync } from "node:fs";

// An installed package is built already, and has no lock file.
if (existsSync(new URL("../package-lock.json", import.meta.url))) {
  const { ready } = await import("./ready.mjs");
  await ready();
}
// The tool reads its arguments and sets the exit code itself; signals reach it directly.
await import(new URL("../dist/cli/failover.js", import.meta.url).href);
