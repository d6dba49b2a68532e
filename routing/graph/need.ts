import type { Logic } from "../logic";
import type { Placement } from "./placement";

/**
 * What something needs in order to serve: a resource, a place, all of several needs, or any of
 * them.
 */
export type Need =
  | { readonly kind: "resource"; readonly urn: string }
  /** The place of something that the stack has no resource for. */
  | { readonly kind: "place"; readonly placement: Placement }
  /** An address or name that no resource stands for. */
  | { readonly kind: "outside"; readonly name: string }
  | { readonly kind: "all" | "any"; readonly of: readonly Need[] };

/** What is lost, in a logic: with booleans under one set of faults, else under each. */
export interface Losses<B> {
  readonly logic: Logic<B>;
  /** Whether a resource is lost, alone or with its place. */
  resource(urn: string): B;
  /** Whether a place is lost. */
  place(placement: Placement): B;
  /** Whether an address or name that no resource stands for is lost: `StackInventory.outsideOfValue`. */
  outside(name: string): B;
}

export const resource = (urn: string): Need => ({ kind: "resource", urn });
export const place = (placement: Placement): Need => ({ kind: "place", placement });
export const outside = (name: string): Need => ({ kind: "outside", name });
export const all = (...of: readonly Need[]): Need => ({ kind: "all", of });

/** Any of several needs; an empty list is always met. */
export const any = (...of: readonly Need[]): Need => ({
  kind: of.length === 0 ? "all" : "any",
  of,
});

/** What nothing can meet. */
export const unmet: Need = { kind: "any", of: [] };

/** Whether a need is met in spite of the losses. */
export function isMet<B>(need: Need, losses: Losses<B>): B {
  const { logic } = losses;
  switch (need.kind) {
    case "resource":
      return logic.not(losses.resource(need.urn));
    case "place":
      return logic.not(losses.place(need.placement));
    case "outside":
      return logic.not(losses.outside(need.name));
    case "all":
      return logic.every(need.of, (inner) => isMet(inner, losses));
    case "any":
      return logic.some(need.of, (inner) => isMet(inner, losses));
  }
}

/** Whether an availability zone or a local zone is in a region, by its name. */
export function isZoneOf(availabilityZone: string, region: string): boolean {
  return (
    availabilityZone.startsWith(region) && /^([a-z]$|-)/.test(availabilityZone.slice(region.length))
  );
}
