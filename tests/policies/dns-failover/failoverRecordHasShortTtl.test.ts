import { failoverRecordHasShortTtl } from "../../../policies/dns-failover/rules/failoverRecordHasShortTtl";
import { types } from "../../../policies/types";
import { cafe } from "../cafe";
import { describeRule } from "../describeRule";
import { nothing } from "../sample";

const recordNames = cafe.resources
  .filter(({ type }) => type === types.record)
  .map(({ name }) => name);

describeRule(failoverRecordHasShortTtl, {
  complies: [{ title: "at the bound", sample: cafe }],
  violates: [
    {
      title: "a primary with a TTL of five minutes",
      sample: cafe.set("record-oregon-primary", { ttl: 300 }),
      finds: [
        "record-oregon-primary.ttl: must be at most 60 s, got 300 s, so clients use a dead answer for up to 300 s after Route 53 has dropped it; lower it to 60",
      ],
    },
  ],
  boundary: [
    { title: "exactly the allowed seconds", sample: cafe, config: { maxSeconds: 60 }, finds: [] },
    {
      title: "one second more than allowed",
      sample: cafe
        .only("zone", "record-oregon-primary", "record-oregon-secondary")
        .set("record-oregon-secondary", { ttl: 61 }),
      finds: [
        "record-oregon-secondary.ttl: must be at most 60 s, got 61 s, so clients use a dead answer for up to 61 s after Route 53 has dropped it; lower it to 60",
      ],
    },
    {
      title: "no caching at all",
      sample: cafe.set("record-oregon-primary", { ttl: 0 }),
      config: { maxSeconds: 60 },
      finds: [],
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
  configuration: [
    {
      values: { maxSeconds: -1 },
      faults: [
        "failover-record-has-short-ttl.maxSeconds: must be a whole number from 0 to 86400, got -1; it means: the longest TTL allowed, in seconds",
      ],
    },
    {
      values: { maxSeconds: "60" },
      faults: [
        'failover-record-has-short-ttl.maxSeconds: must be a whole number from 0 to 86400, got "60"; it means: the longest TTL allowed, in seconds',
      ],
    },
    {
      values: { maxSecond: 60 },
      faults: [
        "failover-record-has-short-ttl.maxSecond: unknown key, got 60; did you mean maxSeconds?",
      ],
    },
  ],
});
