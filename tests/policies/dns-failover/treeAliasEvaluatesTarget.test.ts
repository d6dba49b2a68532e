import { treeAliasEvaluatesTarget } from "../../../policies/dns-failover/rules/treeAliasEvaluatesTarget";
import { types } from "../../../policies/types";
import { alias, cafe } from "../cafe";
import { describeRule } from "../describeRule";
import type { Properties } from "../../../routing/graph/resource";
import type { Made } from "../sample";
import { nothing } from "../sample";

const recordNames = cafe.resources
  .filter(({ type }) => type === types.record)
  .map(({ name }) => name);

const choice = (name: string, properties: Properties): Made => ({
  type: types.record,
  name: `record-${name}`,
  properties: {
    zoneId: "Z1",
    name: "shop.cafe.test",
    type: "A",
    setIdentifier: name,
    weightedRoutingPolicies: [{ weight: 1 }],
    ...properties,
  },
});

describeRule(treeAliasEvaluatesTarget, {
  complies: [{ title: "if all aliases evaluate", sample: cafe }],
  violates: [
    {
      title: "an alias that does not evaluate, without a check",
      sample: cafe.set("record-www-primary", alias("live.www.cafe.test", false)),
      finds: [
        "record-www-primary.aliases[0].evaluateTargetHealth: must be true on an alias to live.www.cafe.test, got false, so with us-west-2 and eu-west-1 lost, www.cafe.test answers with 192.0.2.1 (web-2a), which is dead; set it",
      ],
    },
    {
      title: "an alias that does not evaluate, with a check",
      sample: cafe.set("record-live-primary", alias("oregon.www.cafe.test", false)),
      finds: [
        "record-live-primary.aliases[0].evaluateTargetHealth: must be true on an alias to oregon.www.cafe.test, got false, so live.www.cafe.test leaves a dead oregon.www.cafe.test only when the check of this record fails; set it",
      ],
    },
    {
      title: "weighted aliases that do not evaluate, outside a failover tree",
      sample: cafe.add(
        choice("blue", alias("web.elb.us-west-2.amazonaws.com", false, "ZELB")),
        choice("green", alias("green.cafe.test", false)),
      ),
      finds: [
        "record-blue.aliases[0].evaluateTargetHealth: must be true on an alias to web.elb.us-west-2.amazonaws.com, got false, so shop.cafe.test keeps answering from web.elb.us-west-2.amazonaws.com when all of it is dead; set it",
        "record-green.aliases[0].evaluateTargetHealth: must be true on an alias to green.cafe.test, got false, so shop.cafe.test keeps answering from green.cafe.test when all of it is dead; set it",
      ],
    },
  ],
  boundary: [
    {
      title: "weighted aliases that evaluate, or have a check",
      sample: cafe.add(
        choice("blue", { ...alias("blue.cafe.test", false), healthCheckId: "check-2a" }),
        choice("green", alias("green.cafe.test")),
      ),
      finds: [],
    },
    {
      title: "a single weighted alias",
      sample: cafe.add(choice("blue", alias("blue.cafe.test", false))),
      finds: [],
    },
    {
      title: "an alias to a website, which is not a record",
      sample: cafe.set(
        "record-www-secondary",
        alias("s3-website.us-east-2.amazonaws.com", false, "Z2O1EMRO9K5GLX"),
      ),
      finds: [],
    },
    {
      title: "an alias on the path to the last tier",
      sample: cafe.set("record-www-secondary", alias("page.www.cafe.test", false)).add({
        type: types.record,
        name: "record-page",
        properties: {
          zoneId: "Z1",
          name: "page.www.cafe.test",
          type: "A",
          ...alias("s3-website.us-east-2.amazonaws.com", false, "Z2O1EMRO9K5GLX"),
        },
      }),
      finds: [],
    },
  ],
  notApplicable: [
    { title: "without records", sample: cafe.drop(...recordNames) },
    { title: "in an empty stack", sample: nothing },
  ],
  unknown: [
    {
      title: "an unknown target, which another rule reports",
      sample: cafe.hide("record-www-primary", "aliases"),
      finds: [],
    },
  ],
  configuration: [],
});
