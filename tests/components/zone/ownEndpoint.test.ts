import { expect } from "chai";
import { AvailabilityZoneTier } from "../../../components";
import type { AvailabilityZoneTierArgs, ZoneCompute } from "../../../components";
import { promiseOf } from "../promiseOf";
import { refusalOf, resourcesOf } from "../pulumiMocks";
import type { Made } from "../pulumiMocks";
import { probe, tags } from "../samples";

const args: Omit<AvailabilityZoneTierArgs, "compute"> = {
  availabilityZone: "us-west-2a",
  host: "oregon.orders.cafe.com",
  ipv6: true,
  probe: { ...probe, scheme: "https" },
  tags,
};
const check = {
  type: "HTTPS_STR_MATCH",
  port: 443,
  resourcePath: "/healthcheck",
  searchString: "cafe-orders-ok",
  requestInterval: 10,
  failureThreshold: 2,
  enableSni: true,
};
const own = (name: string): Record<string, string> => ({
  Project: "failover",
  AvailabilityZone: "us-west-2a",
  Region: "us-west-2",
  Tier: "availability-zone",
  Name: name,
});

async function built(
  compute: ZoneCompute,
  ipv6 = true,
): Promise<{ tier: AvailabilityZoneTier; made: readonly Made[] }> {
  const tiers: AvailabilityZoneTier[] = [];
  const made = await resourcesOf(() =>
    tiers.push(new AvailabilityZoneTier("z", { ...args, compute, ipv6 })),
  );
  const [tier] = tiers;
  if (!tier) throw new Error("no tier was made");
  return { tier, made };
}

const inputsOf = (made: readonly Made[]): unknown =>
  made.filter(({ type }) => type.startsWith("aws:")).map(({ name, inputs }) => ({ name, inputs }));

const balancer = {
  kind: "alias",
  dnsName: "elb-primary.elb.amazonaws.com",
  hostedZoneId: "Z2H123EXAMPLE",
} as const;

describe("AvailabilityZoneTier with external addresses", () => {
  const compute = { kind: "addresses", ipv4: "203.0.113.1", ipv6: "2001:db8::1" } as const;

  it("is a check of each, tagged with its location", async () => {
    const { tier, made } = await built(compute);
    const fqdn = "oregon.orders.cafe.com";
    expect(inputsOf(made)).to.deep.equal([
      {
        name: "z-check",
        inputs: { ...check, fqdn, ipAddress: "203.0.113.1", tags: own("z-check") },
      },
      {
        name: "z-check-ipv6",
        inputs: { ...check, fqdn, ipAddress: "2001:db8::1", tags: own("z-check-ipv6") },
      },
    ]);
    expect(await promiseOf(tier.route)).to.deep.equal({
      kind: "endpoint",
      target: {
        kind: "addresses",
        addresses: { A: ["203.0.113.1"], AAAA: ["2001:db8::1"] },
      },
      check: { A: "id of z-check", AAAA: "id of z-check-ipv6" },
    });
  });

  it("ignores the IPv6 address if names publish none", async () => {
    const { tier, made } = await built(compute, false);
    expect(made.map(({ name }) => name)).to.deep.equal(["z", "z-check"]);
    expect(await promiseOf(tier.addresses)).to.deep.equal({ A: "203.0.113.1" });
  });

  it("refuses addresses that Route 53 cannot probe", () => {
    const wrong = { ...args, compute: { kind: "addresses", ipv4: "192.168.1.1" } } as const;
    const { message } = refusalOf(() => new AvailabilityZoneTier("z", wrong));
    expect(message.split("\n")).to.deep.equal([
      'AvailabilityZoneTier "z" cannot be made:',
      'compute.ipv4: must be a public IPv4 address, got "192.168.1.1"; for example 203.0.113.10; Route 53 cannot probe a private one',
      "compute.ipv6: must be a public IPv6 address, got nothing; for example 2001:db8::10; Route 53 cannot probe a private one",
    ]);
  });
});

describe("AvailabilityZoneTier with an external balancer", () => {
  it("is a check of its name, for both families", async () => {
    const { tier, made } = await built(balancer);
    expect(inputsOf(made)).to.deep.equal([
      {
        name: "z-name-check",
        inputs: { ...check, fqdn: balancer.dnsName, tags: own("z-name-check") },
      },
    ]);
    expect(await promiseOf(tier.route)).to.deep.equal({
      kind: "endpoint",
      target: {
        kind: "resource",
        dnsName: "elb-primary.elb.amazonaws.com",
        zoneId: "Z2H123EXAMPLE",
        families: ["A", "AAAA"],
        evaluateTargetHealth: true,
      },
      check: { A: "id of z-name-check", AAAA: "id of z-name-check" },
    });
    expect(await promiseOf(tier.dnsName)).to.equal("elb-primary.elb.amazonaws.com");
    expect(tier.watched).to.deep.equal({ kind: "own" });
  });

  it("refuses a name that is not a balancer's", () => {
    const compute = { kind: "alias", dnsName: "www.cafe.com", hostedZoneId: "cafe.com" } as const;
    const { message } = refusalOf(() => new AvailabilityZoneTier("z", { ...args, compute }));
    expect(message.split("\n")).to.deep.equal([
      'AvailabilityZoneTier "z" cannot be made:',
      'compute.dnsName: must be the DNS name of a load balancer, got "www.cafe.com"; write the name that AWS assigned, such as elb-primary-0123456789abcdef.elb.us-west-2.amazonaws.com',
      'compute.hostedZoneId: must be the id of a hosted zone, got "cafe.com"; write the balancer\'s own (CanonicalHostedZoneId), such as Z18D5FSROUN65G',
    ]);
  });
});
