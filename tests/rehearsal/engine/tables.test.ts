import { expect } from "chai";
import * as fc from "fast-check";
import { awsInvoke } from "../../../rehearsal/engine/awsInvokes";
import { Cloud } from "../../../rehearsal/engine/cloud";
import type { Creation } from "../../../rehearsal/engine/cloud";
import { Addresses, ipv6Address, ipv6Block, toNumber } from "../../../rehearsal/engine/identifiers";
import { s3Website } from "../../../rehearsal/engine/s3Website";
import { ipv6SubnetBlock } from "../../../rehearsal/engine/subnetBlocks";
import { wireText, unknownWire } from "../../../rehearsal/engine/wire";
import type { WireProperties } from "../../../rehearsal/engine/wire";

describe("the stand-in for AWS", () => {
  let cloud: Cloud;
  beforeEach(() => {
    cloud = new Cloud();
  });

  function create(type: string, name: string, inputs: WireProperties, rest?: Partial<Creation>) {
    const urn = `urn:pulumi:dev::cafe::${type}::${name}`;
    const made = cloud.create({
      urn,
      type,
      name,
      inputs,
      region: "us-west-2",
      provider: {},
      ...rest,
    });
    if (made === undefined) throw new Error(`no row for ${type}`);
    return made;
  }

  it("gives an instance the zone and the addresses of its subnet", () => {
    const vpc = create("aws:ec2/vpc:Vpc", "vpc", { assignGeneratedIpv6CidrBlock: true });
    const subnet = create("aws:ec2/subnet:Subnet", "subnet", {
      availabilityZone: "us-west-2b",
      cidrBlock: "10.1.128.0/20",
      mapPublicIpOnLaunch: true,
      assignIpv6AddressOnCreation: true,
      ipv6CidrBlock: ipv6SubnetBlock(wireText(vpc.outputs["ipv6CidrBlock"]) ?? "", 1),
    });
    const { id, outputs } = create("aws:ec2/instance:Instance", "web", { subnetId: subnet.id });
    expect(id).to.match(/^i-0[0-9a-f]{16}$/);
    expect(outputs["availabilityZone"]).to.equal("us-west-2b");
    expect(outputs["privateIp"]).to.match(/^10\.1\.1(2[89]|3\d|4[0-3])\.\d+$/);
    expect(outputs["publicIp"]).to.match(/^198\.1[89]\./);
    expect(outputs["publicDns"]).to.match(/^ec2-198-1[89]-.*\.us-west-2\.compute\.amazonaws\.com$/);
    expect(outputs["ipv6Addresses"]).to.have.lengthOf(1);
    expect(outputs["arn"]).to.equal(`arn:aws:ec2:us-west-2:123456789012:instance/${id}`);
  });

  it("gives an instance in a subnet that is not in the stack no address and no zone that it may not have", () => {
    const outputs = (inputs: WireProperties): WireProperties =>
      create("aws:ec2/instance:Instance", "web", inputs).outputs;
    const unknown = ["availabilityZone", "privateIp", "publicIp", "publicDns", "ipv6Addresses"];
    expect(outputs({})).not.to.have.any.keys(unknown);
    expect(outputs({ subnetId: "subnet-1" })).not.to.have.any.keys(unknown);
    expect(outputs({ associatePublicIpAddress: true })["publicIp"]).to.match(/^198\.1[89]\./);
    expect(outputs({ associatePublicIpAddress: false })["publicIp"]).to.equal("");
  });

  it("gives an association the addresses of its instance and its Elastic IP", () => {
    const eip = create("aws:ec2/eip:Eip", "eip", {});
    const subnet = create("aws:ec2/subnet:Subnet", "subnet", { cidrBlock: "10.0.0.0/24" });
    const web = create("aws:ec2/instance:Instance", "web", { subnetId: subnet.id });
    const made = create("aws:ec2/eipAssociation:EipAssociation", "both", {
      allocationId: eip.id,
      instanceId: web.id,
    });
    expect(made.outputs).to.deep.equal({
      region: "us-west-2",
      publicIp: eip.outputs["publicIp"],
      privateIpAddress: web.outputs["privateIp"],
      networkInterfaceId: web.outputs["primaryNetworkInterfaceId"],
    });
  });

  it("names a record by zone, name, type and set identifier, and completes its name", () => {
    const zone = create("aws:route53/zone:Zone", "zone", { name: "cafe.com" });
    const record = (name: string) =>
      create("aws:route53/record:Record", name, {
        zoneId: zone.id,
        name,
        type: "A",
        setIdentifier: "primary",
      });
    expect(record("www").id).to.equal(`${zone.id}_www_A_primary`);
    expect(record("www").outputs["fqdn"]).to.equal("www.cafe.com");
    expect(record("Orders.cafe.com.").outputs["fqdn"]).to.equal("orders.cafe.com");
    expect(record("cafe.com").outputs["fqdn"]).to.equal("cafe.com");
    expect(zone.id).to.match(/^Z[0-9A-F]{20}$/);
    expect(zone.outputs["nameServers"]).to.satisfy((names: string[]) =>
      names.every((each) => each.endsWith(".test")),
    );
  });

  it("has S3's website domains and their hosted zones", () => {
    const bucket = create("aws:s3/bucket:Bucket", "page", { bucket: "orders.cafe.com" });
    const website = create(
      "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration",
      "website",
      { bucket: bucket.id },
    );
    expect(bucket.outputs["hostedZoneId"]).to.equal("Z3BJ6K6RIION7M");
    expect(website.outputs["websiteDomain"]).to.equal("s3-website-us-west-2.amazonaws.com");
    expect(website.outputs["websiteEndpoint"]).to.equal(
      "orders.cafe.com.s3-website-us-west-2.amazonaws.com",
    );
    expect(s3Website("us-east-2")).to.deep.equal({
      domain: "s3-website.us-east-2.amazonaws.com",
      hostedZoneId: "Z2O1EMRO9K5GLX",
    });
    expect(s3Website("xx-none-1").hostedZoneId).to.equal(null);
  });

  it("gives a page a version if versioning was enabled before it", () => {
    const page = (name: string) =>
      create("aws:s3/bucketObjectv2:BucketObjectv2", name, { bucket: "page", key: name });
    const versioning = (status: string) =>
      create("aws:s3/bucketVersioning:BucketVersioning", status, {
        bucket: "page",
        versioningConfiguration: { status },
      });
    create("aws:s3/bucket:Bucket", "page", { bucket: "page" });
    expect(page("early.html").outputs["versionId"]).to.equal("");
    versioning("Enabled");
    expect(page("index.html").outputs["versionId"]).to.match(/^[0-9a-f]{32}$/);
  });

  it("finds the resource with an id, even if its settings have the same id", () => {
    const zone = create("aws:route53/zone:Zone", "zone", { name: "cafe.com" });
    create("aws:route53/hostedZoneDnsSec:HostedZoneDnsSec", "signing", { hostedZoneId: zone.id });
    const record = create("aws:route53/record:Record", "r", { zoneId: zone.id, name: "orders" });
    expect(record.outputs["fqdn"]).to.equal("orders.cafe.com");
  });

  it("derives the id of a setting from its bucket, role or network", () => {
    const ids = {
      "aws:s3/bucketPolicy:BucketPolicy": { bucket: "page" },
      "aws:s3/bucketObjectv2:BucketObjectv2": { bucket: "page", key: "index.html" },
      "aws:iam/role:Role": { name: "web" },
      "aws:iam/rolePolicy:RolePolicy": { role: "web", name: "read" },
    };
    expect(
      Object.entries(ids).map(([type, inputs]) => create(type, "it", inputs).id),
    ).to.deep.equal(["page", "page/index.html", "web", "web:read"]);
    expect(create("aws:iam/role:Role", "it", { name: "web" }).outputs["arn"]).to.equal(
      "arn:aws:iam::123456789012:role/web",
    );
    const sni = (type: string) =>
      create("aws:route53/healthCheck:HealthCheck", "it", { type }).outputs["enableSni"];
    expect([sni("HTTPS_STR_MATCH"), sni("HTTP")]).to.deep.equal([true, false]);
    for (const type of ["Ingress", "Egress"]) {
      const rule = create(`aws:vpc/securityGroup${type}Rule:SecurityGroup${type}Rule`, "it", {});
      expect(rule.outputs["securityGroupRuleId"]).to.equal(rule.id);
    }
    const old = create("aws:ec2/securityGroupRule:SecurityGroupRule", "it", {});
    expect(old.outputs["securityGroupRuleId"]).to.match(/^sgr-0/);
  });

  it("accepts unknown inputs, as at a first preview", () => {
    // The registry hides these values; the test checks only that the rows have their outputs'
    // names.
    for (const type of ["aws:route53/record:Record", "aws:s3/bucketObjectv2:BucketObjectv2"]) {
      expect(create(type, "it", {}).outputs).not.to.deep.equal({});
    }
    expect(create("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "it", {}).outputs).to.be
      .empty;
    expect(create("aws:iam/rolePolicy:RolePolicy", "it", {}).id).to.equal(":");
    expect(create("aws:ec2/route:Route", "it", {}).id).to.match(/^r-rtb/);
    const nat = create("aws:ec2/natGateway:NatGateway", "it", {});
    const association = create("aws:ec2/eipAssociation:EipAssociation", "it", {});
    expect([nat, association].map(({ outputs }) => outputs["publicIp"])).to.deep.equal([
      null,
      null,
    ]);
    expect(create("aws:ec2/eip:Eip", "it", { tags: unknownWire }).outputs["tagsAll"]).to.equal(
      unknownWire,
    );
  });

  it("gives names in us-east-1 their special format", () => {
    const subnet = create("aws:ec2/subnet:Subnet", "subnet", {
      cidrBlock: "10.0.0.0/24",
      mapPublicIpOnLaunch: true,
    });
    const inputs = { subnetId: subnet.id };
    const { outputs } = create("aws:ec2/instance:Instance", "web", inputs, { region: "us-east-1" });
    expect(outputs["publicDns"]).to.match(/^ec2-198-1[89]-.*\.compute-1\.amazonaws\.com$/);
    expect(outputs["privateDns"]).to.match(/^ip-10-0-0-.*\.ec2\.internal$/);
  });

  it("overrides a provider's default tags with a resource's own", () => {
    const provider = { defaultTags: '{"tags":{"Owner":"ops","Team":"nobody"}}' };
    const tagsAll = (inputs: WireProperties) =>
      create("aws:ec2/eip:Eip", "eip", inputs, { provider }).outputs["tagsAll"];
    expect(tagsAll({ tags: { Team: "cafe" } })).to.deep.equal({ Owner: "ops", Team: "cafe" });
    expect(tagsAll({})).to.deep.equal({ Owner: "ops", Team: "nobody" });
    expect(create("aws:ec2/eip:Eip", "eip", {}).outputs).not.to.have.property("tagsAll");
  });

  it("does not accept a name that every object has as a type or a function", () => {
    const creation = {
      urn: "",
      type: "constructor",
      name: "",
      inputs: {},
      region: "",
      provider: {},
    };
    expect(cloud.create(creation)).to.equal(undefined);
    expect(awsInvoke("constructor")).to.equal(undefined);
  });

  it("answers the supported calls", () => {
    const ask = (token: string, args: WireProperties = {}) =>
      awsInvoke(token)?.(args, "eu-west-1", () => undefined);
    expect(ask("aws:index/getRegion:getRegion")).to.include({ region: "eu-west-1" });
    expect(ask("aws:index/getCallerIdentity:getCallerIdentity")).to.include({
      accountId: "123456789012",
    });
    expect(ask("aws:index/getPartition:getPartition")).to.include({ partition: "aws" });
    const name = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64";
    const image = ask("aws:ssm/getParameter:getParameter", { name });
    expect(image?.["insecureValue"]).to.match(/^ami-0[0-9a-f]{16}$/);
    expect(image?.["value"]).to.equal(image?.["insecureValue"]);
    expect(ask("aws:ssm/getParameter:getParameter", { name: "/cafe/x" })).to.equal(undefined);
  });
});

describe("addresses", () => {
  it("are unique, and within the requested range", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { maxLength: 11 }), (keys) => {
        const addresses = new Addresses();
        // A /28 has eleven usable addresses.
        const given = keys.map((key) => addresses.private(key, "10.0.0.16/28"));
        expect(new Set(given).size).to.equal(keys.length);
        for (const address of given.map(toNumber)) {
          expect(address).to.be.within(toNumber("10.0.0.20"), toNumber("10.0.0.30"));
        }
      }),
    );
  });

  it("run out with an error", () => {
    const addresses = new Addresses();
    expect(addresses.private("a", "10.0.0.0/32")).to.equal("10.0.0.4");
    expect(() => addresses.private("b", "10.0.0.0/32")).to.throw(
      "no free address among 1 from 10.0.0.4",
    );
  });

  it("of IPv6 are well-formed", () => {
    expect(ipv6Block("a")).to.match(/^2001:db8:[0-9a-f]{1,4}:[0-9a-f]{1,4}::\/56$/);
    expect(ipv6Address("a", "2001:db8:1:2::/64")).to.match(/^2001:db8:1:2(:[0-9a-f]{4}){4}$/);
  });
});
