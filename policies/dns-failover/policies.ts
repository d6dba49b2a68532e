import { policiesOf } from "../policy";
import { rules } from "./pack";

/** The policies of the pack `dns-failover`, for a pack that has others beside them. */
export const policies = policiesOf(rules);
