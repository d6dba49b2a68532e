import { weightedRecordHasWeight } from "../../../policies/dns-failover/rules/weightedRecordHasWeight";
import { types } from "../../../policies/types";
import { alias, cafe } from "../cafe";
import { describeRule } from "../describeRule";
import type { Made, Sample } from "../sample";
import { nothing } from "../sample";

const recordNames = cafe.resources
  .filter(({ type }) => type === types.record)
  .map(({ name }) => name);
function share(name: string, key: string, weight: number): Made {
  return {
    type: types.record,
    name: `share-${name}-${key}`,
    properties: {
      zoneId: "Z1",
      name: `${name}.www.cafe.test`,
      type: "A",
      setIdentifier: key,
      weightedRoutingPolicies: [{ weight }],
      ttl: 60,
      records: [key === "blue" ? "192.0.2.1" : "192.0.2.2"],
      healthCheckId: key === "blue" ? "check-2a" : "check-2b",
    },
  };
}
/** Oregon's entry as a release with two sides. */
function release(blue: number, green: number): Sample {
  return cafe
    .add(share("release", "blue", blue), share("release", "green", green))
    .set("record-live-primary", alias("release.www.cafe.test"));
}

describeRule(weightedRecordHasWeight, {
  complies: [
    { title: "without weights", sample: cafe },
    { title: "with weights in a tree", sample: release(90, 10) },
  ],
  violates: [
    {
      title: "all weights zero",
      sample: release(0, 0),
      finds: [
        "share-release-blue.weightedRoutingPolicies[0].weight: must not be 0 on all records of release.www.cafe.test A, got 0 on all 2, so each of them gets an equal share of the traffic, and none is off; give weights to the records that must serve, and omit the rest",
      ],
    },
    {
      title: "one weight zero in a failover tree",
      sample: release(100, 0),
      finds: [
        "share-release-green.weightedRoutingPolicies[0].weight: must be at least 1 in a failover tree, got 0, so release.www.cafe.test answers with it when all others fail, and no tier below is reached; omit the record while it must get no traffic",
      ],
    },
    {
      title: "a weight beyond the range",
      sample: release(300, 10),
      finds: [
        "share-release-blue.weightedRoutingPolicies[0].weight: must be a whole number from 0 to 255, got 300, so Route 53 rejects the record and the update fails halfway; use smaller weights",
      ],
    },
  ],
  boundary: [
    { title: "the largest weight", sample: release(255, 1), finds: [] },
    {
      title: "a weight zero outside a failover tree",
      sample: cafe.add(share("canary", "a", 0), share("canary", "b", 1)),
      finds: [],
    },
    {
      title: "one more than the largest weight",
      sample: release(256, 1),
      finds: [
        "share-release-blue.weightedRoutingPolicies[0].weight: must be a whole number from 0 to 255, got 256, so Route 53 rejects the record and the update fails halfway; use smaller weights",
      ],
    },
  ],
  notApplicable: [
    { title: "without records", sample: cafe.drop(...recordNames) },
    { title: "in an empty stack", sample: nothing },
  ],
  unknown: [
    {
      title: "an unknown weight",
      sample: release(90, 10).hide("share-release-blue", "weightedRoutingPolicies"),
      finds: [
        "unknown: weightedRoutingPolicies: share-release-blue: it is not known before deployment",
      ],
    },
  ],
  configuration: [],
});
