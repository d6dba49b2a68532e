import { primaryRecordHasHealthCheck } from "../../../policies/dns-failover/rules/primaryRecordHasHealthCheck";
import { types } from "../../../policies/types";
import { alias, cafe } from "../cafe";
import { describeRule } from "../describeRule";
import { nothing } from "../sample";

const recordNames = cafe.resources
  .filter(({ type }) => type === types.record)
  .map(({ name }) => name);

describeRule(primaryRecordHasHealthCheck, {
  complies: [{ title: "with checks and evaluation", sample: cafe }],
  violates: [
    {
      title: "addresses without a check",
      sample: cafe.set("record-oregon-primary", { healthCheckId: undefined }),
      finds: [
        "record-oregon-primary.healthCheckId: must be set on a primary, got none, so Route 53 rejects the record and the update fails halfway; add a check of its endpoint",
      ],
    },
    {
      title: "an alias without check or evaluation",
      sample: cafe.set("record-www-primary", alias("live.www.cafe.test", false)),
      finds: [
        "record-www-primary.healthCheckId: must be set on a primary, got none, and an alias that does not evaluate its target, so www.cafe.test always answers with its primary, even if it is dead; set evaluateTargetHealth, or give it a check",
      ],
    },
  ],
  boundary: [
    {
      title: "an alias with only a check",
      sample: cafe.set("record-live-primary", alias("oregon.www.cafe.test", false)),
      finds: [],
    },
    {
      title: "a secondary without a check",
      sample: cafe.set("record-oregon-secondary", { healthCheckId: undefined }),
      finds: [],
    },
    {
      title: "an empty check id",
      sample: cafe.set("record-oregon-primary", { healthCheckId: "" }),
      finds: [
        "record-oregon-primary.healthCheckId: must be set on a primary, got none, so Route 53 rejects the record and the update fails halfway; add a check of its endpoint",
      ],
    },
  ],
  notApplicable: [
    { title: "without records", sample: cafe.drop(...recordNames) },
    { title: "in an empty stack", sample: nothing },
  ],
  unknown: [
    {
      title: "an unknown check, which is a check",
      sample: cafe.hide("record-oregon-primary", "healthCheckId"),
      finds: [],
    },
  ],
  configuration: [],
});
