import { types } from "../../policies/types";
import { checkerRanges } from "../../routing/graph/checkerRanges";
import type { Properties } from "../../routing/graph/resource";
import type { Made } from "./sample";
import { Sample } from "./sample";

/**
 * A small stack that complies with all rules: two zones in each of two regions, a page in a third
 * region, a latch, and alarms. Names describe the purpose: `check-2a`, `record-live-primary`.
 */

const zones = [
  { zone: "us-west-2a", short: "2a", region: "us-west-2", name: "oregon", address: "192.0.2.1" },
  { zone: "us-west-2b", short: "2b", region: "us-west-2", name: "oregon", address: "192.0.2.2" },
  { zone: "eu-west-1a", short: "1a", region: "eu-west-1", name: "dublin", address: "192.0.2.3" },
  { zone: "eu-west-1b", short: "1b", region: "eu-west-1", name: "dublin", address: "192.0.2.4" },
];

export const checkDefaults: Properties = {
  type: "HTTP_STR_MATCH",
  port: 80,
  resourcePath: "/healthcheck",
  searchString: "ok",
  requestInterval: 30,
  failureThreshold: 3,
};

export function record(name: string, role: "primary" | "secondary", more: Properties): Made {
  return {
    type: types.record,
    name: `record-${name === "www" ? "www" : name}-${role}`,
    properties: {
      zoneId: "Z1",
      name: name === "www" ? "www.cafe.test" : `${name}.www.cafe.test`,
      type: "A",
      setIdentifier: role,
      failoverRoutingPolicies: [{ type: role.toUpperCase() }],
      ...more,
    },
  };
}

export function alias(to: string, evaluateTargetHealth = true, zoneId = "Z1"): Properties {
  return { aliases: [{ name: to, zoneId, evaluateTargetHealth }] };
}

const servers = zones.flatMap(({ zone, short, region, name, address }): readonly Made[] => [
  {
    type: types.instance,
    name: `web-${short}`,
    region,
    properties: {
      availabilityZone: zone,
      instanceType: "t4g.micro",
      vpcSecurityGroupIds: [`group-${name}`],
    },
  },
  {
    type: types.elasticIp,
    name: `address-${short}`,
    region,
    properties: { publicIp: address, instance: `web-${short}` },
  },
  {
    type: types.healthCheck,
    name: `check-${short}`,
    region,
    properties: { ...checkDefaults, ipAddress: address },
    from: { ipAddress: [`address-${short}`] },
  },
]);

const regions = ["oregon", "dublin"].flatMap((name): readonly Made[] => {
  const region = name === "oregon" ? "us-west-2" : "eu-west-1";
  const [first = "", second = ""] = name === "oregon" ? ["2a", "2b"] : ["1a", "1b"];
  const address = (short: string): string =>
    zones.find((one) => one.short === short)?.address ?? "";
  const leaf = (role: "primary" | "secondary", short: string): Made => ({
    ...record(name, role, {
      ttl: 60,
      records: [address(short)],
      healthCheckId: `check-${short}`,
    }),
    from: { records: [`address-${short}`], healthCheckId: [`check-${short}`] },
  });
  return [
    {
      type: types.securityGroup,
      name: `group-${name}`,
      region,
      properties: {
        ingress: [{ protocol: "tcp", fromPort: 80, toPort: 80, cidrBlocks: ["0.0.0.0/0"] }],
      },
    },
    leaf("primary", first),
    leaf("secondary", second),
    {
      type: types.healthCheck,
      name: `deep-${name}`,
      region,
      properties: {
        ...checkDefaults,
        fqdn: `${name}.www.cafe.test`,
        resourcePath: "/health.php",
        failureThreshold: 6,
      },
    },
  ];
});

const latch: readonly Made[] = [
  {
    type: types.bucket,
    name: "latch-bucket",
    region: "eu-west-1",
    properties: {
      bucket: "cafe-latch",
      arn: "arn:aws:s3:::cafe-latch",
      bucketRegionalDomainName: "cafe-latch.s3.eu-west-1.amazonaws.com",
    },
  },
  {
    type: types.bucketPolicy,
    name: "latch-policy",
    region: "eu-west-1",
    properties: {
      bucket: "cafe-latch",
      policy: JSON.stringify({
        Statement: [
          {
            Effect: "Allow",
            Principal: "*",
            Action: "s3:GetObject",
            Resource: "arn:aws:s3:::cafe-latch/latch",
            Condition: { IpAddress: { "aws:SourceIp": [...checkerRanges] } },
          },
        ],
      }),
    },
    from: { bucket: ["latch-bucket"] },
  },
  {
    type: types.healthCheck,
    name: "latch",
    region: "eu-west-1",
    properties: {
      type: "HTTPS_STR_MATCH",
      fqdn: "cafe-latch.s3.eu-west-1.amazonaws.com",
      resourcePath: "/latch",
      searchString: "latched",
      requestInterval: 10,
      failureThreshold: 2,
      invertHealthcheck: true,
    },
    protect: true,
  },
];

const regionChecks: readonly Made[] = [
  {
    type: types.healthCheck,
    name: "region-oregon",
    properties: {
      type: "CALCULATED",
      childHealthchecks: ["deep-oregon", "latch"],
      childHealthThreshold: 2,
    },
    from: { childHealthchecks: ["deep-oregon", "latch"] },
  },
  {
    type: types.healthCheck,
    name: "region-dublin",
    region: "eu-west-1",
    properties: {
      type: "CALCULATED",
      childHealthchecks: ["deep-dublin"],
      childHealthThreshold: 1,
    },
    from: { childHealthchecks: ["deep-dublin"] },
  },
];

const page: readonly Made[] = [
  {
    type: types.bucket,
    name: "page-bucket",
    region: "us-east-2",
    properties: { bucket: "www.cafe.test", arn: "arn:aws:s3:::www.cafe.test" },
  },
  {
    type: types.bucketWebsite,
    name: "page-website",
    region: "us-east-2",
    properties: {
      bucket: "www.cafe.test",
      websiteDomain: "s3-website.us-east-2.amazonaws.com",
    },
    from: { bucket: ["page-bucket"] },
  },
];

const top: readonly Made[] = [
  {
    ...record("live", "primary", {
      ...alias("oregon.www.cafe.test"),
      healthCheckId: "region-oregon",
    }),
    from: { healthCheckId: ["region-oregon"] },
  },
  {
    ...record("live", "secondary", {
      ...alias("dublin.www.cafe.test"),
      healthCheckId: "region-dublin",
    }),
    from: { healthCheckId: ["region-dublin"] },
  },
  record("www", "primary", alias("live.www.cafe.test")),
  {
    ...record(
      "www",
      "secondary",
      alias("s3-website.us-east-2.amazonaws.com", false, "Z2O1EMRO9K5GLX"),
    ),
    from: { aliases: ["page-website", "page-bucket"] },
  },
];

const checks = ["2a", "2b", "1a", "1b"].map((short) => `check-${short}`);
const allChecks = [
  ...checks,
  "deep-oregon",
  "deep-dublin",
  "latch",
  "region-oregon",
  "region-dublin",
];

const alerts: readonly Made[] = [
  {
    type: types.topic,
    name: "topic",
    region: "us-east-1",
    properties: { arn: "arn:aws:sns:us-east-1:1:topic", kmsMasterKeyId: "alias/alerts" },
  },
  {
    type: types.topicSubscription,
    name: "subscription",
    region: "us-east-1",
    properties: {
      topic: "arn:aws:sns:us-east-1:1:topic",
      protocol: "email",
      endpoint: "ops-team@cafe.test",
    },
  },
  ...allChecks.map((check): Made => ({
    type: types.metricAlarm,
    name: `alarm-${check}`,
    region: "us-east-1",
    properties: {
      namespace: "AWS/Route53",
      metricName: "HealthCheckStatus",
      dimensions: { HealthCheckId: check },
      alarmActions: ["arn:aws:sns:us-east-1:1:topic"],
    },
  })),
];

/** The complete stack. */
export const cafe = new Sample([]).add(
  { type: types.zone, name: "zone", properties: { zoneId: "Z1", name: "cafe.test" } },
  { type: types.zoneSigning, name: "signing", properties: { hostedZoneId: "Z1" } },
  { type: types.queryLog, name: "queries", properties: { zoneId: "Z1" } },
  ...servers,
  ...regions,
  ...latch,
  ...regionChecks,
  ...page,
  ...top,
  ...alerts,
);
