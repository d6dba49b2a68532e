import * as gameDayRules from "../constraints/gameDayRules";
import type { Conflict, Known } from "./parse";
import { pathOf } from "./paths";
import type { Path } from "./paths";
import type { Settings } from "./settings";

/**
 * Conflicts between the settings of game days: experiments that would break nothing, or that
 * nothing would stop.
 */
export function gameDayConflicts(known: Known<Settings>): readonly Conflict[] {
  return [
    ...ownEndpointFaults(known),
    ...stopFaults(known),
    ...scheduleFaults(known),
    ...windowFaults(known),
  ];
}

/** Name of the experiment in which the other region carries all traffic. */
const fullLoad = "full-load";

function ownEndpointFaults({ compute, gameDay }: Known<Settings>): readonly Conflict[] {
  const kind = compute?.kind;
  if (gameDay?.enabled !== true || (kind !== "addresses" && kind !== "alias")) return [];
  const remedy = "this stack has no machines to break";
  return [{ path: ["gameDay", "enabled"], must: `false with compute.kind ${kind}`, remedy }];
}

/**
 * An alarm stops an experiment that costs more than the objective, and must do so before its end.
 */
function stopFaults({ gameDay, objectives }: Known<Settings>): readonly Conflict[] {
  const minutes = gameDay?.durationMinutes;
  if (gameDay?.enabled !== true || minutes === undefined) return [];
  return (["zoneOrRegionDowntimeSeconds", "databaseDowntimeSeconds"] as const).flatMap((key) => {
    const promised = objectives?.[key];
    if (promised === undefined) return [];
    const promise = `${pathOf(["objectives", key])} ${promised}`;
    const stop = gameDayRules.stopMinutes(promised);
    if (stop > gameDayRules.stopMinutesMax) {
      const remedy =
        "an experiment must not cost as much as that objective permits; lower the objective first";
      return [{ path: ["gameDay", "enabled"], must: `false with ${promise}`, remedy }];
    }
    if (minutes > stop) return [];
    const remedy = "the experiment would end before an alarm could stop it; make it longer";
    const must = `more than ${stop}, for ${promise}`;
    return [{ path: ["gameDay", "durationMinutes"], must, remedy }];
  });
}

function scheduleFaults({ gameDay, regions, ...known }: Known<Settings>): readonly Conflict[] {
  const zones = regions?.primary?.availabilityZones ?? [];
  // Failed synthetic orders stop these experiments, and `visitorNetworks` does not admit the
  // function that places them.
  const unstoppable =
    known.visitorNetworks === undefined ? [] : [regions?.primary?.region, fullLoad];
  const names = [...zones, regions?.primary?.region, fullLoad];
  const experiments = gameDay?.schedules?.map((schedule) => schedule?.experiment) ?? [];
  const pathAt = (index: number): Path => ["gameDay", "schedules", index, "experiment"];
  return experiments.flatMap((experiment, index) => {
    if (experiment === undefined) return [];
    const path = pathAt(index);
    const earlier = experiments.indexOf(experiment);
    if (!names.includes(experiment)) {
      const must = `one of ${names.join(", ")}`;
      const remedy = "name a zone of the primary region, the region, or full-load";
      return [{ path, must, remedy }];
    }
    if (earlier < index) {
      const must = `different from ${pathOf(pathAt(earlier))}`;
      return [{ path, must, remedy: "an experiment has only one schedule" }];
    }
    if (!unstoppable.includes(experiment)) return [];
    const must = `an experiment that an alarm can stop, with visitorNetworks ${zones.join(" or ")}`;
    const remedy = "synthetic orders are not admitted; omit visitorNetworks or this experiment";
    return [{ path, must, remedy }];
  });
}

function windowFaults({ gameDay }: Known<Settings>): readonly Conflict[] {
  return (gameDay?.blockedWindows ?? []).flatMap((window, index) => {
    const { from, to } = window ?? {};
    if (from === undefined || to === undefined) return [];
    const later = gameDayRules.laterThan(from);
    return later.holds(to) ? [] : [{ path: ["gameDay", "blockedWindows", index, "to"], ...later }];
  });
}
