import type { Resource, UnknownReason } from "../routing/graph/resource";
import { awsTypes } from "../routing/graph/types";

/** The properties that a format cannot hold, or that its reader does not read, by type. */
export type Unheld = Readonly<Record<string, readonly string[]>>;

/**
 * What no format but Pulumi's and Terraform's holds: `triggers` is an argument of their providers,
 * and the signing and query log of a zone are resources of their own.
 */
export const heldByProvidersOnly: Unheld = {
  [awsTypes.healthCheck]: ["triggers"],
  [awsTypes.zone]: ["dnssec", "queryLog"],
};

/**
 * Marks the properties that a source cannot hold as unknown, because they are not absent. A value
 * that the resource does have is kept.
 */
export function withUnheld(resource: Resource, ...tables: readonly Unheld[]): Resource {
  const unheld = tables
    .flatMap((table) => table[resource.type] ?? [])
    .filter((name) => resource.inputs[name] === undefined);
  const marks = unheld.map((name): [string, UnknownReason] => [`inputs.${name}`, "unread"]);
  return { ...resource, unknown: { ...resource.unknown, ...Object.fromEntries(marks) } };
}
