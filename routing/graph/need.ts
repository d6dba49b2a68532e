/** What something needs in order to serve: resources, all of several needs, or any of them. */
export type Need =
  | { readonly kind: "resource"; readonly urn: string }
  | { readonly kind: "all" | "any"; readonly of: readonly Need[] };

export const resource = (urn: string): Need => ({ kind: "resource", urn });
export const all = (...of: readonly Need[]): Need => ({ kind: "all", of });

/** Any of the needs; of none, nothing is needed. */
export const any = (...of: readonly Need[]): Need => ({
  kind: of.length === 0 ? "all" : "any",
  of,
});

/** Whether a need is met while some resources are dead. */
export function isMet(need: Need, dead: ReadonlySet<string>): boolean {
  switch (need.kind) {
    case "resource":
      return !dead.has(need.urn);
    case "all":
      return need.of.every((inner) => isMet(inner, dead));
    case "any":
      return need.of.some((inner) => isMet(inner, dead));
  }
}
