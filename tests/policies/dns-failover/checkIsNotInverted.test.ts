import { checkIsNotInverted } from "../../../policies/dns-failover/rules/checkIsNotInverted";
import { cafe } from "../cafe";
import { describeRule } from "../describeRule";
import { nothing } from "../sample";

describeRule(checkIsNotInverted, {
  complies: [{ title: "with a latch as the only inverted check", sample: cafe }],
  violates: [
    {
      title: "an inverted check of its record's endpoint",
      sample: cafe.set("check-2a", { invertHealthcheck: true }),
      finds: [
        "check-2a.invertHealthcheck: must not be set on a check of the endpoint of record-oregon-primary, got true, so oregon.www.cafe.test drops this endpoint while it works, and returns it when it is dead; remove it",
      ],
    },
    {
      title: "an inverted check of an address outside the stack, for two records, once",
      sample: cafe
        .drop("address-2a", "web-2a")
        .set("check-2a", { invertHealthcheck: true })
        .set("record-oregon-secondary", { records: ["192.0.2.1"], healthCheckId: "check-2a" }),
      finds: [
        "check-2a.invertHealthcheck: must not be set on a check of the endpoint of record-oregon-secondary, got true, so oregon.www.cafe.test drops this endpoint while it works, and returns it when it is dead; remove it",
      ],
    },
  ],
  boundary: [
    {
      title: "an inverted check of something else",
      sample: cafe.set("record-oregon-primary", { healthCheckId: "latch" }),
      finds: [],
    },
    {
      title: "a disabled check, which probes nothing (H16)",
      sample: cafe.set("check-2a", { invertHealthcheck: true, disabled: true }),
      finds: [],
    },
    {
      title: "an explicitly normal check",
      sample: cafe.set("check-2a", { invertHealthcheck: false }),
      finds: [],
    },
  ],
  notApplicable: [{ title: "in an empty stack", sample: nothing }],
  unknown: [
    {
      title: "an unknown check",
      sample: cafe
        .set("check-2a", { invertHealthcheck: true })
        .hide("check-2a", "invertHealthcheck"),
      finds: [],
    },
  ],
  configuration: [],
});
