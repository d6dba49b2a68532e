import type { MetricRow } from "./dashboardWidgets";
import type { WatchedAvailabilityZone, WatchedRegion } from "./failoverAlarms";

/**
 * The serving regions as CloudWatch can draw them: rows of metric math over the status of the
 * checks, with the traffic share of each answering zone and 0 for all others. The rows follow the
 * tree of records, for IPv4; a test compares them with the Route 53 model for every combination of
 * checks.
 *
 * @param warmPercent share of the traffic that goes to the standby region first
 * @param lastTier label of the maintenance page
 */
export function whoServes(
  regions: readonly [WatchedRegion<string>, WatchedRegion<string>],
  warmPercent: number,
  lastTier: string,
): readonly MetricRow[] {
  const [primary, standby] = [entryOf(regions[0], 1), entryOf(regions[1], 2)];
  const warm = warmPercent / 100;
  return [
    ...primary.rows,
    ...standby.rows,
    // Whether the branch of each region is healthy for `live`: its entry, and its region check.
    step("p", `g1*${primary.health}`),
    step("q", `g2*${standby.health}`),
    // Neither is: `any` then uses the primary region without its region check.
    step("r", "(1-p)*(1-q)"),
    step("t1", warm === 0 ? "p+r" : `p*(1-${warm}*q)+r`),
    step("t2", warm === 0 ? "q*(1-p)" : `q*(1-${1 - warm}*p)`),
    ...primary.shown("t1"),
    ...standby.shown("t2"),
    shown(lastTier, `r*(1-${primary.health})`),
  ];
}

/** The entry of a region's traffic. */
interface EntryMath {
  /** The expressions that the others use. */
  readonly rows: readonly MetricRow[];
  /** Whether one of its sides is healthy, as an expression. */
  readonly health: string;
  /** The share of each zone in the traffic that enters here. */
  readonly shown: (traffic: string) => readonly MetricRow[];
}

function entryOf(region: WatchedRegion<string>, n: number): EntryMath {
  const { availabilityZones, checkId, green } = region;
  const regionCheck = hidden(`g${n}`, checkId);
  const alone = (side: EntryMath): EntryMath => ({ ...side, rows: [regionCheck, ...side.rows] });
  const blue = sideOf(availabilityZones, `b${n}`);
  if (!green || green.weights.green === 0) return alone(blue);
  if (green.weights.blue === 0) return alone(sideOf(green.availabilityZones, `c${n}`, " green"));
  const other = sideOf(green.availabilityZones, `c${n}`, " green", green.deepCheckId);
  return mixOf(regionCheck, blue, other, green.weights, n);
}

/** Two sides by weight: each gets its weight over the sum of the healthy weights (C8). */
function mixOf(
  regionCheck: MetricRow,
  blue: EntryMath,
  green: EntryMath,
  weights: Readonly<Record<"blue" | "green", number>>,
  n: number,
): EntryMath {
  const total = `(${weights.blue}*${blue.health}+${weights.green}*${green.health}+1-e${n})`;
  return {
    rows: [
      regionCheck,
      ...blue.rows,
      ...green.rows,
      step(`e${n}`, `1-(1-${blue.health})*(1-${green.health})`),
      step(`u${n}`, `${weights.blue}*${blue.health}/${total}`),
      step(`v${n}`, `${weights.green}*${green.health}/${total}`),
    ],
    health: `e${n}`,
    shown: (traffic) => [...blue.shown(`${traffic}*u${n}`), ...green.shown(`${traffic}*v${n}`)],
  };
}

/** A pair of zones: the one that serves first, then its fallback. */
function sideOf(
  [first, second]: readonly [WatchedAvailabilityZone<string>, WatchedAvailabilityZone<string>],
  id: string,
  suffix = "",
  checkId?: string,
): EntryMath {
  const [a, b, x] = [`${id}a`, `${id}b`, `${id}x`];
  const some = `1-(1-${a})*(1-${b})`;
  return {
    rows: [
      hidden(a, first.checkIds.A),
      hidden(b, second.checkIds.A),
      ...(checkId === undefined ? [] : [hidden(`${id}d`, checkId)]),
      step(x, checkId === undefined ? some : `${id}d*(${some})`),
    ],
    health: x,
    shown: (traffic) => [
      shown(`${first.availabilityZone}${suffix}`, `(${traffic})*${a}`),
      shown(`${second.availabilityZone}${suffix}`, `(${traffic})*(1-${a})*${b}`),
    ],
  };
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
