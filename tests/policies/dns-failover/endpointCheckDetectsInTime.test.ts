import { endpointCheckDetectsInTime } from "../../../policies/dns-failover/rules/endpointCheckDetectsInTime";
import { types } from "../../../policies/types";
import { cafe } from "../cafe";
import { describeRule } from "../describeRule";
import { nothing } from "../sample";

const checkNames = cafe.resources
  .filter(({ type }) => type === types.healthCheck)
  .map(({ name }) => name);

describeRule(endpointCheckDetectsInTime, {
  complies: [
    {
      title: "with a check without a marker, which check-asks-for-health reports",
      sample: cafe.set("check-2a", { type: "HTTP" }),
      config: { maxSeconds: 120 },
    },
    { title: "within the bound", sample: cafe },
  ],
  violates: [
    {
      title: "only a TCP connection",
      sample: cafe.set("check-2a", { type: "TCP" }),
      config: { maxSeconds: 120 },
      finds: [
        "check-2a.failureThreshold: must detect every failure of its endpoint within 120 s, got 130 s when it drains slowly (10 s + 3 × (30 s + 10 s) of check-2a), so www.cafe.test is down for up to 200 s: 130 s to detect, 10 s to propagate (δ), 60 s of TTL; lower requestInterval or failureThreshold",
      ],
    },
    {
      title: "four probes",
      sample: cafe.set("check-2a", { failureThreshold: 4 }),
      config: { maxSeconds: 120 },
      finds: [
        "check-2a.failureThreshold: must detect every failure of its endpoint within 120 s, got 152 s when it hangs in the body (4 × (30 s + 8 s) of check-2a), so www.cafe.test is down for up to 222 s: 152 s to detect, 10 s to propagate (δ), 60 s of TTL; lower requestInterval or failureThreshold",
      ],
    },
  ],
  boundary: [
    { title: "3 × (30 s + 8 s) in 114 s", sample: cafe, config: { maxSeconds: 114 }, finds: [] },
    {
      title: "3 × (30 s + 8 s) in 113 s",
      sample: cafe.only("zone", "check-2a", "record-oregon-primary", "record-oregon-secondary"),
      config: { maxSeconds: 113 },
      finds: [
        "check-2a.failureThreshold: must detect every failure of its endpoint within 113 s, got 114 s when it hangs in the body (3 × (30 s + 8 s) of check-2a), so oregon.www.cafe.test is down for up to 184 s: 114 s to detect, 10 s to propagate (δ), 60 s of TTL; lower requestInterval or failureThreshold",
      ],
    },
  ],
  notApplicable: [
    { title: "without checks", sample: cafe.drop(...checkNames) },
    { title: "in an empty stack", sample: nothing },
  ],
  unknown: [
    {
      title: "an unknown interval",
      sample: cafe.hide("check-2a", "requestInterval"),
      finds: ["unknown: requestInterval: check-2a: it is not known before deployment"],
    },
  ],
  configuration: [
    {
      values: { maxSeconds: 5 },
      faults: [
        "endpoint-check-detects-in-time.maxSeconds: must be a whole number from 10 to 3600, got 5; it means: the longest time to detect that an endpoint is dead, in seconds",
      ],
    },
  ],
});
