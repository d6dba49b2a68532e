import { regionTierCrossesRegions } from "../../../policies/dns-failover/rules/regionTierCrossesRegions";
import { types } from "../../../policies/types";
import { cafe } from "../cafe";
import { describeRule } from "../describeRule";
import { nothing } from "../sample";

const recordNames = cafe.resources
  .filter(({ type }) => type === types.record)
  .map(({ name }) => name);

describeRule(regionTierCrossesRegions, {
  complies: [{ title: "with two regions", sample: cafe }],
  violates: [
    {
      title: "a second branch in the same region",
      sample: cafe.move("web-1a", "us-west-2").move("web-1b", "us-west-2"),
      finds: [
        "record-live-secondary.region: must not point to us-west-2, where its primary serves, got dublin.www.cafe.test in us-west-2, so with us-west-2 lost, live.www.cafe.test has no live answer; point it to another region",
      ],
    },
  ],
  boundary: [
    {
      title: "one zone of the second branch in the same region",
      sample: cafe.move("web-1b", "us-west-2"),
      finds: [
        "record-live-secondary.region: must not point to us-west-2, where its primary serves, got dublin.www.cafe.test in us-west-2, so with us-west-2 lost, live.www.cafe.test has no live answer; point it to another region",
      ],
    },
    { title: "a pair of zones in one region, which is not a region tier", sample: cafe, finds: [] },
  ],
  notApplicable: [
    { title: "without records", sample: cafe.drop(...recordNames) },
    { title: "in an empty stack", sample: nothing },
  ],
  unknown: [
    {
      title: "an unknown region",
      sample: cafe.nowhere("web-1a"),
      finds: [],
    },
  ],
  configuration: [],
});
