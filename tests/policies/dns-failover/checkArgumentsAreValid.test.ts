import { checkArgumentsAreValid } from "../../../policies/dns-failover/rules/checkArgumentsAreValid";
import { types } from "../../../policies/types";
import type { Properties } from "../../../routing/graph/resource";
import { cafe } from "../cafe";
import { describeRule } from "../describeRule";
import type { Sample } from "../sample";
import { nothing } from "../sample";

const checkNames = cafe.resources
  .filter(({ type }) => type === types.healthCheck)
  .map(({ name }) => name);
const check = (properties: Properties): Sample =>
  cafe.add({ type: types.healthCheck, name: "check", properties });

describeRule(checkArgumentsAreValid, {
  complies: [
    { title: "with endpoint and calculated checks", sample: cafe },
    {
      title: "with an alarm check",
      sample: check({
        type: "CLOUDWATCH_METRIC",
        cloudwatchAlarmName: "a",
        cloudwatchAlarmRegion: "us-east-1",
        insufficientDataHealthStatus: "Unhealthy",
      }),
    },
    {
      title: "with zeros that a provider fills in",
      sample: check({
        type: "CALCULATED",
        childHealthchecks: ["latch"],
        childHealthThreshold: 1,
        port: 0,
        measureLatency: false,
      }),
    },
  ],
  violates: [
    {
      title: "an invalid type",
      sample: check({ type: "PING" }),
      finds: [
        "check.type: must be one of HTTP, HTTPS, HTTP_STR_MATCH, HTTPS_STR_MATCH, TCP, CALCULATED, CLOUDWATCH_METRIC, RECOVERY_CONTROL, got PING, so Route 53 rejects the check and the update fails halfway; correct it",
      ],
    },
    {
      title: "a port of 0 of an endpoint",
      sample: check({ type: "HTTP", ipAddress: "8.8.4.1", port: 0 }),
      finds: [
        "check.port: must be a port from 1 to 65535, got 0, so Route 53 rejects the check and the update fails halfway; correct it",
      ],
    },
    {
      title: "an invalid interval",
      sample: cafe.set("check-2a", { requestInterval: 20 }),
      finds: [
        "check-2a.requestInterval: must be 10 or 30 s, got 20, so Route 53 rejects the check and the update fails halfway; correct it",
      ],
    },
    {
      title: "a check without an endpoint",
      sample: check({ type: "HTTP" }),
      finds: [
        "check.fqdn: must be set if ipAddress is not, got neither, so Route 53 rejects the check and the update fails halfway; correct it",
      ],
    },
    {
      title: "a marker without its type",
      sample: cafe.set("check-2a", { type: "HTTP" }),
      finds: [
        "check-2a.searchString: must not be set for type HTTP, got a value, so Route 53 rejects the check and the update fails halfway; correct it",
      ],
    },
    {
      title: "a type without its marker",
      sample: cafe.set("check-2a", { searchString: undefined }),
      finds: [
        "check-2a.searchString: must be set for type HTTP_STR_MATCH, got none, so Route 53 rejects the check and the update fails halfway; correct it",
      ],
    },
    {
      title: "an endpoint's arguments on a calculated check",
      sample: cafe.set("region-oregon", { port: 80 }),
      finds: [
        "region-oregon.port: must not be set for type CALCULATED, got a value, so Route 53 rejects the check and the update fails halfway; correct it",
      ],
    },
    {
      title: "an alarm check without its alarm",
      sample: check({ type: "CLOUDWATCH_METRIC" }),
      finds: [
        "check.cloudwatchAlarmName: must be set for type CLOUDWATCH_METRIC, got none, so Route 53 rejects the check and the update fails halfway; correct it",
        "check.cloudwatchAlarmRegion: must be set for type CLOUDWATCH_METRIC, got none, so Route 53 rejects the check and the update fails halfway; correct it",
      ],
    },
    {
      title: "a region that has no checkers",
      sample: cafe.set("check-2a", { regions: ["us-west-2", "us-east-1", "eu-central-1"] }),
      finds: [
        "check-2a.regions: must be checker regions: us-east-1, us-west-1, us-west-2, eu-west-1, ap-southeast-1, ap-southeast-2, ap-northeast-1, sa-east-1, got eu-central-1, so Route 53 rejects the check and the update fails halfway; correct it",
      ],
    },
    {
      title: "a routing control check without its control",
      sample: check({ type: "RECOVERY_CONTROL" }),
      finds: [
        "check.routingControlArn: must be set for type RECOVERY_CONTROL, got none, so Route 53 rejects the check and the update fails halfway; correct it",
      ],
    },
  ],
  boundary: [
    {
      title: "the highest threshold",
      sample: cafe.set("check-2a", { failureThreshold: 10 }),
      finds: [],
    },
    {
      title: "one more than the highest threshold",
      sample: cafe.set("check-2a", { failureThreshold: 11 }),
      finds: [
        "check-2a.failureThreshold: must be a whole number from 1 to 10, got 11, so Route 53 rejects the check and the update fails halfway; correct it",
      ],
    },
    {
      title: "one less than the lowest threshold",
      sample: cafe.set("check-2a", { failureThreshold: 0 }),
      finds: [
        "check-2a.failureThreshold: must be a whole number from 1 to 10, got 0, so Route 53 rejects the check and the update fails halfway; correct it",
      ],
    },
    {
      title: "three regions",
      sample: cafe.set("check-2a", { regions: ["us-west-2", "us-east-1", "eu-west-1"] }),
      finds: [],
    },
    {
      title: "two regions",
      sample: cafe.set("check-2a", { regions: ["us-west-2", "us-east-1"] }),
      finds: [
        "check-2a.regions: must be at least 3, got 2, so Route 53 rejects the check and the update fails halfway; correct it",
      ],
    },
    {
      title: "a threshold equal to the number of children",
      sample: cafe.set("region-dublin", { childHealthThreshold: 1 }),
      finds: [],
    },
    {
      title: "a threshold above the number of children",
      sample: cafe.set("region-dublin", { childHealthThreshold: 2 }),
      finds: [
        "region-dublin.childHealthThreshold: must be from 1 to the number of children, 1, got 2, so the check is never healthy; use the number of children that must be healthy",
      ],
    },
    {
      title: "a threshold of zero",
      sample: cafe.set("region-dublin", { childHealthThreshold: 0 }),
      finds: [
        "region-dublin.childHealthThreshold: must be from 1 to the number of children, 1, got 0, so the check is always healthy; use the number of children that must be healthy",
      ],
    },
    {
      title: "256 children",
      sample: cafe.set("region-dublin", {
        childHealthchecks: Array.from({ length: 256 }, () => "x"),
      }),
      finds: [
        "region-dublin.childHealthchecks: must be at most 255, got 256, so Route 53 rejects the check and the update fails halfway; correct it",
      ],
    },
    {
      title: "a path of 255 characters",
      sample: cafe.set("check-2a", { resourcePath: `/${"x".repeat(254)}` }),
      finds: [],
    },
    {
      title: "a marker of 256 characters",
      sample: cafe.set("check-2a", { searchString: "x".repeat(256) }),
      finds: [
        'check-2a.searchString: must have at most 255 characters, got "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", so Route 53 rejects the check and the update fails halfway; correct it',
      ],
    },
  ],
  notApplicable: [
    { title: "without checks", sample: cafe.drop(...checkNames) },
    { title: "in an empty stack", sample: nothing },
  ],
  unknown: [
    {
      title: "an unknown type",
      sample: cafe.hide("check-2a", "type"),
      finds: ["unknown: type: check-2a: it is not known before deployment"],
    },
    {
      title: "unknown values",
      sample: cafe.hide("check-2a", "requestInterval", "regions"),
      finds: [
        "unknown: requestInterval: check-2a: it is not known before deployment",
        "unknown: regions: check-2a: it is not known before deployment",
      ],
    },
    {
      title: "unknown children",
      sample: cafe.hide("region-dublin", "childHealthchecks"),
      finds: ["unknown: childHealthchecks: region-dublin: it is not known before deployment"],
    },
  ],
  configuration: [],
});
