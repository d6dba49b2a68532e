import { cloudfrontAliasDoesNotEvaluateTarget } from "../../../policies/dns-failover/rules/cloudfrontAliasDoesNotEvaluateTarget";
import { types } from "../../../policies/types";
import { alias, cafe } from "../cafe";
import { describeRule } from "../describeRule";
import { nothing } from "../sample";

const recordNames = cafe.resources
  .filter(({ type }) => type === types.record)
  .map(({ name }) => name);

describeRule(cloudfrontAliasDoesNotEvaluateTarget, {
  complies: [
    {
      title: "with a distribution that is not evaluated",
      sample: cafe.set("record-www-secondary", alias("d1.cloudfront.net", false, "Z2FDTNDATAQYW2")),
    },
    { title: "without a distribution", sample: cafe },
  ],
  violates: [
    {
      title: "a distribution that is evaluated",
      sample: cafe.set("record-www-secondary", alias("d1.cloudfront.net", true, "Z2FDTNDATAQYW2")),
      finds: [
        "record-www-secondary.aliases[0].evaluateTargetHealth: must be false on an alias to CloudFront, got true, so Route 53 rejects the record and the update fails halfway; set it to false",
      ],
    },
    {
      title: "a pair of distributions",
      sample: cafe
        .set("record-www-secondary", alias("d1.cloudfront.net", false, "Z2FDTNDATAQYW2"))
        .set("record-www-primary", {
          ...alias("d2.cloudfront.net", false, "Z2FDTNDATAQYW2"),
          healthCheckId: "region-oregon",
        }),
      finds: [
        "record-www-secondary.aliases[0].name: must not be a second distribution for www.cafe.test, got d1.cloudfront.net in addition to d2.cloudfront.net, so only one of the two can have www.cafe.test as its alternate name, and the other returns an error; give one of the pair another kind of target",
      ],
    },
  ],
  boundary: [
    {
      title: "the same distribution on both sides",
      sample: cafe
        .set("record-www-secondary", alias("d1.cloudfront.net", false, "Z2FDTNDATAQYW2"))
        .set("record-www-primary", {
          ...alias("d1.cloudfront.net", false, "Z2FDTNDATAQYW2"),
          healthCheckId: "region-oregon",
        }),
      finds: [],
    },
  ],
  notApplicable: [
    { title: "without records", sample: cafe.drop(...recordNames) },
    { title: "in an empty stack", sample: nothing },
  ],
  unknown: [
    {
      title: "an unknown target, which another rule reports",
      sample: cafe.hide("record-www-secondary", "aliases"),
      finds: [],
    },
  ],
  configuration: [],
});
