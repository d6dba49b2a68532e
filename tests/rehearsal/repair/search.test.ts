import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { resourceChanges } from "../../../rehearsal/repair/resourceChanges";
import { problemsOf, repairReport } from "../../../rehearsal/repair/report";
import { asText } from "../../../rehearsal/report/asText";
import { paintOf } from "../../../rehearsal/report/paint";
import { assess, isSound } from "../../../rehearsal/repair/assess";
import { candidatesFor } from "../../../rehearsal/repair/candidates";
import type { Repair } from "../../../rehearsal/repair/search";
import { defaultLimits, repair } from "../../../rehearsal/repair/search";
import { fromExport } from "../../../routing/graph/fromExport";
import type { Properties, Resource } from "../../../routing/graph/resource";
import { evaluated } from "../../program/evaluated";
import { pair, record, resource } from "../../routing/graph/stack";

const fixtures = join(__dirname, "../../fixtures/zones");

function repairOf(resources: readonly Resource[], limits = defaultLimits): Repair {
  return repair({ stack: "zone", resources, names: [], objectives: new Map() }, limits);
}

function fixture(name: string): readonly Resource[] {
  return fromExport(readFileSync(join(fixtures, name)), name);
}

const servers = ["a", "b"].flatMap((letter, index) => [
  resource("aws:ec2/instance:Instance", `web-${letter}`, { subnetId: `subnet-${letter}` }),
  resource("aws:ec2/eip:Eip", `ip-${letter}`, {
    publicIp: `198.51.100.${index + 1}`,
    instance: `web-${letter}`,
  }),
]);

function zoneOf(check: Properties, primary: Properties = {}): readonly Resource[] {
  return [...pair({ records: ["198.51.100.1"], ...primary }, check), ...servers];
}

const texts = ({ edits }: Repair): readonly string[] => edits.map(({ text }) => text);

describe("the search for a repair", () => {
  it("finds nothing wrong with an alarm that is silent once what it measures is lost", () => {
    const { before, attempts } = repairOf(fixture("alarm-check-on-the-dead-instance.json"));
    expect([isSound(before), attempts]).to.deep.equal([true, 0]);
  });

  it("lets a check that depends on itself watch its record's target", () => {
    const found = repairOf(fixture("cname-failover-check-watches-itself.json"));
    expect(texts(found)).to.deep.equal(["make hc-self probe oa.example.org"]);
    expect(isSound(found.after)).to.equal(true);
  });

  it("stops at its limits, and counts its attempts", () => {
    const found = repairOf(zoneOf({ ipAddress: "198.51.100.2" }), { editsMax: 1, attemptsMax: 1 });
    expect([found.attempts, found.editsTried]).to.deep.equal([1, 1]);
  });

  it("swaps no roles where a record with two values then gives a dead one (C23)", () => {
    const zone = pair(
      { records: ["198.51.100.1", "198.51.100.2"] },
      { ipAddress: "198.51.100.1" },
    ).filter(({ name }) => name !== "www-secondary");
    const found = repairOf([
      ...zone,
      record("www-secondary", {
        failoverRoutingPolicies: [{ type: "SECONDARY" }],
        setIdentifier: "secondary",
        records: ["203.0.113.99"],
        healthCheckId: "other",
      }),
      resource("aws:route53/healthCheck:HealthCheck", "other", {
        type: "HTTP",
        port: 80,
        requestInterval: 30,
        failureThreshold: 3,
        ipAddress: "203.0.113.99",
      }),
    ]);
    expect([isSound(found.after), texts(found)]).to.deep.equal([false, []]);
  });

  it("proves nothing where nothing is wrong", () => {
    const found = repairOf(zoneOf({ ipAddress: "198.51.100.1" }));
    expect([found.attempts, found.edits]).to.deep.equal([0, []]);
  });

  const cases: readonly (readonly [title: string, resources: readonly Resource[], edit: string])[] =
    [
      [
        "turns off the evaluation of CloudFront, which Route 53 refuses",
        [
          ...zoneOf({ ipAddress: "198.51.100.1" }).filter(({ name }) => name !== "www-secondary"),
          record("page", {
            failoverRoutingPolicies: [{ type: "SECONDARY" }],
            setIdentifier: "page",
            aliases: [
              { name: "d1.cloudfront.net", zoneId: "Z2FDTNDATAQYW2", evaluateTargetHealth: true },
            ],
          }),
        ],
        "do not evaluate the target health of page",
      ],
      [
        "gives one identifier of two that are equal another one",
        zoneOf({ ipAddress: "198.51.100.1" }, { setIdentifier: "secondary" }),
        "give www-secondary the set identifier www-secondary",
      ],
    ];
  for (const [title, resources, edit] of cases) {
    it(title, () => {
      const found = repairOf(resources);
      expect(texts(found)).to.deep.equal([edit]);
      expect(isSound(found.after)).to.equal(true);
    });
  }
});

describe("the search for a repair of dev", () => {
  const without = async (name: string): Promise<Repair> => {
    const { resources } = await evaluated("dev");
    return repairOf(resources.filter((one) => one.name !== name));
  };

  it("adds the last tier that is missing, for the website of its name", async () => {
    const found = await without("orders-orders.dev.cafe.com-A-secondary");
    expect(texts(found)).to.deep.equal([
      "add orders-orders.dev.cafe.com-A secondary, SECONDARY to orders-orders.dev.cafe.com-A-primary, which leads to maintenance-website-orders.dev.cafe.com",
    ]);
    expect(problemsOf(found.before).join()).to.contain(
      "orders-orders.dev.cafe.com-A-primary has no other record to fail over to",
    );
    expect(isSound(found.after)).to.equal(true);
  });

  it("adds the primary that is missing, for the name that nothing leads to", async () => {
    const found = await without("orders-orders.dev.cafe.com-A-primary");
    expect(texts(found)).to.deep.equal([
      "add orders-orders.dev.cafe.com-A primary, PRIMARY to orders-orders.dev.cafe.com-A-secondary, which leads to any.orders.dev.cafe.com",
    ]);
    expect(isSound(found.after)).to.equal(true);
  });

  it("separates settings from resources that the program fixes", async () => {
    const found = await without("virginia-deep-check");
    const changes = resourceChanges(found.before.resources, found.after.resources, found.edits);
    const layout = { paint: paintOf(false), columns: 200, isBounded: false, hasDetails: true };
    const text = (isProven: boolean): string =>
      asText(
        repairReport({
          repair: found,
          changes,
          configuration: {
            settings: [{ path: "failover:ttl.normalSeconds", to: 10 }],
            inProgram: changes,
            file: "Pulumi.dev.yaml",
            isProven,
          },
        }),
        layout,
      );
    expect(text(true)).to.match(
      /In Pulumi\.dev\.yaml\n +pulumi config set --path 'failover:ttl\.normalSeconds' 10 --stack zone\n +The program, evaluated with these settings, passes the proof\./,
    );
    expect(text(false)).to.match(/evaluated with these settings alone, does not pass the proof\./);
    expect(text(true)).to.match(
      /change them where the program makes the resource\n +virginia-region-check/,
    );
  });
});

describe("the search for a repair of an alarm's check", () => {
  it("sets its state without data, and keeps its alarm from deciding that", () => {
    const alarm = resource(
      "aws:cloudwatch/metricAlarm:MetricAlarm",
      "alarm",
      {
        name: "alarm",
        treatMissingData: "breaching",
        period: 60,
        evaluationPeriods: 1,
        dimensions: { InstanceId: "web-b" },
      },
      { region: "us-west-2" },
    );
    const resources = [
      ...zoneOf({ type: "CLOUDWATCH_METRIC", cloudwatchAlarmName: "alarm" }),
      alarm,
    ];
    const tried = candidatesFor(assess(resources, ["www.a.test"], new Map()));
    expect(tried.map(({ text }) => text)).to.include("make check LastKnownStatus without data");
    expect(tried.flatMap(({ changes }) => changes)).to.deep.include({
      urn: alarm.urn,
      property: "treatMissingData",
      value: "missing",
    });
  });
});
