import { recordTargetIsOwned } from "../../../policies/dns-failover/rules/recordTargetIsOwned";
import { types } from "../../../policies/types";
import { alias, cafe } from "../cafe";
import { describeRule } from "../describeRule";
import type { Made, Sample } from "../sample";
import { nothing } from "../sample";

const cname = (value: string): Sample =>
  nothing.add({
    type: types.record,
    name: "it",
    properties: { zoneId: "Z1", name: "shop.cafe.test", type: "CNAME", ttl: 60, records: [value] },
  });
const owner = (type: string, properties: Made["properties"] = {}): Made => ({
  type,
  name: "owner",
  properties,
});
const lost = (service: string, value: string): string =>
  `it.records: must point to ${service} of this stack, got ${value}, which no resource of it owns, so unless another stack owns it, anyone can claim it and serve shop.cafe.test; delete the record, or restore its target`;

describeRule(recordTargetIsOwned, {
  complies: [
    { title: "with a website of the stack", sample: cafe },
    {
      title: "with an environment of the stack",
      sample: cname("shop.us-west-2.elasticbeanstalk.com").add(
        owner(types.beanstalkEnvironment, { cname: "shop.us-west-2.elasticbeanstalk.com" }),
      ),
    },
    {
      title: "with a distribution of the stack",
      sample: cname("d1.cloudfront.net.").add(
        owner(types.distribution, { domainName: "d1.cloudfront.net" }),
      ),
    },
    { title: "with a name outside AWS", sample: cname("shop.example.net") },
  ],
  violates: [
    {
      title: "an environment that no one owns",
      sample: cname("shop.us-west-2.elasticbeanstalk.com"),
      finds: [lost("a Beanstalk environment", "shop.us-west-2.elasticbeanstalk.com")],
    },
    {
      title: "a website that no one owns",
      sample: cname("shop.cafe.test.s3-website-us-west-2.amazonaws.com"),
      finds: [lost("an S3 website", "shop.cafe.test.s3-website-us-west-2.amazonaws.com")],
    },
    {
      title: "an alias to a distribution that no one owns",
      sample: cafe.set("record-www-secondary", alias("d1.cloudfront.net", false, "Z2FDTNDATAQYW2")),
      finds: [
        "record-www-secondary.aliases[0].name: must point to a distribution of this stack, got d1.cloudfront.net, which no resource of it owns, so unless another stack owns it, anyone can claim it and serve www.cafe.test; delete the record, or restore its target",
      ],
    },
  ],
  boundary: [
    {
      title: "a website with another name, which another rule checks",
      sample: cafe.set("page-bucket", { bucket: "other" }).set("page-website", { bucket: "other" }),
      finds: [],
    },
    {
      title: "an alias to something else",
      sample: cafe.set("record-www-secondary", alias("thing.example.net", false, "Z9")),
      finds: [],
    },
  ],
  notApplicable: [{ title: "in an empty stack", sample: nothing }],
  unknown: [
    {
      title: "an unknown value",
      sample: cname("x").hide("it", "records"),
      finds: [],
    },
  ],
  configuration: [],
});
