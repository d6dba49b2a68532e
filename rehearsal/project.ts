import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { InputError } from "../routing/inputError";

/**
 * The Pulumi project that contains a directory. There is no other by default: a report on another program than the
 * one in this folder would be believed to be on that.
 *
 * @throws InputError without one
 */
export function projectOf(directory: string): string {
  const project = ownProjectOf(directory);
  if (project !== undefined) return project;
  throw new InputError(
    `${directory}: no Pulumi.yaml in this folder or above it; run this in the folder of a Pulumi program, or read what others made by --from PATH`,
    { code: "bad-usage" },
  );
}

/** The same, if there is one. */
export function ownProjectOf(directory: string): string | undefined {
  return nearest(directory, "Pulumi.yaml");
}

/** This directory, or the nearest above it, that has a file of this name. */
function nearest(directory: string, name: string): string | undefined {
  if (existsSync(join(directory, name))) return directory;
  const above = dirname(directory);
  return above === directory ? undefined : nearest(above, name);
}
