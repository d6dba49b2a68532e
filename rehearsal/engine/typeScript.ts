import { readFileSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type typescript from "typescript";
import { InputError } from "../../routing/inputError";
import { display } from "./yamlFile";

/**
 * Whether this process compiles TypeScript on load, as ts-node does for the tests; ts-node sets
 * this symbol. Node's own type stripping (on from 22.18) is not enough: it rejects syntax that a
 * Pulumi program may use.
 */
export function loadsTypeScript(): boolean {
  return Symbol.for("ts-node.register.instance") in process;
}

type Loader = (module: NodeJS.Module & { _compile: Compile }, path: string) => void;
type Compile = (code: string, path: string) => void;

/** Node's own, which its types do not declare. */
const { _extensions: loaders } = Module as unknown as {
  readonly _extensions: Record<string, Loader | undefined>;
};

/** The TypeScript that the SDK brings for programs without one of their own (its typescript-shim.js). */
const ofSdk = "@pulumi/pulumi/vendor/typescript@3.8.3/typescript.js";

/**
 * Has Node load the TypeScript of a program as the engine does: compiled by the project's own compiler or that
 * of the SDK, with the settings of its tsconfig.json, without a check of types.
 *
 * @returns ends it
 */
export function loadTypeScriptOf(projectDirectory: string): () => void {
  const ts = compilerOf(projectDirectory);
  const compilerOptions = optionsOf(ts, projectDirectory);
  const before = loaders[".ts"];
  loaders[".ts"] = (module, path) => {
    const { outputText, diagnostics = [] } = ts.transpileModule(readFileSync(path, "utf8"), {
      compilerOptions,
      fileName: path,
      reportDiagnostics: true,
    });
    // The others are of settings that the compiler does not know.
    const faults = diagnostics.flatMap((one) => (one.file ? wordedFault(ts, path, one) : []));
    if (faults.length > 0) throw new InputError(faults);
    module._compile(outputText, path);
  };
  return () => {
    if (before) loaders[".ts"] = before;
    else delete loaders[".ts"];
  };
}

function compilerOf(projectDirectory: string): typeof typescript {
  try {
    const require = createRequire(join(projectDirectory, "package.json"));
    const own = require("typescript") as Partial<typeof typescript>;
    // TypeScript 7 is no library; the SDK's peer range ends before it.
    if (own.transpileModule) return own as typeof typescript;
  } catch {
    // It has none.
  }
  return createRequire(__filename)(ofSdk) as typeof typescript;
}

function optionsOf(ts: typeof typescript, projectDirectory: string): typescript.CompilerOptions {
  // As the SDK's runner has it for a program that sets none (its cmd/run/run.js).
  const target = ts.ScriptTarget.ES2020;
  const configFile = ts.findConfigFile(projectDirectory, (path) => ts.sys.fileExists(path));
  const { config } = (
    configFile === undefined ? {} : ts.readConfigFile(configFile, (path) => ts.sys.readFile(path))
  ) as { readonly config?: object };
  // Without a search for the program's files.
  const { options } = ts.parseJsonConfigFileContent(
    { ...config, files: [] },
    ts.sys,
    dirname(configFile ?? projectDirectory),
  );
  return {
    ...options,
    target: options.target ?? target,
    module: ts.ModuleKind.CommonJS,
    sourceMap: false,
    declaration: false,
  };
}

function wordedFault(
  ts: typeof typescript,
  path: string,
  { messageText, file, start }: typescript.Diagnostic,
): string {
  const { line } = file?.getLineAndCharacterOfPosition(start ?? 0) ?? { line: 0 };
  return `${display(path)}:${line + 1}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
}
