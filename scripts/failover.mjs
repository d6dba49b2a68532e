#!/usr/bin/env node
/** The `failover` command of a checkout: installs and compiles what is missing, then runs the tool. */
import { ready } from "./ready.mjs";

await ready();
// The tool reads its arguments and sets the exit code by itself; signals reach it directly.
await import(new URL("../dist/cli/failover.js", import.meta.url).href);
