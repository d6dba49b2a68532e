import { aliasNamesItsTargetsZone } from "../../../policies/dns-failover/rules/aliasNamesItsTargetsZone";
import { types } from "../../../policies/types";
import type { Properties } from "../../../routing/graph/resource";
import { alias, cafe } from "../cafe";
import { describeRule } from "../describeRule";
import type { Made, Sample } from "../sample";
import { nothing } from "../sample";

const cloudFront = "Z2FDTNDATAQYW2";
const leading = (to: string, zoneId: string, type = "", properties: Properties = {}): Sample => {
  const target: readonly Made[] = type === "" ? [] : [{ type, name: "target", properties }];
  return nothing.add(...target, {
    type: types.record,
    name: "it",
    properties: { zoneId: "Z1", name: "www.cafe.test", type: "A", ...alias(to, false, zoneId) },
  });
};
const wrong = (must: string, got: string): string =>
  `it.aliases[0].zoneId: must be the zone of ${must}, got ${got}, so Route 53 rejects the record and the update fails halfway; take it from the resource that the alias points to`;

const balancer = "web-1.us-west-2.elb.amazonaws.com";
const api = "d-1.execute-api.us-west-2.amazonaws.com";

describeRule(aliasNamesItsTargetsZone, {
  complies: [
    { title: "with aliases to records and to a website", sample: cafe },
    {
      title: "with the zone of a balancer",
      sample: leading(balancer, "Z1H1", types.loadBalancer, { dnsName: balancer, zoneId: "Z1H1" }),
    },
    { title: "with CloudFront of another owner", sample: leading("d1.cloudfront.net", cloudFront) },
    {
      title: "with an edge-optimized domain",
      sample: leading("d1.cloudfront.net", cloudFront, types.apiDomain, {
        domainName: "d1.cloudfront.net",
        cloudfrontZoneId: cloudFront,
        regionalZoneId: "Z9",
      }),
    },
  ],
  violates: [
    {
      title: "the zone of another balancer",
      sample: leading(balancer, "Z0", types.loadBalancer, { dnsName: balancer, zoneId: "Z1H1" }),
      finds: [wrong(`${balancer}, Z1H1`, "Z0")],
    },
    {
      title: "another zone for CloudFront",
      sample: leading("d1.cloudfront.net", "Z0"),
      finds: [wrong(`d1.cloudfront.net, ${cloudFront}`, "Z0")],
    },
    {
      title: "no zone for an accelerator",
      sample: leading("a1.awsglobalaccelerator.com", ""),
      finds: [wrong("a1.awsglobalaccelerator.com, Z2BJ6XQ5FK7U4H", "none")],
    },
    {
      title: "the zone of CloudFront for another owner's balancer",
      sample: leading(balancer, cloudFront),
      finds: [wrong(balancer, cloudFront)],
    },
    {
      title: "the zone of another region for API Gateway",
      sample: leading(api, "Z0", types.apiDomain, {
        regionalDomainName: api,
        regionalZoneId: "Z9",
      }),
      finds: [wrong(`${api}, Z9`, "Z0")],
    },
    {
      title: "the zone of another region for a website",
      sample: cafe.set("page-bucket", { hostedZoneId: "Z9" }),
      finds: [
        "record-www-secondary.aliases[0].zoneId: must be the zone of s3-website.us-east-2.amazonaws.com, Z9, got Z2O1EMRO9K5GLX, so Route 53 rejects the record and the update fails halfway; take it from the resource that the alias points to",
      ],
    },
  ],
  boundary: [
    { title: "another owner's balancer", sample: leading(balancer, "Z1H1"), finds: [] },
    {
      title: "an environment, whose zone no resource gives",
      sample: leading("a.us-west-2.elasticbeanstalk.com", "Z0", types.beanstalkEnvironment, {
        cname: "a.us-west-2.elasticbeanstalk.com",
      }),
      finds: [],
    },
    {
      title: "a balancer whose zone is unknown",
      sample: leading(balancer, "Z0", types.loadBalancer, { dnsName: balancer }).hide(
        "target",
        "zoneId",
      ),
      finds: [],
    },
  ],
  notApplicable: [{ title: "in an empty stack", sample: nothing }],
  unknown: [
    {
      title: "an unknown alias",
      sample: leading(balancer, cloudFront).hide("it", "aliases"),
      finds: [],
    },
  ],
  configuration: [],
});
