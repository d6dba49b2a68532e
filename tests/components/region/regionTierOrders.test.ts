import { expect } from "chai";
import { RegionTier, ordersToFillIn } from "../../../components";
import type { MachineRegion, RegionTierArgs } from "../../../components";
import { named, resourcesOf } from "../pulumiMocks";
import type { Made } from "../pulumiMocks";
import { args as ordersArgs, dev } from "../orders/regionOrdersSample";
import { probe, regionProbe, tags } from "../samples";

const { identifier, tables } = ordersArgs(dev);
const text = JSON.stringify(ordersToFillIn);
const machines: MachineRegion = {
  cidrBlock: "10.10.0.0/16",
  instanceType: "t4g.micro",
  userData: { "us-west-2a": text, "us-west-2b": text },
  orders: { identifier, tables, settings: dev },
  statements: [{ Sid: "Releases" }],
};
const args: RegionTierArgs = {
  recordName: "oregon.orders.cafe.com",
  zoneId: "Z1",
  ttlSeconds: 10,
  availabilityZones: ["us-west-2a", "us-west-2b"],
  compute: { kind: "instance", ...machines },
  endpointProbe: probe,
  regionProbe,
  tags,
};

let made: Promise<readonly Made[]> | undefined;
/** One tier for all tests: no test changes it. */
const tier = (): Promise<readonly Made[]> =>
  (made ??= resourcesOf(() => new RegionTier("oregon", args)));

describe("a region that takes orders", () => {
  it("has isolated subnets right after the public ones, whatever other subnets there are", async () => {
    const { inputs } = named(await tier(), "oregon-vpc");
    expect(inputs["subnetSpecs"]).to.deep.equal([
      { type: "Public", cidrMask: 20 },
      { type: "Isolated", cidrMask: 20, assignIpv6AddressOnCreation: false },
    ]);
    expect(named(await tier(), "oregon-orders-database-subnets").inputs["subnetIds"]).to.deep.equal(
      ["first isolated subnet of oregon-vpc", "second isolated subnet of oregon-vpc"],
    );
  });

  it("gives its web servers the addresses of its stores", async () => {
    for (const zone of ["us-west-2a", "us-west-2b"]) {
      const { inputs } = named(await tier(), `oregon-${zone}-instance`);
      expect(JSON.parse(inputs["userData"] as string)).to.deep.equal({
        database: {
          host: "address of oregon-orders-database",
          port: 3306,
          name: "orders",
          secretId: "secret of oregon-orders-database",
        },
        redis: { host: "address of oregon-orders-cache", port: 6379 },
        journalTable: "journal",
        sessionsTable: "sessions",
      });
    }
  });

  it("grants them the permissions for orders and boot from their launch on", async () => {
    const { inputs } = named(await tier(), "oregon-role-app");
    const policy = JSON.parse(inputs["policy"] as string) as { Statement: { Sid: string }[] };
    expect(policy.Statement.map(({ Sid }) => Sid)).to.deep.equal([
      "Releases",
      "Tables",
      "DatabaseAccount",
      "DatabaseAccountKey",
      "Log",
    ]);
    expect(named(await tier(), "oregon-profile").dependencies).to.include("oregon-role-app");
  });

  it("names the database of its deep check in a tag", async () => {
    expect(named(await tier(), "oregon-deep-check").inputs["tags"]).to.deep.equal({
      ...tags,
      Tier: "region",
      Name: "oregon-deep-check",
      Database: identifier,
    });
  });
});
