import type { Properties, Resource } from "../routing/graph/resource";
import type { TtlSettings } from "../routing/graph/stackOutputs";
import { awsTypes } from "../routing/graph/types";
import { World } from "../routing/graph/world";
import type { OutageBound } from "./outageBounds";
import { outageBoundsOf } from "./outageBounds";
import type { TtlMode } from "./result";

/** A stack whose modes are compared. */
export interface TtlScene {
  readonly resources: readonly Resource[];
  readonly hostname: string;
  readonly world: World;
  /** What its outages cost at the TTL that is in force. */
  readonly bounds: readonly OutageBound[];
}

/**
 * What each mode costs in downtime, by cause. The other mode is worked out on the same resources with
 * its TTL in their records, so that answers whose TTL is not the stack's own keep theirs.
 */
export function ttlModesOf(settings: TtlSettings, scene: TtlScene): readonly TtlMode[] {
  const current = settings.seconds[settings.mode];
  return (["normal", "maintenance"] as const).map((mode) => {
    const ttl = settings.seconds[mode];
    const bounds = ttl === current ? scene.bounds : boundsAt(ttl, current, scene);
    return {
      mode,
      inForce: mode === settings.mode,
      ttl,
      downtime: {
        zoneOrRegion: longestOf(bounds, "zoneOrRegion"),
        database: longestOf(bounds, "database"),
      },
    };
  });
}

function boundsAt(
  ttl: number,
  current: number,
  { resources, hostname, world }: TtlScene,
): readonly OutageBound[] {
  const changed = resources.map((resource) =>
    resource.type === awsTypes.record ? withTtl(resource, current, ttl) : resource,
  );
  return outageBoundsOf(new World(changed, world.route53.assumptions), hostname);
}

/** The record at another TTL, where it has the one that is in force. */
function withTtl(record: Resource, current: number, ttl: number): Resource {
  const { inputs, outputs } = record;
  const changed = (properties: Properties): Properties =>
    properties["ttl"] === current ? { ...properties, ttl } : properties;
  return { ...record, inputs: changed(inputs), outputs: changed(outputs) };
}

/** Null where nothing is measured, or where an outage is never over. */
function longestOf(bounds: readonly OutageBound[], cause: OutageBound["cause"]): number | null {
  const found = bounds.filter((bound) => bound.cause === cause);
  const known = found.flatMap(({ downtimeSeconds }) => downtimeSeconds ?? []);
  return known.length === found.length && known.length > 0 ? Math.max(...known) : null;
}
