import { treeAliasEvaluatesTarget } from "../../../policies/dns-failover/rules/treeAliasEvaluatesTarget";
import { types } from "../../../policies/types";
import { alias, cafe } from "../cafe";
import { describeRule } from "../describeRule";
import { nothing } from "../sample";

const recordNames = cafe.resources
  .filter(({ type }) => type === types.record)
  .map(({ name }) => name);

describeRule(treeAliasEvaluatesTarget, {
  complies: [{ title: "where all aliases evaluate", sample: cafe }],
  violates: [
    {
      title: "an alias that does not, without a check",
      sample: cafe.set("record-www-primary", alias("live.www.cafe.test", false)),
      finds: [
        "record-www-primary.aliases[0].evaluateTargetHealth: must be true on an alias to live.www.cafe.test, got false, so with us-west-2 and eu-west-1 lost, www.cafe.test answers 192.0.2.1 (web-2a), dead; set it",
      ],
    },
    {
      title: "an alias that does not, with a check",
      sample: cafe.set("record-live-primary", alias("oregon.www.cafe.test", false)),
      finds: [
        "record-live-primary.aliases[0].evaluateTargetHealth: must be true on an alias to oregon.www.cafe.test, got false, so live.www.cafe.test leaves a dead oregon.www.cafe.test only when its own check fails; set it",
      ],
    },
  ],
  boundary: [
    {
      title: "an alias to a website, which is no record",
      sample: cafe.set(
        "record-www-secondary",
        alias("s3-website.us-east-2.amazonaws.com", false, "Z2O1EMRO9K5GLX"),
      ),
      finds: [],
    },
    {
      title: "an alias on the way to the last tier",
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
      title: "nothing where the target is not known yet: another rule says so",
      sample: cafe.hide("record-www-primary", "aliases"),
      finds: [],
    },
  ],
  configuration: [],
});
