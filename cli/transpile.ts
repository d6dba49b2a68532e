import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import type typescript from "typescript";
import { InputError } from "../routing/inputError";

/**
 * Compiles the TypeScript of a project to `dist/`, where the evaluation looks for it, without
 * checking types.
 *
 * @param project the folder of the Pulumi project, with the compiler that it has installed
 * @param root the folder of its package.json, in which `dist/` is written
 * @throws InputError if the project has TypeScript and no compiler
 */
export function transpile(project: string, root: string): void {
  const ts = compilerOf(project);
  const configFile = ts.findConfigFile(project, (path) => ts.sys.fileExists(path));
  if (configFile === undefined) return;
  const { config } = ts.readConfigFile(configFile, (path) => ts.sys.readFile(path)) as {
    readonly config?: unknown;
  };
  const { fileNames, options } = ts.parseJsonConfigFileContent(
    config ?? {},
    ts.sys,
    dirname(configFile),
  );
  const compilerOptions = { ...options, module: ts.ModuleKind.CommonJS, sourceMap: false };
  for (const path of fileNames.filter((one) => isSource(relative(root, one)))) {
    const { outputText } = ts.transpileModule(readFileSync(path, "utf8"), {
      compilerOptions,
      fileName: path,
    });
    const output = join(root, "dist", relative(root, path).replace(/\.ts$/, ".js"));
    mkdirSync(dirname(output), { recursive: true });
    writeFileSync(output, outputText);
  }
}

/** Whether a program may load a file: no declarations, and no tests. */
function isSource(path: string): boolean {
  return !/\.d\.ts$|\.test\.ts$|(?:^|[\\/])tests?[\\/]/.test(path);
}

function compilerOf(project: string): typeof typescript {
  try {
    return createRequire(join(project, "package.json"))("typescript") as typeof typescript;
  } catch (cause) {
    throw new InputError(
      `<base>: the program of a revision is compiled with the typescript package, which is not installed; run \`npm install --save-dev typescript\`, or give an export of the stack`,
      { cause },
    );
  }
}
