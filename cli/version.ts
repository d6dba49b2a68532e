import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageDirectory } from "../packageDirectory";

/** The version of the package. */
export function version(): string {
  const text = readFileSync(join(packageDirectory, "package.json"), "utf8");
  return (JSON.parse(text) as { readonly version: string }).version;
}
