/** Finds the file of a program as the engine does (GetPwdMain of the CLI, and cmd/run/run.js of the SDK). */
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { packageDirectory } from "../../packageDirectory";
import { InputError } from "../../routing/inputError";
import { runtimeDefault } from "./runtime";
import type { Runtime } from "./runtime";
import { loadsTypeScript } from "./typeScript";
import { display, isMap } from "./yamlFile";
import type { YamlMap } from "./yamlFile";

/** A program to run. */
export interface Program {
  readonly path: string;
  /** The folder it runs in. */
  readonly directory: string;
  /** Whether its package.json says that files are ES modules. */
  readonly isModule: boolean;
  readonly runtime: Runtime;
}

/** What Pulumi.yaml says of its program. */
export interface ProgramOptions {
  /** The file or folder, relative to the project; the project's folder by default. */
  readonly main?: string;
  readonly runtime?: Runtime;
}

/**
 * The program of a project. Of a checkout of this tool it is the compiled file in `dist/`, which is never older
 * than the source there, and loads sooner.
 *
 * @param given the file that the caller names instead
 * @param isCompiled whether this tool's own programs run compiled
 * @throws InputError if there is no such file
 */
export function findProgram(
  projectDirectory: string,
  { main = ".", runtime = runtimeDefault }: ProgramOptions,
  given?: string,
  isCompiled = !loadsTypeScript(),
): Program {
  const entry = given === undefined ? entryOf(projectDirectory, main) : resolve(given);
  if (!existsSync(entry)) {
    throw new InputError(`program: no such file: ${display(entry)}; name one that exists`);
  }
  const isFolder = statSync(entry).isDirectory();
  const directory = isFolder ? entry : dirname(entry);
  const manifest = manifestAbove(directory);
  const isModule = manifest.content["type"] === "module";
  const found = isFolder ? inFolder(entry, manifest, runtime) : entry;
  return {
    path: isCompiled && manifest.directory === packageDirectory ? compiledOr(found) : found,
    directory: given === undefined ? directory : projectDirectory,
    isModule,
    runtime,
  };
}

function entryOf(projectDirectory: string, main: string): string {
  const entry = resolve(projectDirectory, main);
  if (existsSync(entry)) return entry;
  throw new InputError(
    `${display(join(projectDirectory, "Pulumi.yaml"))}: main must be a file or folder, got ${main}; name one that exists`,
    { code: "bad-settings" },
  );
}

/** A package.json, and the folder it is in. */
interface Manifest {
  readonly directory: string;
  readonly content: YamlMap;
}

/** The nearest at or above a folder; empty without one. */
function manifestAbove(directory: string): Manifest {
  const file = join(directory, "package.json");
  const parent = dirname(directory);
  if (existsSync(file)) return { directory, content: contentOf(file) };
  return parent === directory ? { directory, content: {} } : manifestAbove(parent);
}

/** Node, too, refuses one that is no JSON, at the program's first module. */
function contentOf(file: string): YamlMap {
  try {
    const content: unknown = JSON.parse(readFileSync(file, "utf8"));
    return isMap(content) ? content : {};
  } catch (cause) {
    throw new InputError(
      `${display(file)}: must be JSON, got ${(cause as Error).message}; correct it`,
      { cause, code: "bad-settings" },
    );
  }
}

function inFolder(folder: string, manifest: Manifest, { typeScript }: Runtime): string {
  const named = namedBy(manifest);
  const start = named ?? folder;
  if (!statSync(start).isDirectory()) return start;
  const endings = manifest.content["type"] === "module" ? moduleEndings : endingsInOrder;
  const isRun = (path: string): boolean => typeScript || !/ts$/.test(path);
  const candidates = endings.map((ending) => join(start, `index.${ending}`));
  const found = candidates.filter(isRun).find((path) => existsSync(path));
  if (found !== undefined) return found;
  const compilable = candidates.find((path) => existsSync(path));
  throw new InputError(
    compilable === undefined
      ? `${display(start)}: no program to run, looked for ${candidates.map(display).join(", ")}; write one, or name it in Pulumi.yaml (main)`
      : `${display(compilable)}: Pulumi.yaml turns its compilation off (runtime.options.typescript: false), and there is no ${endings
          .filter(isRun)
          .map((ending) => `index.${ending}`)
          .join(" or ")}; compile it first, or remove the option`,
  );
}

/** In the order of the engine: of a program that is there twice it runs the JavaScript. */
const endingsInOrder = ["js", "ts"];
const moduleEndings = ["js", "mjs", "ts", "mts"];

/** What package.json names as its entry, if that exists. This package's is no program. */
function namedBy({ directory, content }: Manifest): string | undefined {
  if (directory === packageDirectory) return undefined;
  const { exports, main } = content;
  const root = isMap(exports) ? exports["."] : exports;
  const conditions = isMap(root) ? [root["default"], root["require"], root["import"]] : [root];
  const entry = (exports === undefined ? [main] : conditions).find(Boolean);
  const path = join(directory, typeof entry === "string" ? entry : "");
  return path !== directory && existsSync(path) ? path : undefined;
}

function compiledOr(path: string): string {
  const inDist = join(packageDirectory, "dist", relative(packageDirectory, path)).replace(
    /\.ts$/,
    ".js",
  );
  return existsSync(inDist) ? inDist : path;
}
