import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { packageDirectory } from "../../packageDirectory";

const folder = join(packageDirectory, "scenarios");
const ending = ".yaml";

/** The names of the scenarios that come with the package. */
export function bundledScenarios(): readonly string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(ending))
    .map((file) => basename(file, ending))
    .sort();
}

/** The text of one of them. */
export function bundledScenario(name: string): string {
  return readFileSync(join(folder, `${name}${ending}`), "utf8");
}
