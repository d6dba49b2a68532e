/**
 * Has esbuild compile what ts-node loads, as scripts/compile.mjs does for the package, and each file
 * once for a run of tests: an evaluation loads the whole program anew, and most of its time would be
 * the compiler's, or V8's. Types are checked apart. Loaded by .mocharc.json, after ts-node.
 */
import { readFileSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { compileFunction } from "node:vm";
import { transformSync } from "esbuild";
import { REGISTER_INSTANCE } from "ts-node";

type Run = (...given: unknown[]) => unknown;

/** A file as the compilers left it. */
interface Compiled {
  readonly code: string;
  readonly output: string;
  /** The module that loaded it first: Node forgets the file's source map with it. */
  first?: NodeJS.Module;
  /** Runs the file; absent until it is loaded for a second time. */
  run?: Run;
}

const service = process[REGISTER_INSTANCE];
if (!service) throw new Error(".mocharc.json: must load ts-node first, got none; put it above");
const tsconfigRaw = readFileSync(join(__dirname, "../tsconfig.json"), "utf8");
const compiled = new Map<string, Compiled>();

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

/** Node's own, which its types do not declare. */
type Compile = (this: NodeJS.Module, output: string, fileName: string, format?: string) => unknown;
const modules = Module.prototype as unknown as { _compile: Compile };
const compileAnew = modules._compile;

/**
 * Node compiles a file, and reads its source map, each time that it is loaded. From the second time on, this
 * runs again the function that V8 has made of the file.
 */
modules._compile = function (output, fileName, format) {
  const known = compiled.get(fileName);
  if (known?.output !== output || known.first === undefined) {
    if (known) known.first = this;
    return compileAnew.call(this, output, fileName, format);
  }
  const names = ["exports", "require", "module", "__filename", "__dirname"];
  known.run ??= compileFunction(output, names, { filename: fileName }) as Run;
  const given = [this.exports, createRequire(fileName), this, fileName, dirname(fileName)];
  return Reflect.apply(known.run, this.exports, given);
};
