import { expect } from "chai";
import { parseSettings } from "../../config";
import { faultsOf, withValues } from "./configSamples";
import type { Raw } from "./configSamples";

const zones = ["us-west-2a", "us-west-2b", "eu-west-1a", "eu-west-1b"];
const byZone = (of: (index: number, zone: string) => Raw): Raw =>
  Object.fromEntries(zones.map((zone, index) => [zone, of(index, zone)]));
const addresses = byZone((index) => ({ ipv4: `203.0.113.${index + 1}` }));
const dualStack = byZone((index) => ({
  ipv4: `203.0.113.${index + 1}`,
  ipv6: `2001:db8::${index + 1}`,
}));
const balancers = byZone((_, zone) => ({
  dnsName: `team-${zone}.elb.${zone.slice(0, -1)}.amazonaws.com`,
  hostedZoneId: "Z2H123EXAMPLE",
}));
const withoutZone = (endpoints: Raw, left: string): Raw =>
  Object.fromEntries(Object.entries(endpoints).filter(([zone]) => zone !== left));

describe("the configuration of compute", () => {
  const right: readonly [title: string, values: Raw][] = [
    ["instances", { compute: { kind: "instance" } }],
    ["balancers", { compute: { kind: "balancer" }, "checks.endpoint.scheme": "https" }],
    ["balancers with HTTP checks", { compute: { kind: "balancer", instancesPerZone: 1 } }],
    ["external addresses", { compute: { kind: "addresses", endpoints: addresses } }],
    [
      "external balancers, over HTTPS",
      { compute: { kind: "alias", endpoints: balancers }, "checks.endpoint.scheme": "https" },
    ],
    [
      "addresses of both families",
      {
        compute: { kind: "addresses", endpoints: dualStack },
        ipv6: true,
        "staticTier.kind": "cloudFront",
      },
    ],
    ["a prebuilt image", { "regions.primary.imageId": "ami-0123456789abcdef0" }],
    ["visitors of some networks", { visitorNetworks: ["203.0.113.0/24", "2001:db8::/32"] }],
  ];
  for (const [title, values] of right) {
    it(`accepts ${title}`, () => {
      expect(faultsOf(values)).to.deep.equal([]);
    });
  }

  it("accepts other health paths only for external endpoints", () => {
    const paths = { "checks.endpoint.path": "/up", "checks.region.path": "/deep" };
    expect(faultsOf({ compute: { kind: "addresses", endpoints: addresses }, ...paths })).to.be
      .empty;
    expect(faultsOf(paths)).to.deep.equal([
      'checks.endpoint.path: must be /healthcheck, got "/up"; machines of this stack serve no other health path',
      'checks.region.path: must be /health.php, got "/deep"; machines of this stack serve no other health path',
    ]);
  });

  it("has two instances in each zone unless told otherwise", () => {
    const { compute } = parseSettings(withValues({ compute: { kind: "balancer" } }));
    expect(compute).to.deep.equal({ kind: "balancer", instancesPerZone: 2 });
  });

  const wrong: readonly [title: string, values: Raw, ...lines: string[]][] = [
    [
      "an unknown kind",
      { compute: { kind: "lambda" } },
      'compute.kind: must be "instance" or "balancer" or "addresses" or "alias", got "lambda"; write one of these words',
    ],
    [
      "compute without a kind",
      { compute: { endpoints: addresses } },
      'compute.kind: must be "instance" or "balancer" or "addresses" or "alias", got nothing; write one of these words',
    ],
    [
      "compute as a word",
      { compute: "balancer" },
      'compute: must be a mapping with a kind, got "balancer"; write the keys below it',
    ],
    [
      "endpoints with instances",
      { compute: { kind: "instance", endpoints: addresses } },
      `compute.endpoints: unknown key, got ${JSON.stringify(addresses).slice(0, 80)}…; the keys here are kind`,
    ],
    [
      "a group without instances",
      { compute: { kind: "balancer", instancesPerZone: 0 } },
      "compute.instancesPerZone: must be a whole number from 1 to 100, got 0; write the number of instances that carry the full load, such as 2",
    ],
    [
      "HTTPS of an instance without a certificate",
      { "checks.endpoint.scheme": "https" },
      'checks.endpoint.scheme: must be "http" with compute.kind instance, got "https"; a plain instance has no certificate; choose another kind',
    ],
    [
      "IPv6 with an S3 website",
      { ipv6: true },
      "ipv6: must be false with staticTier.kind s3Website, got true; an S3 website has no IPv6, and without its last tier a name would answer dead addresses; choose cloudFront",
    ],
    [
      "a flag in words",
      { ipv6: "yes" },
      'ipv6: must be true or false, got "yes"; write true without quotes; Pulumi reads other words as text',
    ],
    [
      "a zone without an endpoint",
      { compute: { kind: "addresses", endpoints: withoutZone(addresses, "eu-west-1b") } },
      "compute.endpoints.eu-west-1b: must be there, got nothing; give an endpoint for every zone of the regions",
    ],
    [
      "an endpoint of a foreign zone",
      {
        compute: {
          kind: "addresses",
          endpoints: { ...addresses, "us-east-1a": { ipv4: "203.0.113.9" } },
        },
      },
      'compute.endpoints.us-east-1a: must be a zone of the regions, got {"ipv4":"203.0.113.9"}; the zones are us-west-2a, us-west-2b, eu-west-1a, eu-west-1b',
    ],
    [
      "no endpoints",
      { compute: { kind: "alias" } },
      "compute.endpoints: must be a mapping with a key for each availability zone, got nothing; write the endpoint below each zone, such as us-west-2a",
    ],
    [
      "a private address",
      {
        compute: {
          kind: "addresses",
          endpoints: { ...addresses, "us-west-2a": { ipv4: "10.0.0.1" } },
        },
      },
      'compute.endpoints.us-west-2a.ipv4: must be a public IPv4 address, got "10.0.0.1"; for example 203.0.113.10; Route 53 cannot probe a private one',
    ],
    [
      "a duplicate address",
      {
        compute: {
          kind: "addresses",
          endpoints: { ...addresses, "us-west-2b": { ipv4: "203.0.113.1" } },
        },
      },
      'compute.endpoints.us-west-2b.ipv4: must be different from compute.endpoints.us-west-2a.ipv4, got "203.0.113.1"; an endpoint cannot be its own standby',
    ],
    [
      "IPv6 without an address in one zone",
      {
        compute: {
          kind: "addresses",
          endpoints: { ...dualStack, "eu-west-1b": { ipv4: "203.0.113.4" } },
        },
        ipv6: true,
        "staticTier.kind": "cloudFront",
      },
      "compute.endpoints.eu-west-1b.ipv6: must be a public IPv6 address with ipv6, got nothing; give one, or disable ipv6",
    ],
    [
      "a name that is not a balancer's",
      {
        compute: {
          kind: "alias",
          endpoints: {
            ...balancers,
            "us-west-2a": { dnsName: "www.cafe.com", hostedZoneId: "Z2H123EXAMPLE" },
          },
        },
      },
      'compute.endpoints.us-west-2a.dnsName: must be the DNS name of a load balancer, got "www.cafe.com"; write the name that AWS assigned, such as elb-primary-0123456789abcdef.elb.us-west-2.amazonaws.com',
    ],
    [
      "a balancer of another region",
      {
        compute: {
          kind: "alias",
          endpoints: { ...balancers, "eu-west-1a": balancers["us-west-2a"] },
        },
      },
      'compute.endpoints.eu-west-1a.dnsName: must be a balancer of eu-west-1, got "team-us-west-2a.elb.us-west-2.amazonaws.com"; name the zone\'s own balancer',
      'compute.endpoints.eu-west-1a.dnsName: must be different from compute.endpoints.us-west-2a.dnsName, got "team-us-west-2a.elb.us-west-2.amazonaws.com"; an endpoint cannot be its own standby',
    ],
    [
      "settings of machines with external endpoints",
      {
        compute: { kind: "addresses", endpoints: addresses },
        visitorNetworks: ["203.0.113.0/24"],
        "regions.primary.imageId": "ami-0123456789abcdef0",
        "regions.standby.instanceType": "t4g.small",
      },
      'visitorNetworks: must be omitted with compute.kind addresses, got ["203.0.113.0/24"]; the endpoints are external, and this stack does not manage the servers behind them',
      'regions.primary.imageId: must be omitted with compute.kind addresses, got "ami-0123456789abcdef0"; the endpoints are external, and this stack does not manage the servers behind them',
      'regions.standby.instanceType: must be omitted with compute.kind addresses, got "t4g.small"; the endpoints are external, and this stack does not manage the servers behind them',
    ],
    [
      "an invalid image",
      { "regions.primary.imageId": "al2023" },
      'regions.primary.imageId: must be the id of a machine image, got "al2023"; for example ami-0123456789abcdef0, from this region',
    ],
    [
      "a network with host bits",
      { visitorNetworks: ["203.0.113.1/24"] },
      'visitorNetworks[0]: must be an IPv4 or IPv6 block without host bits, got "203.0.113.1/24"; for example 203.0.113.0/24',
    ],
    [
      "no visitor networks",
      { visitorNetworks: [] },
      "visitorNetworks: must be a list of 1 to 5 networks, got []; the checkers' prefix list uses most of a security group's quota; omit the setting to admit everyone",
    ],
    [
      "a duplicate network",
      { visitorNetworks: ["203.0.113.0/24", "203.0.113.0/24"] },
      'visitorNetworks[1]: must be unique, got "203.0.113.0/24"; remove the duplicate',
    ],
    [
      "an invalid Retry-After",
      { "staticTier.retryAfterSeconds": 3601 },
      "staticTier.retryAfterSeconds: must be a whole number of seconds from 1 to 3600, got 3601; write the bare number, such as 300",
    ],
  ];
  for (const [title, values, ...lines] of wrong) {
    it(`refuses ${title}`, () => {
      expect(faultsOf(values)).to.deep.equal(lines);
    });
  }
});
