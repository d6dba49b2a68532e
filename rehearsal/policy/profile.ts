import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { packageDirectory } from "../../packageDirectory";
import type { Resource } from "../../routing/graph/resource";
import { stackResourceOf } from "../../routing/graph/stackOutputs";
import { policyEnvironmentOf } from "./packs";

/** The levels for a stack: those for any stack, or those of this program. */
export const profiles = ["any", "program"] as const;
export type Profile = (typeof profiles)[number];

/** The folders of this program's projects, and outputs that each of their stacks has: `outputs.ts` of each folder. */
const projects = [
  { folder: "", exports: ["schemaVersion", "staticTier", "objectives"] },
  { folder: "zone", exports: ["zoneId", "nameServers", "nextStep"] },
];

/**
 * The stack of this program that the resources belong to; undefined for other programs. One of these may have the same
 * names of project and stack, but exports something else.
 */
export function ownStackOf(resources: readonly Resource[]): string | undefined {
  const [, , stack = "", project = ""] = resources[0]?.urn.split(":").filter(Boolean) ?? [];
  const exported = Object.keys(stackResourceOf(resources)?.outputs ?? {});
  const isOwn = projects.some(
    ({ folder, exports }) =>
      projectIn(folder) === project &&
      existsSync(join(packageDirectory, folder, `Pulumi.${stack}.yaml`)) &&
      // Before the first deployment there are no outputs.
      (exported.length === 0 || exports.every((name) => exported.includes(name))),
  );
  return isOwn ? stack : undefined;
}

/** The user's choice of levels. */
interface Choice {
  readonly environment?: string;
  readonly profile?: Profile;
}

/**
 * The environment whose levels apply; undefined for the levels for any stack.
 *
 * @param ownStack the checked stack, if it belongs to this program
 */
export function levelsFor(
  { environment, profile }: Choice,
  ownStack: string | undefined,
): string | undefined {
  const isOwn = (profile ?? environment ?? ownStack) !== undefined && profile !== "any";
  return isOwn ? (environment ?? policyEnvironmentOf(ownStack ?? "")) : undefined;
}

/** The name of the project in a folder; undefined in the installed package. */
function projectIn(folder: string): string | undefined {
  const path = join(packageDirectory, folder, "Pulumi.yaml");
  if (!existsSync(path)) return undefined;
  return (parse(readFileSync(path, "utf8")) as { readonly name?: string }).name;
}
