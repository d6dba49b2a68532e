import { failoverBudgetIsKept } from "../../../policies/dns-failover/rules/failoverBudgetIsKept";
import { types } from "../../../policies/types";
import { cafe } from "../cafe";
import { describeRule } from "../describeRule";
import { nothing } from "../sample";

const recordNames = cafe.resources
  .filter(({ type }) => type === types.record)
  .map(({ name }) => name);

/** The objectives that AWS's own example meets: 30 s × 3 probes, and a TTL of 60 s. */
const guidePromise = {
  zoneOrRegionDetectionSeconds: 120,
  zoneOrRegionDowntimeSeconds: 190,
  databaseDowntimeSeconds: 360,
};

describeRule(failoverBudgetIsKept, {
  complies: [
    {
      title: "with a failure that no check detects, which other rules report",
      sample: cafe.set("check-2a", { type: "HTTP" }),
      config: guidePromise,
    },
    { title: "within the objectives", sample: cafe },
  ],
  violates: [
    {
      title: "a TTL of five minutes",
      config: guidePromise,
      sample: cafe
        .set("record-oregon-primary", { ttl: 300 })
        .set("record-oregon-secondary", { ttl: 300 }),
      finds: [
        "record-www-primary.name: must recover every client of www.cafe.test A within 190 s when us-west-2a fails and hangs in the body, got 424 s (detection 114 s = 3 × (30 s + 8 s) of check-2a; H3, H4, H6–H8 + propagation 10 s = δ, a parameter: AWS publishes no figure; T5 + ttl 300 s = the old answer's TTL, from record-oregon-primary; T1), so customers of www.cafe.test get no answer for 234 s longer than promised; shorten the largest term",
        "record-www-primary.name: must recover every client of www.cafe.test A within 360 s when the region behind deep-oregon stops working and hangs in the body, got 538 s (detection 228 s = 6 × (30 s + 8 s) of deep-oregon; H3, H4, H6–H8 + propagation 10 s = δ, a parameter: AWS publishes no figure; T5 + ttl 300 s = the old answer's TTL, from record-oregon-primary; T1), so customers of www.cafe.test get no answer for 178 s longer than promised; shorten the largest term",
      ],
    },
    {
      title: "a region check of ten probes",
      config: guidePromise,
      sample: cafe.set("deep-oregon", { failureThreshold: 10 }),
      finds: [
        "record-www-primary.name: must recover every client of www.cafe.test A within 360 s when the region behind deep-oregon stops working and hangs in the body, got 450 s (detection 380 s = 10 × (30 s + 8 s) of deep-oregon; H3, H4, H6–H8 + propagation 10 s = δ, a parameter: AWS publishes no figure; T5 + ttl 60 s = the old answer's TTL, from record-oregon-primary; T1), so customers of www.cafe.test get no answer for 90 s longer than promised; shorten the largest term",
      ],
    },
    {
      title: "an objective of the stack, which is tighter",
      sample: cafe.add({
        type: "pulumi:pulumi:Stack",
        name: "stack",
        properties: { objectives: { zoneOrRegionDowntimeSeconds: 100 } },
      }),
      finds: [
        "record-www-primary.name: must recover every client of www.cafe.test A within 100 s when us-west-2a fails and hangs in the body, got 184 s (detection 114 s = 3 × (30 s + 8 s) of check-2a; H3, H4, H6–H8 + propagation 10 s = δ, a parameter: AWS publishes no figure; T5 + ttl 60 s = the old answer's TTL, from record-oregon-primary; T1), so customers of www.cafe.test get no answer for 84 s longer than promised; shorten the largest term",
      ],
    },
  ],
  boundary: [
    {
      title: "114 s + 10 s + 60 s in 184 s",
      sample: cafe,
      config: { zoneOrRegionDowntimeSeconds: 184 },
      finds: [],
    },
    {
      title: "114 s + 10 s + 60 s in 183 s",
      sample: cafe,
      config: { zoneOrRegionDowntimeSeconds: 183 },
      finds: [
        "record-www-primary.name: must recover every client of www.cafe.test A within 183 s when us-west-2a fails and hangs in the body, got 184 s (detection 114 s = 3 × (30 s + 8 s) of check-2a; H3, H4, H6–H8 + propagation 10 s = δ, a parameter: AWS publishes no figure; T5 + ttl 60 s = the old answer's TTL, from record-oregon-primary; T1), so customers of www.cafe.test get no answer for 1 s longer than promised; shorten the largest term",
      ],
    },
    {
      title: "a detection of 114 s in 113 s",
      sample: cafe,
      config: { zoneOrRegionDetectionSeconds: 113 },
      finds: [
        "record-www-primary.name: must detect an outage of www.cafe.test A within 113 s when us-west-2a fails and hangs in the body, got 114 s (detection 114 s = 3 × (30 s + 8 s) of check-2a; H3, H4, H6–H8 + propagation 10 s = δ, a parameter: AWS publishes no figure; T5 + ttl 60 s = the old answer's TTL, from record-oregon-primary; T1), so customers of www.cafe.test get no answer for 1 s longer than promised; shorten the largest term",
      ],
    },
    {
      title: "228 s + 10 s + 60 s in 298 s",
      sample: cafe,
      config: { databaseDowntimeSeconds: 298 },
      finds: [],
    },
    {
      title: "228 s + 10 s + 60 s in 297 s",
      sample: cafe,
      config: { databaseDowntimeSeconds: 297 },
      finds: [
        "record-www-primary.name: must recover every client of www.cafe.test A within 297 s when the region behind deep-oregon stops working and hangs in the body, got 298 s (detection 228 s = 6 × (30 s + 8 s) of deep-oregon; H3, H4, H6–H8 + propagation 10 s = δ, a parameter: AWS publishes no figure; T5 + ttl 60 s = the old answer's TTL, from record-oregon-primary; T1), so customers of www.cafe.test get no answer for 1 s longer than promised; shorten the largest term",
      ],
    },
    {
      title: "a propagation that the stack assumes",
      sample: cafe.add({
        type: "pulumi:pulumi:Stack",
        name: "stack",
        properties: { assumptions: { propagationSeconds: 20 } },
      }),
      config: { zoneOrRegionDowntimeSeconds: 184 },
      finds: [
        "record-www-primary.name: must recover every client of www.cafe.test A within 184 s when us-west-2a fails and hangs in the body, got 194 s (detection 114 s = 3 × (30 s + 8 s) of check-2a; H3, H4, H6–H8 + propagation 20 s = δ, a parameter: AWS publishes no figure; T5 + ttl 60 s = the old answer's TTL, from record-oregon-primary; T1), so customers of www.cafe.test get no answer for 10 s longer than promised; shorten the largest term",
      ],
    },
  ],
  notApplicable: [
    { title: "without records", sample: cafe.drop(...recordNames) },
    { title: "in an empty stack", sample: nothing },
  ],
  unknown: [
    {
      title: "a check of another stack in its tree",
      config: guidePromise,
      sample: cafe
        .set("record-oregon-primary", { healthCheckId: "abc" })
        .change("record-oregon-primary", (one) => ({ ...one, propertyDependencies: {} })),
      finds: [
        "unknown: name: record-www-primary: the worst case of www.cafe.test is not computed while its tree is invalid: record-oregon-primary: its health check is not part of this stack, got abc; add the check, or remove the reference",
      ],
    },
  ],
  configuration: [
    {
      values: { databaseDowntimeSeconds: 0 },
      faults: [
        "failover-budget-is-kept.databaseDowntimeSeconds: must be a whole number from 1 to 86400, got 0; it means: the same if a region's database fails while its web servers work, in seconds",
      ],
    },
    {
      values: { zoneOrRegionDowntimeSeconds: 1.5, zoneOrRegionDetectionSecs: 3 },
      faults: [
        "failover-budget-is-kept.zoneOrRegionDowntimeSeconds: must be a whole number from 1 to 86400, got 1.5; it means: longest time until the last client that honours the TTL has left a dead zone or region, in seconds",
        "failover-budget-is-kept.zoneOrRegionDetectionSecs: unknown key, got 3; did you mean zoneOrRegionDetectionSeconds?",
      ],
    },
  ],
});
