import { recordIsAcceptedByRoute53 } from "../../../policies/dns-failover/rules/recordIsAcceptedByRoute53";
import { types } from "../../../policies/types";
import { alias, cafe } from "../cafe";
import { describeRule } from "../describeRule";
import type { Made } from "../sample";
import { nothing } from "../sample";

const recordNames = cafe.resources
  .filter(({ type }) => type === types.record)
  .map(({ name }) => name);
const named = (label: string): Made => ({
  type: types.record,
  name: `record-${label.slice(0, 10)}`,
  properties: {
    zoneId: "Z1",
    name: `${label}.cafe.test`,
    type: "A",
    ttl: 60,
    records: ["192.0.2.9"],
  },
});
const shares = (count: number): readonly Made[] =>
  Array.from({ length: count }, (_, index) => ({
    ...named("share"),
    name: `share-${index}`,
    properties: {
      ...named("share").properties,
      setIdentifier: `${index}`,
      weightedRoutingPolicies: [{ weight: 1 }],
    },
  }));

describeRule(recordIsAcceptedByRoute53, {
  complies: [
    { title: "with valid records", sample: cafe },
    {
      title: "with a check of too many children, which check-arguments-are-valid reports",
      sample: cafe
        .add(
          ...Array.from({ length: 256 }, (_, index) => ({
            type: types.healthCheck,
            name: `child-${index}`,
            properties: { type: "TCP", ipAddress: "192.0.2.9", port: 80 },
          })),
        )
        .set("region-dublin", {
          childHealthchecks: Array.from({ length: 256 }, (_, index) => `child-${index}`),
        }),
    },
  ],
  violates: [
    {
      title: "an alias to nothing",
      sample: cafe.set("record-live-primary", alias("paris.www.cafe.test")),
      finds: [
        "record-live-primary.aliases: its alias has no target (A12), got paris.www.cafe.test A, so Route 53 rejects it and the update fails halfway; create that record, or point the alias elsewhere",
      ],
    },
    {
      title: "an alias to another zone",
      sample: cafe.set("record-live-primary", alias("oregon.www.cafe.test", true, "Z9")),
      finds: [
        "record-live-primary.aliases: an alias points to a record of its own hosted zone (A12), got oregon.www.cafe.test in zone Z9, so Route 53 rejects it and the update fails halfway; move one of them",
      ],
    },
    {
      title: "an alias that points back to itself",
      sample: cafe.set("record-live-primary", alias("www.cafe.test")),
      finds: [
        "record-live-primary.aliases[0].name: must point to a record below its own, got www.cafe.test, which points back to live.www.cafe.test, so live.www.cafe.test has no answer; point it elsewhere",
        "record-www-primary.aliases[0].name: must point to a record below its own, got live.www.cafe.test, which points back to www.cafe.test, so www.cafe.test has no answer; point it elsewhere",
      ],
    },
    {
      title: "a calculated child of a calculated check",
      sample: cafe
        .set("region-dublin", { childHealthchecks: ["region-oregon"] })
        .change("region-dublin", (check) => ({ ...check, propertyDependencies: {} })),
      finds: [
        "region-dublin.type: a calculated check cannot have a calculated child (K2), got region-oregon, so Route 53 rejects it and the update fails halfway; use its children instead",
      ],
    },
  ],
  boundary: [
    { title: "a label of 63 characters", sample: cafe.add(named("x".repeat(63))), finds: [] },
    {
      title: "a label of 64 characters",
      sample: cafe.add(named("x".repeat(64))),
      finds: [
        "record-xxxxxxxxxx.name: must have at most 63 characters in a label, got 64, so Route 53 rejects it and the update fails halfway; use fewer",
      ],
    },
    { title: "100 weighted records", sample: cafe.add(...shares(100)), finds: [] },
    {
      title: "101 weighted records",
      sample: cafe.add(...shares(101)),
      finds: [
        "share-0.name: must have at most 100 weighted records of a name and type, got 101, so Route 53 rejects it and the update fails halfway; use fewer",
      ],
    },
  ],
  notApplicable: [
    { title: "without records", sample: cafe.drop(...recordNames) },
    { title: "in an empty stack", sample: nothing },
  ],
  unknown: [
    {
      title: "an unknown name",
      sample: cafe.hide("record-oregon-primary", "name"),
      finds: [
        "unknown: name: record-oregon-primary: it is not known before deployment, so the record is not checked",
      ],
    },
    {
      title: "a routing policy that is not modelled",
      sample: cafe.add({
        ...named("latency"),
        properties: {
          ...named("latency").properties,
          setIdentifier: "a",
          geoproximityRoutingPolicy: { localZoneGroup: "us-east-1-bue-1" },
        },
      }),
      finds: [
        'unknown: name: record-latency: it cannot be checked: geoproximity {"localZoneGroup":"us-east-1-bue-1"} routing is not modelled; ask for a name that does not use it',
      ],
    },
    {
      title: "a check of another stack",
      sample: cafe
        .set("record-oregon-primary", { healthCheckId: "abc" })
        .change("record-oregon-primary", (one) => ({ ...one, propertyDependencies: {} })),
      finds: [
        "unknown: name: record-oregon-primary: it cannot be checked: its health check is not part of this stack, got abc; add the check, or remove the reference",
      ],
    },
  ],
  configuration: [],
});
