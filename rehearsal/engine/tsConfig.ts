/** The compiler of a TypeScript program and its settings, as the engine takes them (the SDK's cmd/run/run.js). */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type typescript from "typescript";
import { InputError } from "../../routing/inputError";
import type { Runtime } from "./runtime";
import { display } from "./yamlFile";

/** The TypeScript that the SDK brings for programs without one of their own (its typescript-shim.js). */
const ofSdk = "@pulumi/pulumi/vendor/typescript@3.8.3/typescript.js";

export interface Compiler {
  readonly ts: typeof typescript;
  /** Whether it is the SDK's, for want of the project's own. */
  readonly isOfSdk: boolean;
}

/** The compiler of a program in a folder. */
export function compilerIn(directory: string): Compiler {
  const ts = ownCompiler(directory);
  if (ts !== undefined) return { ts, isOfSdk: false };
  return { ts: createRequire(__filename)(ofSdk) as typeof typescript, isOfSdk: true };
}

function ownCompiler(directory: string): typeof typescript | undefined {
  try {
    const require = createRequire(join(directory, "package.json"));
    const own = require("typescript") as Partial<typeof typescript>;
    // TypeScript 7 is no library; the SDK's peer range ends before it.
    return own.transpileModule ? own : undefined;
  } catch {
    return undefined;
  }
}

/** No fault here: that no file was found to compile, since the program's are read one by one. */
const noInputs = [18002, 18003];

/**
 * The settings of a program that runs in a folder: of the file there and none above it.
 *
 * @throws InputError for a file that the compiler does not accept, which the engine refuses as well
 */
export function compilerOptionsIn(
  directory: string,
  { tsConfig }: Pick<Runtime, "tsConfig">,
  compiler: Compiler,
): typescript.CompilerOptions {
  const { ts } = compiler;
  const path = join(directory, tsConfig ?? "tsconfig.json");
  if (!existsSync(path)) {
    if (tsConfig === undefined) return withInterop(ts, {});
    throw new InputError(
      `Pulumi.yaml: runtime.options.tsconfig must be a file, got ${tsConfig}; name one that exists`,
      { code: "bad-settings" },
    );
  }
  const source = ts.readJsonConfigFile(path, (file) => ts.sys.readFile(file));
  const host = { ...ts.sys, readDirectory: () => [] };
  const { options, errors } = ts.parseJsonSourceFileConfigFileContent(source, host, dirname(path));
  const { parseDiagnostics: unread } = source as unknown as {
    readonly parseDiagnostics: readonly typescript.Diagnostic[];
  };
  const faults = [...unread, ...errors].filter(({ code }) => !noInputs.includes(code));
  const elsewhere = `${display(path)}${lineOf(source.text, '"extends"')}`;
  if (faults.length > 0) throw compilerError(compiler, faults, elsewhere);
  return withInterop(ts, options);
}

/** Of the faults of settings only that of a missing file to extend has no place of its own. */
function lineOf(text: string, part: string): string {
  const index = text.split("\n").findIndex((line) => line.includes(part));
  return index < 0 ? "" : `:${index + 1}`;
}

/** `nodenext` implies the interoperation with CommonJS packages, and is the engine's where a file says nothing. */
function withInterop(
  ts: typeof typescript,
  options: typescript.CompilerOptions,
): typescript.CompilerOptions {
  const { ModuleKind } = ts;
  const isNode =
    "NodeNext" in ModuleKind && (options.module ?? ModuleKind.NodeNext) >= ModuleKind.Node16;
  return isNode ? { esModuleInterop: true, ...options } : options;
}

/** Faults that a newer TypeScript finds as well: no such file to extend. */
const ageless = [5058, 5083, 6053];

/**
 * An error with a line for each line of a file that the compiler does not accept.
 *
 * @param elsewhere the place of a fault that has none
 */
export function compilerError(
  { ts, isOfSdk }: Compiler,
  diagnostics: readonly typescript.Diagnostic[],
  elsewhere: string,
): InputError {
  const faults = new Map<string, string>();
  for (const { file, start = 0, messageText, code } of diagnostics) {
    const place = file
      ? `${display(file.fileName)}:${file.getLineAndCharacterOfPosition(start).line + 1}`
      : elsewhere;
    // What follows in a line is mostly of the same fault.
    if (faults.has(place)) continue;
    const isOfAge = isOfSdk && !ageless.includes(code);
    const remedy = isOfAge
      ? ` (read by TypeScript ${ts.version} of the Pulumi SDK, as the project has none; for what is newer: npm install --save-dev typescript@5)`
      : "";
    faults.set(place, `${place}: ${ts.flattenDiagnosticMessageText(messageText, " ")}${remedy}`);
  }
  return new InputError([...faults.values()], { code: "program-failed" });
}
