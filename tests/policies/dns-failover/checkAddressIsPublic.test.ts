import { checkAddressIsPublic } from "../../../policies/dns-failover/rules/checkAddressIsPublic";
import { types } from "../../../policies/types";
import { cafe } from "../cafe";
import { describeRule } from "../describeRule";
import type { Properties } from "../../../routing/graph/resource";
import type { Made, Sample } from "../sample";
import { nothing } from "../sample";

const checkNames = cafe.resources
  .filter(({ type }) => type === types.healthCheck)
  .map(({ name }) => name);

const named = (fqdn: string): Sample => cafe.set("check-2a", { ipAddress: undefined, fqdn });
const address = (zoneId: string, label: string, more: Properties = {}): Made => ({
  type: types.record,
  name: `record-${label}`,
  properties: {
    zoneId,
    name: `${label}.cafe.test`,
    type: "A",
    ttl: 60,
    records: ["192.0.2.77"],
    ...more,
  },
});

describeRule(checkAddressIsPublic, {
  complies: [{ title: "with public addresses", sample: cafe }],
  violates: [
    {
      title: "a private address",
      sample: cafe.set("check-2a", { ipAddress: "10.0.0.5" }),
      finds: [
        "check-2a.ipAddress: must be reachable from the internet, got 10.0.0.5, so Route 53 rejects the check, and no checker could reach the endpoint; use the endpoint's public address, or an alarm check",
      ],
    },
    {
      title: "an invalid address",
      sample: cafe.set("check-2a", { ipAddress: "web" }),
      finds: [
        "check-2a.ipAddress: must be reachable from the internet, got web, so Route 53 rejects the check, and no checker could reach the endpoint; use the endpoint's public address, or an alarm check",
      ],
    },
    {
      title: "a name with only IPv6 addresses",
      sample: named("six.cafe.test").add(address("Z1", "six", { type: "AAAA" })),
      finds: [
        "check-2a.fqdn: must have an IPv4 address for checkers from the internet, got six.cafe.test, so the check always fails: six.cafe.test has AAAA, and checkers query A; check a public name that has an A record, or an address",
      ],
    },
    {
      title: "a name in a private zone",
      sample: named("db.cafe.test").add(
        {
          type: types.zone,
          name: "hidden",
          properties: { zoneId: "Z2", name: "cafe.test", vpcs: [{ vpcId: "vpc" }] },
        },
        address("Z2", "db"),
      ),
      finds: [
        "check-2a.fqdn: must have an IPv4 address for checkers from the internet, got db.cafe.test, so the check always fails: db.cafe.test is in a private zone, which no checker can query; check a public name that has an A record, or an address",
      ],
    },
  ],
  boundary: [
    {
      title: "a private address of a check from within a VPC",
      sample: cafe.set("check-2a", { ipAddress: "10.0.0.5", endpointType: "PRIVATE" }),
      finds: [],
    },
    {
      title: "a name that a wildcard answers",
      sample: named("x.cafe.test").add(address("Z1", "*")),
      finds: [],
    },
    { title: "a name elsewhere", sample: named("elsewhere.test"), finds: [] },
    {
      title: "the last private address of a block",
      sample: cafe.set("check-2a", { ipAddress: "172.31.255.255" }),
      finds: [
        "check-2a.ipAddress: must be reachable from the internet, got 172.31.255.255, so Route 53 rejects the check, and no checker could reach the endpoint; use the endpoint's public address, or an alarm check",
      ],
    },
    {
      title: "the first address after that block",
      sample: cafe.set("check-2a", { ipAddress: "172.32.0.0" }),
      finds: [],
    },
    {
      title: "a unique local IPv6 address",
      sample: cafe.set("check-2a", { ipAddress: "fd00::1" }),
      finds: [
        "check-2a.ipAddress: must be reachable from the internet, got fd00::1, so Route 53 rejects the check, and no checker could reach the endpoint; use the endpoint's public address, or an alarm check",
      ],
    },
    {
      title: "an IPv6 address",
      sample: cafe.set("check-2a", { ipAddress: "2600:1f14::1" }),
      finds: [],
    },
  ],
  notApplicable: [
    { title: "without checks", sample: cafe.drop(...checkNames) },
    { title: "in an empty stack", sample: nothing },
  ],
  unknown: [
    {
      title: "a name without a record in its zone",
      sample: named("gone.cafe.test"),
      finds: [
        "unknown: fqdn: check-2a: gone.cafe.test has no known record in zone: unless something else creates one, the check always fails",
      ],
    },
    {
      title: "an unknown address that is not from an Elastic IP",
      sample: cafe
        .hide("check-2a", "ipAddress")
        .change("check-2a", (one) => ({ ...one, propertyDependencies: {} })),
      finds: ["unknown: ipAddress: check-2a: it is not known before deployment"],
    },
    {
      title: "an unknown address from an Elastic IP, which is public",
      sample: cafe.hide("check-2a", "ipAddress"),
      finds: [],
    },
  ],
  configuration: [],
});
