import type { PlacedAnswer } from "../routing/graph/stackModel";
import type { ReportedAnswer } from "./result";

/** An answer in its printed form. */
export function answerOf(answer: PlacedAnswer): ReportedAnswer {
  const { value, ttlSeconds, target, availabilityZone, region, probability, alive, path } = answer;
  const { withoutDatabases, assumption, deadBecause } = answer;
  return {
    value,
    ttl: ttlSeconds,
    target,
    ...(availabilityZone === undefined ? {} : { availabilityZone }),
    ...(region === undefined ? {} : { region }),
    probability,
    alive,
    ...(withoutDatabases === undefined ? {} : { withoutDatabases }),
    ...(assumption === undefined ? {} : { assumption }),
    ...(deadBecause === undefined ? {} : { deadBecause }),
    path,
  };
}
