import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type * as esbuild from "esbuild";
import { packageDirectory } from "../../packageDirectory";

/** The Lambda functions of this package: folders of `functions/` with a `handler.ts`. */
export const functionNames = ["bake", "gameDay", "gate", "syntheticOrder"] as const;
export type FunctionName = (typeof functionNames)[number];

/**
 * The code of a function as one JavaScript file: built when the package was packed, or in a
 * checkout bundled from source now, which takes some 20 ms.
 *
 * @param directory the package's folder
 */
export function functionCode(name: FunctionName, directory = packageDirectory): string {
  const source = `functions/${name}/handler.ts`;
  return existsSync(join(directory, source))
    ? bundledCode(directory, source)
    : readFileSync(join(directory, builtFunction(name)), "utf8");
}

/** Path of a function's built code in the package, from its folder. */
export function builtFunction(name: FunctionName): string {
  return `dist/lambda/${name}.js`;
}

/**
 * A source with all its imports, as one file. The same sources yield the same text wherever the
 * project lies, so a function is redeployed only when its code has changed. Lines stay readable for
 * stack traces in the log.
 *
 * @param entry path of the source from the directory
 */
export function bundledCode(directory: string, entry: string): string {
  // Imported lazily: the installed package does not have it.
  const { buildSync } = createRequire(join(packageDirectory, "package.json"))(
    "esbuild",
  ) as typeof esbuild;
  const { outputFiles } = buildSync({
    absWorkingDir: directory,
    entryPoints: [entry],
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node22",
    legalComments: "none",
    write: false,
    logLevel: "silent",
  });
  const [file] = outputFiles;
  if (!file)
    throw new Error(`${entry}: must be a function source, got no code for it; check the file`);
  return file.text;
}
