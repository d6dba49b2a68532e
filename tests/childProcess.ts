/** How tests start this repository's code in other processes. */
import { join } from "node:path";
import { root } from "./conventions/sourceTree";

/** Arguments for Node before a TypeScript file of tests/: esbuild compiles it, as for the tests. */
export const sourceLoader: readonly string[] = [
  ...["-r", "ts-node/register"],
  ...["-r", join(root, "tests/compileOnce.ts")],
];

/** The compiled file of a source; tests/ready.mjs has compiled it. */
export function compiled(source: string): string {
  return join(root, "dist", source.replace(/\.ts$/, ".js"));
}
