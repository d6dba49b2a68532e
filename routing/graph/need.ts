import type { Placement } from "./placement";

/** What something needs in order to serve: resources, a place, all of several needs, or any. */
export type Need =
  | { readonly kind: "resource"; readonly urn: string }
  /** The place of something that no resource of the stack stands for. */
  | { readonly kind: "place"; readonly placement: Placement }
  | { readonly kind: "all" | "any"; readonly of: readonly Need[] };

/** What is lost. */
export interface Losses {
  /** Resources by their URNs, those that are lost with their place included. */
  readonly resources: { readonly has: (urn: string) => boolean };
  readonly regions: ReadonlySet<string>;
  readonly availabilityZones: ReadonlySet<string>;
}

export const resource = (urn: string): Need => ({ kind: "resource", urn });
export const place = (placement: Placement): Need => ({ kind: "place", placement });
export const all = (...of: readonly Need[]): Need => ({ kind: "all", of });

/** Any of the needs; of none, nothing is needed. */
export const any = (...of: readonly Need[]): Need => ({
  kind: of.length === 0 ? "all" : "any",
  of,
});

/** Whether a need is met in spite of the losses. */
export function isMet(need: Need, losses: Losses): boolean {
  switch (need.kind) {
    case "resource":
      return !losses.resources.has(need.urn);
    case "place":
      return !isLost(need.placement, losses);
    case "all":
      return need.of.every((inner) => isMet(inner, losses));
    case "any":
      return need.of.some((inner) => isMet(inner, losses));
  }
}

/** A place is lost with its region, or with all the availability zones that it is spread over. */
export function isLost(
  { region, availabilityZones }: Placement,
  losses: Pick<Losses, "regions" | "availabilityZones">,
): boolean {
  return (
    (region !== undefined && losses.regions.has(region)) ||
    (availabilityZones.length > 0 &&
      availabilityZones.every((zone) => losses.availabilityZones.has(zone)))
  );
}
