import { billOf } from "../../../rehearsal/cost/bill";
import type { Resource } from "../../../routing/graph/resource";

/** One resource in the bill: its charges as texts, and the reasons for its unknowns. */
export function said(of: Resource, ...others: readonly Resource[]): readonly string[] {
  const { lines, unknown } = billOf("test", [of, ...others]);
  return [
    ...lines
      .filter(({ urn }) => urn === of.urn)
      .map(({ item, region, quantity }) => `${item}, ${region}: ${Number(quantity.toFixed(3))}`),
    ...unknown.filter(({ urn }) => urn === of.urn).map(({ why }) => `unknown: ${why}`),
  ];
}
