import type { Scenario } from "../scenario";
import { fault, scenario } from "../scenario";
import {
  alb,
  aliasTo,
  aliasToAlb,
  balancerCheck,
  balancerName,
  check,
  fargate,
  pager,
  pair,
  rule,
  scaled,
  server,
  websiteZones,
} from "../parts";
import { website } from "../partsOfData";

const east = "us-east-1";
const west = "us-west-2";
const app = "app.example.com";

/** Pairs of tiers, as most public programs with a failover have them. */
export const failoverStacks: readonly Scenario[] = [
  scenario(
    "Fargate behind balancers in two regions, with failover aliases",
    [
      alb("east", east),
      fargate("east", east, 4),
      alb("west", west),
      fargate("west", west, 4),
      pair(app, aliasToAlb("east", east), aliasToAlb("west", west)),
    ],
    fault(
      "the standby runs no task",
      (sample) => sample.set("west-service", { desiredCount: 0 }),
      "tier-carries-full-load at secondary",
      "failover-happens at primary",
    ),
    fault(
      "the primary does not evaluate its target",
      (sample) => sample.set("primary", aliasToAlb("east", east, false)),
      "primary-record-has-health-check at primary",
      "tree-alias-evaluates-target at primary",
      "tree-leaf-has-health-check at primary",
    ),
    fault(
      "both point to the same balancer",
      (sample) => sample.set("secondary", aliasToAlb("east", east)),
      "tiers-fail-apart at secondary",
      "last-tier-is-in-another-region at secondary",
    ),
  ),
  scenario(
    "Auto Scaling behind balancers, each with a check by the balancer's name",
    [
      pager,
      alb("east", east),
      scaled("east", east),
      alb("west", west),
      scaled("west", west),
      balancerCheck("east-check", "east", east),
      balancerCheck("west-check", "west", west),
      pair(
        app,
        { ...aliasToAlb("east", east), healthCheckId: "east-check" },
        { ...aliasToAlb("west", west), healthCheckId: "west-check" },
      ),
    ],
    fault(
      "both have the same check",
      (sample) => sample.set("secondary", { healthCheckId: "east-check" }),
      "record-is-checked-at-its-own-endpoint at secondary",
    ),
    fault(
      "the check of the primary is disabled",
      (sample) => sample.set("east-check", { disabled: true }),
      "check-is-enabled at east-check",
    ),
    fault(
      "the check of the primary is inverted",
      (sample) => sample.set("east-check", { invertHealthcheck: true }),
      "check-is-not-inverted at east-check",
    ),
    fault(
      "the check probes the port that redirects",
      (sample) => sample.set("east-check", { type: "HTTP_STR_MATCH", port: 80 }),
      "check-speaks-its-endpoints-protocol at east-check",
    ),
    fault(
      "the check probes a different path from the balancer",
      (sample) => sample.set("east-check", { resourcePath: "/status" }),
      "check-agrees-with-target-group at east-check",
    ),
    fault(
      "the standby has one of two instances",
      (sample) => sample.set("west-asg", { minSize: 1, desiredCapacity: 1 }),
      "tier-carries-full-load at secondary",
    ),
    fault(
      "the check has no alarm",
      (sample) => sample.drop("east-check-alarm"),
      "check-has-alarm at east-check",
    ),
    fault(
      "the check's marker is gone",
      (sample) => sample.set("east-check", { type: "HTTPS", searchString: undefined }),
      "check-asks-for-health at east-check",
      "endpoint-check-detects-in-time at east-check",
    ),
  ),
  scenario(
    "two web servers with Elastic IPs in two regions",
    [
      pager,
      server("one", "us-east-1a", "192.0.2.1"),
      server("two", "us-west-2b", "192.0.2.2"),
      check("check-one", { type: "HTTP_STR_MATCH", ipAddress: "192.0.2.1", port: 80 }),
      check("check-two", { type: "HTTP_STR_MATCH", ipAddress: "192.0.2.2", port: 80 }),
      pair(
        app,
        { ttl: 60, records: ["192.0.2.1"], healthCheckId: "check-one" },
        { ttl: 60, records: ["192.0.2.2"], healthCheckId: "check-two" },
      ),
    ],
    fault(
      "the checks are swapped",
      (sample) =>
        sample
          .set("primary", { healthCheckId: "check-two" })
          .set("secondary", { healthCheckId: "check-one" }),
      "record-is-checked-at-its-own-endpoint at primary",
      "record-is-checked-at-its-own-endpoint at secondary",
    ),
    fault(
      "the security group admits no checker",
      (sample) =>
        sample.set("one-web", { ingress: [rule(80, { cidrBlocks: ["10.0.0.0/8"] }), rule(443)] }),
      "checker-is-let-in at one-web",
    ),
    fault(
      "the Elastic IP of the primary has no resource",
      (sample) => sample.set("one-eip", { instance: undefined }),
      "record-address-is-held at primary",
      "record-is-checked-at-its-own-endpoint at primary",
    ),
    fault(
      "the primary points to an address that its instance keeps only until it stops",
      (sample) =>
        sample
          .drop("one-eip")
          .set("primary", { records: ["198.51.100.1"] })
          .set("check-one", { ipAddress: "198.51.100.1" }),
      "record-address-is-held at primary",
    ),
    fault(
      "the TTL is an hour",
      (sample) => sample.set("primary", { ttl: 3600 }).set("secondary", { ttl: 3600 }),
      ["failover-record-has-short-ttl at primary", "failover-record-has-short-ttl at secondary"],
      "failover-budget-is-kept at primary",
    ),
    fault(
      "the primary has no check",
      (sample) => sample.set("primary", { healthCheckId: undefined }),
      "primary-record-has-health-check at primary",
      "tree-leaf-has-health-check at primary",
    ),
    fault(
      "one failed probe makes a check unhealthy",
      (sample) => sample.set("check-one", { failureThreshold: 1 }),
      "check-withstands-a-blip at check-one",
    ),
    fault(
      "there is no secondary",
      (sample) => sample.drop("secondary"),
      "failover-group-is-complete at primary",
      "failover-happens at primary",
    ),
    fault(
      "both servers are in one zone",
      (sample) => {
        const moved = sample
          .move("two", east)
          .move("two-subnet", east)
          .move("two-eip", east)
          .move("two-web", east);
        return moved
          .set("two", { availabilityZone: "us-east-1a" })
          .set("two-subnet", { availabilityZone: "us-east-1a" });
      },
      "tiers-fail-apart at secondary",
      "last-tier-is-in-another-region at secondary",
      "failover-happens at primary",
    ),
  ),
  scenario(
    "CNAMEs to balancers, each checked by the balancer's name",
    [
      pager,
      alb("east", east),
      scaled("east", east),
      alb("west", west),
      scaled("west", west),
      balancerCheck("east-check", "east", east),
      balancerCheck("west-check", "west", west),
      pair(
        app,
        { ttl: 60, records: [balancerName("east", east)], healthCheckId: "east-check" },
        { ttl: 60, records: [balancerName("west", west)], healthCheckId: "west-check" },
        "CNAME",
      ),
    ],
    fault(
      "the check probes the name whose answer it decides",
      (sample) => sample.set("east-check", { fqdn: app }),
      "check-watches-no-name-above-it at east-check",
      "record-is-checked-at-its-own-endpoint at primary",
    ),
    fault(
      "the check probes the other balancer",
      (sample) => sample.set("east-check", { fqdn: balancerName("west", west) }),
      "record-is-checked-at-its-own-endpoint at primary",
      "tiers-fail-apart at secondary",
    ),
    fault(
      "the TTL is five minutes",
      (sample) => sample.set("primary", { ttl: 300 }).set("secondary", { ttl: 300 }),
      ["failover-record-has-short-ttl at primary", "failover-record-has-short-ttl at secondary"],
      "failover-budget-is-kept at primary",
    ),
  ),
  scenario(
    "a web server, and a page in a bucket for its outage",
    [
      pager,
      server("web", "eu-west-1a", "192.0.2.10"),
      check("web-check", { type: "HTTP_STR_MATCH", ipAddress: "192.0.2.10", port: 80 }),
      website("page", app, east),
      pair(
        app,
        { ttl: 60, records: ["192.0.2.10"], healthCheckId: "web-check" },
        aliasTo("s3-website-us-east-1.amazonaws.com", websiteZones[east] ?? "", false),
      ),
    ],
    fault(
      "the bucket has a different name",
      (sample) =>
        sample
          .set("page", { bucket: "example-maintenance", arn: "arn:aws:s3:::example-maintenance" })
          .set("page-website", { bucket: "example-maintenance" })
          .set("page-access", { bucket: "example-maintenance" })
          .set("page-policy", { bucket: "example-maintenance" }),
      "website-bucket-is-named-like-record at secondary",
    ),
    fault(
      "the site is checked over HTTPS, which the bucket does not support",
      (sample) => sample.set("web-check", { type: "HTTPS_STR_MATCH", port: 443 }),
      "https-tree-ends-in-https at secondary",
    ),
    fault(
      "the page is in the server's region",
      (sample) =>
        ["page", "page-website", "page-access", "page-policy"]
          .reduce((moved, name) => moved.move(name, "eu-west-1"), sample)
          .set("page", { hostedZoneId: websiteZones["eu-west-1"] ?? "" })
          .set("page-website", {
            websiteDomain: "s3-website-eu-west-1.amazonaws.com",
            websiteEndpoint: `${app}.s3-website-eu-west-1.amazonaws.com`,
          })
          .set(
            "secondary",
            aliasTo("s3-website-eu-west-1.amazonaws.com", websiteZones["eu-west-1"] ?? "", false),
          ),
      "last-tier-is-in-another-region at secondary",
      "failover-happens at primary",
    ),
    fault(
      "the alias names the hosted zone of another region's websites",
      (sample) =>
        sample.set(
          "secondary",
          aliasTo("s3-website-us-east-1.amazonaws.com", websiteZones[west] ?? "", false),
        ),
      "alias-names-its-targets-zone at secondary",
    ),
  ),
];
