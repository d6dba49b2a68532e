import { readFileSync } from "node:fs";
import Module, { SourceMap } from "node:module";
import type { SourceMapPayload } from "node:module";
import type { Runtime } from "./runtime";
import { placedSyntaxError } from "./sourceLines";
import { compilerError, compilerIn, compilerOptionsIn } from "./tsConfig";
import { display } from "./yamlFile";

/**
 * Whether this process compiles TypeScript on load, as ts-node does for the tests; ts-node sets
 * this symbol. Node's own type stripping (on from 22.18) is not enough: it rejects syntax that a
 * Pulumi program may use.
 */
export function loadsTypeScript(): boolean {
  return Symbol.for("ts-node.register.instance") in process;
}

/** How files of a program are compiled. */
export interface CompileSettings {
  /** The folder the program runs in. */
  readonly directory: string;
  readonly runtime: Pick<Runtime, "tsConfig">;
  /** Whether the results are ES modules. */
  readonly isModule: boolean;
}

/** Compiles a file, with a source map at its end: Node reads that only when source maps are on. */
export type Compile = (path: string) => string;

/**
 * Compiles each file by itself without a check of types, as the engine does with `noCheck`.
 *
 * @throws InputError if the settings, and when called if the file, are not accepted by the compiler
 */
export function compileFor({ directory, runtime, isModule }: CompileSettings): Compile {
  const compiler = compilerIn(directory);
  const { ts } = compiler;
  const compilerOptions = {
    // The engine's defaults.
    target: isModule ? ts.ScriptTarget.ES2022 : ts.ScriptTarget.ES2020,
    ...compilerOptionsIn(directory, runtime, compiler),
    module: isModule ? ts.ModuleKind.ESNext : ts.ModuleKind.CommonJS,
    sourceMap: false,
    inlineSourceMap: true,
    inlineSources: false,
    declaration: false,
  };
  return (path) => {
    const { outputText, diagnostics = [] } = ts.transpileModule(readFileSync(path, "utf8"), {
      compilerOptions,
      fileName: path,
      reportDiagnostics: true,
    });
    // The others are of settings for whole programs.
    const faults = diagnostics.filter(({ file }) => file);
    if (faults.length > 0) throw compilerError(compiler, faults, display(path));
    return outputText;
  };
}

type Loader = (module: NodeJS.Module & { _compile: CompileModule }, path: string) => void;
type CompileModule = (code: string, path: string, format: "commonjs") => void;

/** Node's own, which its types do not declare. */
const { _extensions: loaders } = Module as unknown as {
  readonly _extensions: Record<string, Loader | undefined>;
};

/**
 * Has Node load the TypeScript of a CommonJS program as the engine does: compiled by the project's own compiler
 * or that of the SDK, with the settings of its tsconfig.json.
 *
 * @returns ends it
 */
export function loadTypeScriptOf(options: Omit<CompileSettings, "isModule">): () => void {
  const compile = compileFor({ ...options, isModule: false });
  const before = loaders[".ts"];
  loaders[".ts"] = (module, path) => {
    const code = compile(path);
    try {
      // Without a format, Node would try an ES module after a fault.
      module._compile(code, path, "commonjs");
    } catch (error) {
      throw placedSyntaxError(error, path, (line) => sourceLine(code, line)) ?? error;
    }
  };
  return () => {
    if (before) loaders[".ts"] = before;
    else delete loaders[".ts"];
  };
}

/** The line of the source that a line of its compiled text came from; Node reads no map of a text with a fault. */
function sourceLine(code: string, line: number): number {
  const map = /\/\/# sourceMappingURL=data:application\/json;base64,(\S+)\s*$/.exec(code)?.[1];
  if (map === undefined) return line;
  const payload = JSON.parse(Buffer.from(map, "base64").toString("utf8")) as SourceMapPayload;
  const text = code.split("\n")[line - 1] ?? "";
  const entry = new SourceMap(payload).findEntry(line - 1, text.length);
  return "originalLine" in entry ? entry.originalLine + 1 : line;
}
