import { webPair } from "../../rehearsal/simulation/stacks";

/** A server that is checked every 10 s, over a last tier, as `pulumi stack export` has them. */
export const pairExport = JSON.stringify({
  version: 3,
  deployment: { resources: webPair({ requestInterval: 10, failureThreshold: 2 }) },
});
