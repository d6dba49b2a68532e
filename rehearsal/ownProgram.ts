import type { StackSettings } from "./engine/stackSettings";

/** The project of the hosted zone, beside the program's. */
export const zoneProject = "failover-zone";

/** The settings without which this package's program makes no stack. */
export const requiredSettings = [
  "hostedZone",
  "hostnames",
  "regions",
  "staticTier",
  "objectives",
  "alerts",
] as const;

/**
 * Whether a stack is of this package's program, whatever the project is called, or of its zone's: by the settings, as
 * another team's program may use the same names of projects and stacks.
 */
export function isOfOwnProgram({
  project,
  config,
}: Pick<StackSettings, "project" | "config">): boolean {
  return (
    project === zoneProject ||
    requiredSettings.every((name) => Object.hasOwn(config, `${project}:${name}`))
  );
}
