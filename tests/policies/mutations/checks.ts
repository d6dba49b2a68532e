import { types } from "../../../policies/types";
import type { Properties } from "../../../routing/graph/resource";
import { budget, drop, idOf, orders, oregon, set } from "./mutation";
import type { PolicyMutation } from "./mutation";

export const checkMutations: readonly PolicyMutation[] = [
  {
    rule: "record-is-checked-at-its-own-endpoint",
    stack: "prod",
    title: "Oregon's primary uses the check of its secondary",
    apply: (sample) =>
      sample.set(`${oregon}-primary`, { healthCheckId: idOf(sample, "oregon-us-west-2b-check") }),
    also: { "failover-budget-is-kept": "the region's check takes longer to leave both zones" },
  },
  {
    rule: "check-watches-no-name-above-it",
    stack: "prod",
    title: "Oregon's deep check probes the public name",
    apply: set("oregon-deep-check", { fqdn: "orders.cafe.com" }),
  },
  {
    rule: "check-address-is-public",
    stack: "prod",
    title: "a check of a private address",
    apply: set("oregon-us-west-2a-check", { ipAddress: "10.30.0.5" }),
    also: {
      "record-is-checked-at-its-own-endpoint": "the record answers another address",
    },
  },
  {
    rule: "checker-is-let-in",
    stack: "prod",
    title: "no security group admits HTTPS to Oregon's balancers",
    apply: drop("oregon-balancers-https-in", "oregon-balancers-https-in-ipv6"),
  },
  {
    rule: "check-speaks-its-endpoints-protocol",
    stack: "prod",
    title: "an HTTPS check probes the HTTP port",
    apply: set("oregon-us-west-2a-check", { port: 80 }),
  },
  {
    rule: "check-agrees-with-target-group",
    stack: "prod",
    title: "a target group probes another path",
    apply: (sample) => {
      const name = "oregon-us-west-2a-targets-tls";
      const group = sample.resources.find((each) => each.name === name);
      const check = (group?.outputs["healthCheck"] ?? {}) as Properties;
      return sample.set(name, { healthCheck: { ...check, path: "/ready" } });
    },
  },
  {
    rule: "check-asks-for-health",
    stack: "prod",
    title: "a check without a marker",
    apply: set("oregon-us-west-2a-check", { type: "HTTPS", searchString: undefined }),
  },
  {
    rule: "zone-check-is-shallow",
    stack: "prod",
    title: "a zone's check probes the deep path",
    apply: set("oregon-us-west-2a-check", { resourcePath: "/health.php" }),
    also: { "check-agrees-with-target-group": "the balancer still probes the shallow path" },
  },
  {
    rule: "check-arguments-are-valid",
    stack: "prod",
    title: "a check every 20 s",
    apply: set("oregon-us-west-2a-check", { requestInterval: 20 }),
    also: {
      "endpoint-check-detects-in-time": "2 × (20 s + 8 s) is longer than promised",
      "failover-budget-is-kept": budget,
    },
  },
  {
    rule: "check-is-enabled",
    stack: "prod",
    title: "a check is disabled to drain its zone",
    apply: set("oregon-us-west-2a-check", { disabled: true }),
  },
  {
    rule: "check-is-not-inverted",
    stack: "prod",
    title: "a zone's check is inverted",
    apply: set("oregon-us-west-2a-check", { invertHealthcheck: true }),
  },
  {
    rule: "failover-happens",
    stack: "prod",
    title: "the checks of Oregon are healthy while those of Dublin are healthy",
    apply: (sample) =>
      sample
        .add({
          type: types.healthCheck,
          name: "either-check",
          properties: {
            type: "CALCULATED",
            childHealthchecks: ["oregon-us-west-2a-check", "dublin-eu-west-1a-check"].map((name) =>
              idOf(sample, name),
            ),
            childHealthThreshold: 1,
          },
        })
        .set(`${oregon}-primary`, { healthCheckId: "either-check" })
        .set("oregon-region-check", {
          childHealthchecks: ["oregon-deep-check", "dublin-deep-check"].map((name) =>
            idOf(sample, name),
          ),
          childHealthThreshold: 1,
        }),
    also: { "check-has-alarm": "the new check has none" },
  },
  {
    rule: "check-withstands-a-blip",
    stack: "prod",
    title: "a failure threshold of 1",
    apply: set("oregon-us-west-2a-check", { failureThreshold: 1 }),
  },
  {
    rule: "check-is-replaced-before-deleted",
    stack: "prod",
    title: "a check is deleted before its replacement exists",
    apply: (sample) =>
      sample.change("oregon-deep-check", (check) => ({ ...check, deleteBeforeReplace: true })),
  },
  {
    rule: "endpoint-check-detects-in-time",
    stack: "prod",
    title: "a failure threshold of 3 instead of 2",
    apply: set("oregon-us-west-2a-check", { failureThreshold: 3 }),
    also: { "failover-budget-is-kept": budget },
  },
  {
    rule: "branch-check-detects-in-time",
    stack: "prod",
    title: "a region check of eight probes",
    apply: set("oregon-deep-check", { failureThreshold: 8 }),
    also: { "failover-budget-is-kept": budget },
  },
  {
    rule: "branch-check-outlasts-database-failover",
    stack: "prod",
    title: "a region check of four probes",
    apply: set("oregon-deep-check", { failureThreshold: 4 }),
  },
  {
    rule: "failover-budget-is-kept",
    stack: "prod",
    title: "a TTL of a minute, as in dev",
    apply: (sample) =>
      sample.set(`${oregon}-primary`, { ttl: 60 }).set(`${oregon}-secondary`, { ttl: 60 }),
    also: { "failover-record-has-short-ttl": "a minute is more than prod permits" },
  },
  {
    rule: "alarm-check-answers-missing-data",
    stack: "prod",
    title: "missing data counts as healthy",
    apply: set("oregon-metric-check", { insufficientDataHealthStatus: "Healthy" }),
  },
  {
    rule: "alarm-check-has-usable-alarm",
    stack: "prod",
    title: "the metric check does not follow its alarm's changes",
    apply: set("oregon-metric-check", { triggers: undefined }),
  },
  {
    rule: "alarm-check-has-usable-alarm",
    stack: "prod",
    title: "the metric check names another region for its alarm",
    apply: set("oregon-metric-check", { cloudwatchAlarmRegion: "us-east-1" }),
  },
  {
    rule: "alarm-check-has-usable-alarm",
    stack: "prod",
    title: "the alarm of the metric check can never enter ALARM",
    apply: (sample) => {
      const check = sample.resources.find(({ name }) => name === "oregon-metric-check");
      const [urn = ""] = check?.propertyDependencies["cloudwatchAlarmName"] ?? [];
      const alarm = urn.split("::").at(-1) ?? "";
      return sample.set(alarm, { comparisonOperator: "LessThanThreshold", threshold: 0 });
    },
  },
  {
    rule: "failback-is-gated",
    stack: "prod",
    title: "Oregon has no region check at all",
    apply: set(orders("live.", "primary"), { healthCheckId: undefined }),
  },
  {
    rule: "latch-is-readable",
    stack: "prod",
    title: "a latch in a bucket that checkers cannot read",
    apply: drop("gate-bucket-policy"),
  },
  {
    rule: "latch-is-protected",
    stack: "prod",
    title: "a latch check that an update may delete",
    apply: (sample) => sample.change("gate-latch-check", (check) => ({ ...check, protect: false })),
  },
  {
    rule: "check-has-alarm",
    stack: "prod",
    title: "a check's alarm is missing",
    apply: drop("alerts-oregon-deep"),
  },
  {
    rule: "route53-alarm-is-where-its-metric-is",
    stack: "prod",
    title: "a check's alarm is in Oregon",
    apply: (sample) => sample.move("alerts-oregon-deep", "us-west-2"),
  },
  {
    rule: "alarm-topic-is-encrypted-and-heard",
    stack: "prod",
    title: "the topic has no subscriber",
    apply: (sample) =>
      sample.drop(
        ...sample.resources
          .filter(({ type, region }) => type === types.topicSubscription && region === "us-east-1")
          .map(({ name }) => name),
      ),
  },
  {
    rule: "experiment-stops-on-harm-elsewhere",
    stack: "prod",
    title: "an experiment in Oregon's first zone has that zone's own alarm as its stop condition",
    apply: (sample) => {
      const alarm = "oregon-alerts-us-west-2a-tls-no-healthy-target";
      const arn = sample.resources.find(({ name }) => name === alarm)?.outputs["arn"] ?? "";
      return sample.add({
        type: "aws:fis/experimentTemplate:ExperimentTemplate",
        name: "experiment",
        properties: {
          actions: [
            {
              name: "cut-off",
              actionId: "aws:network:disrupt-connectivity",
              target: { key: "Subnets", value: "subnets" },
            },
          ],
          targets: [
            {
              name: "subnets",
              resourceType: "aws:ec2:subnet",
              selectionMode: "ALL",
              resourceTags: [{ key: "Environment", value: "prod" }],
              parameters: { availabilityZoneIdentifier: "us-west-2a" },
            },
          ],
          stopConditions: [{ source: "aws:cloudwatch:alarm", value: arn }],
        },
      });
    },
  },
];
