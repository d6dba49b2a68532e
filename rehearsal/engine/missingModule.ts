/** Words errors about modules that a program loads. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, isAbsolute, join, resolve, sep } from "node:path";
import { jsonFault } from "../../routing/inputError";
import type { Program } from "./programPath";
import { isOfTool, filePathOf, lineText } from "./sourceLines";
import { compilerIn, compilerOptionsIn } from "./tsConfig";
import { display } from "./yamlFile";

/**
 * A module that is not there, with what it is missing for.
 *
 * @param own the line of the program that loads it, or what needs it
 */
export function missingModule(
  error: Error,
  own: string | undefined,
  program: Program,
): string | undefined {
  const { requireStack } = error as { readonly requireStack?: readonly string[] };
  const [, name, importedFrom] =
    /^Cannot find (?:module|package) '(.+?)'(?: imported from (.+?))?$/m.exec(error.message) ?? [];
  const importer = filePathOf(requireStack?.[0] ?? importedFrom ?? "") ?? program.path;
  if (name === undefined || isOfTool({ path: importer })) return undefined;
  const by = packageWith(importer);
  const place = own ?? (by === undefined ? importPlace(importer, name) : display(program.path));
  const shown = isAbsolute(name) ? display(name) : name;
  return `${place}: cannot find the module ${shown}${remedyOf(name, importer, program)}`;
}

function remedyOf(name: string, importer: string, program: Program): string {
  if (/^[./]/.test(name)) return fileRemedy(resolve(dirname(importer), name));
  if (program.runtime.hasLoader) {
    return "; nodeargs of Pulumi.yaml may find it by a loader, which is not used offline: export the stack, and read it by --from";
  }
  if (isAlias(name, program)) {
    return ": it is one of the paths of tsconfig.json, by which the compiler finds types, but neither Node nor the Pulumi engine finds modules; write a relative path";
  }
  const wanted = packageOf(name);
  const by = packageWith(importer);
  return isInstalled(wanted, importer)
    ? `: the package ${wanted} is installed, and has no such file; correct the path`
    : `${by === undefined ? "" : `, which ${by} needs`}; npm install ${wanted}`;
}

/** A text of a module that is no JSON, by its own line. */
export function brokenJson({ message }: Error, from: string): string | undefined {
  const [, path, fault = ""] = /^(.+\.json): (.*)$/s.exec(message) ?? [];
  if (path === undefined || !existsSync(path)) return undefined;
  const position = /position (\d+)/.exec(fault)?.[1];
  const before = readFileSync(path, "utf8").slice(0, Number(position ?? 0));
  const line = position === undefined ? "" : `:${before.split("\n").length}`;
  return `${display(path)}${line}: is no JSON (${jsonFault({ message: fault })}), and ${from} loads it; correct it`;
}

/** The line of a file that imports a module: Node gives none for what it links before it runs. */
function importPlace(importer: string, name: string): string {
  const lines = existsSync(importer) ? readFileSync(importer, "utf8").split("\n") : [];
  const endings = ['"', "'"].map((quote) => `${basename(name)}${quote}`);
  const index = lines.findIndex((line) => endings.some((ending) => line.includes(ending)));
  return index < 0 ? display(importer) : lineText({ path: importer, line: index + 1 });
}

function fileRemedy(path: string): string {
  const source = path.replace(/\.js$/, ".ts");
  return source !== path && existsSync(source)
    ? `; there is only ${display(source)}, and a CommonJS program, also under the Pulumi engine, finds it without the ending .js`
    : "; correct the path";
}

/** Whether a name is one of the `paths` of the compiler's settings. */
function isAlias(name: string, { directory, runtime }: Program): boolean {
  const { paths = {} } = compilerOptionsIn(directory, runtime, compilerIn(directory));
  return Object.keys(paths).some((pattern) => {
    const [start = "", end] = pattern.split("*");
    return end === undefined ? name === start : name.startsWith(start) && name.endsWith(end);
  });
}

function isInstalled(name: string, importer: string): boolean {
  const folders = createRequire(importer).resolve.paths(name) ?? [];
  return folders.some((folder) => existsSync(join(folder, name)));
}

const packages = `${sep}node_modules${sep}`;

/** The package that a file is in, if it is in one. */
export function packageWith(path: string): string | undefined {
  const inside = path.split(packages).slice(1).at(-1);
  return inside === undefined ? undefined : packageOf(inside);
}

/** The package of a module's name. */
function packageOf(name: string): string {
  return name.split(/[/\\]/, name.startsWith("@") ? 2 : 1).join("/");
}
