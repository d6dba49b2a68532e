import { expect } from "chai";
import { RegionTier } from "../../../components";
import type { RegionCompute, RegionTierArgs } from "../../../components";
import { named, resourcesOf } from "../pulumiMocks";
import type { Made } from "../pulumiMocks";
import { machines, probe, regionProbe, tags } from "../samples";

const args: Omit<RegionTierArgs, "compute"> = {
  recordName: "oregon.orders.cafe.com",
  zoneId: "Z1",
  ttlSeconds: 10,
  availabilityZones: ["us-west-2a", "us-west-2b"],
  endpointProbe: probe,
  regionProbe,
  tags,
};

function builtWith(compute: RegionCompute, ipv6 = false): Promise<readonly Made[]> {
  return resourcesOf(() => new RegionTier("oregon", { ...args, compute, ipv6 }));
}

const balanced: RegionCompute = {
  kind: "balancer",
  ...machines,
  certificateArn: "arn:certificate",
  instancesPerZone: 2,
};

/** The rules of the region's security groups, one per line. */
function rulesOf(made: readonly Made[]): readonly string[] {
  return made
    .filter(({ type }) => type.startsWith("aws:vpc/securityGroup"))
    .map(({ name, inputs }) => {
      const { securityGroupId, fromPort, toPort, ipProtocol } = inputs;
      const whom =
        inputs["cidrIpv4"] ??
        inputs["cidrIpv6"] ??
        inputs["prefixListId"] ??
        inputs["referencedSecurityGroupId"];
      expect([fromPort, ipProtocol]).to.deep.equal([toPort, "tcp"]);
      return `${name}: ${String(securityGroupId)} ${String(fromPort)} ${String(whom)}`;
    });
}

describe("a region of balancers", () => {
  it("has private subnets after the public ones, a gateway in each zone, and IPv6", async () => {
    const made = await builtWith(balanced);
    expect(named(made, "oregon-vpc").inputs).to.deep.equal({
      cidrBlock: "10.10.0.0/16",
      availabilityZoneNames: ["us-west-2a", "us-west-2b"],
      subnetStrategy: "Auto",
      subnetSpecs: [
        { type: "Public", cidrMask: 20 },
        { type: "Private", cidrMask: 20 },
      ],
      natGateways: { strategy: "OnePerAz" },
      enableDnsHostnames: true,
      assignGeneratedIpv6CidrBlock: true,
      tags: { Project: "failover", Tier: "region", Name: "oregon-vpc" },
    });
  });

  it("routes IPv6, from private subnets only outbound", async () => {
    const made = await builtWith(balanced);
    const routes = made.filter(({ type }) => type === "aws:ec2/route:Route");
    expect(routes.map(({ name, inputs }) => ({ name, ...inputs }))).to.deep.equal([
      {
        name: "oregon-ipv6-private-us-west-2a",
        routeTableId: "second table of oregon-vpc",
        destinationIpv6CidrBlock: "::/0",
        egressOnlyGatewayId: "id of oregon-egress",
      },
      {
        name: "oregon-ipv6-private-us-west-2b",
        routeTableId: "fourth table of oregon-vpc",
        destinationIpv6CidrBlock: "::/0",
        egressOnlyGatewayId: "id of oregon-egress",
      },
      {
        name: "oregon-ipv6-us-west-2a",
        routeTableId: "first table of oregon-vpc",
        destinationIpv6CidrBlock: "::/0",
        gatewayId: "gateway of oregon-vpc",
      },
      {
        name: "oregon-ipv6-us-west-2b",
        routeTableId: "third table of oregon-vpc",
        destinationIpv6CidrBlock: "::/0",
        gatewayId: "gateway of oregon-vpc",
      },
    ]);
  });

  it("puts each balancer in a public subnet and its instances in the private one of the zone", async () => {
    const made = await builtWith(balanced);
    const zones = ["us-west-2a", "us-west-2b"].map((zone) => [
      named(made, `oregon-${zone}-balancer`).inputs["subnetMappings"],
      named(made, `oregon-${zone}-group`).inputs["vpcZoneIdentifiers"],
    ]);
    expect(zones).to.deep.equal([
      [
        [
          {
            subnetId: "first subnet of oregon-vpc",
            allocationId: "allocation of oregon-us-west-2a-balancer-address",
          },
        ],
        ["first private subnet of oregon-vpc"],
      ],
      [
        [
          {
            subnetId: "second subnet of oregon-vpc",
            allocationId: "allocation of oregon-us-west-2b-balancer-address",
          },
        ],
        ["second private subnet of oregon-vpc"],
      ],
    ]);
  });

  it("admits everyone to balancers over HTTP and HTTPS, checkers to a separate port, and only balancers to web servers", async () => {
    expect(rulesOf(await builtWith(balanced, true))).to.deep.equal([
      "oregon-balancers-checks-in-checkers-ipv6: id of oregon-balancers 8443 pl-1",
      "oregon-balancers-health-out: id of oregon-balancers 8081 id of oregon-web",
      "oregon-balancers-http-in: id of oregon-balancers 80 0.0.0.0/0",
      "oregon-balancers-http-in-ipv6: id of oregon-balancers 80 ::/0",
      "oregon-balancers-http-out: id of oregon-balancers 80 id of oregon-web",
      "oregon-balancers-https-in: id of oregon-balancers 443 0.0.0.0/0",
      "oregon-balancers-https-in-ipv6: id of oregon-balancers 443 ::/0",
      "oregon-balancers-tls-out: id of oregon-balancers 8080 id of oregon-web",
      "oregon-web-balancer-health-in: id of oregon-web 8081 id of oregon-balancers",
      "oregon-web-balancer-http-in: id of oregon-web 80 id of oregon-balancers",
      "oregon-web-balancer-tls-in: id of oregon-web 8080 id of oregon-balancers",
      "oregon-web-https-out: id of oregon-web 443 0.0.0.0/0",
      "oregon-web-https-out-ipv6: id of oregon-web 443 ::/0",
    ]);
  });

  it("admits no IPv6 client if names do not publish IPv6", async () => {
    const inward = rulesOf(await builtWith(balanced)).filter((rule) => rule.includes("-in"));
    expect(inward.filter((rule) => rule.includes("::/0"))).to.deep.equal([]);
  });
});

describe("a region of instances", () => {
  it("admits the given networks, and Route 53's checkers by AWS's prefix list", async () => {
    const visitorNetworks = ["203.0.113.0/24", "2001:db8::/32"];
    const compute: RegionCompute = { kind: "instance", ...machines, visitorNetworks };
    expect(rulesOf(await builtWith(compute))).to.deep.equal([
      "oregon-web-http-in-2001:db8::/32: id of oregon-web 80 2001:db8::/32",
      "oregon-web-http-in-203.0.113.0/24: id of oregon-web 80 203.0.113.0/24",
      "oregon-web-http-in-checkers: id of oregon-web 80 pl-1",
      "oregon-web-https-out: id of oregon-web 443 0.0.0.0/0",
    ]);
  });

  it("has public subnets with IPv6 routes if IPv6 is on", async () => {
    const made = await builtWith({ kind: "instance", ...machines }, true);
    expect(
      made
        .filter(({ type }) => type === "aws:ec2/route:Route")
        .map(({ name, inputs }) => `${name} ${String(inputs["routeTableId"])}`),
    ).to.deep.equal([
      "oregon-ipv6-us-west-2a first table of oregon-vpc",
      "oregon-ipv6-us-west-2b second table of oregon-vpc",
    ]);
    expect(rulesOf(made).filter((rule) => rule.includes("::/0"))).to.deep.equal([
      "oregon-web-http-in-ipv6: id of oregon-web 80 ::/0",
      "oregon-web-https-out-ipv6: id of oregon-web 443 ::/0",
    ]);
  });
});

describe("a region of external endpoints", () => {
  it("has records and checks, and nothing else", async () => {
    const endpoints = {
      "us-west-2a": { ipv4: "203.0.113.1" },
      "us-west-2b": { ipv4: "203.0.113.2" },
    };
    const made = await builtWith({ kind: "addresses", endpoints });
    expect(made.map(({ name, type }) => `${name} ${type.split(":").at(-1) ?? ""}`)).to.deep.equal([
      "oregon RegionTier",
      "oregon-deep-check HealthCheck",
      "oregon-records FailoverRecords",
      "oregon-records-oregon.orders.cafe.com-A-primary Record",
      "oregon-records-oregon.orders.cafe.com-A-secondary Record",
      "oregon-region-check HealthCheck",
      "oregon-us-west-2a AvailabilityZoneTier",
      "oregon-us-west-2a-check HealthCheck",
      "oregon-us-west-2b AvailabilityZoneTier",
      "oregon-us-west-2b-check HealthCheck",
    ]);
  });
});

describe("a region with further checks", () => {
  it("is healthy while all of them are", async () => {
    const made = await resourcesOf(
      () =>
        new RegionTier("oregon", {
          ...args,
          compute: { kind: "instance", ...machines },
          furtherCheckIds: ["hc-metric"],
        }),
    );
    const { childHealthchecks, childHealthThreshold } = named(made, "oregon-region-check").inputs;
    expect([childHealthchecks, childHealthThreshold]).to.deep.equal([
      ["id of oregon-deep-check", "hc-metric"],
      2,
    ]);
  });
});
