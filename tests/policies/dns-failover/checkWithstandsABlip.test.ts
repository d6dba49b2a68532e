import { checkWithstandsABlip } from "../../../policies/dns-failover/rules/checkWithstandsABlip";
import { types } from "../../../policies/types";
import { cafe } from "../cafe";
import { describeRule } from "../describeRule";
import { nothing } from "../sample";

const checkNames = cafe.resources
  .filter(({ type }) => type === types.healthCheck)
  .map(({ name }) => name);

describeRule(checkWithstandsABlip, {
  complies: [
    { title: "with three probes", sample: cafe },
    {
      title: "with Route 53's own threshold",
      sample: cafe.set("check-2a", { failureThreshold: undefined }),
    },
  ],
  violates: [
    {
      title: "one probe",
      sample: cafe.set("check-2a", { failureThreshold: 1 }),
      finds: [
        "check-2a.failureThreshold: must be at least 2, got 1, so 1 lost probe can move all customers, and the next successful probes can move them back; raise it, and lower requestInterval if that is too slow",
      ],
    },
  ],
  boundary: [
    { title: "two probes", sample: cafe.set("check-2a", { failureThreshold: 2 }), finds: [] },
    {
      title: "one less than configured",
      sample: cafe.only("check-2a"),
      config: { minThreshold: 4 },
      finds: [
        "check-2a.failureThreshold: must be at least 4, got 3, so 3 lost probes in a row can move all customers, and the next successful probes can move them back; raise it, and lower requestInterval if that is too slow",
      ],
    },
  ],
  notApplicable: [
    { title: "without checks", sample: cafe.drop(...checkNames) },
    { title: "in an empty stack", sample: nothing },
  ],
  unknown: [
    {
      title: "an unknown threshold",
      sample: cafe.hide("check-2a", "failureThreshold"),
      finds: ["unknown: failureThreshold: check-2a: it is not known before deployment"],
    },
  ],
  configuration: [
    {
      values: { minThreshold: 0 },
      faults: [
        "check-withstands-a-blip.minThreshold: must be a whole number from 1 to 10, got 0; it means: the fewest failed probes in a row that may move customers",
      ],
    },
    {
      values: { minThreshold: 2.5 },
      faults: [
        "check-withstands-a-blip.minThreshold: must be a whole number from 1 to 10, got 2.5; it means: the fewest failed probes in a row that may move customers",
      ],
    },
  ],
});
