import { InputError } from "../../routing/inputError";
import { namesThereAre } from "../../routing/knownNames";

/** A property of a stack's use that its resources do not show. */
interface Assumed {
  readonly value: number;
  readonly unit: string;
  readonly meaning: string;
  /** The smallest valid value; 0 by default. */
  readonly min?: number;
  readonly max?: number;
}

/**
 * All assumptions of the figures, with defaults for a café with online orders. `failover cost
 * --assume name=value` sets each of them.
 */
export const assumed = {
  hours: { value: 730, unit: "hours", meaning: "of a month", min: 1, max: 744 },
  resolvers: {
    value: 1000,
    unit: "resolvers",
    meaning: "that query a hostname, all month",
  },
  lookupGapSeconds: {
    value: 60,
    unit: "seconds",
    meaning: "between two look-ups at one resolver, on average",
    min: 1,
  },
  negativeTtlSeconds: {
    value: 900,
    unit: "seconds",
    meaning: "for which resolvers cache that a type does not exist",
  },
  queryLogBytes: { value: 200, unit: "bytes", meaning: "of a logged DNS query" },
  dataOutGb: { value: 200, unit: "GB", meaning: "of responses to customers" },
  crossZoneGb: {
    value: 20,
    unit: "GB",
    meaning: "between the zones of a serving region, each way",
  },
  natGb: { value: 20, unit: "GB", meaning: "through each NAT gateway" },
  endpointGb: { value: 10, unit: "GB", meaning: "through each interface endpoint" },
  orders: { value: 100_000, unit: "orders", meaning: "of customers" },
  tableWritesPerOrder: { value: 4, unit: "writes", meaning: "to each table for an order" },
  tableReadsPerOrder: { value: 10, unit: "reads", meaning: "of each table for an order" },
  itemKb: { value: 1, unit: "KB", meaning: "of an item of a table" },
  tableGb: { value: 5, unit: "GB", meaning: "in each table, in each of its regions" },
  databaseBackupGb: { value: 20, unit: "GB", meaning: "of backups of each database" },
  databaseCopiedGb: {
    value: 20,
    unit: "GB",
    meaning: "of backups and logs of each database into another region, if they are copied",
  },
  logGb: { value: 1, unit: "GB", meaning: "into each log group, without query logs" },
  alerts: { value: 100, unit: "messages", meaning: "published to each topic" },
  kmsRequests: { value: 10_000, unit: "requests", meaning: "with each key" },
  keyRotations: {
    value: 0,
    unit: "rotations",
    meaning: "of a key so far; AWS charges the first two",
    max: 2,
  },
  functionRuns: { value: 10_000, unit: "runs", meaning: "of a function without a schedule" },
  functionSeconds: { value: 1, unit: "seconds", meaning: "of a run of a function", max: 900 },
  bucketGb: { value: 1, unit: "GB", meaning: "kept in each bucket" },
  bucketWrites: { value: 1000, unit: "requests", meaning: "that write to each bucket" },
  bucketReads: { value: 10_000, unit: "requests", meaning: "that read from each bucket" },
  checkers: { value: 16, unit: "checkers", meaning: "that probe for each health check", min: 1 },
  queueRequests: { value: 1000, unit: "requests", meaning: "to each queue" },
  edgeRequests: { value: 10_000, unit: "requests", meaning: "to each distribution, from anywhere" },
  edgeKb: { value: 20, unit: "KB", meaning: "of a response of a distribution" },
  gameDayHours: {
    value: 4,
    unit: "hours",
    meaning: "of game days a month in which the standby serves",
    max: 744,
  },
  experimentActionMinutes: {
    value: 60,
    unit: "action-minutes",
    meaning: "of fault injection on game days a month",
  },
  gameDayEdgeRequests: {
    value: 20_000,
    unit: "requests",
    meaning: "to each distribution because of game days",
  },
  allowances: {
    value: 1,
    unit: "share",
    meaning: "of the account's free allowances; 1 all of them, 0 none",
    max: 1,
  },
} as const satisfies Readonly<Record<string, Assumed>>;

/** The name of an assumption. */
export type AssumptionName = keyof typeof assumed;

/** A value for each assumption. */
export type CostAssumptions = Readonly<Record<AssumptionName, number>>;

const names = Object.keys(assumed) as readonly AssumptionName[];

/** The default assumptions. */
export const defaultCostAssumptions: CostAssumptions = assumptionsFrom([]);

/**
 * The assumptions with some of them set.
 *
 * @param given each as `name=value`; the last one counts for a repeated name
 * @throws InputError for an unknown name, and for an invalid value
 */
export function assumptionsFrom(given: readonly string[]): CostAssumptions {
  const faults: string[] = [];
  const set = new Map<AssumptionName, number>();
  for (const one of given) {
    const at = one.indexOf("=");
    const [name, text] = at < 0 ? [one, undefined] : [one.slice(0, at), one.slice(at + 1)];
    if (!isName(name)) {
      faults.push(
        `--assume ${name}: no such assumption, got ${one}; ${namesThereAre(name, names)}`,
      );
      continue;
    }
    const value = text === undefined || text.trim() === "" ? NaN : Number(text);
    const fault = valueFault(name, value);
    if (fault === undefined) set.set(name, value);
    else faults.push(`--assume ${name}: ${fault}, got ${one}; ${remedy(name)}`);
  }
  if (faults.length > 0) throw new InputError(faults);
  return Object.fromEntries(
    names.map((name) => [name, set.get(name) ?? assumed[name].value]),
  ) as CostAssumptions;
}

function isName(name: string): name is AssumptionName {
  return Object.hasOwn(assumed, name);
}

function valueFault(name: AssumptionName, value: number): string | undefined {
  const { unit, min = 0, max }: Assumed = assumed[name];
  if (!Number.isFinite(value)) return `must be a number of ${unit}`;
  if (value < min) return `must not be below ${min}`;
  return max !== undefined && value > max ? `must not be above ${max}` : undefined;
}

function remedy(name: AssumptionName): string {
  return `for example ${name}=${assumed[name].value}`;
}
