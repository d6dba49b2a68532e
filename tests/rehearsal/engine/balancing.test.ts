import { expect } from "chai";
import { Cloud } from "../../../rehearsal/engine/cloud";
import { awsInvoke } from "../../../rehearsal/engine/awsInvokes";
import { wireText } from "../../../rehearsal/engine/wire";
import type { WireProperties } from "../../../rehearsal/engine/wire";

function create(type: string, name: string, inputs: WireProperties, region = "us-west-2") {
  const urn = `urn:pulumi:dev::cafe::${type}::${name}`;
  const made = new Cloud().create({ urn, type, name, inputs, region, provider: {} });
  if (made === undefined) throw new Error(`no row for ${type}`);
  return made;
}

const nothing = (): undefined => undefined;

describe("the stand-in for AWS's balancers, certificates and distributions", () => {
  it("names a network balancer with its region after elb, others with it before", () => {
    const dnsName = (loadBalancerType: string): unknown =>
      create("aws:lb/loadBalancer:LoadBalancer", "b", { namePrefix: "zone-", loadBalancerType })
        .outputs["dnsName"];
    expect(dnsName("network")).to.match(
      /^zone-[0-9a-f]{26}-[0-9a-f]{16}\.elb\.us-west-2\.amazonaws\.com$/,
    );
    expect(dnsName("application")).to.match(
      /^zone-[0-9a-f]{26}-\d+\.us-west-2\.elb\.amazonaws\.com$/,
    );
  });

  it("has the ends of ARNs for CloudWatch", () => {
    const balancer = create("aws:lb/loadBalancer:LoadBalancer", "b", {
      name: "b",
      loadBalancerType: "network",
    });
    expect(balancer.id).to.equal(
      `arn:aws:elasticloadbalancing:us-west-2:123456789012:loadbalancer/${wireText(balancer.outputs["arnSuffix"]) ?? ""}`,
    );
    expect(balancer.outputs["arnSuffix"]).to.match(/^net\/b\/[0-9a-f]{16}$/);
    const group = create("aws:lb/targetGroup:TargetGroup", "t", { name: "t" });
    expect(group.outputs["arnSuffix"]).to.match(/^targetgroup\/t\/[0-9a-f]{16}$/);
    const listener = create("aws:lb/listener:Listener", "l", { loadBalancerArn: balancer.id });
    expect(listener.id).to.match(/:listener\/net\/b\/[0-9a-f]{16}\/[0-9a-f]{16}$/);
  });

  describe("IPv6 address of a balancer", () => {
    const subnetInputs = { vpcId: "vpc-1", ipv6CidrBlock: "2001:db8:1:2::/64" };
    const call = "aws:ec2/getNetworkInterface:getNetworkInterface";
    const make = (inputs: WireProperties) => {
      const cloud = new Cloud();
      const region = "us-west-2";
      const madeOf = (type: string, own: WireProperties) => {
        const made = cloud.create({
          urn: type,
          type,
          name: "it",
          inputs: own,
          region,
          provider: {},
        });
        if (made === undefined) throw new Error(`no row for ${type}`);
        return made;
      };
      const subnet = madeOf("aws:ec2/subnet:Subnet", subnetInputs);
      const mapping = { subnetId: subnet.id, allocationId: "eipalloc-1" };
      const balancer = madeOf("aws:lb/loadBalancer:LoadBalancer", {
        loadBalancerType: "network",
        ipAddressType: "dualstack",
        subnetMappings: [mapping],
        ...inputs,
      });
      const ask = (values: string[], name = "description") =>
        awsInvoke(call)?.({ filters: [{ name, values }] }, region, cloud.find);
      return { mapping, balancer, ask, suffix: wireText(balancer.outputs["arnSuffix"]) ?? "" };
    };

    it("is not read back, even if it was given", () => {
      const given = {
        subnetId: "subnet-1",
        allocationId: "eipalloc-1",
        ipv6Address: "2001:db8::1",
      };
      const { balancer } = make({ subnetMappings: [given] });
      expect(balancer.readBack).to.deep.equal({
        subnetMappings: [
          {
            subnetId: "subnet-1",
            allocationId: "eipalloc-1",
            ipv6Address: "",
            outpostId: "",
            privateIpv4Address: "",
          },
        ],
      });
    });

    it("is that of its network interface, from the block of the subnet", () => {
      const { ask, suffix } = make({});
      expect(ask([`ELB ${suffix}`])?.["ipv6Addresses"]).to.satisfy(
        ([address, ...others]: string[]) =>
          others.length === 0 && address?.startsWith("2001:db8:1:2:"),
      );
    });

    it("is absent if the balancer has only IPv4", () => {
      const { ask, suffix } = make({ ipAddressType: "ipv4" });
      expect(ask([`ELB ${suffix}`])?.["ipv6Addresses"]).to.deep.equal([]);
    });

    it("is not invented for another balancer, several interfaces or another filter", () => {
      const { ask, suffix, mapping } = make({});
      expect(ask(["ELB net/other/0"])).to.equal(undefined);
      expect(ask([suffix])).to.equal(undefined);
      expect(ask([`ELB ${suffix}`, "ELB net/other/0"])).to.equal(undefined);
      expect(ask([`ELB ${suffix}`], "status")).to.equal(undefined);
      expect(make({ subnetMappings: [mapping, mapping] }).ask([`ELB ${suffix}`])).to.equal(
        undefined,
      );
    });
  });

  it("validates a name and its wildcard with one record, the same in every region", () => {
    const options = (region: string): unknown =>
      create(
        "aws:acm/certificate:Certificate",
        region,
        {
          domainName: "orders.cafe.com",
          subjectAlternativeNames: ["*.orders.cafe.com", "orders.cafe.com"],
        },
        region,
      ).outputs["domainValidationOptions"];
    const [name, wildcard, ...others] = options("us-west-2") as Record<string, unknown>[];
    expect(others).to.deep.equal([]);
    expect(wildcard).to.deep.equal({ ...name, domainName: "*.orders.cafe.com" });
    expect(name?.["resourceRecordName"]).to.match(/^_[0-9a-f]{32}\.orders\.cafe\.com\.$/);
    expect(options("eu-west-1")).to.deep.equal(options("us-west-2"));
  });

  it("gives every distribution a unique name in CloudFront's only zone", () => {
    const { outputs } = create("aws:cloudfront/distribution:Distribution", "d", {});
    expect(outputs["domainName"]).to.match(/^d[0-9a-f]{13}\.cloudfront\.net$/);
    expect(outputs["hostedZoneId"]).to.equal("Z2FDTNDATAQYW2");
  });

  it("has AWS's own prefix lists, and no others", () => {
    const list = awsInvoke("aws:ec2/getManagedPrefixList:getManagedPrefixList");
    const name = "com.amazonaws.us-west-2.ipv6.route53-healthchecks";
    expect(list?.({ name }, "us-west-2", nothing)).to.include({
      name,
      ownerId: "AWS",
      addressFamily: "IPv6",
    });
    expect(list?.({ name }, "eu-west-1", nothing)).to.equal(undefined);
    expect(list?.({ name: "ours" }, "us-west-2", nothing)).to.equal(undefined);
  });
});
