import { expect } from "chai";
import type { Resource } from "../../routing/graph/resource";
import { evaluated } from "./evaluated";
import { replacedBetween } from "./standIn/planner";
import { regionsOf } from "./shaping/configurations";

/** Prod with these settings of the primary region. */
async function prodWith(primary: object): Promise<readonly Resource[]> {
  const regions = regionsOf("prod");
  const config = { ...regions, primary: { ...regions.primary, ...primary } };
  return (await evaluated("prod", false, { "failover:regions": config })).resources;
}

function replaced(from: readonly Resource[], to: readonly Resource[]): readonly string[] {
  const all = replacedBetween(from, to).map(({ resource: { type } }) => type);
  return [...new Set(all)].sort();
}

/** URNs by the identity in AWS: a type, a region and a name. */
function ownersOf(resources: readonly Resource[]): ReadonlyMap<string, string> {
  const nameIn = [
    "name",
    "bucket",
    "alarmName",
    "dashboardName",
    "identifier",
    "replicationGroupId",
  ];
  return new Map(
    resources.flatMap(({ urn, type, region = "", inputs }) =>
      type === "aws:route53/record:Record"
        ? []
        : nameIn
            .map((property) => inputs[property])
            .filter((name) => typeof name === "string")
            .map((name) => [`${type} ${region} ${name}`, urn] as const),
    ),
  );
}

describe("another network for a region", function () {
  const cidrBlock = "10.50.0.0/16";

  it("replaces network and subnets under the old name, with balancers and gateways in them", async () => {
    const [before, after] = [await prodWith({}), await prodWith({ cidrBlock })];
    expect(replaced(before, after)).to.deep.equal([
      "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway",
      "aws:ec2/natGateway:NatGateway",
      "aws:ec2/route:Route",
      "aws:ec2/routeTable:RouteTable",
      "aws:ec2/routeTableAssociation:RouteTableAssociation",
      "aws:ec2/securityGroup:SecurityGroup",
      "aws:ec2/subnet:Subnet",
      "aws:ec2/vpc:Vpc",
      "aws:ec2/vpcEndpoint:VpcEndpoint",
      "aws:lb/listener:Listener",
      "aws:lb/loadBalancer:LoadBalancer",
      "aws:lb/targetGroup:TargetGroup",
      "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    ]);
    // The same addresses, which the old ones hold until they are deleted: see the runbook.
    const held = before.filter(
      ({ type, region }) => type.endsWith(":Eip") && region === "us-west-2",
    );
    expect(held.length).to.equal(4);
    expect(after.filter(({ urn }) => held.some((one) => one.urn === urn)).length).to.equal(4);
  });

  it("replaces nothing under another name, and shares no name in AWS with the old one", async () => {
    const [before, after] = [await prodWith({}), await prodWith({ name: "portland", cidrBlock })];
    expect(replaced(before, after)).to.deep.equal([]);
    const owners = ownersOf(before);
    const shared = [...ownersOf(after)].filter(([key, urn]) => (owners.get(key) ?? urn) !== urn);
    expect(shared).to.deep.equal([]);
    expect(owners.size).to.be.greaterThan(50);
  });

  it("changes the records above the region in place", async () => {
    const [before, after] = [await prodWith({}), await prodWith({ name: "portland", cidrBlock })];
    const owner = (resources: readonly Resource[]): ReadonlyMap<string, string> =>
      new Map(
        resources
          .filter(({ type }) => type === "aws:route53/record:Record")
          .map(({ urn, inputs: { name, type, setIdentifier } }) => [
            JSON.stringify([name, type, setIdentifier]),
            urn,
          ]),
      );
    const [old, own] = [owner(before), owner(after)];
    const above = [...own].filter(([key]) => old.has(key));
    expect(above.filter(([key, urn]) => old.get(key) !== urn)).to.deep.equal([]);
    expect(above.some(([key]) => key.startsWith('["live.orders.cafe.com","AAAA"'))).to.equal(true);
  });
});
