import { existsSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../../routing/inputError";
import { packageDirectory } from "../../packageDirectory";
import type { PackLocation } from "./packProcess";

/** The packs of this project, in the order of their reports. */
export const packNames = ["dns-failover", "workload"] as const;
export type PackName = (typeof packNames)[number];

/** The environment whose levels count where none of that name is known: the strictest. */
export const environmentDefault = "prod";

/** The folder of the packs in the package: their sources in a checkout, else one file for each. */
const packsFolder = existsSync(join(packageDirectory, "policies")) ? "policies" : "dist/packs";

/** A pack's folder, and its program as it was compiled. */
export function locationOf(pack: PackName): PackLocation {
  const directory = join(packageDirectory, packsFolder, pack);
  const compiled =
    packsFolder === "policies" ? join(packageDirectory, "dist/policies", pack) : directory;
  return { directory, program: join(compiled, "index.js") };
}

/** Reads the files that a pack is configured by. */
export interface FileReader {
  /** The text of a file. Rejects as Node's `readFile` does. */
  readFile(path: string): Promise<string>;
}

/** The configuration of a pack: the file and what is in it. */
export interface ConfigFile {
  readonly path: string;
  readonly text: string;
}

/**
 * The configuration of a pack for an environment; that of prod for one that the pack does not know.
 *
 * @param given a file that is to be used instead
 * @throws InputError for a given file that cannot be read
 */
export async function configFileOf(
  pack: PackName,
  environment: string,
  given: string | undefined,
  io: FileReader,
): Promise<ConfigFile> {
  if (given !== undefined) return { path: given, text: await textOf(given, io) };
  const pathOf = (name: string): string => `${packsFolder}/${pack}/${name}.json`;
  try {
    return await read(pathOf(environment), io);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
    return read(pathOf(environmentDefault), io);
  }
}

async function read(path: string, io: FileReader): Promise<ConfigFile> {
  return { path, text: await io.readFile(join(packageDirectory, path)) };
}

async function textOf(path: string, io: FileReader): Promise<string> {
  try {
    return await io.readFile(path);
  } catch (cause) {
    throw new InputError(
      `--config ${path}: cannot read the file, got ${(cause as Error).message}; write it as policies/dns-failover/prod.json`,
      { cause, code: "file-inaccessible" },
    );
  }
}
