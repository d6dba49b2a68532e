import { existsSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
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

/**
 * The file to run for a project: its TypeScript if this process can load that, otherwise the
 * compiled file in the package's `dist/`.
 *
 * @param main the entry in Pulumi.yaml, relative to the project; `index` by default
 * @param given the file that the caller names instead
 * @param typeScript whether TypeScript can be run directly
 * @throws InputError if there is no such file
 */
export function findProgram(
  projectDirectory: string,
  main?: string,
  given?: string,
  typeScript = loadsTypeScript(),
): string {
  if (given !== undefined) {
    if (existsSync(given)) return resolve(given);
    throw new InputError(`program: no such file: ${display(resolve(given))}; name one that exists`);
  }
  const stem = resolve(projectDirectory, main ?? ".").replace(/\.[jt]s$/, "");
  const stems = [stem, join(stem, "index")];
  const root = packageRoot(projectDirectory);
  const candidates = stems.flatMap((each) => [
    ...(typeScript ? [`${each}.ts`] : []),
    `${join(root, "dist", relative(root, each))}.js`,
    `${each}.js`,
  ]);
  const found = candidates.find((path) => existsSync(path));
  if (found !== undefined) return found;
  const hasSource = stems.some((each) => existsSync(`${each}.ts`));
  throw new InputError(
    `${display(projectDirectory)}: no program to run, looked for ` +
      `${candidates.map(display).join(", ")}; ` +
      (hasSource ? "compile it first" : "write one, or name it in Pulumi.yaml (main)"),
  );
}

/** The nearest folder at or above this one that has a package.json. */
function packageRoot(directory: string): string {
  const parent = dirname(directory);
  if (existsSync(join(directory, "package.json")) || parent === directory) return directory;
  return packageRoot(parent);
}
