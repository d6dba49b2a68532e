import { unreadOfAll } from "../routing/boundParts";
import type { Properties, Resource } from "../routing/graph/resource";
import type { TtlModeSeconds } from "../routing/graph/stackOutputs";
import { awsTypes } from "../routing/graph/types";
import { StackModel } from "../routing/graph/stackModel";
import type { ReportedOutageBound } from "./outageBounds";
import { outageBoundsOf } from "./outageBounds";
import type { TtlMode } from "./result";

/** A stack whose modes are compared. */
export interface TtlModeInput {
  readonly resources: readonly Resource[];
  readonly hostname: string;
  readonly model: StackModel;
  /** Its outages at the TTL in force. */
  readonly bounds: readonly ReportedOutageBound[];
}

const causes = ["zoneOrRegion", "database"] as const;

/**
 * The downtime of each mode, by cause. The other mode is computed on the same resources with its
 * TTL in their records, so that answers with a foreign TTL keep theirs.
 */
export function ttlModesOf(settings: TtlModeSeconds, input: TtlModeInput): readonly TtlMode[] {
  const current = settings.seconds[settings.mode];
  return (["normal", "maintenance"] as const).map((mode) => {
    const ttl = settings.seconds[mode];
    const bounds = ttl === current ? input.bounds : boundsAt(ttl, current, input);
    const never = bounds.filter(({ downtimeSeconds }) => downtimeSeconds === undefined);
    const endless = causes.filter((cause) => never.some((one) => one.cause === cause));
    const dependsOn = unreadOfAll(never.map(({ unread }) => unread));
    return {
      mode,
      inForce: mode === settings.mode,
      ttl,
      downtime: {
        zoneOrRegion: longestOf(bounds, "zoneOrRegion"),
        database: longestOf(bounds, "database"),
      },
      ...(endless.length > 0 ? { endless } : {}),
      ...(dependsOn.length > 0 ? { dependsOn } : {}),
    };
  });
}

function boundsAt(
  ttl: number,
  current: number,
  { resources, hostname, model }: TtlModeInput,
): readonly ReportedOutageBound[] {
  const changed = resources.map((resource) =>
    resource.type === awsTypes.record ? withTtl(resource, current, ttl) : resource,
  );
  return outageBoundsOf(new StackModel(changed, model.route53.assumptions), hostname);
}

/** The record with another TTL, if it has the one in force. */
function withTtl(record: Resource, current: number, ttl: number): Resource {
  const { inputs, outputs } = record;
  const changed = (properties: Properties): Properties =>
    properties["ttl"] === current ? { ...properties, ttl } : properties;
  return { ...record, inputs: changed(inputs), outputs: changed(outputs) };
}

/** Null if nothing is measured, or if an outage never ends. */
function longestOf(
  bounds: readonly ReportedOutageBound[],
  cause: ReportedOutageBound["cause"],
): number | null {
  const found = bounds.filter((bound) => bound.cause === cause);
  const known = found.flatMap(({ downtimeSeconds }) => downtimeSeconds ?? []);
  return known.length === found.length && known.length > 0 ? Math.max(...known) : null;
}
