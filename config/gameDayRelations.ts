import * as gameDayRules from "../constraints/gameDayRules";
import * as rules from "../constraints/rules";
import { pathOf, valueAt } from "./relations";

/**
 * What is wrong between the settings of game days, each right by itself: what would break nothing, or
 * what nothing would stop. It reads the values as they were given, as `relationFaults` does.
 */
export function gameDayRelationFaults(raw: unknown): readonly string[] {
  return [
    ...ownEndpointFaults(raw),
    ...stopFaults(raw),
    ...scheduleFaults(raw),
    ...windowFaults(raw),
  ];
}

type Path = readonly (string | number)[];

/** What `config.ts` says where the duration is not given. */
const durationMinutesDefault = 30;

/** What the experiment is called that needs no fault: the other region carries all. */
const fullLoad = "full-load";

function fault(path: Path, value: unknown, must: string, remedy: string): string {
  return `${pathOf(path)}: ${rules.reasonOf({ must, remedy }, value)}`;
}

function ownEndpointFaults(raw: unknown): readonly string[] {
  const path = ["gameDay", "enabled"];
  const kind = valueAt(raw, ["compute", "kind"]);
  if (valueAt(raw, path) !== true || (kind !== "addresses" && kind !== "alias")) return [];
  const remedy = "this stack has no machines to break";
  return [fault(path, true, `false with compute.kind ${kind}`, remedy)];
}

/** An experiment is stopped when it costs more than is promised, which has to come before its end. */
function stopFaults(raw: unknown): readonly string[] {
  if (valueAt(raw, ["gameDay", "enabled"]) !== true) return [];
  const path = ["gameDay", "durationMinutes"];
  const minutes = valueAt(raw, path) ?? durationMinutesDefault;
  if (!gameDayRules.experimentMinutes.holds(minutes)) return [];
  return ["zoneOrRegionDowntimeSeconds", "databaseDowntimeSeconds"].flatMap((objective) => {
    const at = ["objectives", objective];
    const promised = valueAt(raw, at);
    if (typeof promised !== "number") return [];
    const stop = gameDayRules.stopMinutes(promised);
    if (stop > gameDayRules.stopMinutesMax) {
      const must = `false with ${pathOf(at)} ${promised}`;
      const remedy = "no experiment is to cost as much as that promises, so promise less first";
      return [fault(["gameDay", "enabled"], true, must, remedy)];
    }
    if ((minutes as number) > stop) return [];
    const remedy = "nothing would have stopped the experiment by its end, so give it longer";
    return [fault(path, minutes, `more than ${stop}, for ${pathOf(at)} ${promised}`, remedy)];
  });
}

function scheduleFaults(raw: unknown): readonly string[] {
  const schedules = valueAt(raw, ["gameDay", "schedules"]);
  if (!Array.isArray(schedules)) return [];
  const zones = valueAt(raw, ["regions", "primary", "availabilityZones"]);
  const names: readonly unknown[] = Array.isArray(zones) ? zones : [];
  const others = [valueAt(raw, ["regions", "primary", "region"]), fullLoad];
  const experiments = schedules.map((schedule: unknown) => valueAt(schedule, ["drill"]));
  return experiments.flatMap((experiment, index) => {
    const path = ["gameDay", "schedules", index, "drill"];
    if (!gameDayRules.experimentKey.holds(experiment)) return [];
    if (![...names, ...others].includes(experiment)) {
      const must = `one of ${[...names, ...others].map(String).join(", ")}`;
      return [
        fault(
          path,
          experiment,
          must,
          "name a zone of the primary region, that region, or the load",
        ),
      ];
    }
    if (experiments.indexOf(experiment) < index) {
      const earlier = pathOf(["gameDay", "schedules", experiments.indexOf(experiment), "drill"]);
      return [
        fault(path, experiment, `different from ${earlier}`, "an experiment has one schedule"),
      ];
    }
    return isUnstoppable(raw, others, experiment) ? [unstoppable(path, experiment, names)] : [];
  });
}

/**
 * What stops these experiments is a synthetic order that fails, and nobody places one where the only
 * visitors that are let in are not AWS's functions.
 */
function isUnstoppable(raw: unknown, others: readonly unknown[], experiment: unknown): boolean {
  return others.includes(experiment) && valueAt(raw, ["visitorNetworks"]) !== undefined;
}

function unstoppable(path: Path, experiment: unknown, zones: readonly unknown[]): string {
  const must = `an experiment that an alarm can stop, which with visitorNetworks are ${zones.map(String).join(" and ")}`;
  const remedy = "synthetic orders are not let in, so leave visitorNetworks or this experiment out";
  return fault(path, experiment, must, remedy);
}

function windowFaults(raw: unknown): readonly string[] {
  const windows = valueAt(raw, ["gameDay", "blockedWindows"]);
  if (!Array.isArray(windows)) return [];
  return windows.flatMap((window: unknown, index) => {
    const [from, to] = ["from", "to"].map((key) => valueAt(window, [key]));
    if (![from, to].every(gameDayRules.localTime.holds)) return [];
    const later = gameDayRules.laterThan(String(from));
    return later.holds(to)
      ? []
      : [fault(["gameDay", "blockedWindows", index, "to"], to, later.must, later.remedy)];
  });
}
