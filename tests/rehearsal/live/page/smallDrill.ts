import type { DrillSubject } from "../../../../rehearsal/live/drillRun";

/** A pair of zones, with a check for the first. */
export const smallDrill: DrillSubject = {
  ...{ schemaVersion: 1, title: "small", name: "www.a.test", type: "A" },
  ...{ startedAt: "2026-11-27T12:00:00.000Z", app: "embedded", speed: 1, seed: 1 },
  nameServer: { address: "127.53.0.1", port: 5353 },
  tree: {
    ...{ id: "www.a.test", name: "www.a.test" },
    members: [
      { record: "first", role: "PRIMARY", check: "a", endpoints: ["web-a"] },
      { record: "second", role: "SECONDARY", endpoints: ["192.0.2.2"] },
    ],
  },
  endpoints: [
    {
      ...{ id: "web-a", label: "web-a", availabilityZone: "us-west-2a", region: "us-west-2" },
      ...{ declared: "192.0.2.1", address: "127.53.1.1", port: 80 },
    },
    {
      ...{ id: "192.0.2.2", label: "192.0.2.2", declared: "192.0.2.2" },
      ...{ address: "127.53.1.2", port: 80 },
    },
  ],
  checks: [{ id: "a", label: "check-a", isProbed: true }],
  faults: [
    { name: "us-west-2a", label: "us-west-2a", kind: "availabilityZone" },
    { name: "check:a", label: "check-a", kind: "check" },
  ],
  predictions: [
    {
      ...{ fault: "us-west-2a", death: "refused", detection: { bound: 45 } },
      downtime: { bound: null },
    },
  ],
  objectives: [{ name: "zoneOrRegion.downtime", targetSeconds: 60 }],
  differences: [],
};
