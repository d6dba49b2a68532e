import { existsSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { packageDirectory } from "../../packageDirectory";
import { InputError } from "../../routing/inputError";
import { loadsTypeScript } from "./typeScript";
import { display } from "./yamlFile";

/**
 * The file to run for a project: its TypeScript, as the engine does, or the compiled file in its package's
 * `dist/`, which in a checkout of this tool is never older than the source, and loads sooner.
 *
 * @param main the entry in Pulumi.yaml, relative to the project; `index` by default
 * @param given the file that the caller names instead
 * @param typeScript whether to run TypeScript
 * @throws InputError if there is no such file
 */
export function findProgram(
  projectDirectory: string,
  main?: string,
  given?: string,
  typeScript = loadsTypeScript() || packageRoot(projectDirectory) !== packageDirectory,
): string {
  if (given !== undefined) {
    if (existsSync(given)) return resolve(given);
    throw new InputError(`program: no such file: ${display(resolve(given))}; name one that exists`);
  }
  const stem = resolve(projectDirectory, main ?? ".").replace(/\.[jt]s$/, "");
  // The project's folder itself is no file beside it.
  const stems = [...(stem === resolve(projectDirectory) ? [] : [stem]), join(stem, "index")];
  const root = packageRoot(projectDirectory);
  const candidates = stems.flatMap((each) => [
    ...(typeScript ? [`${each}.ts`] : []),
    `${join(root, "dist", relative(root, each))}.js`,
    `${each}.js`,
  ]);
  const found = candidates.find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new InputError(
    `${display(projectDirectory)}: no program to run, looked for ` +
      `${candidates.map(display).join(", ")}; write one, or name it in Pulumi.yaml (main)`,
  );
}

/** The nearest folder at or above this one that has a package.json. */
function packageRoot(directory: string): string {
  const parent = dirname(directory);
  if (existsSync(join(directory, "package.json")) || parent === directory) return directory;
  return packageRoot(parent);
}
