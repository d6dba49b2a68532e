import { expect } from "chai";
import type { Properties, Resource } from "../../../routing/graph/resource";
import { withoutRegion } from "../../../routing/graph/withoutRegion";

const urnOf = (type: string, name: string): string => `urn:pulumi:prod::failover::${type}::${name}`;

function resource(
  type: string,
  name: string,
  inputs: Properties,
  rest: Partial<Resource> = {},
): Resource {
  return {
    urn: urnOf(type, name),
    type,
    name,
    custom: true,
    inputs,
    outputs: {},
    propertyDependencies: {},
    dependencies: [],
    unknown: {},
    ...rest,
  };
}

const provider = (region: string): Resource => resource("pulumi:providers:aws", region, { region });
const [oregon, dublin] = [provider("us-west-2"), provider("eu-west-1")];
const tier = (name: string): Resource =>
  resource("failover:index:RegionTier", name, {}, { custom: false });
const [oregonTier, dublinTier] = [tier("oregon"), tier("dublin")];
const managed = (
  type: string,
  name: string,
  inputs: Properties,
  rest: Partial<Resource> = {},
): Resource => resource(type, name, inputs, { provider: oregon.urn, ...rest });

const template = "aws:ec2/launchTemplate:LaunchTemplate";
const check = "aws:route53/healthCheck:HealthCheck";
const rule = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

describe("an update without a region", () => {
  it("receives the values looked up in the region, and excludes the resources of its provider", () => {
    const all = [
      managed(
        template,
        "oregon-us-west-2a-template",
        { imageId: "ami-1" },
        { parent: oregonTier.urn },
      ),
      managed(check, "oregon-us-west-2a-check", { ipAddress: "192.0.2.1" }),
      managed(check, "oregon-us-west-2a-check-ipv6", { ipAddress: "2001:db8::a" }),
      managed(check, "oregon-green-us-west-2b-check-ipv6", { ipAddress: "2001:db8::b" }),
      managed(rule, "oregon-balancers-http-in-checkers", { prefixListId: "pl-1" }),
      managed(rule, "oregon-balancers-http-in-checkers-ipv6", { prefixListId: "pl-2" }),
      managed(rule, "oregon-balancers-http-in", { cidrIpv4: "203.0.113.0/24" }),
      managed("aws:dynamodb/table:Table", "orders", {}),
    ];
    const elsewhere = resource(
      template,
      "dublin-template",
      { imageId: "ami-2" },
      {
        provider: dublin.urn,
        parent: dublinTier.urn,
      },
    );
    const found = withoutRegion(
      [oregon, dublin, oregonTier, dublinTier, elsewhere, ...all],
      "us-west-2",
    );
    expect(found.setting).to.deep.equal({
      region: "us-west-2",
      imageId: "ami-1",
      ipv6Addresses: { "us-west-2a": "2001:db8::a", "green-us-west-2b": "2001:db8::b" },
      checkersPrefixListIds: { ipv4: "pl-1", ipv6: "pl-2" },
    });
    expect(found.excluded).to.deep.equal([
      ...all.map(({ urn }) => urn),
      "**::oregon",
      "**::oregon-*",
    ]);
  });

  it("receives the image of an instance, and no value that was not looked up", () => {
    const instance = managed("aws:ec2/instance:Instance", "oregon-us-west-2a-instance", {
      ami: "ami-3",
    });
    expect(withoutRegion([oregon, instance], "us-west-2")).to.deep.equal({
      setting: { region: "us-west-2", imageId: "ami-3" },
      excluded: [instance.urn],
    });
  });

  it("excludes nothing for a region without resources", () => {
    expect(withoutRegion([oregon], "eu-north-1").excluded).to.deep.equal([]);
  });
});
