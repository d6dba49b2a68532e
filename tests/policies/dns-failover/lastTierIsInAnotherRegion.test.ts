import { lastTierIsInAnotherRegion } from "../../../policies/dns-failover/rules/lastTierIsInAnotherRegion";
import { types } from "../../../policies/types";
import { alias, cafe } from "../cafe";
import { describeRule } from "../describeRule";
import type { Sample } from "../sample";
import { nothing } from "../sample";

const recordNames = cafe.resources
  .filter(({ type }) => type === types.record)
  .map(({ name }) => name);
function distribution(region: string): Sample {
  return cafe
    .move("page-bucket", region)
    .add({
      type: types.distribution,
      name: "distribution",
      region: "us-east-1",
      properties: { domainName: "d1.cloudfront.net", origins: [{ domainName: "origin" }] },
      from: { origins: ["page-bucket"] },
    })
    .set("record-www-secondary", alias("d1.cloudfront.net", false, "Z2FDTNDATAQYW2"));
}

describeRule(lastTierIsInAnotherRegion, {
  complies: [{ title: "with the page in a third region", sample: cafe }],
  violates: [
    {
      title: "a page in the primary's region",
      sample: cafe.move("page-website", "us-west-2").move("page-bucket", "us-west-2"),
      finds: [
        "record-www-secondary.region: must be none of us-west-2, eu-west-1, where the other tiers of www.cafe.test are, got us-west-2, so with us-west-2 lost, the last tier of www.cafe.test is lost too; move it to a third region",
      ],
    },
    {
      title: "a distribution over a bucket in the standby's region",
      sample: distribution("eu-west-1"),
      finds: [
        "record-www-secondary.region: must be none of us-west-2, eu-west-1, where the other tiers of www.cafe.test are, got eu-west-1, so with eu-west-1 lost, the last tier of www.cafe.test is lost too; move it to a third region",
      ],
    },
  ],
  boundary: [
    {
      title: "a distribution over a bucket in a third region",
      sample: distribution("us-east-2"),
      finds: [],
    },
  ],
  notApplicable: [
    { title: "without records", sample: cafe.drop(...recordNames) },
    { title: "in an empty stack", sample: nothing },
  ],
  unknown: [
    {
      title: "an unknown region",
      sample: cafe.nowhere("page-website"),
      finds: [],
    },
  ],
  configuration: [],
});
