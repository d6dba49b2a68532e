import type { DrillRun } from "../../../rehearsal/live/drillRun";

/** The head of a saved run of which only the events matter. */
export const drillHead: DrillRun["drill"] = {
  ...{ schemaVersion: 1, title: "t", name: "www.a.test", type: "A", startedAt: "" },
  ...{ app: "embedded", speed: 1, seed: 1, nameServer: { address: "127.53.0.1", port: 53 } },
  ...{ tree: { id: "", name: "", members: [] }, endpoints: [], checks: [], faults: [] },
  ...{ predictions: [], objectives: [], differences: [] },
};
