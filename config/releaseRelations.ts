import * as rules from "../constraints/rules";
import { pathOf, valueAt } from "./relations";

/**
 * What is wrong between the settings of releases and capacity, each right by itself: what would get
 * no traffic, have no machines, or be too small for what may fail over to it. It reads the values as
 * they were given, as `relationFaults` does.
 */
export function releaseRelationFaults(raw: unknown): readonly string[] {
  const kind = valueAt(raw, ["compute", "kind"]) ?? "instance";
  return ["primary", "standby"].flatMap((side) => [
    ...releaseFaults(raw, ["regions", side], kind),
    ...capacityFaults(raw, ["regions", side], kind),
  ]);
}

type Path = readonly string[];

/** What `config.ts` says where `compute.instancesPerZone` is not given. */
const instancesPerZoneDefault = 2;

function fault(path: Path, value: unknown, must: string, remedy: string): string {
  return `${pathOf(path)}: ${rules.reasonOf({ must, remedy }, value)}`;
}

function releaseFaults(raw: unknown, region: Path, kind: unknown): readonly string[] {
  const path = [...region, "release"];
  const release = valueAt(raw, path);
  if (release === undefined) return [];
  if (kind === "addresses" || kind === "alias") {
    const remedy = "the endpoints exist already, and this stack does not manage their releases";
    return [fault(path, release, `left out with compute.kind ${kind}`, remedy)];
  }
  const [blue, green] = ["blue", "green"].map((side) => valueAt(release, [side]));
  return [
    ...(blue === 0 && green === 0
      ? [fault(path, release, "other than 0 for both sides", "say which side serves, such as 100")]
      : []),
    ...["blue", "green"].flatMap((side) => imageFaults(raw, region, side)),
  ];
}

/** A prebuilt image has its site in it, so that a release of another site needs another image. */
function imageFaults(raw: unknown, region: Path, side: string): readonly string[] {
  const pinned = [...region, "release", "pinned", side];
  const prebuilt = rules.imageId.holds(valueAt(raw, [...region, "imageId"]));
  const own = valueAt(raw, [...pinned, "imageId"]);
  if (valueAt(raw, pinned) === undefined || prebuilt === (own !== undefined)) return [];
  const at = pathOf([...region, "imageId"]);
  return [
    prebuilt
      ? fault(
          [...pinned, "imageId"],
          own,
          `there with ${at}`,
          "an image has its site in it, so name the image of that release",
        )
      : fault(
          [...pinned, "imageId"],
          own,
          `left out without ${at}`,
          "machines that are prepared at their boot fetch the release by siteSha256",
        ),
  ];
}

function capacityFaults(raw: unknown, region: Path, kind: unknown): readonly string[] {
  const path = [...region, "capacity"];
  const capacity = valueAt(raw, path);
  if (capacity === undefined) return [];
  if (kind !== "balancer") {
    const remedy = "only a group behind a balancer has a number of machines";
    return [fault(path, capacity, `left out with compute.kind ${String(kind)}`, remedy)];
  }
  const needed = valueAt(raw, ["compute", "instancesPerZone"]) ?? instancesPerZoneDefault;
  const running = valueAt(capacity, ["runningPerZone"]);
  const reserved = valueAt(capacity, ["reservedPerZone"]);
  if (![needed, running, reserved].every(rules.instances.holds)) return [];
  const [load, runs, held] = [needed, running, reserved] as [number, number, number];
  if (runs > load) {
    const must = `at most compute.instancesPerZone ${load}`;
    return [fault([...path, "runningPerZone"], runs, must, "raise that, for all tiers alike")];
  }
  if (runs === load || held >= load) return [];
  const must = `at least compute.instancesPerZone ${load}, as only ${runs} run`;
  const remedy = "a failover into less than the full load is a second outage, so hold room for it";
  return [fault([...path, "reservedPerZone"], held, must, remedy)];
}
