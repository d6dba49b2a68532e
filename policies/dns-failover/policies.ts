import { policiesOf } from "../policy";
import { rules } from "./pack";

/** The policies of the pack `dns-failover`, for packs that combine them with others. */
export const policies = policiesOf(rules);
