/** The regions of a stack, once their resources are declared. */
import type { RegionAlerts, RegionTier } from "../components";
import type { RegionSettings } from "../config";

export interface DeployedRegion {
  readonly settings: RegionSettings;
  readonly tier: RegionTier;
  readonly alerts: RegionAlerts;
}

export interface DeployedRegions {
  readonly primary: DeployedRegion;
  readonly standby: DeployedRegion;
}
