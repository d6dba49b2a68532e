import { lastTierIsStatic } from "../../../policies/dns-failover/rules/lastTierIsStatic";
import { types } from "../../../policies/types";
import { Unknown } from "../../../routing/graph/resource";
import { alias, cafe } from "../cafe";
import { describeRule } from "../describeRule";
import type { Sample } from "../sample";
import { nothing } from "../sample";

const recordNames = cafe.resources
  .filter(({ type }) => type === types.record)
  .map(({ name }) => name);
function distribution(origin: string): Sample {
  return cafe
    .add({
      type: types.distribution,
      name: "distribution",
      region: "us-east-1",
      properties: { domainName: "d1.cloudfront.net", origins: [{ domainName: "origin" }] },
      from: { origins: [origin] },
    })
    .set("record-www-secondary", alias("d1.cloudfront.net", false, "Z2FDTNDATAQYW2"));
}

describeRule(lastTierIsStatic, {
  complies: [
    { title: "with a website", sample: cafe },
    { title: "with a distribution over a bucket", sample: distribution("page-bucket") },
  ],
  violates: [
    {
      title: "a last tier that is a server",
      sample: cafe.drop("record-www-primary", "record-www-secondary"),
      finds: [
        "record-dublin-secondary.records: must point to static content, as the last tier of live.www.cafe.test, got 192.0.2.4, so when it fails as well, live.www.cafe.test answers with a dead address, and customers see a browser error; point another SECONDARY to an S3 website or to CloudFront",
      ],
    },
    {
      title: "a last tier with a check",
      sample: cafe.set("record-www-secondary", { healthCheckId: "check-2a" }),
      finds: [
        "record-www-secondary.healthCheckId: must not be set on the last tier of www.cafe.test, got check-2a, so when it fails too, www.cafe.test answers with its dead primary; remove the check",
      ],
    },
    {
      title: "a distribution over a balancer",
      sample: distribution("balancer")
        .add({
          type: types.loadBalancer,
          name: "balancer",
          properties: { dnsName: "web.elb.us-west-2.amazonaws.com" },
        })
        .change("distribution", (one) => ({ ...one, propertyDependencies: {} }))
        .set("distribution", { origins: [{ domainName: "web.elb.us-west-2.amazonaws.com" }] }),
      finds: [
        "record-www-secondary.aliases[0].name: must point to static content, as the last tier of www.cafe.test, got distribution, whose origin is balancer, so when it fails as well, www.cafe.test answers with a dead address, and customers see a browser error; point another SECONDARY to an S3 website or to CloudFront",
      ],
    },
    {
      title: "a last tier that is a balancer",
      sample: cafe
        .set(
          "record-www-secondary",
          alias("web.elb.us-west-2.amazonaws.com", true, "Z1H1FL5HABSF5"),
        )
        .change("record-www-secondary", (one) => ({ ...one, propertyDependencies: {} })),
      finds: [
        "record-www-secondary.aliases[0].name: must point to static content, as the last tier of www.cafe.test, got web.elb.us-west-2.amazonaws.com, so when it fails as well, www.cafe.test answers with a dead address, and customers see a browser error; point another SECONDARY to an S3 website or to CloudFront",
      ],
    },
  ],
  boundary: [
    {
      title: "a distribution of another stack",
      sample: cafe.set("record-www-secondary", alias("d9.cloudfront.net", false, "Z2FDTNDATAQYW2")),
      finds: [],
    },
  ],
  notApplicable: [
    { title: "without records", sample: cafe.drop(...recordNames) },
    { title: "in an empty stack", sample: nothing },
  ],
  unknown: [
    {
      title: "a target that is not known yet, from no resource of the stack",
      sample: cafe
        .set("record-www-secondary", {
          aliases: [{ name: new Unknown("computed"), zoneId: "Z1", evaluateTargetHealth: false }],
        })
        .change("record-www-secondary", (one) => ({ ...one, propertyDependencies: {} })),
      finds: ["unknown: aliases[0].name: record-www-secondary: it is not known before deployment"],
    },
  ],
  configuration: [],
});
