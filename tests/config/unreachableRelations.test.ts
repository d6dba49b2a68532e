import { expect } from "chai";
import { parseSettings } from "../../config";
import { InputError } from "../../routing/inputError";
import { withValues } from "./configSamples";
import type { Raw } from "./configSamples";

function faultsOf(values: Raw): readonly string[] {
  try {
    parseSettings(withValues(values));
    return [];
  } catch (error) {
    if (error instanceof InputError) return error.faults;
    throw error;
  }
}

const imageId = "ami-0123456789abcdef0";
const region = "us-west-2";
const remedy = "take it from the state: docs/runbook.md";
const balanced = {
  "compute.kind": "balancer",
  ipv6: true,
  "staticTier.kind": "cloudFront",
  "checks.endpoint.scheme": "https",
};
const checkersPrefixListIds = { ipv6: "pl-0123456789abcdef0" };
const addresses = { "us-west-2a": "2600:1f14::a", "us-west-2b": "2600:1f14::b" };

describe("the configuration of an unreachable region", () => {
  const right: readonly [title: string, values: Raw][] = [
    ["instances, which have an image", { unreachable: { region, imageId } }],
    ["the standby region", { unreachable: { region: "eu-west-1", imageId } }],
    [
      "a prebuilt image, which is not looked up",
      { "regions.primary.imageId": imageId, unreachable: { region } },
    ],
    [
      "balancers, whose IPv6 addresses and list of IPv6 checkers are looked up",
      {
        ...balanced,
        unreachable: { region, imageId, ipv6Addresses: addresses, checkersPrefixListIds },
      },
    ],
    ["balancers without IPv6", { ...balanced, ipv6: false, unreachable: { region, imageId } }],
    [
      "admitted networks, and the lists of the checkers",
      {
        visitorNetworks: ["203.0.113.0/24"],
        unreachable: { region, imageId, checkersPrefixListIds: { ipv4: "pl-0123456789abcdef0" } },
      },
    ],
  ];
  for (const [title, values] of right) {
    it(`accepts ${title}`, () => {
      expect(faultsOf(values)).to.deep.equal([]);
    });
  }

  const wrong: readonly [title: string, values: Raw, faults: readonly string[]][] = [
    [
      "a region that does not serve",
      { unreachable: { region: "us-east-1", imageId } },
      [
        'unreachable.region: must be us-west-2 or eu-west-1, got "us-east-1"; name the region whose API does not respond',
      ],
    ],
    [
      "missing values of balancers with two sides",
      {
        ...balanced,
        visitorNetworks: ["203.0.113.0/24"],
        "regions.primary.release": { blue: 95, green: 5 },
        unreachable: { region },
      },
      [
        "imageId",
        "ipv6Addresses.us-west-2a",
        "ipv6Addresses.green-us-west-2a",
        "ipv6Addresses.us-west-2b",
        "ipv6Addresses.green-us-west-2b",
        "checkersPrefixListIds.ipv4",
        "checkersPrefixListIds.ipv6",
      ].map((path) => `unreachable.${path}: must be there, got nothing; ${remedy}`),
    ],
    [
      "a missing list of IPv6 checkers, for balancers that admit everyone",
      { ...balanced, unreachable: { region, imageId, ipv6Addresses: addresses } },
      [`unreachable.checkersPrefixListIds.ipv6: must be there, got nothing; ${remedy}`],
    ],
    [
      "invalid values",
      {
        unreachable: {
          region,
          imageId: "newest",
          ipv6Addresses: { "us-west-2a": "fe80::1" },
          checkersPrefixListIds: { ipv4: "checkers" },
        },
      },
      [
        'unreachable.imageId: must be the id of a machine image, got "newest"; for example ami-0123456789abcdef0, from this region',
        'unreachable.ipv6Addresses.us-west-2a: must be a public IPv6 address, got "fe80::1"; for example 2001:db8::10; Route 53 cannot probe a private one',
        'unreachable.checkersPrefixListIds.ipv4: must be the id of a prefix list, got "checkers"; for example pl-0123456789abcdef0, from this region',
      ],
    ],
  ];
  for (const [title, values, faults] of wrong) {
    it(`refuses ${title}`, () => {
      expect(faultsOf(values)).to.deep.equal(faults);
    });
  }
});
