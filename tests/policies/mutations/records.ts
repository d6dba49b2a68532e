import { types } from "../../../policies/types";
import type { Made } from "../sample";
import { aliasOf, budget, drop, orders, oregon, set, zoneIdOf } from "./mutation";
import type { PolicyMutation } from "./mutation";

export const recordMutations: readonly PolicyMutation[] = [
  {
    rule: "failover-group-is-complete",
    stack: "prod",
    title: "Oregon's secondary is missing",
    apply: drop(`${oregon}-secondary`),
  },
  {
    rule: "record-name-has-one-routing-policy",
    stack: "prod",
    title: "a weighted record has the name of the failover records of `any`",
    apply: (sample) =>
      sample.add({
        type: types.record,
        name: "canary",
        properties: {
          zoneId: zoneIdOf(sample),
          name: "any.orders.cafe.com",
          type: "A",
          setIdentifier: "canary",
          weightedRoutingPolicies: [{ weight: 5 }],
          aliases: [
            {
              name: "dublin.orders.cafe.com",
              zoneId: zoneIdOf(sample),
              evaluateTargetHealth: true,
            },
          ],
        },
      }),
  },
  {
    rule: "record-has-own-set-identifier",
    stack: "prod",
    title: "both of Oregon's records have the set identifier primary",
    apply: set(`${oregon}-secondary`, { setIdentifier: "primary" }),
  },
  {
    rule: "record-is-accepted-by-route53",
    stack: "prod",
    title: "`any` points to a name that does not exist",
    apply: (sample) =>
      sample.set(orders("any.", "primary"), {
        aliases: aliasOf(sample, orders("any.", "primary"), { name: "lvie.orders.cafe.com" }),
      }),
  },
  {
    rule: "primary-record-has-health-check",
    stack: "prod",
    title: "Oregon's primary has no check",
    apply: set(`${oregon}-primary`, { healthCheckId: undefined }),
    also: {
      "tree-leaf-has-health-check": "it is a leaf inside the tree as well",
    },
  },
  {
    rule: "tree-leaf-has-health-check",
    stack: "prod",
    title: "Oregon's secondary has no check",
    apply: set(`${oregon}-secondary`, { healthCheckId: undefined }),
  },
  {
    rule: "tree-alias-evaluates-target",
    stack: "prod",
    title: "the public name does not evaluate its primary",
    apply: (sample) =>
      sample.set(orders("", "primary"), {
        aliases: aliasOf(sample, orders("", "primary"), { evaluateTargetHealth: false }),
      }),
    also: {
      "primary-record-has-health-check": "it is a primary without a check as well",
    },
  },
  {
    rule: "cloudfront-alias-does-not-evaluate-target",
    stack: "prod",
    title: "the last alias evaluates the distribution",
    apply: (sample) =>
      sample.set(orders("", "secondary"), {
        aliases: aliasOf(sample, orders("", "secondary"), { evaluateTargetHealth: true }),
      }),
  },
  {
    rule: "weighted-record-has-weight",
    stack: "prod",
    title: "a release that gives one side weight 0",
    apply: (sample) => {
      const side = (key: string, weight: number): Made => ({
        type: types.record,
        name: `release-${key}`,
        properties: {
          zoneId: zoneIdOf(sample),
          name: "release.orders.cafe.com",
          type: "A",
          setIdentifier: key,
          weightedRoutingPolicies: [{ weight }],
          aliases: [
            {
              name: "oregon.orders.cafe.com",
              zoneId: zoneIdOf(sample),
              evaluateTargetHealth: true,
            },
          ],
        },
      });
      return sample.add(side("blue", 100), side("green", 0)).set(orders("any.", "secondary"), {
        aliases: aliasOf(sample, orders("any.", "secondary"), { name: "release.orders.cafe.com" }),
      });
    },
  },
  {
    rule: "failover-record-has-short-ttl",
    stack: "prod",
    title: "Oregon's records have a TTL of five minutes",
    apply: (sample) =>
      sample.set(`${oregon}-primary`, { ttl: 300 }).set(`${oregon}-secondary`, { ttl: 300 }),
    also: { "failover-budget-is-kept": budget },
  },
  {
    rule: "last-tier-is-static",
    stack: "prod",
    title: "the last tier is a server of another region",
    apply: set(orders("", "secondary"), {
      aliases: undefined,
      ttl: 10,
      records: ["203.0.113.80"],
    }),
  },
  {
    rule: "last-tier-is-in-another-region",
    stack: "dev",
    title: "the page is in Ohio",
    apply: (sample) =>
      sample
        .move("maintenance-website-orders.dev.cafe.com", "us-east-2")
        .move("maintenance-bucket-orders.dev.cafe.com", "us-east-2"),
  },
  {
    rule: "https-tree-ends-in-https",
    stack: "prod",
    title: "the last tier is an S3 website, as in dev",
    apply: (sample) =>
      sample.set(orders("", "secondary"), {
        aliases: aliasOf(sample, orders("", "secondary"), {
          name: "s3-website.us-east-2.amazonaws.com",
        }),
      }),
    also: {
      "alias-names-its-targets-zone": "the alias still names the zone of CloudFront",
      "record-target-is-owned": "prod has no bucket of that name",
    },
  },
  {
    rule: "alias-names-its-targets-zone",
    stack: "prod",
    title: "the last alias names the zone of Oregon's balancers",
    apply: (sample) =>
      sample.set(orders("", "secondary"), {
        aliases: aliasOf(sample, orders("", "secondary"), { zoneId: "Z18D5FSROUN65G" }),
      }),
  },
  {
    rule: "record-target-is-owned",
    stack: "prod",
    title: "a name points to a terminated Elastic Beanstalk environment",
    apply: (sample) =>
      sample.add({
        type: types.record,
        name: "old-shop",
        properties: {
          zoneId: zoneIdOf(sample),
          name: "shop.orders.cafe.com",
          type: "CNAME",
          ttl: 60,
          records: ["cafe-shop.us-west-2.elasticbeanstalk.com"],
        },
      }),
  },
  {
    rule: "record-address-is-held",
    stack: "prod",
    title: "a name points to an Elastic IP without a resource",
    apply: (sample) =>
      sample.add(
        { type: types.elasticIp, name: "old-address", properties: { publicIp: "203.0.113.81" } },
        {
          type: types.record,
          name: "old-name",
          properties: {
            zoneId: zoneIdOf(sample),
            name: "old.orders.cafe.com",
            type: "A",
            ttl: 60,
            records: ["203.0.113.81"],
          },
        },
      ),
  },
  {
    rule: "geolocation-has-default",
    stack: "prod",
    title: "a name has an answer only for Europe",
    apply: (sample) =>
      sample.add({
        type: types.record,
        name: "menu-europe",
        properties: {
          zoneId: zoneIdOf(sample),
          name: "menu.orders.cafe.com",
          type: "A",
          ttl: 60,
          setIdentifier: "europe",
          geolocationRoutingPolicies: [{ continent: "EU" }],
          records: ["203.0.113.82"],
        },
      }),
  },
  {
    rule: "every-choice-has-a-check",
    stack: "prod",
    title: "a name has two addresses without checks",
    apply: (sample) =>
      sample.add(
        ...["203.0.113.83", "203.0.113.84"].map((address) => ({
          type: types.record,
          name: `menu-${address}`,
          properties: {
            zoneId: zoneIdOf(sample),
            name: "menu.orders.cafe.com",
            type: "A",
            ttl: 60,
            setIdentifier: address,
            multivalueAnswerRoutingPolicy: true,
            records: [address],
          },
        })),
      ),
  },
  {
    rule: "website-bucket-is-named-like-record",
    stack: "dev",
    title: "the bucket has a different name",
    apply: (sample) =>
      sample
        .set("maintenance-bucket-orders.dev.cafe.com", { bucket: "cafe-page" })
        .set("maintenance-website-orders.dev.cafe.com", { bucket: "cafe-page" }),
  },
  {
    rule: "tiers-fail-apart",
    stack: "dev",
    title: "both of Ohio's instances are in one zone",
    apply: set("ohio-us-east-2b-instance", { availabilityZone: "us-east-2a" }),
  },
  {
    rule: "region-tier-crosses-regions",
    stack: "dev",
    title: "Virginia's instances are in Ohio",
    apply: (sample) =>
      sample
        .move("virginia-us-east-1a-instance", "us-east-2")
        .move("virginia-us-east-1b-instance", "us-east-2"),
  },
  {
    rule: "tier-carries-full-load",
    stack: "prod",
    title: "Dublin's second zone may shrink to zero",
    apply: set("dublin-eu-west-1b-group", { minSize: 0 }),
  },
];
