import * as aws from "@pulumi/aws";
import { expect } from "chai";
import { FailoverRecords } from "../../../components";
import type { FailoverRecordsArgs } from "../../../components";
import { checked, endpoint, failover, fixed, published, weighted } from "../../../routing/route";
import { refusalOf, resourcesOf } from "../pulumiMocks";
import type { Made } from "../pulumiMocks";

const a = endpoint<string>(
  { kind: "addresses", addresses: { A: ["192.0.2.1"] } },
  { A: "check-a" },
);
const b = endpoint<string>(
  { kind: "addresses", addresses: { A: ["192.0.2.2"] } },
  { A: "check-b" },
);
const page = fixed<string>({
  kind: "resource",
  dnsName: "s3-website.us-east-2.amazonaws.com",
  zoneId: "Z-S3",
  families: ["A"],
  evaluateTargetHealth: false,
});
const oregon = failover("oregon.orders.cafe.com", a, b);

const args = (routes: FailoverRecordsArgs["routes"], more = {}): FailoverRecordsArgs => ({
  zoneId: "Z1",
  routes,
  ttlSeconds: 60,
  ...more,
});

async function recordsOf(work: () => unknown): Promise<readonly Made[]> {
  return (await resourcesOf(work)).filter(({ type }) => type === "aws:route53/record:Record");
}

describe("FailoverRecords", () => {
  it("creates the records of a tree, and each alias after its targets", async () => {
    const tree = failover("orders.cafe.com", checked(oregon, "check-region"), page);
    const records = await recordsOf(() => new FailoverRecords("orders", args([tree])));
    const first = ["A-primary", "A-secondary"].map((one) => `orders-oregon.orders.cafe.com-${one}`);
    expect(records).to.deep.equal(
      [
        {
          name: "orders-orders.cafe.com-A-primary",
          inputs: {
            zoneId: "Z1",
            name: "orders.cafe.com",
            type: "A",
            setIdentifier: "primary",
            failoverRoutingPolicies: [{ type: "PRIMARY" }],
            aliases: [{ name: "oregon.orders.cafe.com", zoneId: "Z1", evaluateTargetHealth: true }],
            healthCheckId: "check-region",
          },
          dependencies: first,
        },
        {
          name: "orders-orders.cafe.com-A-secondary",
          inputs: {
            zoneId: "Z1",
            name: "orders.cafe.com",
            type: "A",
            setIdentifier: "secondary",
            failoverRoutingPolicies: [{ type: "SECONDARY" }],
            aliases: [
              {
                name: "s3-website.us-east-2.amazonaws.com",
                zoneId: "Z-S3",
                evaluateTargetHealth: false,
              },
            ],
          },
          dependencies: [],
        },
        {
          name: first[0],
          inputs: {
            zoneId: "Z1",
            name: "oregon.orders.cafe.com",
            type: "A",
            setIdentifier: "primary",
            failoverRoutingPolicies: [{ type: "PRIMARY" }],
            ttl: 60,
            records: ["192.0.2.1"],
            healthCheckId: "check-a",
          },
          dependencies: [],
        },
        {
          name: first[1],
          inputs: {
            zoneId: "Z1",
            name: "oregon.orders.cafe.com",
            type: "A",
            setIdentifier: "secondary",
            failoverRoutingPolicies: [{ type: "SECONDARY" }],
            ttl: 60,
            records: ["192.0.2.2"],
            healthCheckId: "check-b",
          },
          dependencies: [],
        },
      ].map((record) => ({
        type: "aws:route53/record:Record",
        parent: "orders",
        provider: "",
        ignoreChanges: [],
        protect: false,
        retainOnDelete: false,
        ...record,
      })),
    );
  });

  it("creates only an alias to a published node, after its dependencies", async () => {
    const tree = failover("orders.cafe.com", published(oregon), page);
    const records = await recordsOf(() => {
      const zone = new aws.route53.Zone("elsewhere", { name: "cafe.com" });
      return new FailoverRecords("orders", args([tree]), { dependsOn: [zone] });
    });
    expect(records.map(({ name, dependencies }) => ({ name, dependencies }))).to.deep.equal([
      { name: "orders-orders.cafe.com-A-primary", dependencies: ["elsewhere"] },
      { name: "orders-orders.cafe.com-A-secondary", dependencies: [] },
    ]);
  });

  it("creates an alias to its own record after that record, whatever its dependencies", async () => {
    const any = failover("any.cafe.com", published(oregon), published(oregon));
    const records = await recordsOf(() => {
      const zone = new aws.route53.Zone("elsewhere", { name: "cafe.com" });
      const trees = ["orders.cafe.com", "shop.cafe.com"].map((name) => failover(name, any, page));
      return new FailoverRecords("orders", args(trees), { dependsOn: [zone] });
    });
    const shop = records.filter(({ name }) => name.startsWith("orders-shop"));
    const below = ["orders-any.cafe.com-A-primary", "orders-any.cafe.com-A-secondary"];
    expect(shop.map(({ name, dependencies }) => ({ name, dependencies }))).to.deep.equal([
      { name: "orders-shop.cafe.com-A-primary", dependencies: below },
      { name: "orders-shop.cafe.com-A-secondary", dependencies: [] },
    ]);
  });

  it("creates records of several trees that share a branch once", async () => {
    const trees = ["orders.cafe.com", "shop.cafe.com"].map((name) => failover(name, oregon, page));
    const records = await recordsOf(() => new FailoverRecords("orders", args(trees)));
    expect(records.map(({ name }) => name)).to.deep.equal([
      "orders-orders.cafe.com-A-primary",
      "orders-orders.cafe.com-A-secondary",
      "orders-oregon.orders.cafe.com-A-primary",
      "orders-oregon.orders.cafe.com-A-secondary",
      "orders-shop.cafe.com-A-primary",
      "orders-shop.cafe.com-A-secondary",
    ]);
  });

  it("splits traffic by weight", async () => {
    const release = weighted("release.cafe.com", [
      { key: "blue", weight: 95, route: a },
      { key: "green", weight: 5, route: b },
    ]);
    const records = await recordsOf(() => new FailoverRecords("r", args([release])));
    expect(
      records.map(({ name, inputs }) => [name, inputs["weightedRoutingPolicies"]]),
    ).to.deep.equal([
      ["r-release.cafe.com-A-blue", [{ weight: 95 }]],
      ["r-release.cafe.com-A-green", [{ weight: 5 }]],
    ]);
  });

  it("publishes only the given families", async () => {
    const both = endpoint<string>(
      { kind: "addresses", addresses: { A: ["192.0.2.1"], AAAA: ["2001:db8::1"] } },
      { A: "check-4", AAAA: "check-6" },
    );
    const tree = failover("orders.cafe.com", both, both);
    const records = await recordsOf(
      () => new FailoverRecords("r", args([tree], { families: ["AAAA"] })),
    );
    expect(records.map(({ inputs }) => inputs["records"])).to.deep.equal([
      ["2001:db8::1"],
      ["2001:db8::1"],
    ]);
  });

  it("refuses a route that cannot compile to records", () => {
    const unchecked = endpoint<string>({ kind: "addresses", addresses: { A: ["192.0.2.1"] } });
    const tree = failover("orders.cafe.com", unchecked, page);
    const reason =
      "orders.cafe.com: the primary A record has addresses and no health check; Route 53 rejects that (C6), so add one";
    expect(refusalOf(() => new FailoverRecords("orders", args([tree])))).to.deep.equal({
      message: reason,
      errors: [{ propertyPath: "routes", reason }],
    });
  });

  it("refuses a TTL out of bounds together with the faults of the routes", () => {
    const tree = failover("orders.cafe.com", failover("orders.cafe.com", a, b), page);
    const refusal = refusalOf(
      () => new FailoverRecords("orders", args([tree], { ttlSeconds: 301 })),
    );
    expect(refusal.message.split("\n")).to.deep.equal([
      'FailoverRecords "orders" cannot be made:',
      "ttlSeconds: must be a whole number of seconds from 0 to 300, got 301; write the bare number, such as 60",
      "routes: orders.cafe.com: a route cannot contain itself; give the inner node another name",
    ]);
  });
});
