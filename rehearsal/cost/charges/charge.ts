import type { Resource } from "../../../routing/graph/resource";
import type { StackModel } from "../../../routing/graph/stackModel";
import type { Amounts } from "../amounts";
import type { CostAssumptions } from "../assumptions";
import type { Queries } from "../queries";
import type { TrafficShares } from "../trafficShares";
import type { FreeReason } from "../prices/freeTypes";

/** A monthly charge of a resource. */
export interface Charge {
  /** The name of a price. */
  readonly item: string;
  /** The region of the charge; by default the resource's own. */
  readonly region?: string;
  /** In the unit of the price. */
  readonly quantity: Amounts;
}

/** A possible charge of a resource that cannot be determined; it never counts as free. */
export interface UnknownCharge {
  readonly why: string;
}

/**
 * States that AWS does not charge for this resource, unlike others of its type, with the source.
 */
export interface FreeOfCharge {
  readonly free: FreeReason;
}

/** A stack and the assumptions about its use. */
export interface CostInput {
  readonly model: StackModel;
  readonly assumptions: CostAssumptions;
  readonly traffic: TrafficShares;
  readonly queries: Queries;
  /** Regions of the metrics that a resource is the first to use, by URN: `customMetricsOf`. */
  readonly customMetrics: ReadonlyMap<string, readonly string[]>;
}

/**
 * The charges of a resource of one type. It accounts for each resource: an empty result does not
 * mean free.
 */
export type Charger = (
  resource: Resource,
  input: CostInput,
) => readonly (Charge | UnknownCharge | FreeOfCharge)[];

/** A charge of the same quantity in every state. */
export function charge(item: string, quantity: number, region?: string): Charge {
  return {
    item,
    quantity: { steady: quantity, failedOver: quantity, gameDays: quantity },
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
