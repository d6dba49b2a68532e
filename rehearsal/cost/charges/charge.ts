import type { Resource } from "../../../routing/graph/resource";
import type { StackModel } from "../../../routing/graph/stackModel";
import type { Amounts } from "../amounts";
import type { CostAssumptions } from "../assumptions";
import type { Queries } from "../queries";
import type { TrafficShares } from "../trafficShares";
import type { FreeReason } from "../prices/freeTypes";

/** Something that a resource is charged for in a month. */
export interface Charge {
  /** The name of a price. */
  readonly item: string;
  /** Where it is charged; the resource's own region where nothing is said. */
  readonly region?: string;
  /** In the unit of the price. */
  readonly quantity: Amounts;
}

/** Something that a resource may be charged for and that cannot be told: it is never free for that. */
export interface UnknownCharge {
  readonly why: string;
}

/** That AWS does not charge this very resource, though others of its type, and who says so. */
export interface FreeOfCharge {
  readonly free: FreeReason;
}

/** A stack and what is assumed of its use. */
export interface CostInput {
  readonly model: StackModel;
  readonly assumptions: CostAssumptions;
  readonly traffic: TrafficShares;
  readonly queries: Queries;
  /** Regions of the metrics that a resource is the first to watch, by URN: `customMetricsOf`. */
  readonly customMetrics: ReadonlyMap<string, readonly string[]>;
}

/** What a resource of one type is charged for. It says something of each: silence is not free. */
export type Charger = (
  resource: Resource,
  input: CostInput,
) => readonly (Charge | UnknownCharge | FreeOfCharge)[];

/** A charge of the same quantity in every state. */
export function charge(item: string, quantity: number, region?: string): Charge {
  return {
    item,
    quantity: { steady: quantity, failedOver: quantity, drill: quantity },
    ...(region === undefined ? {} : { region }),
  };
}

/** A charge whose quantity depends on the state. */
export function chargeBy(item: string, quantity: Amounts, region?: string): Charge {
  return { item, quantity, ...(region === undefined ? {} : { region }) };
}

export function unknownCharge(why: string): UnknownCharge {
  return { why };
}

export function freeOfCharge(word: FreeReason): FreeOfCharge {
  return { free: word };
}
