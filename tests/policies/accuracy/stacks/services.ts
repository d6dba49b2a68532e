import { alb, aliasTo, cloudFrontZone, made, record, scaled } from "../parts";
import { distribution } from "../partsOfData";
import type { Scenario } from "../scenario";
import { fault, scenario } from "../scenario";

const east = "us-east-1";
const west = "us-west-2";

/** Names of services. */
export const serviceStacks: readonly Scenario[] = [
  scenario(
    "a static site on S3 and CloudFront",
    [
      distribution("site", ["www.example.com"]),
      record("www", {
        name: "www.example.com",
        ...aliasTo("dsite.cloudfront.net", cloudFrontZone, false),
      }),
    ],
    fault(
      "it serves plain HTTP",
      (sample) =>
        sample.set("site", {
          defaultCacheBehavior: { targetOriginId: "s3", viewerProtocolPolicy: "allow-all" },
        }),
      "traffic-is-encrypted-in-transit at site",
    ),
    fault(
      "it accepts TLS 1.0",
      (sample) =>
        sample.set("site", {
          viewerCertificate: {
            acmCertificateArn: "arn:aws:acm:us-east-1:1:certificate/1",
            sslSupportMethod: "sni-only",
            minimumProtocolVersion: "TLSv1",
          },
        }),
      "traffic-is-encrypted-in-transit at site",
    ),
    fault(
      "the alias evaluates the distribution",
      (sample) => sample.set("www", aliasTo("dsite.cloudfront.net", cloudFrontZone, true)),
      "cloudfront-alias-does-not-evaluate-target at www",
    ),
    fault(
      "the distribution was deleted, and the record was not",
      (sample) => sample.drop("site"),
      "record-target-is-owned at www",
    ),
  ),
  scenario(
    "an accelerator in front of balancers",
    [
      alb("east", east),
      scaled("east", east),
      made("globalaccelerator/accelerator:Accelerator", "edge", {
        dnsName: "a1234567890.awsglobalaccelerator.com",
        hostedZoneId: "Z2BJ6XQ5FK7U4H",
        enabled: true,
      }),
      record("fast", {
        name: "fast.example.com",
        ...aliasTo("a1234567890.awsglobalaccelerator.com", "Z2BJ6XQ5FK7U4H"),
      }),
    ],
    fault(
      "the alias names the zone of CloudFront",
      (sample) =>
        sample.set("fast", aliasTo("a1234567890.awsglobalaccelerator.com", cloudFrontZone)),
      "alias-names-its-targets-zone at fast",
    ),
  ),
  scenario(
    "a web app on Elastic Beanstalk with a CNAME",
    [
      made(
        "elasticbeanstalk/environment:Environment",
        "shop",
        {
          cname: "shop-prod.us-east-1.elasticbeanstalk.com",
          endpointUrl: "awseb-1.us-east-1.elb.amazonaws.com",
        },
        east,
      ),
      record("shop-name", {
        name: "shop.example.com",
        type: "CNAME",
        ttl: 300,
        records: ["shop-prod.us-east-1.elasticbeanstalk.com"],
      }),
    ],
    fault(
      "the environment was terminated, and its record was not",
      (sample) => sample.drop("shop"),
      "record-target-is-owned at shop-name",
    ),
  ),
  scenario(
    "Elastic Beanstalk in two regions, with failover aliases",
    [
      ...(
        [
          ["blue", east, "PRIMARY", "Z117KPS5GTRQ2G"],
          ["green", west, "SECONDARY", "Z38NKT9BP95V3O"],
        ] as const
      ).flatMap(([id, region, type, zone]) => [
        made(
          "elasticbeanstalk/environment:Environment",
          id,
          { cname: `${id}.${region}.elasticbeanstalk.com` },
          region,
        ),
        record(`shop-${id}`, {
          name: "shop.example.com",
          setIdentifier: id,
          failoverRoutingPolicies: [{ type }],
          ...aliasTo(`${id}.${region}.elasticbeanstalk.com`, zone),
        }),
      ]),
    ],
    fault(
      "the standby was terminated, and its record was not",
      (sample) => sample.drop("green"),
      "record-target-is-owned at shop-green",
    ),
    fault(
      "the primary is not evaluated",
      (sample) =>
        sample.set(
          "shop-blue",
          aliasTo("blue.us-east-1.elasticbeanstalk.com", "Z117KPS5GTRQ2G", false),
        ),
      "primary-record-has-health-check at shop-blue",
      "tree-leaf-has-health-check at shop-blue",
      "tree-alias-evaluates-target at shop-blue",
    ),
  ),
];
