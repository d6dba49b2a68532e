import type { Conflict, Known } from "./parse";
import type { Path } from "./paths";
import { pathOf, valueAt } from "./paths";
import { sides } from "./relations";
import type { ComputeSettings, RegionSettings, Settings } from "./settings";

/**
 * Conflicts between the settings of releases and capacity: no traffic, no machines, or too few
 * machines for a failover.
 */
export function releaseConflicts(
  { compute, regions }: Known<Settings>,
  raw: unknown,
): readonly Conflict[] {
  return sides.flatMap((side) => {
    const region = regions?.[side] ?? {};
    const path = ["regions", side];
    return [
      ...releaseFaults(region, raw, path, compute?.kind),
      ...capacityFaults(region, raw, path, compute),
    ];
  });
}

type Kind = ComputeSettings["kind"];

function releaseFaults(
  { release, imageId }: Known<RegionSettings>,
  raw: unknown,
  region: Path,
  kind: Kind | undefined,
): readonly Conflict[] {
  const path = [...region, "release"];
  if (valueAt(raw, path) === undefined) return [];
  if (kind === "addresses" || kind === "alias") {
    const remedy = "the endpoints are external, and this stack does not manage their releases";
    return [{ path, must: `omitted with compute.kind ${kind}`, remedy }];
  }
  const must = "other than 0 for both sides";
  const remedy = "give the serving side a weight, such as 100";
  return [
    ...(release?.blue === 0 && release.green === 0 ? [{ path, must, remedy }] : []),
    ...["blue", "green"].flatMap((side) =>
      imageFaults(raw, region, [...path, "pinned", side], imageId !== undefined),
    ),
  ];
}

/** A prebuilt image contains its site, so a release of another site needs another image. */
function imageFaults(
  raw: unknown,
  region: Path,
  pinned: Path,
  isPrebuilt: boolean,
): readonly Conflict[] {
  const path = [...pinned, "imageId"];
  const isGiven = valueAt(raw, path) !== undefined;
  if (valueAt(raw, pinned) === undefined || isPrebuilt === isGiven) return [];
  const imageId = pathOf([...region, "imageId"]);
  return [
    isPrebuilt
      ? {
          path,
          must: `set with ${imageId}`,
          remedy: "an image contains its release; name the image of that release",
        }
      : {
          path,
          must: `omitted without ${imageId}`,
          remedy: "machines without an image fetch their release by siteSha256",
        },
  ];
}

function capacityFaults(
  { capacity }: Known<RegionSettings>,
  raw: unknown,
  region: Path,
  compute: Known<ComputeSettings> | undefined,
): readonly Conflict[] {
  const path = [...region, "capacity"];
  if (compute?.kind === undefined || valueAt(raw, path) === undefined) return [];
  if (compute.kind !== "balancer") {
    const remedy = "only a group behind a balancer has a number of machines";
    return [{ path, must: `omitted with compute.kind ${compute.kind}`, remedy }];
  }
  const { runningPerZone: running, reservedPerZone: reserved } = capacity ?? {};
  const needed = compute.instancesPerZone;
  if (needed === undefined || running === undefined || reserved === undefined) return [];
  if (running > needed) {
    const must = `at most compute.instancesPerZone ${needed}`;
    const remedy = "raise that, for all tiers";
    return [{ path: [...path, "runningPerZone"], must, remedy }];
  }
  if (running === needed || reserved >= needed) return [];
  const must = `at least compute.instancesPerZone ${needed}, as only ${running} run`;
  const remedy =
    "a failover into less than the full load is a second outage; reserve capacity for it";
  return [{ path: [...path, "reservedPerZone"], must, remedy }];
}
