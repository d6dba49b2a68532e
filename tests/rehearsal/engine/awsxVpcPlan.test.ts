import { expect } from "chai";
import { expandVpc } from "../../../rehearsal/engine/awsxVpc";
import type { Child } from "../../../rehearsal/engine/awsxVpc";
import { planVpc } from "../../../rehearsal/engine/awsxVpcPlan";
import type { WireProperties } from "../../../rehearsal/engine/wire";
import { unknownWire } from "../../../rehearsal/engine/wire";

const zones = ["us-east-1a", "us-east-1b", "us-east-1c"];

describe("a Vpc of awsx without its own arguments", () => {
  const planned = (inputs: WireProperties): ReturnType<typeof planVpc> =>
    planVpc("main", inputs, () => zones);

  it("is in the first three zones of its region, or as many as the program says", () => {
    expect(planned({}).zones).to.deep.equal(zones);
    expect(planned({ numberOfAvailabilityZones: 2 }).zones).to.deep.equal(zones.slice(0, 2));
    expect(planned({ availabilityZoneNames: ["us-east-1f"] }).zones).to.deep.equal(["us-east-1f"]);
  });

  it("is refused with more zones than are known, and with both their number and their names", () => {
    const subject = "awsx:ec2:Vpc main: numberOfAvailabilityZones must";
    expect(() => planned({ numberOfAvailabilityZones: 4 })).to.throw(
      `${subject} be at most 3, as further zones of the region are not known offline, got 4; give availabilityZoneNames`,
    );
    expect(() =>
      planned({ numberOfAvailabilityZones: 1, availabilityZoneNames: ["us-east-1a"] }),
    ).to.throw(`${subject} not be given with availabilityZoneNames, got 1; leave it out`);
  });

  it("has a private and a public subnet in each zone, of a half and a quarter of its part", () => {
    const { specs, blocks } = planned({});
    expect(specs.map(({ type }) => type)).to.deep.equal(["Private", "Public"]);
    expect(blocks).to.deep.equal([
      ["10.0.0.0/19", "10.0.32.0/20"],
      ["10.0.64.0/19", "10.0.96.0/20"],
      ["10.0.128.0/19", "10.0.160.0/20"],
    ]);
    expect(planned({ subnetStrategy: "Legacy" }).blocks).to.deep.equal(blocks);
    expect(planned({ subnetStrategy: "Auto" }).blocks).to.deep.equal(blocks);
  });

  const gateways = (strategy: string): Readonly<Record<string, unknown>> => {
    const made: Child[] = [];
    const register = (child: Child) => {
      made.push(child);
      const id = `${child.type.split(":").at(-1)} ${child.name}`;
      return { urn: id, id, output: () => unknownWire };
    };
    const inputs = { natGateways: { strategy } };
    expandVpc(
      { urn: "vpc", name: "main", inputs, propertyDependencies: {} },
      register,
      () => zones,
    );
    const routes = made.filter(({ inputs: { natGatewayId } }) => natGatewayId);
    return Object.fromEntries(
      routes.map(({ name, inputs: { natGatewayId } }) => [name, natGatewayId?.value]),
    );
  };

  it("leads its private subnets through a gateway of their zone, or a single one of the first", () => {
    expect(gateways("OnePerAz")).to.deep.equal({
      "main-private-1": "NatGateway main-1",
      "main-private-2": "NatGateway main-2",
      "main-private-3": "NatGateway main-3",
    });
    expect(Object.values(gateways("Single"))).to.deep.equal([
      "NatGateway main-1",
      "NatGateway main-1",
      "NatGateway main-1",
    ]);
    expect(gateways("None")).to.deep.equal({});
  });
});
