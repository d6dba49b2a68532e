import { expect } from "chai";
import { assumptionsFrom } from "../../../rehearsal/cost/assumptions";
import { billOf } from "../../../rehearsal/cost/bill";
import { costReport } from "../../../rehearsal/cost/report";
import type { TtlCurve, TtlPoint } from "../../../rehearsal/cost/cost";
import type { Resource } from "../../../routing/graph/resource";
import { evaluated, evaluatedZone } from "../../program/evaluated";
import { pair, record, resource, zone } from "../../routing/graph/stack";

const pointAt = ({ points }: TtlCurve, ttl: number): TtlPoint | undefined =>
  points.find(({ ttlSeconds }) => ttlSeconds === ttl);

/** The stack with another TTL on every address record that has one. */
const withTtl = (resources: readonly Resource[], ttl: number): readonly Resource[] =>
  resources.map((one) =>
    one.type === "aws:route53/record:Record" &&
    one.outputs.ttl !== undefined &&
    one.outputs.type !== "CNAME"
      ? { ...one, inputs: { ...one.inputs, ttl }, outputs: { ...one.outputs, ttl } }
      : one,
  );

describe("the curve of TTL and cost", () => {
  it("has typical TTLs, falls in cost and rises in downtime", async () => {
    const { ttlCurve } = billOf("prod", (await evaluated("prod")).resources);
    expect(ttlCurve.points.map(({ ttlSeconds }) => ttlSeconds)).to.deep.equal([
      0, 1, 5, 10, 30, 60, 120, 300,
    ]);
    expect(ttlCurve.currentSeconds).to.equal(10);
    for (const [index, point] of ttlCurve.points.entries()) {
      const next = ttlCurve.points[index + 1];
      if (!next) continue;
      expect(next.monthly).to.be.lessThan(point.monthly);
      expect(next.downtimeSeconds).to.be.greaterThan(point.downtimeSeconds ?? Infinity);
    }
  });

  it("prices a query with its line: 0.40 USD a million, and 200 bytes at 0.50 USD a GB", async () => {
    // Queries are logged if the zone's own project enables it.
    const [program, ofZone] = [await evaluated("prod"), await evaluatedZone("prod")];
    const { ttlCurve } = billOf("prod", [...program.resources, ...ofZone.resources]);
    // A and AAAA every TTL + 60 s, HTTPS in vain every 960 s, for 1,000 resolvers and 730 hours.
    const seconds = 1000 * 730 * 3600;
    for (const { ttlSeconds, queries, monthly } of ttlCurve.points) {
      const expected = (2 * seconds) / (ttlSeconds + 60) + seconds / 960;
      expect(queries).to.equal(Math.round(expected));
      expect(monthly).to.be.closeTo((expected / 1e6) * 0.4 + ((expected * 200) / 1e9) * 0.5, 1e-4);
    }
  });

  for (const [stack, ttl] of [
    ["dev", 5],
    ["prod", 60],
    ["prod", 300],
  ] as const) {
    it(`predicts for ${ttl} s in ${stack} the figures of the stack with that TTL`, async () => {
      const { resources } = await evaluated(stack);
      const before = billOf(stack, resources).ttlCurve;
      const after = billOf(stack, withTtl(resources, ttl)).ttlCurve;
      expect(after.currentSeconds).to.equal(ttl);
      expect(pointAt(before, ttl)).to.deep.equal(pointAt(after, ttl));
    });
  }

  it("has no downtime where one is endless or unknown, and its table says which", () => {
    const places = [
      resource("aws:ec2/instance:Instance", "web", { subnetId: "subnet-a" }),
      resource("aws:ec2/eip:Eip", "ip", { publicIp: "203.0.113.7", instance: "web" }),
    ];
    /** The worst downtimes of the table, with a check that connects, or that reads the page. */
    const worst = (type: string): readonly unknown[] => {
      const check = { type, ipAddress: "203.0.113.7", searchString: "ok" };
      const report = billOf("test", [...pair({ records: ["203.0.113.7"] }, check), ...places]);
      const table = costReport(report)
        .blocks.flatMap((block) => (block.kind === "section" ? block.blocks : []))
        .find((block) => block.kind === "table" && block.columns[0]?.head === "TTL");
      return [
        report.ttlCurve.isEndless,
        ...(table?.kind === "table" ? new Set(table.rows.map((row) => row[3])) : []),
      ];
    };
    expect(worst("TCP")).to.deep.equal([true, "endless"]);
    expect(worst("HTTP_STR_MATCH").slice(0, 2)).to.deep.equal([undefined, "124 s"]);
    const alone = billOf("test", [zone, record("www", { records: ["203.0.113.7"] })]);
    expect(alone.ttlCurve.isEndless).to.equal(true);
    const unchecked = pair({ records: ["203.0.113.7"] }).filter(({ name }) => name !== "check");
    const unread = billOf("test", [...unchecked, ...places]);
    expect(unread.ttlCurve.isEndless).to.equal(undefined);
    expect(JSON.stringify(costReport(unread).blocks[3])).to.include('"unknown"');
  });

  it("marks the two settings of the stack if its outputs have them", () => {
    const stack = resource(
      "pulumi:pulumi:Stack",
      "graph",
      { hostname: "www.a.test", ttl: { mode: "normal", normalSeconds: 90, maintenanceSeconds: 7 } },
      { custom: false },
    );
    const { ttlCurve } = billOf("test", [stack, ...pair({ records: ["203.0.113.7"] })]);
    expect(ttlCurve.modes).to.deep.equal({ normalSeconds: 90, maintenanceSeconds: 7 });
    expect(ttlCurve.points.map(({ ttlSeconds }) => ttlSeconds)).to.include.members([7, 90]);
  });

  it("costs nothing if all answers are aliases of AWS resources, and then has no current TTL", () => {
    const dnsName = "web-1.elb.us-west-2.amazonaws.com";
    const balancer = resource("aws:lb/loadBalancer:LoadBalancer", "balancer", {
      dnsName,
      loadBalancerType: "network",
    });
    const alias = record("www", {
      ttl: null,
      aliases: [{ name: dnsName, zoneId: "ZELB", evaluateTargetHealth: true }],
    });
    const { ttlCurve, lines, notes } = billOf("test", [zone, balancer, alias], {
      // Long enough that no query is in vain.
      assumptions: assumptionsFrom(["negativeTtlSeconds=1e12"]),
    });
    expect(notes.filter((note) => note.startsWith("The serving tier"))).to.deep.equal([]);
    expect(ttlCurve.currentSeconds).to.equal(undefined);
    expect(ttlCurve.points.map(({ monthly }) => monthly.toFixed(2))).to.deep.equal(
      ttlCurve.points.map(() => "0.00"),
    );
    expect(lines.find(({ item }) => item === "dns query")?.monthly).to.be.closeTo(0, 0.01);
  });
});

describe("a stack whose records lead to no region", () => {
  it("is still priced, and its traffic and queries are unknown, not free", () => {
    const odd = record("www", {
      latencyRoutingPolicies: [{ region: "us-west-2" }],
      records: ["203.0.113.7"],
    });
    const report = billOf("test", [zone, odd]);
    const { lines, totals, uncounted, ttlCurve, alternatives } = report;
    expect(uncounted?.map(({ name }) => name)).to.deep.equal(["www.a.test"]);
    expect(uncounted?.[0]?.why).to.match(/^www: a latency record needs a set identifier/);
    expect(ttlCurve.points).to.deep.equal([]);
    expect(alternatives[0]?.monthly).to.equal(null);
    expect(lines.map(({ item }) => item)).to.include("hosted zone");
    expect(totals.failedOver).to.equal(totals.steady);
  });

  it("has such a note if it has no records at all", () => {
    const { notes, ttlCurve } = billOf("test", [resource("aws:ec2/eip:Eip", "address")]);
    expect(notes.at(-1)).to.match(/^No record points to a region of this stack/);
    expect(ttlCurve.points.every(({ downtimeSeconds }) => downtimeSeconds === null)).to.equal(true);
  });
});

describe("the alternatives", () => {
  it("have the extra cost at list prices", async () => {
    const { alternatives, ttlCurve } = billOf("prod", (await evaluated("prod")).resources);
    const seconds = 1000 * 730 * 3600;
    const saved = ((2 * seconds) / 70 / 1e6) * 0.4;
    expect(
      alternatives.map(({ name, monthly, downtimeSeconds }) => [
        name,
        monthly?.toFixed(2),
        downtimeSeconds,
      ]),
    ).to.deep.equal([
      // Its hours, 200 GB, and no queries for its addresses.
      ["Global Accelerator", (730 * 0.025 + 200 * 0.015 - saved).toFixed(2), 60],
      ["ARC routing control", (730 * 2.5).toFixed(2), pointAt(ttlCurve, 10)?.downtimeSeconds],
      ["ARC region switch", "70.00", null],
    ]);
    for (const { lines } of alternatives) {
      expect(lines.every(({ source }) => source !== "")).to.equal(true);
    }
  });
});

describe("capacity reserved for a standby with fewer machines", () => {
  const template = resource("aws:ec2/launchTemplate:LaunchTemplate", "template", {
    instanceType: "t4g.small",
    blockDeviceMappings: [{ ebs: { volumeSize: 10, volumeType: "gp3" } }],
  });
  const subnet = resource("aws:ec2/subnet:Subnet", "subnet-w", { availabilityZone: "us-west-2a" });
  const inIreland = { region: "eu-west-1" };
  const far = resource(
    "aws:ec2/subnet:Subnet",
    "subnet-e",
    { availabilityZone: "eu-west-1a" },
    inIreland,
  );
  const tier = (
    region: string,
    subnetId: string,
    address: string,
    machines: number,
  ): readonly Resource[] => {
    const place = { region };
    return [
      resource(
        "aws:autoscaling/group:Group",
        `group-${region}`,
        {
          launchTemplate: { id: "template" },
          minSize: machines,
          maxSize: 4,
          vpcZoneIdentifiers: [subnetId],
          targetGroupArns: [`arn-${region}`],
        },
        place,
      ),
      resource(
        "aws:lb/targetGroup:TargetGroup",
        `targets-${region}`,
        { arn: `arn-${region}` },
        place,
      ),
      resource(
        "aws:lb/listener:Listener",
        `listener-${region}`,
        { loadBalancerArn: `lb-${region}`, defaultActions: [{ targetGroupArn: `arn-${region}` }] },
        place,
      ),
      resource(
        "aws:lb/loadBalancer:LoadBalancer",
        `balancer-${region}`,
        {
          arn: `lb-${region}`,
          loadBalancerType: "network",
          internal: true,
          subnetMappings: [{ subnetId, allocationId: `eip-${region}` }],
        },
        place,
      ),
      resource(
        "aws:ec2/eip:Eip",
        `eip-${region}`,
        { allocationId: `eip-${region}`, publicIp: address },
        place,
      ),
    ];
  };

  it("costs as much as the machines that will use it, and is not charged again once they do", () => {
    const check = resource("aws:route53/healthCheck:HealthCheck", "check", {
      type: "TCP",
      port: 443,
      ipAddress: "203.0.113.7",
      requestInterval: 30,
      failureThreshold: 3,
    });
    const side = (role: string, address: string, more = {}): Resource =>
      record(`www-${role}`, {
        failoverRoutingPolicies: [{ type: role }],
        setIdentifier: role,
        records: [address],
        ...more,
      });
    const reservation = resource(
      "aws:ec2/capacityReservation:CapacityReservation",
      "room",
      { availabilityZone: "eu-west-1a", instanceType: "t4g.small", instanceCount: 3 },
      inIreland,
    );
    const { lines, unknown } = billOf("test", [
      ...[zone, check, template, subnet, far, reservation],
      side("PRIMARY", "203.0.113.7", { healthCheckId: "check" }),
      side("SECONDARY", "203.0.113.8"),
      ...tier("us-west-2", "subnet-w", "203.0.113.7", 3),
      ...tier("eu-west-1", "subnet-e", "203.0.113.8", 1),
    ]);
    const machines = (name: string): readonly number[] | undefined => {
      const line = lines.find(
        ({ urn, item }) => urn.endsWith(`::${name}`) && item.startsWith("ec2 "),
      );
      return line && [line.quantity / 730, line.failedOver.quantity / 730];
    };
    expect(unknown).to.deep.equal([]);
    expect(machines("group-us-west-2")).to.deep.equal([3, 3]);
    expect(machines("group-eu-west-1")).to.deep.equal([1, 3]);
    expect(machines("room")).to.deep.equal([2, 0]);
  });
});
