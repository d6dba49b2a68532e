import type { MetricRow } from "./dashboardWidgets";
import type { WatchedRegion } from "./failoverAlarms";

/**
 * Who serves, as CloudWatch can draw it: rows of metric math over the status of the checks, 1 for
 * the one that answers and 0 for all others. It says what the tree of records makes of the checks,
 * for IPv4; a test holds it to the model of Route 53 for every combination of checks.
 *
 * @param lastTier what the maintenance page is called
 */
export function whoServes(
  [primary, standby]: readonly [WatchedRegion<string>, WatchedRegion<string>],
  lastTier: string,
): readonly MetricRow[] {
  const [first, second] = primary.availabilityZones;
  const [third, fourth] = standby.availabilityZones;
  return [
    hidden("a", first.checkIds.A),
    hidden("b", second.checkIds.A),
    hidden("c", third.checkIds.A),
    hidden("d", fourth.checkIds.A),
    hidden("g", primary.checkId),
    hidden("h", standby.checkId),
    // Whether the branch of each region is healthy for `live`: a zone that is, and its region check.
    step("p", "g*(1-(1-a)*(1-b))"),
    step("s", "(1-p)*h*(1-(1-c)*(1-d))"),
    // Neither is: `any` then asks the primary region without its region check.
    step("r", "1-p-s"),
    shown(first.availabilityZone, "(p+r)*a"),
    shown(second.availabilityZone, "(p+r)*(1-a)*b"),
    shown(third.availabilityZone, "s*c"),
    shown(fourth.availabilityZone, "s*(1-c)*d"),
    shown(lastTier, "r*(1-a)*(1-b)"),
  ];
}

/** The status of a check; a record without one is always healthy (C2). */
function hidden(id: string, checkId: string | undefined): MetricRow {
  return checkId === undefined
    ? step(id, "1")
    : ["AWS/Route53", "HealthCheckStatus", "HealthCheckId", checkId, { id, visible: false }];
}

function step(id: string, expression: string): MetricRow {
  return [{ expression, id, visible: false }];
}

function shown(label: string, expression: string): MetricRow {
  return [{ expression, label }];
}
