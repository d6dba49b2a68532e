/**
 * Makes the present schemas those of the last release, against which `npm test` looks for changes that break
 * readers. `npm version` runs it, so that a tag has the schemas of its version.
 */
import { copyFileSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root } from "./ready.mjs";

const schemas = join(root, "schemas");
const released = join(schemas, "released");

rmSync(released, { recursive: true, force: true });
mkdirSync(released);
for (const file of readdirSync(schemas)) {
  if (file.endsWith(".schema.json")) copyFileSync(join(schemas, file), join(released, file));
}
