import { checkIsEnabled } from "../../../policies/dns-failover/rules/checkIsEnabled";
import { types } from "../../../policies/types";
import { cafe } from "../cafe";
import { describeRule } from "../describeRule";
import { nothing } from "../sample";

const checkNames = cafe.resources
  .filter(({ type }) => type === types.healthCheck)
  .map(({ name }) => name);

describeRule(checkIsEnabled, {
  complies: [{ title: "with enabled checks", sample: cafe }],
  violates: [
    {
      title: "a disabled check",
      sample: cafe.set("check-2a", { disabled: true }),
      finds: [
        "check-2a.disabled: must not be set, got true, so the check is always healthy, and a dead endpoint keeps its traffic; remove it; to drain the endpoint, remove its record",
      ],
    },
    {
      title: "a disabled inverted check",
      sample: cafe.set("check-2a", { disabled: true, invertHealthcheck: true }),
      finds: [
        "check-2a.disabled: must not be set, got true, so the check is always unhealthy (H16, an assumption), and a live endpoint gets no traffic; remove it; to drain the endpoint, remove its record",
      ],
    },
  ],
  boundary: [
    {
      title: "an explicitly enabled check",
      sample: cafe.set("check-2a", { disabled: false }),
      finds: [],
    },
    {
      title: "an inverted check",
      sample: cafe.set("check-2a", { invertHealthcheck: true }),
      finds: [],
    },
  ],
  notApplicable: [
    { title: "without checks", sample: cafe.drop(...checkNames) },
    { title: "in an empty stack", sample: nothing },
  ],
  unknown: [
    {
      title: "an unknown setting",
      sample: cafe.hide("check-2a", "disabled"),
      finds: ["unknown: disabled: check-2a: it is not known before deployment"],
    },
  ],
  configuration: [],
});
