import { existsSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/**
 * The folder of this package's package.json: the checkout, or the installed package. The program
 * that uses the components may be anywhere else.
 */
export const packageDirectory = nearestPackage(__dirname);

/** A program changes the working directory while it is evaluated. */
const startedIn = process.cwd();

/**
 * A file that the package ships, for messages: as the user opens it from the folder that the process was started in.
 *
 * @param path from the folder of the package; `files` in package.json has it
 */
export function packageFile(path: string): string {
  const full = join(packageDirectory, path);
  const short = relative(startedIn, full);
  return short.startsWith("..") ? full : short;
}

function nearestPackage(directory: string): string {
  const above = dirname(directory);
  return above === directory || existsSync(join(directory, "package.json"))
    ? directory
    : nearestPackage(above);
}
