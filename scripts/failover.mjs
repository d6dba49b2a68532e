#!/usr/bin/env node
/** The `failover` command. In a checkout it installs and compiles what is missing first. */
import { existsSync } from "node:fs";

// A package that is installed has been built, and holds no lock file.
if (existsSync(new URL("../package-lock.json", import.meta.url))) {
  const { ready } = await import("./ready.mjs");
  await ready();
}
// The tool reads its arguments and sets the exit code by itself; signals reach it directly.
await import(new URL("../dist/cli/failover.js", import.meta.url).href);
