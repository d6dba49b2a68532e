import type { Resource, Value } from "../../routing/graph/resource";
import { Unknown } from "../../routing/graph/resource";
import { awsTypes } from "../../routing/graph/types";
import { isList, isObject, valueOf } from "../../routing/graph/values";
import type { Edit } from "./edits";

/** The effect of some edits on one resource. */
export interface ResourceChange {
  readonly urn: string;
  readonly name: string;
  readonly type: string;
  /** A replacement is a new resource, such as a check with a new id that starts healthy (H15, H18). */
  readonly action: "create" | "update" | "replace";
  readonly properties: readonly {
    readonly property: string;
    /** Null if it does not exist. */
    readonly from: Value;
    readonly to: Value;
  }[];
}

/** Properties that AWS cannot change in an existing resource (H18; name, type and identifier define a record). */
const fixed: Readonly<Record<string, readonly string[]>> = {
  [awsTypes.healthCheck]: ["type", "requestInterval", "measureLatency", "enableSni"],
  [awsTypes.record]: ["name", "type", "zoneId", "setIdentifier"],
};

/** The effect of the edits by resource, existing resources first. */
export function resourceChanges(
  before: readonly Resource[],
  after: readonly Resource[],
  edits: readonly Edit[],
): readonly ResourceChange[] {
  const old = new Map(before.map((resource) => [resource.urn, resource]));
  const properties = new Map<string, Set<string>>();
  for (const { urn, property } of edits.flatMap(({ changes }) => changes)) {
    properties.set(urn, (properties.get(urn) ?? new Set()).add(property));
  }
  return after.flatMap((resource): readonly ResourceChange[] => {
    const { urn, name, type } = resource;
    const was = old.get(urn);
    const touched = was ? [...(properties.get(urn) ?? [])] : Object.keys(resource.inputs);
    const changed = touched
      .map((property) => ({
        property,
        from: printed((was && valueOf(was, property)) ?? null),
        to: printed(valueOf(resource, property) ?? null),
      }))
      .filter(({ from, to }) => JSON.stringify(from) !== JSON.stringify(to));
    if (changed.length === 0) return [];
    const action = was ? (replaces(type, changed) ? "replace" : "update") : "create";
    return [{ urn, name, type, action, properties: changed }];
  });
}

function replaces(type: string, changed: ResourceChange["properties"]): boolean {
  return changed.some(
    ({ property, from, to }) =>
      (fixed[type] ?? []).includes(property) ||
      // Whether a check has an address is fixed too.
      (type === awsTypes.healthCheck && property === "ipAddress" && (from === null || to === null)),
  );
}

/** A value as data, with unknown values in words. */
export function printed(value: Value): Value {
  if (value instanceof Unknown) return String(value);
  if (isList(value)) return value.map(printed);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, printed(one)]));
}
