import { recordIsCheckedAtItsOwnEndpoint } from "../../../policies/dns-failover/rules/recordIsCheckedAtItsOwnEndpoint";
import { types } from "../../../policies/types";
import { alias, cafe, checkDefaults, record } from "../cafe";
import { describeRule } from "../describeRule";
import type { Sample } from "../sample";
import { nothing } from "../sample";

const recordNames = cafe.resources
  .filter(({ type }) => type === types.record)
  .map(({ name }) => name);
/** A primary outside the stack, checked at an address. */
function foreign(address: string): Sample {
  return cafe
    .set("record-oregon-primary", { records: ["203.0.113.5"], healthCheckId: "check-foreign" })
    .change("record-oregon-primary", (one) => ({ ...one, propertyDependencies: {} }))
    .add({
      type: types.healthCheck,
      name: "check-foreign",
      properties: { ...checkDefaults, ipAddress: address },
    });
}

/** The same, with a tag that gives the zone of the check. */
const placed = (address: string): Sample =>
  foreign(address).change("check-foreign", (one) => ({
    ...one,
    inputs: { ...one.inputs, tags: { AvailabilityZone: "us-west-2a" } },
    outputs: { ...one.outputs, tags: { AvailabilityZone: "us-west-2a" } },
  }));

describeRule(recordIsCheckedAtItsOwnEndpoint, {
  complies: [{ title: "with each check at its record's address", sample: cafe }],
  violates: [
    {
      title: "two swapped checks",
      sample: cafe
        .set("record-oregon-primary", { healthCheckId: "check-2b" })
        .change("record-oregon-primary", (one) => ({ ...one, propertyDependencies: {} })),
      finds: [
        "record-oregon-primary.healthCheckId: must be a check of the record's endpoint, web-2a, got check-2b, which probes web-2b, so oregon.www.cafe.test keeps answering with a dead web-2a, and drops it when web-2b dies; use the check of the record's own address",
        "record-oregon-secondary.healthCheckId: must not be the check of record-oregon-primary, got check-2b on both, so when it fails, oregon.www.cafe.test has no healthy member, answers with its primary and never fails over; give each record a check of its own endpoint",
      ],
    },
    {
      title: "one check on both records of a pair",
      sample: cafe
        .set("record-oregon-secondary", { healthCheckId: "check-2a" })
        .change("record-oregon-secondary", (one) => ({ ...one, propertyDependencies: {} })),
      finds: [
        "record-oregon-secondary.healthCheckId: must be a check of the record's endpoint, web-2b, got check-2a, which probes web-2a, so oregon.www.cafe.test keeps answering with a dead web-2b, and drops it when web-2a dies; use the check of the record's own address",
        "record-oregon-secondary.healthCheckId: must not be the check of record-oregon-primary, got check-2a on both, so when it fails, oregon.www.cafe.test has no healthy member, answers with its primary and never fails over; give each record a check of its own endpoint",
      ],
    },
    {
      title: "an AAAA record with an IPv4 check",
      sample: cafe.add(
        {
          ...record("oregon", "primary", {
            type: "AAAA",
            ttl: 60,
            records: ["2001:db8::1"],
            healthCheckId: "check-2a",
          }),
          name: "record-six",
        },
        {
          ...record("oregon", "secondary", {
            type: "AAAA",
            ttl: 60,
            records: ["2001:db8::2"],
            healthCheckId: "check-six",
          }),
          name: "record-six-secondary",
        },
        {
          type: types.healthCheck,
          name: "check-six",
          properties: { ...checkDefaults, ipAddress: "2001:db8::2" },
        },
        {
          ...record("www", "primary", { type: "AAAA", ...alias("oregon.www.cafe.test") }),
          name: "record-six-www",
        },
        {
          ...record("www", "secondary", { type: "AAAA", ...alias("d1.cloudfront.net", false) }),
          name: "record-six-www-secondary",
        },
      ),
      finds: [
        "record-six.healthCheckId: must be a check of an IPv6 address on an AAAA record, got check-2a, which probes over IPv4, so IPv6 clients keep a dead endpoint while the check probes the IPv4 path; give the record a check of its own IPv6 address",
      ],
    },
    {
      title: "another address outside the stack",
      sample: foreign("203.0.113.7"),
      finds: [
        "record-oregon-primary.healthCheckId: must be a check of the record's endpoint, 203.0.113.5, got check-foreign, which probes 203.0.113.7, so oregon.www.cafe.test keeps answering with a dead address, and drops it when 203.0.113.7 dies; use the check of the record's own address",
      ],
    },
  ],
  boundary: [
    {
      title: "both records of a single pair with swapped checks",
      sample: cafe
        .drop(...recordNames.filter((name) => !name.startsWith("record-oregon")))
        .set("record-oregon-primary", { healthCheckId: "check-2b" })
        .set("record-oregon-secondary", { healthCheckId: "check-2a" }),
      finds: [
        "record-oregon-primary.healthCheckId: must be a check of the record's endpoint, web-2a, got check-2b, which probes web-2b, so oregon.www.cafe.test keeps answering with a dead web-2a, and drops it when web-2b dies; use the check of the record's own address",
        "record-oregon-secondary.healthCheckId: must be a check of the record's endpoint, web-2b, got check-2a, which probes web-2a, so oregon.www.cafe.test keeps answering with a dead web-2b, and drops it when web-2a dies; use the check of the record's own address",
      ],
    },
    { title: "the same address outside the stack", sample: foreign("203.0.113.5"), finds: [] },
    {
      title: "the same address outside the stack, which only a tag of the check places",
      sample: placed("203.0.113.5"),
      finds: [],
    },
    {
      title: "a latch on a leaf, which deliberately probes something else",
      sample: cafe.set("record-oregon-primary", { healthCheckId: "latch" }),
      finds: [],
    },
  ],
  notApplicable: [
    { title: "without records", sample: cafe.drop(...recordNames) },
    { title: "in an empty stack", sample: nothing },
  ],
  unknown: [
    {
      title: "a record and a check from one unknown address",
      sample: cafe.hide("record-oregon-primary", "records").hide("check-2a", "ipAddress"),
      finds: [],
    },
  ],
  configuration: [],
});
