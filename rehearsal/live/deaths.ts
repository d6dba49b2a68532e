import { failureModes } from "../../routing/checker";

/** How something can fail in a drill: the failure modes, or it answers with errors. */
export const drillDeaths = [...failureModes, "errors"] as const;
export type DrillDeath = (typeof drillDeaths)[number];
