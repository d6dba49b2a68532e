import { treeLeafHasHealthCheck } from "../../../policies/dns-failover/rules/treeLeafHasHealthCheck";
import { types } from "../../../policies/types";
import { Unknown } from "../../../routing/graph/resource";
import { alias, cafe } from "../cafe";
import { describeRule } from "../describeRule";
import type { Sample } from "../sample";
import { nothing } from "../sample";

const recordNames = cafe.resources
  .filter(({ type }) => type === types.record)
  .map(({ name }) => name);
const pair = cafe.drop(...recordNames.filter((name) => !name.startsWith("record-oregon")));

/** A secondary without a check, whose target nobody knows yet. */
function lookedUp(evaluateTargetHealth: boolean): Sample {
  return cafe
    .set("record-oregon-secondary", {
      aliases: [{ name: new Unknown("computed"), zoneId: "Z1", evaluateTargetHealth }],
      ttl: undefined,
      records: undefined,
      healthCheckId: undefined,
    })
    .change("record-oregon-secondary", (one) => ({ ...one, propertyDependencies: {} }));
}

describeRule(treeLeafHasHealthCheck, {
  complies: [{ title: "if only the last tier has no check", sample: cafe }],
  violates: [
    {
      title: "a secondary without a check inside the tree",
      sample: cafe.set("record-oregon-secondary", { healthCheckId: undefined }),
      finds: [
        "record-oregon-secondary.healthCheckId: must be set on a record inside a failover tree, got none, so oregon.www.cafe.test always counts as healthy, and only a check above it can remove it; add a check of its own endpoint",
      ],
    },
    {
      title: "an alias to a website that is not last",
      sample: cafe.set("record-dublin-secondary", {
        ...alias("s3-website.us-east-2.amazonaws.com", false, "Z2O1EMRO9K5GLX"),
        ttl: undefined,
        records: undefined,
        healthCheckId: undefined,
      }),
      finds: [
        "record-dublin-secondary.healthCheckId: must be set on a record inside a failover tree, got none, so dublin.www.cafe.test always counts as healthy, and only a check above it can remove it; add a check of its own endpoint",
      ],
    },
    {
      title: "an alias to API Gateway, which is always healthy (A10)",
      sample: cafe.set("record-oregon-secondary", {
        ...alias("d-1.execute-api.us-west-2.amazonaws.com", true, "ZAPI"),
        ttl: undefined,
        records: undefined,
        healthCheckId: undefined,
      }),
      finds: [
        "record-oregon-secondary.healthCheckId: must be set on a record inside a failover tree, got none, so oregon.www.cafe.test always counts as healthy, and only a check above it can remove it; add a check of its own endpoint",
      ],
    },
  ],
  boundary: [
    {
      title: "an alias to an unknown target that evaluates nothing, which is always healthy (A3)",
      sample: lookedUp(false),
      finds: [
        "record-oregon-secondary.healthCheckId: must be set on a record inside a failover tree, got none, so oregon.www.cafe.test always counts as healthy, and only a check above it can remove it; add a check of its own endpoint",
      ],
    },
    {
      title: "an alias to Elastic Beanstalk that evaluates it",
      sample: cafe.set("record-oregon-secondary", {
        ...alias("env.us-west-2.elasticbeanstalk.com", true, "ZEB"),
        ttl: undefined,
        records: undefined,
        healthCheckId: undefined,
      }),
      finds: [],
    },
    {
      title: "an alias to a balancer that evaluates it",
      sample: cafe.set("record-oregon-secondary", {
        ...alias("web.elb.us-west-2.amazonaws.com"),
        ttl: undefined,
        records: undefined,
        healthCheckId: undefined,
      }),
      finds: [],
    },
    {
      title: "a single pair, whose secondary is the last tier",
      sample: pair.set("record-oregon-secondary", { healthCheckId: undefined }),
      finds: [],
    },
  ],
  notApplicable: [
    { title: "without records", sample: cafe.drop(...recordNames) },
    { title: "in an empty stack", sample: nothing },
  ],
  unknown: [
    {
      title: "an unknown check, which is a check",
      sample: cafe.hide("record-oregon-secondary", "healthCheckId"),
      finds: [],
    },
    {
      title: "an alias that evaluates a target whose name is not known, as from a look-up",
      sample: lookedUp(true),
      finds: [
        "unknown: aliases[0].name: record-oregon-secondary: it is not known before deployment, so whether its health is evaluated is not checked",
      ],
    },
  ],
  configuration: [],
});
