import { everyChoiceHasACheck } from "../../../policies/dns-failover/rules/everyChoiceHasACheck";
import { types } from "../../../policies/types";
import type { Properties } from "../../../routing/graph/resource";
import { alias, cafe, checkDefaults } from "../cafe";
import { describeRule } from "../describeRule";
import type { Sample } from "../sample";
import { nothing } from "../sample";

const choices = (first: Properties, second: Properties): Sample =>
  nothing.add(
    {
      type: types.healthCheck,
      name: "check",
      properties: { ...checkDefaults, ipAddress: "192.0.2.1" },
    },
    ...[first, second].map((properties, index) => ({
      type: types.record,
      name: `it-${index}`,
      properties: {
        zoneId: "Z1",
        name: "many.cafe.test",
        type: "A",
        ttl: 60,
        setIdentifier: `${index}`,
        ...properties,
      },
    })),
  );
const weighted = (weight: number, more: Properties = {}): Properties => ({
  weightedRoutingPolicies: [{ weight }],
  records: ["192.0.2.1"],
  ...more,
});
const checked = { healthCheckId: "check" };
const api = (more: Properties = {}): Properties => ({
  latencyRoutingPolicies: [{ region: "us-west-2" }],
  ...alias("d-1.execute-api.us-west-2.amazonaws.com", true, "Z9"),
  ...more,
});
const text = (name: string, got: string, answer: string): string =>
  `${name}.healthCheckId: must be set on each choice of many.cafe.test, got ${got}, so many.cafe.test keeps answering with ${answer} when it is dead; add a check of its own endpoint`;

describeRule(everyChoiceHasACheck, {
  complies: [
    { title: "with checks on all", sample: choices(weighted(1, checked), weighted(1, checked)) },
    { title: "with a failover, which other rules check", sample: cafe },
    {
      title: "with an alias to a balancer, which another rule checks",
      sample: choices(
        weighted(1, checked),
        weighted(1, { records: [], ...alias("web.us-west-2.elb.amazonaws.com", true, "Z9") }),
      ),
    },
  ],
  violates: [
    {
      title: "one record without a check",
      sample: choices(weighted(1, checked), weighted(1)),
      finds: [text("it-1", "none", "192.0.2.1")],
    },
    {
      title: "no check on any record, as one finding",
      sample: choices(weighted(1), weighted(1)),
      finds: [text("it-0", "none on any of 2", "192.0.2.1")],
    },
    {
      title: "an alias to API Gateway, which is always healthy",
      sample: choices(api(checked), api({ latencyRoutingPolicies: [{ region: "eu-west-1" }] })),
      finds: [text("it-1", "none", "d-1.execute-api.us-west-2.amazonaws.com")],
    },
  ],
  boundary: [
    {
      title: "a record with weight 0",
      sample: choices(weighted(1, checked), weighted(0)),
      finds: [],
    },
    { title: "a single record", sample: choices(weighted(1), weighted(1)).drop("it-1"), finds: [] },
  ],
  notApplicable: [{ title: "in an empty stack", sample: nothing }],
  unknown: [
    {
      title: "an unknown check",
      sample: choices(weighted(1, checked), weighted(1, checked)).hide("it-1", "healthCheckId"),
      finds: [],
    },
  ],
  configuration: [],
});
