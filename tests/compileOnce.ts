/**
 * Has esbuild compile what ts-node loads, as scripts/compile.mjs does for the package, and each file
 * once for a run of tests: an evaluation loads the whole program anew, and most of its time would be
 * the compiler's. Types are checked apart. Loaded by .mocharc.json, after ts-node.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { transformSync } from "esbuild";
import { REGISTER_INSTANCE } from "ts-node";

const service = process[REGISTER_INSTANCE];
if (!service) throw new Error(".mocharc.json: must load ts-node first, got none; put it above");
const tsconfigRaw = readFileSync(join(__dirname, "../tsconfig.json"), "utf8");
const compiled = new Map<string, { readonly code: string; readonly output: string }>();

service.compile = (code, fileName) => {
  const known = compiled.get(fileName);
  if (known?.code === code) return known.output;
  const { code: output } = transformSync(code, {
    loader: "ts",
    format: "cjs",
    platform: "node",
    target: "node20",
    supported: { "dynamic-import": false },
    sourcefile: fileName,
    sourcemap: "inline",
    tsconfigRaw,
  });
  compiled.set(fileName, { code, output });
  return output;
};
