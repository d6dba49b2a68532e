/**
 * Takes what ts-node loads from dist/, or has esbuild compile it as scripts/compile.mjs does, each file
 * once for a run of tests: an evaluation loads the whole program anew, and most of its time would be
 * the compiler's, or V8's. Types are checked apart. The same holds for the Lambda functions that each
 * evaluation bundles. Loaded by .mocharc.json, after ts-node.
 */
import { existsSync, readFileSync, statSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { dirname, join, relative, resolve, sep } from "node:path";
import { compileFunction } from "node:vm";
import type { BuildOptions, BuildResult } from "esbuild";
import esbuild, { transformSync } from "esbuild";
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
const root = join(__dirname, "..");
const tsconfigRaw = readFileSync(join(root, "tsconfig.json"), "utf8");
const compiled = new Map<string, Compiled>();

/** The sources of dist/ by path from the root, as scripts/compile.mjs notes them: time of change and size. */
const stamps = (
  JSON.parse(textOf(join(root, "dist/.compiled.json")) || '{"sources":{}}') as {
    readonly sources: Readonly<Record<string, string | undefined>>;
  }
).sources;

/** What dist/ has of a file, with its source map inside as `transformed` has it, unless the file has changed since. */
function builtFrom(fileName: string): string | undefined {
  const path = relative(root, fileName).replaceAll(sep, "/");
  const stamp = stamps[path];
  if (stamp === undefined) return undefined;
  const { mtimeMs, size } = statSync(fileName);
  if (stamp !== `${mtimeMs} ${size}`) return undefined;
  const built = join(root, "dist", path.replace(/ts$/, "js"));
  const map = textOf(`${built}.map`).replace(
    /"sources": \[.*\]/,
    () => `"sources": [${JSON.stringify(fileName)}]`,
  );
  const inline = `data:application/json;base64,${Buffer.from(map).toString("base64")}`;
  return textOf(built).replace(/(?<=\/\/# sourceMappingURL=).*\n$/, inline);
}

service.compile = (code, fileName) => {
  const known = compiled.get(fileName);
  if (known?.code === code) return known.output;
  const output = builtFrom(fileName) ?? transformed(code, fileName);
  compiled.set(fileName, { code, output });
  return output;
};

function transformed(code: string, fileName: string): string {
  return transformSync(code, {
    loader: "ts",
    format: "cjs",
    platform: "node",
    target: "node20",
    supported: { "dynamic-import": false },
    sourcefile: fileName,
    sourcemap: "inline",
    tsconfigRaw,
  }).code;
}

/** By which ts-node says where an error was thrown; itself it knows only what it has compiled. */
const sourceMaps = createRequire(require.resolve("ts-node"))("@cspotcode/source-map-support") as {
  install: (options: {
    retrieveSourceMap: (path: string) => { url: string; map: string } | null;
  }) => void;
};
sourceMaps.install({
  retrieveSourceMap: (path) => {
    const map = compiled
      .get(path)
      ?.output.split("sourceMappingURL=data:application/json;base64,")
      .at(-1);
    return map === undefined ? null : { url: path, map: Buffer.from(map, "base64").toString() };
  },
});

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

function textOf(path: string): string {
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}

/** What esbuild made of some files. */
interface Bundle {
  readonly result: BuildResult;
  readonly inputs: ReadonlyMap<string, string>;
}

const bundles = new Map<string, Bundle>();

/** Bundles only what has changed, unless it is to be written. */
function buildOnce(options: BuildOptions): BuildResult {
  if (options.write !== false) return esbuild.buildSync(options);
  const key = JSON.stringify(options);
  const known = bundles.get(key);
  if (known && [...known.inputs].every(([path, text]) => textOf(path) === text)) {
    return known.result;
  }
  const result = esbuild.buildSync({ ...options, metafile: true });
  const paths = Object.keys(result.metafile.inputs).map((path) =>
    resolve(options.absWorkingDir ?? "", path),
  );
  bundles.set(key, { result, inputs: new Map(paths.map((path) => [path, textOf(path)])) });
  return result;
}

const loaded = require.cache[require.resolve("esbuild")];
if (loaded) loaded.exports = { ...esbuild, buildSync: buildOnce };
