import * as gameDayRules from "../../constraints/gameDayRules";
import * as rules from "../../constraints/rules";
import { check } from "../common/argumentFaults";
import type { ArgumentFault } from "../common/argumentFaults";
import { regionOf } from "../common/tags";
import type { Experiment } from "./experiment";
import type { GameDayArgs } from "./gameDayArgs";

/** The maximum number of ARNs of a target (botocore, fis 2020-12-01, ResourceArnList). */
const tablesMax = 5;

/** Faults of the plain arguments of a game day, all at once. */
export function gameDayFaults(args: GameDayArgs): readonly ArgumentFault[] {
  const { region, experiments, durationMinutes, timeZone, blockedWindows = [] } = args;
  const keys = experiments.map(({ key }) => key);
  return [
    ...check("region", region, rules.region),
    ...check("experiments", experiments.length, {
      must: "at least 1 experiment",
      remedy: "name what to break, or omit the game day",
      holds: (value) => value !== 0,
    }),
    ...experiments.flatMap((experiment, index) =>
      experimentFaults(`experiments[${index}]`, experiment, region),
    ),
    ...keys.flatMap((key, index) =>
      check(`experiments[${index}].key`, key, {
        must: "unique",
        remedy: "give each experiment a unique key",
        holds: () => keys.indexOf(key) === index,
      }),
    ),
    ...check("durationMinutes", durationMinutes, gameDayRules.experimentMinutes),
    ...check("timeZone", timeZone, gameDayRules.timeZone),
    ...blockedWindows.flatMap(({ from, to, why }, index) => [
      ...check(`blockedWindows[${index}].from`, from, gameDayRules.localTime),
      ...check(`blockedWindows[${index}].to`, to, gameDayRules.localTime),
      ...(areTimes(from, to)
        ? check(`blockedWindows[${index}].to`, to, gameDayRules.laterThan(from))
        : []),
      ...check(`blockedWindows[${index}].why`, why, gameDayRules.reason),
    ]),
  ];
}

function areTimes(...times: readonly string[]): boolean {
  return times.every(gameDayRules.localTime.holds);
}

function experimentFaults(
  at: string,
  experiment: Experiment,
  region: string,
): readonly ArgumentFault[] {
  return [
    ...check(`${at}.key`, experiment.key, gameDayRules.experimentKey),
    ...check(`${at}.stopAlarmArns`, experiment.stopAlarmArns.length, gameDayRules.stopAlarms),
    ...(experiment.cron === undefined
      ? []
      : check(`${at}.cron`, experiment.cron, gameDayRules.cron)),
    ...(experiment.kind === "availabilityZone"
      ? check(`${at}.availabilityZone`, experiment.availabilityZone, {
          must: `a zone of ${region}`,
          remedy: "name one of its zones",
          holds: (value) =>
            rules.availabilityZone.holds(value) && regionOf(value as string) === region,
        })
      : []),
    ...(experiment.kind === "region"
      ? check(`${at}.tableNames`, experiment.tableNames.length, {
          must: `1 to ${tablesMax} tables`,
          remedy: "name the global tables of the region",
          holds: rules.isWholeNumber(1, tablesMax),
        })
      : []),
  ];
}
