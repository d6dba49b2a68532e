/**
 * Builds the package next to the compiled sources: types, the code of the Lambda functions, and the
 * policy packs as one file each. npm runs it before it packs.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { ready, root } from "./ready.mjs";

/** The packs of policies/. */
const packs = ["dns-failover", "workload"];

await ready();
const dist = join(root, "dist");
const require = createRequire(import.meta.url);

for (const path of readdirSync(dist, { recursive: true, encoding: "utf8" })) {
  // Types of removed sources.
  if (path.endsWith(".d.ts")) rmSync(join(dist, path));
}
execFileSync(
  process.execPath,
  ["node_modules/typescript-native/bin/tsc", "-p", "scripts/types.json"],
  {
    cwd: root,
    stdio: ["ignore", 2, 2],
  },
);

/** @type {{ functionNames: string[], functionCode: (name: string) => string, builtFunction: (name: string) => string }} */
const { builtFunction, functionCode, functionNames } = require(
  join(dist, "components/common/functionCode.js"),
);
for (const name of functionNames) {
  const path = join(root, builtFunction(name));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, functionCode(name));
}

/** @type {{ builtPageScript: string, pageScript: () => string }} */
const { builtPageScript, pageScript } = require(join(dist, "rehearsal/live/page/drillPage.js"));
mkdirSync(dirname(join(root, builtPageScript)), { recursive: true });
writeFileSync(join(root, builtPageScript), pageScript());

/** @type {{ bundlePack: (directory: string, out: string) => Promise<void> }} */
const { bundlePack } = require(join(dist, "policies/bundle.js"));
for (const pack of packs) {
  await bundlePack(join(root, "policies", pack), join(dist, "packs", pack));
}
