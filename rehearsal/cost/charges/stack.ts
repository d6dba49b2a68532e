import { experimentTypes } from "../../../routing/graph/experiments/experimentTypes";
import { scaledBy } from "../amounts";
import { millions } from "../queries";
import type { CostTier } from "../tier";
import type { Charge, CostInput } from "./charge";
import { chargeBy } from "./charge";
import { askedZone } from "./names";

/**
 * Charges of no single resource: traffic to customers, the experiments of game days, and the queries for
 * names in a hosted zone of another stack.
 */
export function stackCharges({
  assumptions,
  queries,
  traffic,
  model,
}: CostInput): readonly (Charge & { readonly tier: CostTier })[] {
  const { dataOutGb, crossZoneGb, experimentActionMinutes } = assumptions;
  const actionMinutes = { steady: 0, failedOver: 0, gameDays: experimentActionMinutes };
  // On a game day without experiments people stop parts, which AWS does not charge.
  const hasExperiments = model.graph.ofType(experimentTypes.experimentTemplate).length > 0;
  return [
    ...traffic.regions.flatMap((region) => {
      const share = traffic.regionShare(region);
      return [
        { tier: "traffic" as const, ...chargeBy("data out", scaledBy(share, dataOutGb), region) },
        {
          tier: "traffic" as const,
          // Both the sending and the receiving zone are charged.
          ...chargeBy("data between zones", scaledBy(share, 2 * crossZoneGb), region),
        },
      ];
    }),
    // Its records are queried anyway.
    ...(askedZone(model)
      ? []
      : [{ tier: "dns" as const, ...chargeBy("dns query", millions(queries.charged)) }]),
    ...(hasExperiments
      ? [{ tier: "game days" as const, ...chargeBy("fis action", actionMinutes) }]
      : []),
  ];
}
