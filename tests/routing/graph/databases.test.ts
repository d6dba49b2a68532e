import { gzipSync } from "node:zlib";
import { expect } from "chai";
import { failureModes } from "../../../routing/checker";
import type { Properties, Resource } from "../../../routing/graph/resource";
import { Unknown } from "../../../routing/graph/resource";
import { lossesOf } from "../../../routing/graph/faults";
import { StackModel } from "../../../routing/graph/stackModel";
import { record, resource, subnets, urnOf, zone } from "./stack";

const databaseType = "aws:rds/instance:Instance";
const database = (more: Properties = {}): Resource =>
  resource(
    databaseType,
    "orders-database",
    {
      identifier: "orders",
      address: "orders.abc.us-west-2.rds.amazonaws.com",
      arn: "arn:aws:rds:us-west-2:1:db:orders",
      availabilityZone: "us-west-2b",
      masterUserSecrets: [{ secretArn: "arn:aws:secretsmanager:us-west-2:1:secret:rds!db-1-x" }],
      ...more,
    },
    { id: "db-ABC" },
  );

const checkType = "aws:route53/healthCheck:HealthCheck";
const probe = { type: "HTTP", port: 80, requestInterval: 30, failureThreshold: 3 };
const shallow = (letter: string, more: Properties = {}): Resource =>
  resource(checkType, `check-${letter}`, {
    ...probe,
    ipAddress: address(letter),
    resourcePath: "/healthcheck",
    ...more,
  });
const address = (letter: string): string => `203.0.113.${letter === "a" ? 1 : 2}`;
const deep = (more: Properties = {}): Resource =>
  resource(checkType, "deep", {
    ...probe,
    type: "HTTP_STR_MATCH",
    searchString: "well",
    fqdn: "region.a.test",
    resourcePath: "/deep",
    failureThreshold: 6,
    ...more,
  });

const server = (letter: string, boot: Properties, more: Partial<Resource> = {}): Resource =>
  resource(
    "aws:ec2/instance:Instance",
    `server-${letter}`,
    { subnetId: `subnet-${letter}`, publicIp: address(letter), ...boot },
    more,
  );

const role = (type: string): Properties => ({
  failoverRoutingPolicies: [{ type }],
  setIdentifier: type,
});

/** `www` leads to a region of two zones while its deep check passes, else to a last tier. */
function region(
  boot: Properties,
  parts: {
    readonly check?: Properties;
    readonly database?: Properties;
    readonly path?: string;
  } = {},
  more: Partial<Resource> = {},
): readonly Resource[] {
  const zoneRecord = (letter: string, type: string): Resource =>
    record(`region-${letter}`, {
      name: "region.a.test",
      ...role(type),
      healthCheckId: `check-${letter}`,
      records: [address(letter)],
    });
  return [
    zone,
    ...subnets,
    database(parts.database),
    server("a", boot, more),
    server("b", boot, more),
    shallow("a", parts.path === undefined ? {} : { resourcePath: parts.path }),
    shallow("b", parts.path === undefined ? {} : { resourcePath: parts.path }),
    zoneRecord("a", "PRIMARY"),
    zoneRecord("b", "SECONDARY"),
    deep(parts.check),
    record("www-primary", {
      ...role("PRIMARY"),
      healthCheckId: "deep",
      aliases: [{ name: "region.a.test", zoneId: "Z1", evaluateTargetHealth: true }],
    }),
    record("www-secondary", { ...role("SECONDARY"), records: ["203.0.113.99"] }),
  ];
}

const last = "203.0.113.99";
const told = { userData: "db=orders.abc.us-west-2.rds.amazonaws.com:3306" };

function answer(resources: readonly Resource[], ...faults: readonly string[]): unknown {
  const model = new StackModel(resources);
  const [first] = model.under(model.faults(faults)).resolve("www.a.test", "A").answers;
  const { value, alive, withoutDatabases } = first ?? {};
  return { value, alive, ...(withoutDatabases ? { withoutDatabases } : {}) };
}

const moved = { value: last, alive: true };

describe("a region's database", () => {
  it("makes the deep check fail when it dies, while the web servers live", () => {
    expect(answer(region(told))).to.deep.equal({ value: address("a"), alive: true });
    expect(answer(region(told), "orders-database")).to.deep.equal(moved);
  });

  const tellings: readonly (readonly [string, Properties])[] = [
    ["in base64", { userDataBase64: Buffer.from(told.userData).toString("base64") }],
    ["compressed", { userDataBase64: gzipSync(told.userData).toString("base64") }],
    [
      "by the ARN of its secret",
      { userData: "rds: arn:aws:secretsmanager:us-west-2:1:secret:rds!db-1-x" },
    ],
    ["by a tag", { tags: { Database: "other orders" } }],
  ];
  for (const [how, boot] of tellings) {
    it(`is known to servers that refer to it ${how}`, () => {
      expect(answer(region(boot), "orders-database")).to.deep.equal(moved);
    });
  }

  for (const reason of ["computed", "encrypted"] as const) {
    it(`is known by the dependencies of boot data that are ${reason}`, () => {
      const resources = region(
        { userData: new Unknown(reason) },
        {},
        {
          propertyDependencies: { userData: [urnOf(databaseType, "orders-database")] },
        },
      );
      expect(answer(resources, "orders-database")).to.deep.equal(moved);
    });
  }

  it("is not known to servers that do not refer to it, or to something similar", () => {
    for (const userData of [
      "orders",
      "new-orders.abc.us-west-2.rds.amazonaws.com",
      "orders.abc.us-west-2.rds.amazonaws.community",
      "H4sIbad=",
    ]) {
      expect(answer(region({ userData }), "orders-database"), userData).to.deep.equal({
        value: address("a"),
        alive: true,
      });
    }
  });

  it("does not need the servers' boot data where a tag of the deep check names it", () => {
    expect(
      answer(region({}, { check: { tags: { Database: "orders" } } }), "orders-database"),
    ).to.deep.equal(moved);
  });

  it("goes unnoticed where the region's check requests the same path as those of the zones", () => {
    expect(answer(region(told, { path: "/deep" }), "orders-database")).to.deep.equal({
      value: address("a"),
      alive: true,
      withoutDatabases: [urnOf(databaseType, "orders-database")],
    });
  });

  it("goes unnoticed too where the path of the zones' checks is unknown", () => {
    const resources = region(told).map((one) =>
      /^check-/.test(one.name) ? shallow(one.name.slice(-1), { resourcePath: null }) : one,
    );
    expect(answer(resources, "orders-database")).to.have.property("withoutDatabases");
  });

  it("makes both zones' checks fail where their tags name it", () => {
    const resources = region(told).map((one) =>
      /^check-/.test(one.name)
        ? shallow(one.name.slice(-1), { tags: { Database: "orders" } })
        : one,
    );
    expect(answer(resources, "orders-database")).to.deep.equal(moved);
  });

  it("is lost with its zone, and takes the region down, when it is in one zone", () => {
    expect(answer(region(told), "us-west-2a")).to.deep.equal({ value: address("b"), alive: true });
    expect(answer(region(told), "us-west-2b")).to.deep.equal(moved);
  });

  it("outlives its zone when it has a standby in another", () => {
    const group = resource("aws:rds/subnetGroup:SubnetGroup", "group", {
      name: "group",
      subnetIds: ["subnet-a", "subnet-b"],
    });
    const resources = [
      ...region(told, { database: { multiAz: true, dbSubnetGroupName: "group" } }),
      group,
    ];
    expect(answer(resources, "us-west-2b")).to.deep.equal({ value: address("a"), alive: true });
    expect(answer(resources, "us-west-2a")).to.deep.equal({ value: address("b"), alive: true });
    expect(answer(resources, "us-west-2a", "us-west-2b")).to.deep.equal(moved);
    expect(answer(resources, "orders-database")).to.deep.equal(moved);
  });

  it("is noticed within the bound of the deep check", () => {
    for (const fault of ["orders-database", "us-west-2b"]) {
      const model = new StackModel(region(told));
      const bounds = failureModes.map((death) =>
        model.worstCase("www.a.test", "A", [], model.faults([fault]), death),
      );
      expect(bounds.map(({ detectionSeconds }) => detectionSeconds)).to.deep.equal([
        180, 204, 216, 228, 212,
      ]);
      expect(bounds.map(({ downtimeSeconds }) => downtimeSeconds)).to.deep.equal(
        [180, 204, 216, 228, 212].map((seconds) => seconds + 10 + 60),
      );
    }
  });

  it("is a separate fault, in place of the check's", () => {
    const faults = (resources: readonly Resource[]): unknown =>
      new StackModel(resources).reliance
        .faults("www.a.test", "A")
        .map(({ kind, name }) => [kind, name]);
    expect(faults(region(told))).to.deep.equal([["resource", "orders-database"]]);
    expect(faults(region({}))).to.deep.equal([["check", "check:deep"]]);
  });
});

describe("a database behind a balancer", () => {
  const group = resource("aws:autoscaling/group:Group", "group", {
    launchTemplate: { id: "template", version: "3" },
    targetGroupArns: ["targets"],
    availabilityZone: "us-west-2a",
  });
  const parts = (userData: string): readonly Resource[] => [
    resource("aws:lb/loadBalancer:LoadBalancer", "balancer", { dnsName: "lb.elb.amazonaws.com" }),
    resource("aws:lb/listener:Listener", "listener", {
      loadBalancerArn: "balancer",
      defaultActions: [{ type: "forward", targetGroupArn: "targets" }],
    }),
    resource("aws:lb/targetGroup:TargetGroup", "targets", {}),
    resource("aws:ec2/launchTemplate:LaunchTemplate", "template", { userData }),
    group,
    database(),
  ];

  it("is the one that the launch template of the instances refers to", () => {
    const userData = Buffer.from(told.userData).toString("base64");
    const model = new StackModel(parts(userData));
    const faults = model.faults(["orders-database"]);
    const losses = lossesOf(model.graph, model.placements, faults);
    const balancer = urnOf("aws:lb/loadBalancer:LoadBalancer", "balancer");
    expect(model.reliance.lostTo(balancer, losses)).to.deep.equal([
      urnOf(databaseType, "orders-database"),
    ]);
    expect(new StackModel(parts("")).reliance.lostTo(balancer, losses)).to.deep.equal([]);
  });
});

describe("a cluster of databases", () => {
  it("lives with any of its instances", () => {
    const clusterType = "aws:rds/cluster:Cluster";
    const instances = ["a", "b"].map((letter) =>
      resource("aws:rds/clusterInstance:ClusterInstance", `orders-${letter}`, {
        clusterIdentifier: "orders",
        availabilityZone: `us-west-2${letter}`,
      }),
    );
    const cluster = resource(
      clusterType,
      "orders",
      { clusterIdentifier: "orders", endpoint: "orders.cluster-1.us-west-2.rds.amazonaws.com" },
      { id: "orders" },
    );
    const resources = [
      ...region({ userData: "orders.cluster-1.us-west-2.rds.amazonaws.com" }),
      cluster,
      ...instances,
    ];
    expect(answer(resources, "orders-a")).to.deep.equal({ value: address("a"), alive: true });
    expect(answer(resources, "orders-a", "orders-b")).to.deep.equal(moved);
    expect(answer(resources, "orders")).to.deep.equal(moved);
  });
});
