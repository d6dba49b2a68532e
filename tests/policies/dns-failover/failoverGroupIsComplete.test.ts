import { failoverGroupIsComplete } from "../../../policies/dns-failover/rules/failoverGroupIsComplete";
import { types } from "../../../policies/types";
import { cafe, record } from "../cafe";
import { describeRule } from "../describeRule";
import { nothing } from "../sample";

const recordNames = cafe.resources
  .filter(({ type }) => type === types.record)
  .map(({ name }) => name);

describeRule(failoverGroupIsComplete, {
  complies: [{ title: "with pairs", sample: cafe }],
  violates: [
    {
      title: "only a primary",
      sample: cafe.drop("record-oregon-secondary"),
      finds: [
        "record-oregon-primary.failoverRoutingPolicies: must be one of a pair: oregon.www.cafe.test A with exactly one SECONDARY, got none, so nothing takes over when the primary of oregon.www.cafe.test A fails; add the SECONDARY record",
      ],
    },
    {
      title: "only a secondary",
      sample: cafe.drop("record-oregon-primary"),
      finds: [
        "record-oregon-secondary.failoverRoutingPolicies: must be one of a pair: oregon.www.cafe.test A with exactly one PRIMARY, got none, so oregon.www.cafe.test A answers with its secondary even without a fault; add the PRIMARY record",
      ],
    },
    {
      title: "two secondaries",
      sample: cafe.add({
        ...record("oregon", "secondary", {
          ttl: 60,
          records: ["192.0.2.9"],
          healthCheckId: "check-2b",
        }),
        name: "record-oregon-third",
      }),
      finds: [
        "record-oregon-third.failoverRoutingPolicies: must be one of a pair: oregon.www.cafe.test A with exactly one SECONDARY, got 2, so Route 53 rejects the second SECONDARY; keep one, and move the others to another name",
      ],
    },
    {
      title: "members with different TTLs",
      sample: cafe.set("record-oregon-primary", { ttl: 10 }),
      finds: [
        "record-oregon-secondary.ttl: must equal the TTL of record-oregon-primary, 10 s, got 60 s, so clients cache oregon.www.cafe.test for 60 s from one member and for 10 s from the other; give both the shorter TTL",
      ],
    },
  ],
  boundary: [
    {
      title: "a TTL that differs by a second",
      sample: cafe.set("record-oregon-secondary", { ttl: 59 }),
      finds: [
        "record-oregon-secondary.ttl: must equal the TTL of record-oregon-primary, 60 s, got 59 s, so clients cache oregon.www.cafe.test for 60 s from one member and for 59 s from the other; give both the shorter TTL",
      ],
    },
  ],
  notApplicable: [
    { title: "without records", sample: cafe.drop(...recordNames) },
    { title: "in an empty stack", sample: nothing },
  ],
  unknown: [
    {
      title: "a TTL that is unknown",
      sample: cafe.hide("record-oregon-primary", "ttl"),
      finds: ["unknown: ttl: record-oregon-primary: it is not known before deployment"],
    },
  ],
  configuration: [],
});
