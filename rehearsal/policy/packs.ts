import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { InputError } from "../../routing/inputError";
import { packageDirectory } from "../../packageDirectory";
import type { PackLocation } from "./packProcess";

/** The packs of this project, in the order of their reports. */
export const packNames = ["dns-failover", "workload"] as const;
export type PackName = (typeof packNames)[number];

/** The environment of a stack of this program without its own: the strictest one. */
const environmentDefault = "prod";

/** The folder of the packs: their sources in a checkout, or one file each in the package. */
const packsFolder = existsSync(join(packageDirectory, "policies")) ? "policies" : "dist/packs";

/** Files of a pack's folder that configure no environment. */
const otherFiles: readonly string[] = ["package.json", "tsconfig.json"];

/** The environments that the packs have a configuration for, sorted. */
export function environmentNames(): readonly string[] {
  return readdirSync(join(packageDirectory, packsFolder, packNames[0]))
    .filter((file) => file.endsWith(".json") && !otherFiles.includes(file))
    .map((file) => basename(file, ".json"))
    .sort();
}

/** The environment of a stack of this program. */
export function policyEnvironmentOf(stack: string): string {
  return environmentNames().includes(stack) ? stack : environmentDefault;
}

/** A pack's folder and its compiled program. */
export function locationOf(pack: PackName): PackLocation {
  const directory = join(packageDirectory, packsFolder, pack);
  const compiled =
    packsFolder === "policies" ? join(packageDirectory, "dist/policies", pack) : directory;
  return { directory, program: join(compiled, "index.js") };
}

/** Reads the configuration files of a pack. */
export interface FileReader {
  /** The text of a file. Rejects as Node's `readFile` does. */
  readFile(path: string): Promise<string>;
}

/** The configuration file of a pack, with its content. */
export interface ConfigFile {
  readonly path: string;
  readonly text: string;
}

/**
 * The configuration of a pack for an environment; undefined for any stack, for which the pack's own
 * levels apply.
 *
 * @param given a file to use instead
 * @throws InputError for a given file that cannot be read
 */
export async function configFileOf(
  pack: PackName,
  environment: string | undefined,
  given: string | undefined,
  io: FileReader,
): Promise<ConfigFile | undefined> {
  if (given !== undefined) return { path: given, text: await textOf(given, io) };
  if (environment === undefined) return undefined;
  const path = `${packsFolder}/${pack}/${environment}.json`;
  return { path, text: await io.readFile(join(packageDirectory, path)) };
}

async function textOf(path: string, io: FileReader): Promise<string> {
  try {
    return await io.readFile(path);
  } catch (cause) {
    throw new InputError(
      `--config ${path}: cannot read the file, got ${(cause as Error).message}; write it like policies/dns-failover/prod.json`,
      { cause, code: "file-inaccessible" },
    );
  }
}
