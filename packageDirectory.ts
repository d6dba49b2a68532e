import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * The folder of this package's package.json: the checkout, or the installed package. The program
 * that uses the components may be anywhere else.
 */
export const packageDirectory = nearestPackage(__dirname);

function nearestPackage(directory: string): string {
  const above = dirname(directory);
  return above === directory || existsSync(join(directory, "package.json"))
    ? directory
    : nearestPackage(above);
}
