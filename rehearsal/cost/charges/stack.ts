import { times } from "../amounts";
import type { CostTier } from "../tier";
import type { Charge, Scene } from "./charge";
import { chargeBy } from "./charge";

/** What is charged to no resource: traffic to customers, and the faults of game days. */
export function stackCharges({
  assumptions,
  serving,
}: Scene): readonly (Charge & { readonly tier: CostTier })[] {
  const { dataOutGb, crossZoneGb, drillActionMinutes } = assumptions;
  return [
    ...serving.regions.flatMap((region) => {
      const share = serving.regionShare(region);
      return [
        { tier: "traffic" as const, ...chargeBy("data out", times(share, dataOutGb), region) },
        {
          tier: "traffic" as const,
          // Both the zone that sends and the one that receives are charged.
          ...chargeBy("data between zones", times(share, 2 * crossZoneGb), region),
        },
      ];
    }),
    {
      tier: "game days",
      ...chargeBy("fis action", { steady: 0, failedOver: 0, drill: drillActionMinutes }),
    },
  ];
}
