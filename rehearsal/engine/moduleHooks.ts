/**
 * Hooks of Node's loader for programs that are ES modules. Node runs them in a thread of their own, and loads each
 * URL once: a program's modules get the number of the run in their URLs, as packages do not.
 */
import { readFileSync } from "node:fs";
import type { LoadHook, ResolveHook } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { compileFunction } from "node:vm";
import { isOfSdk, lackingModule } from "./oneSdk";
import { compileFor } from "./typeScript";
import type { Compile } from "./typeScript";

/** The parameter of a URL that has a `ModuleRun`. */
export const runParameter = "failover";

/** A run of a program, and how its TypeScript is compiled. */
export interface ModuleRun {
  readonly run: number;
  readonly directory: string;
  readonly tsConfig?: string;
}

const here = pathToFileURL(__filename).href;

/** Gives a module the run of the module that imports it; of the SDK this tool's own (oneSdk.ts). */
export const resolve: ResolveHook = async (specifier, context, next) => {
  const run = runOf(context.parentURL);
  const found = await resolved(
    specifier,
    run,
    () => next(specifier, context),
    (other) => next(other, context),
  );
  if (isOfSdk(specifier)) {
    try {
      return await next(specifier, { ...context, parentURL: here });
    } catch (cause) {
      throw lackingModule(specifier, cause);
    }
  }
  if (run === null || !found.url.startsWith("file:") || found.url.includes("/node_modules/")) {
    return found;
  }
  const url = new URL(found.url);
  url.searchParams.set(runParameter, run);
  return { ...found, url: url.href };
};

type Resolved = ReturnType<ResolveHook>;

/** As ts-node does, takes `./part.js` to be `./part.ts` if there is no other. */
async function resolved(
  specifier: string,
  run: string | null,
  as: () => Resolved,
  instead: (specifier: string) => Resolved,
): Promise<Awaited<Resolved>> {
  try {
    return await as();
  } catch (error) {
    const source = specifier.replace(/\.(m?)js$/, ".$1ts");
    if (run === null || source === specifier || !/^(?:\.|\/|file:)/.test(specifier)) throw error;
    return Promise.resolve(instead(source)).catch(() => {
      throw error;
    });
  }
}

/** Compiles the TypeScript of a program. */
export const load: LoadHook = (url, context, next) => {
  const run = runOf(url);
  if (run === null) return next(url, context);
  const path = fileURLToPath(url);
  if (/\.m?ts$/.test(path)) {
    return { format: "module", source: compilerOf(run)(path), shortCircuit: true };
  }
  // Told by us, so that Node need not find it out, and warn.
  const isUntold = path.endsWith(".js") && !context.format;
  const isModule = isUntold && hasModuleSyntax(readFileSync(path, "utf8"));
  return next(url, isModule ? { ...context, format: "module" } : context);
};

/** Node's own rule for a file whose package.json says nothing. */
export function hasModuleSyntax(text: string): boolean {
  try {
    compileFunction(text, ["exports", "require", "module", "__filename", "__dirname"]);
    return false;
  } catch (error) {
    return /import statement outside|token 'export'|'import\.meta' outside/.test(String(error));
  }
}

const compilers = new Map<string, Compile>();

function compilerOf(run: string): Compile {
  const { directory, tsConfig } = JSON.parse(run) as ModuleRun;
  const runtime = tsConfig === undefined ? {} : { tsConfig };
  const key = JSON.stringify([directory, tsConfig]);
  const known = compilers.get(key) ?? compileFor({ directory, runtime, isModule: true });
  compilers.set(key, known);
  return known;
}

function runOf(url: string | undefined): string | null {
  return url?.startsWith("file:") ? new URL(url).searchParams.get(runParameter) : null;
}
