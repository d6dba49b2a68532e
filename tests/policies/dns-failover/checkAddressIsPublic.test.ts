import { checkAddressIsPublic } from "../../../policies/dns-failover/rules/checkAddressIsPublic";
import { types } from "../../../policies/types";
import { cafe } from "../cafe";
import { describeRule } from "../describeRule";
import { nothing } from "../sample";

const checkNames = cafe.resources
  .filter(({ type }) => type === types.healthCheck)
  .map(({ name }) => name);

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
      title: "what is no address",
      sample: cafe.set("check-2a", { ipAddress: "web" }),
      finds: [
        "check-2a.ipAddress: must be reachable from the internet, got web, so Route 53 rejects the check, and no checker could reach the endpoint; use the endpoint's public address, or an alarm check",
      ],
    },
  ],
  boundary: [
    {
      title: "the last private address of a block",
      sample: cafe.set("check-2a", { ipAddress: "172.31.255.255" }),
      finds: [
        "check-2a.ipAddress: must be reachable from the internet, got 172.31.255.255, so Route 53 rejects the check, and no checker could reach the endpoint; use the endpoint's public address, or an alarm check",
      ],
    },
    {
      title: "the first address behind it",
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
      title: "an address that is not known yet, and not from an Elastic IP",
      sample: cafe
        .hide("check-2a", "ipAddress")
        .change("check-2a", (one) => ({ ...one, propertyDependencies: {} })),
      finds: ["unknown: ipAddress: check-2a: it is not known before deployment"],
    },
    {
      title: "nothing where it comes from an Elastic IP, which is public",
      sample: cafe.hide("check-2a", "ipAddress"),
      finds: [],
    },
  ],
  configuration: [],
});
