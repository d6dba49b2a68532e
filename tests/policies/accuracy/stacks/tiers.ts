import type { Scenario } from "../scenario";
import { fault, scenario } from "../scenario";
import {
  alb,
  aliasTo,
  aliasToAlb,
  balancerName,
  check,
  cloudFrontZone,
  group,
  made,
  pager,
  pair,
  record,
  rule,
  scaled,
  server,
} from "../parts";
import { distribution } from "../partsOfData";

const east = "us-east-1";
const west = "us-west-2";
const app = "app.example.com";

/** Tiers of other kinds, and checks of other kinds. */
export const tierStacks: readonly Scenario[] = [
  scenario(
    "a balancer, and a distribution with a page for its outage",
    [
      alb("web", "eu-west-1"),
      scaled("web", "eu-west-1"),
      distribution("page", [app]),
      pair(
        app,
        aliasToAlb("web", "eu-west-1"),
        aliasTo("dpage.cloudfront.net", cloudFrontZone, false),
      ),
    ],
    fault(
      "the alias to the distribution evaluates it",
      (sample) => sample.set("secondary", aliasTo("dpage.cloudfront.net", cloudFrontZone, true)),
      "cloudfront-alias-does-not-evaluate-target at secondary",
    ),
    fault(
      "the alias names the zone of the balancer",
      (sample) => sample.set("secondary", aliasTo("dpage.cloudfront.net", "Z32O12XQLNTSW2", false)),
      "alias-names-its-targets-zone at secondary",
    ),
    fault(
      "the distribution is gone",
      (sample) => sample.drop("page", "page-bucket", "page-access"),
      "record-target-is-owned at secondary",
    ),
  ),
  scenario(
    "three tiers: two regions, then a distribution",
    [
      alb("east", east),
      scaled("east", east),
      alb("west", west),
      scaled("west", west),
      distribution("page", [app]),
      record("live-primary", {
        name: "live.example.com",
        setIdentifier: "primary",
        failoverRoutingPolicies: [{ type: "PRIMARY" }],
        ...aliasToAlb("east", east),
      }),
      record("live-secondary", {
        name: "live.example.com",
        setIdentifier: "secondary",
        failoverRoutingPolicies: [{ type: "SECONDARY" }],
        ...aliasToAlb("west", west),
      }),
      pair(
        app,
        aliasTo("live.example.com", "Z0EXAMPLE"),
        aliasTo("dpage.cloudfront.net", cloudFrontZone, false),
      ),
    ],
    fault(
      "the inner secondary does not evaluate its balancer",
      (sample) => sample.set("live-secondary", aliasToAlb("west", west, false)),
      "tree-leaf-has-health-check at live-secondary",
      "tree-alias-evaluates-target at live-secondary",
    ),
    fault(
      "the outer primary does not evaluate the inner name",
      (sample) => sample.set("primary", aliasTo("live.example.com", "Z0EXAMPLE", false)),
      "primary-record-has-health-check at primary",
      "tree-alias-evaluates-target at primary",
    ),
  ),
  scenario(
    "classic balancers in two regions",
    [
      ...[east, west].flatMap((region) => [
        group(`${region}-lb`, [rule(443)], region),
        made(
          "ec2/instance:Instance",
          `${region}-web`,
          {
            instanceType: "m5.large",
            availabilityZone: `${region}a`,
            metadataOptions: { httpTokens: "required" },
            rootBlockDevice: { encrypted: true },
          },
          region,
        ),
        made(
          "elb/loadBalancer:LoadBalancer",
          `${region}-elb`,
          {
            dnsName: balancerName("classic", region),
            instances: [`${region}-web`],
            availabilityZones: [`${region}a`],
            securityGroups: [`${region}-lb`],
            accessLogs: { bucket: "logs", enabled: true },
            listeners: [
              {
                instancePort: 80,
                instanceProtocol: "http",
                lbPort: 443,
                lbProtocol: "https",
                sslCertificateId: `arn:aws:acm:${region}:1:certificate/1`,
              },
            ],
            healthCheck: {
              target: "HTTP:80/healthz",
              interval: 30,
              timeout: 5,
              healthyThreshold: 2,
              unhealthyThreshold: 2,
            },
          },
          region,
        ),
      ]),
      pair(app, aliasToAlb("classic", east), aliasToAlb("classic", west)),
    ],
    fault(
      "the primary does not evaluate its balancer",
      (sample) => sample.set("primary", aliasToAlb("classic", east, false)),
      "primary-record-has-health-check at primary",
      "tree-leaf-has-health-check at primary",
      "tree-alias-evaluates-target at primary",
    ),
    fault(
      "a balancer listens only without TLS",
      (sample) =>
        sample.set("us-east-1-elb", {
          listeners: [
            { instancePort: 80, instanceProtocol: "http", lbPort: 80, lbProtocol: "http" },
          ],
        }),
      "traffic-is-encrypted-in-transit at us-east-1-elb",
    ),
    fault(
      "both point to the same balancer",
      (sample) => sample.set("secondary", aliasToAlb("classic", east)),
      "tiers-fail-apart at secondary",
      "last-tier-is-in-another-region at secondary",
    ),
  ),
  scenario(
    "balancers of the module aws.alb",
    [
      alb("east", east, "alb"),
      scaled("east", east),
      alb("west", west, "applicationloadbalancing"),
      scaled("west", west),
      pair(app, aliasToAlb("east", east), aliasToAlb("west", west)),
    ],
    fault(
      "the primary does not evaluate its balancer",
      (sample) => sample.set("primary", aliasToAlb("east", east, false)),
      "primary-record-has-health-check at primary",
      "tree-leaf-has-health-check at primary",
      "tree-alias-evaluates-target at primary",
    ),
    fault(
      "the plain listener forwards",
      (sample) =>
        sample.set("east-http", {
          defaultActions: [
            {
              type: "forward",
              targetGroupArn: `arn:aws:elasticloadbalancing:${east}:1:targetgroup/east/1`,
            },
          ],
        }),
      "traffic-is-encrypted-in-transit at east-http",
    ),
  ),
  scenario(
    "a primary behind a firewall, watched by an alarm",
    [
      pager,
      alb("east", east),
      scaled("east", east),
      alb("west", west),
      scaled("west", west),
      made(
        "cloudwatch/metricAlarm:MetricAlarm",
        "east-errors",
        {
          name: "east-errors",
          namespace: "AWS/ApplicationELB",
          metricName: "HTTPCode_Target_5XX_Count",
          comparisonOperator: "GreaterThanThreshold",
          threshold: 50,
          statistic: "Sum",
          period: 60,
          evaluationPeriods: 2,
          treatMissingData: "notBreaching",
          dimensions: { LoadBalancer: "app/east/1" },
        },
        east,
      ),
      check("east-check", {
        type: "CLOUDWATCH_METRIC",
        cloudwatchAlarmName: "east-errors",
        cloudwatchAlarmRegion: east,
        insufficientDataHealthStatus: "LastKnownStatus",
        triggers: { threshold: "50" },
      }),
      pair(
        app,
        { ...aliasToAlb("east", east), healthCheckId: "east-check" },
        aliasToAlb("west", west),
      ),
    ],
    fault(
      "the check names another region for the alarm",
      (sample) => sample.set("east-check", { cloudwatchAlarmRegion: west }),
      "alarm-check-has-usable-alarm at east-check",
    ),
    fault(
      "the alarm can never enter ALARM: a count is never below zero",
      (sample) =>
        sample.set("east-errors", { comparisonOperator: "LessThanThreshold", threshold: 0 }),
      "alarm-check-has-usable-alarm at east-errors",
    ),
    fault(
      "the alarm uses metric math",
      (sample) => sample.set("east-errors", { metricQueries: [{ id: "e1", expression: "m1/m2" }] }),
      "alarm-check-has-usable-alarm at east-errors",
    ),
    fault(
      "missing data counts as healthy",
      (sample) => sample.set("east-check", { insufficientDataHealthStatus: "Healthy" }),
      "alarm-check-answers-missing-data at east-check",
    ),
  ),
  scenario(
    "a calculated check of two endpoints",
    [
      pager,
      server("one", "us-east-1a", "192.0.2.1"),
      server("two", "us-west-2b", "192.0.2.2"),
      check("check-one", { type: "HTTP_STR_MATCH", ipAddress: "192.0.2.1", port: 80 }),
      check("check-tls", { type: "HTTPS_STR_MATCH", ipAddress: "192.0.2.1", port: 443 }),
      check("check-both", {
        type: "CALCULATED",
        childHealthchecks: ["check-one", "check-tls"],
        childHealthThreshold: 2,
      }),
      check("check-two", { type: "HTTP_STR_MATCH", ipAddress: "192.0.2.2", port: 80 }),
      pair(
        app,
        { ttl: 60, records: ["192.0.2.1"], healthCheckId: "check-both" },
        { ttl: 60, records: ["192.0.2.2"], healthCheckId: "check-two" },
      ),
    ],
    fault(
      "it needs more children than it has",
      (sample) => sample.set("check-both", { childHealthThreshold: 3 }),
      "check-arguments-are-valid at check-both",
    ),
    fault(
      "its threshold is zero",
      (sample) => sample.set("check-both", { childHealthThreshold: 0 }),
      "check-arguments-are-valid at check-both",
      "failover-happens at primary",
    ),
    fault(
      "a child is disabled",
      (sample) => sample.set("check-one", { disabled: true }),
      "check-is-enabled at check-one",
    ),
  ),
  scenario(
    "two servers with IPv4 and IPv6",
    [
      pager,
      server("one", "us-east-1a", "192.0.2.1"),
      server("two", "us-west-2b", "192.0.2.2"),
      check("check-one", { type: "HTTP_STR_MATCH", ipAddress: "192.0.2.1", port: 80 }),
      check("check-two", { type: "HTTP_STR_MATCH", ipAddress: "192.0.2.2", port: 80 }),
      check("check-one-v6", { type: "HTTP_STR_MATCH", ipAddress: "2001:db8::1", port: 80 }),
      check("check-two-v6", { type: "HTTP_STR_MATCH", ipAddress: "2001:db8::2", port: 80 }),
      pair(
        app,
        { ttl: 60, records: ["192.0.2.1"], healthCheckId: "check-one" },
        { ttl: 60, records: ["192.0.2.2"], healthCheckId: "check-two" },
      ),
      ...pair(
        app,
        { ttl: 60, records: ["2001:db8::1"], healthCheckId: "check-one-v6" },
        { ttl: 60, records: ["2001:db8::2"], healthCheckId: "check-two-v6" },
        "AAAA",
      ).map((one) => ({ ...one, name: `v6-${one.name}` })),
    ].flat(),
    fault(
      "an AAAA record is checked over IPv4",
      (sample) => sample.set("v6-primary", { healthCheckId: "check-one" }),
      "record-is-checked-at-its-own-endpoint at v6-primary",
    ),
  ),
];
