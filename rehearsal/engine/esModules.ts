/** Runs programs that are ES modules, with fresh copies of their own modules in each run. */
import { readFileSync } from "node:fs";
import { createRequire, register } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { packageDirectory } from "../../packageDirectory";
import { InputError } from "../../routing/inputError";
import { hasModuleSyntax, runParameter } from "./moduleHooks";
import type { ModuleRun } from "./moduleHooks";
import type { Program } from "./programPath";
import { compilerIn } from "./tsConfig";
import { display } from "./yamlFile";

/** Whether Node takes a program for an ES module: by its name, its package.json or its syntax. */
export function isEsModule({ path, isModule }: Program): boolean {
  const [, kind] = /\.([cm]?)[jt]s$/.exec(path) ?? [];
  if (kind !== "") return kind === "m";
  return isModule || (path.endsWith(".js") && hasModuleSyntax(readFileSync(path, "utf8")));
}

/** `import()` itself, which would be compiled to `require`; the SDK's runner has it in the same way. */
const importUrl = (0, eval)("(url) => import(url)") as (url: string) => Promise<object>;

let isPrepared = false;

/**
 * Starts the hooks of moduleHooks.ts, in the folder that the process was started in.
 *
 * @throws InputError for TypeScript that the engine would not run
 */
export function prepareModules(program: Program): void {
  if (isEsModule(program) && /ts$/.test(program.path)) requireLoader(program);
  if (isPrepared) return;
  register(pathToFileURL(join(packageDirectory, "dist/rehearsal/engine/moduleHooks.js")).href);
  isPrepared = true;
}

/** Counts the runs in this process: Node never loads the same URL anew. */
let runs = 0;

/**
 * Imports a program as the engine does, after `prepareModules`.
 *
 * @returns its exports
 */
export async function importModule(program: Program): Promise<unknown> {
  const { tsConfig } = program.runtime;
  runs++;
  const run: ModuleRun = {
    run: runs,
    directory: program.directory,
    ...(tsConfig === undefined ? {} : { tsConfig }),
  };
  const url = pathToFileURL(program.path);
  url.searchParams.set(runParameter, JSON.stringify(run));
  const exported = (await importUrl(url.href)) as Readonly<Record<string, unknown>>;
  const names = Object.keys(exported);
  if (!names.includes("default")) return exported;
  if (names.length === 1) return exported["default"];
  throw new InputError(
    `${display(program.path)}: must export a default or names, got both; the Pulumi engine takes one of them`,
    { code: "program-failed" },
  );
}

/** The engine compiles the TypeScript of ES modules only by these, or by what the program's `nodeargs` load. */
function requireLoader({ path, directory, runtime }: Program): void {
  const { typescript: strips } = process.features as { readonly typescript?: string | false };
  const { isOfSdk } = compilerIn(directory);
  const isCompiled = runtime.hasLoader || Boolean(strips) || hasTsNode(directory);
  if (!isOfSdk && isCompiled) return;
  throw new InputError(
    `${display(path)}: is TypeScript in an ES module ("type": "module" in package.json), which the Pulumi engine runs only with TypeScript 4.7 and ts-node 10 or later; npm install --save-dev typescript@5 ts-node@10, or export the stack, and read it by --from`,
    { code: "program-not-evaluable" },
  );
}

/** Whether the SDK of a program finds a ts-node for ES modules. */
function hasTsNode(directory: string): boolean {
  try {
    const sdk = createRequire(join(directory, "package.json")).resolve("@pulumi/pulumi");
    createRequire(sdk).resolve("ts-node/esm");
    return true;
  } catch {
    return false;
  }
}
