import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Resource } from "../../routing/graph/resource";
import type { Reading, SourceFile } from "../../sources/reading";
import { readSources } from "../../sources/readSources";

/** One zone, as written by each tool: see its README. */
export const zoneFolder = join(__dirname, "../fixtures/zone");

/** A file of the zone, or all files of a folder. */
export function filesOf(name: string): readonly SourceFile[] {
  const path = join(zoneFolder, name);
  const files = statSync(path).isDirectory()
    ? readdirSync(path).map((one) => join(path, one))
    : [path];
  return files.map((one) => ({
    path: one.slice(zoneFolder.length + 1),
    content: readFileSync(one),
  }));
}

/** Reads one file with the given content. */
export function reading(
  content: string | object,
  path = "file.json",
  parameters: Readonly<Record<string, string>> = {},
): Promise<Reading> {
  const text = typeof content === "string" ? content : JSON.stringify(content);
  return readSources([{ path, content: Buffer.from(text) }], {
    parameters: new Map(Object.entries(parameters)),
  });
}

/** The resource with this name; throws if there is none. */
export function named({ resources }: Pick<Reading, "resources">, name: string): Resource {
  const found = resources.find((one) => one.name === name);
  if (!found)
    throw new Error(`${name} is not among ${resources.map((one) => one.name).join(", ")}`);
  return found;
}
