import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { packageDirectory } from "../packageDirectory";

/** The Pulumi project that contains a directory, otherwise this tool's own. */
export function projectOf(directory: string): { readonly projectDirectory: string } {
  return { projectDirectory: ownProjectOf(directory) ?? packageDirectory };
}

/** The Pulumi project that contains a directory, if one does. */
export function ownProjectOf(directory: string): string | undefined {
  return nearest(directory, "Pulumi.yaml");
}

/** This directory, or the nearest above it, that has a file of this name. */
function nearest(directory: string, name: string): string | undefined {
  if (existsSync(join(directory, name))) return directory;
  const above = dirname(directory);
  return above === directory ? undefined : nearest(above, name);
}
