import { recordNameHasOneRoutingPolicy } from "../../../policies/dns-failover/rules/recordNameHasOneRoutingPolicy";
import { types } from "../../../policies/types";
import { cafe, record } from "../cafe";
import { describeRule } from "../describeRule";
import type { Made } from "../sample";
import { nothing } from "../sample";

const recordNames = cafe.resources
  .filter(({ type }) => type === types.record)
  .map(({ name }) => name);
const simple = (name: string, value: string): Made => ({
  type: types.record,
  name,
  properties: { zoneId: "Z1", name: `${name}.cafe.test`, type: "A", ttl: 60, records: [value] },
});
const cname = (name: string): Made => ({
  type: types.record,
  name: `${name}-cname`,
  properties: {
    zoneId: "Z1",
    name: `${name}.cafe.test`,
    type: "CNAME",
    ttl: 60,
    records: ["elsewhere.test"],
  },
});

const cidr = (name: string, locationName: string): Made => ({
  type: types.record,
  name: `cidr-${name}`,
  properties: {
    zoneId: "Z1",
    name: "cidr.cafe.test",
    type: "A",
    ttl: 60,
    setIdentifier: name,
    cidrRoutingPolicy: { collectionId: "elsewhere", locationName },
    records: ["192.0.2.78"],
  },
});

describeRule(recordNameHasOneRoutingPolicy, {
  complies: [
    { title: "with only failover", sample: cafe },
    {
      title: "with CIDR locations of which one was not read",
      sample: cafe.add(cidr("office", "office"), cidr("rest", "*")),
    },
    {
      title: "in a split-horizon setup, whose zones have the same names",
      sample: cafe.add(
        {
          type: types.zone,
          name: "hidden",
          properties: { zoneId: "Z2", name: "cafe.test", vpcs: [{ vpcId: "vpc" }] },
        },
        {
          ...simple("hidden-www", "10.0.0.5"),
          properties: {
            zoneId: "Z2",
            name: "www.cafe.test",
            type: "A",
            ttl: 60,
            records: ["10.0.0.5"],
          },
        },
        {
          ...simple("mail-hidden", "10.0.0.6"),
          properties: {
            zoneId: "Z2",
            name: "mail.cafe.test",
            type: "A",
            ttl: 60,
            records: ["10.0.0.6"],
          },
        },
        cname("mail"),
      ),
    },
  ],
  violates: [
    {
      title: "a weighted record with the name of failover records",
      sample: cafe.add({
        ...record("oregon", "primary", {
          ttl: 60,
          records: ["192.0.2.9"],
          setIdentifier: "blue",
          failoverRoutingPolicies: [],
          weightedRoutingPolicies: [{ weight: 5 }],
        }),
        name: "record-blue",
      }),
      finds: [
        "record-oregon-primary.name: must have one routing policy, and only one record if the policy is simple: oregon.www.cafe.test A, got failover (record-oregon-primary), failover (record-oregon-secondary), weighted (record-blue), so Route 53 rejects the later record and the update fails halfway; move the other policies to separate names",
      ],
    },
    {
      title: "two simple records",
      sample: cafe.add(simple("mail", "192.0.2.5"), {
        ...simple("mail", "192.0.2.6"),
        name: "mail-2",
      }),
      finds: [
        "mail.name: must have one routing policy, and only one record if the policy is simple: mail.cafe.test A, got simple (mail), simple (mail-2), so Route 53 rejects the later record and the update fails halfway; move the other policies to separate names",
      ],
    },
    {
      title: "a CNAME with the name of an address record",
      sample: cafe.add(simple("mail", "192.0.2.5"), cname("mail")),
      finds: [
        "mail-cname.type: must be the only record of its name, and not at the zone apex, got A and CNAME at mail.cafe.test, so Route 53 rejects it and the update fails halfway; use an alias record instead",
      ],
    },
    {
      title: "a CNAME at the top of the zone",
      sample: cafe.add({
        ...cname("top"),
        properties: { ...cname("top").properties, name: "cafe.test" },
      }),
      finds: [
        "top-cname.type: must be the only record of its name, and not at the zone apex, got CNAME at cafe.test, so Route 53 rejects it and the update fails halfway; use an alias record instead",
      ],
    },
  ],
  boundary: [
    {
      title: "one simple record of each type",
      sample: cafe.add(simple("mail", "192.0.2.5"), {
        ...simple("mail", "2001:db8::5"),
        name: "mail-6",
        properties: { ...simple("mail", "2001:db8::5").properties, type: "AAAA" },
      }),
      finds: [],
    },
    { title: "only a CNAME", sample: cafe.add(cname("alone")), finds: [] },
  ],
  notApplicable: [
    { title: "without records", sample: cafe.drop(...recordNames) },
    { title: "in an empty stack", sample: nothing },
  ],
  unknown: [
    {
      title: "an unknown policy",
      sample: cafe.hide("record-oregon-primary", "failoverRoutingPolicies"),
      finds: [
        "unknown: failoverRoutingPolicies: record-oregon-primary: it is not known before deployment",
      ],
    },
  ],
  configuration: [],
});
