import { expect } from "chai";
import type { Evaluation } from "../../rehearsal/engine/evaluate";
import { evaluated, evaluatedZone } from "../program/evaluated";
import { replacedBetween } from "../program/standIn/planner";

const zoneType = "aws:route53/zone:Zone";
/** Types of the zone's resources, which the failover does not have. */
const zoneTypes = [
  zoneType,
  "aws:route53/hostedZoneDnsSec:HostedZoneDnsSec",
  "aws:route53/keySigningKey:KeySigningKey",
  "aws:route53/queryLog:QueryLog",
];

const own = ({ resources }: Evaluation): readonly string[] =>
  resources
    .filter(({ type }) => type.startsWith("aws:"))
    .map(({ type, name }) => `${name} ${type}`);

describe("the project of the zone", () => {
  it("creates only zone and authorities for dev", async () => {
    expect(own(await evaluatedZone("dev"))).to.deep.equal([
      "zone aws:route53/zone:Zone",
      "zone-authorities aws:route53/record:Record",
    ]);
  });

  it("signs, logs and monitors the zone of prod, all by the provider of us-east-1", async () => {
    const evaluation = await evaluatedZone("prod");
    expect([...own(evaluation)].sort()).to.deep.equal([
      "zone aws:route53/zone:Zone",
      "zone-alerts-dnssec-failure aws:cloudwatch/metricAlarm:MetricAlarm",
      "zone-alerts-dnssec-key aws:cloudwatch/metricAlarm:MetricAlarm",
      "zone-alerts-email aws:sns/topicSubscription:TopicSubscription",
      "zone-alerts-key aws:kms/key:Key",
      "zone-alerts-policy aws:sns/topicPolicy:TopicPolicy",
      "zone-alerts-topic aws:sns/topic:Topic",
      "zone-authorities aws:route53/record:Record",
      "zone-query-log aws:cloudwatch/logGroup:LogGroup",
      "zone-query-log-key aws:kms/key:Key",
      "zone-query-log-policy aws:cloudwatch/logResourcePolicy:LogResourcePolicy",
      "zone-query-logging aws:route53/queryLog:QueryLog",
      "zone-signing aws:route53/hostedZoneDnsSec:HostedZoneDnsSec",
      "zone-signing-key aws:route53/keySigningKey:KeySigningKey",
      "zone-signing-key-kms aws:kms/key:Key",
    ]);
    const made = evaluation.resources.filter(({ type }) => type.startsWith("aws:"));
    expect(new Set(made.map(({ region }) => region))).to.deep.equal(new Set(["us-east-1"]));
  });

  for (const stack of ["dev", "prod"]) {
    it(`states the next step at the parent zone, and has no unknown values (${stack})`, async () => {
      const { outputs, resources } = await evaluatedZone(stack);
      const valueOf = (name: string, property: string): unknown =>
        resources.find((one) => one.name === name)?.outputs[property];
      const name = stack === "dev" ? "dev.cafe.com" : "cafe.com";
      const servers = valueOf("zone", "nameServers") as string[];
      const dsRecord = valueOf("zone-signing-key", "dsRecord") as string | undefined;
      const delegate = `Delegate ${name} in its parent zone, or at the registrar: NS ${servers.join(", ")}. Deploy the failover once \`dig +short NS ${name}\` returns them.`;
      expect(outputs).to.deep.equal(
        dsRecord === undefined
          ? { zoneId: valueOf("zone", "zoneId"), name, nameServers: servers, nextStep: delegate }
          : {
              zoneId: valueOf("zone", "zoneId"),
              name,
              nameServers: servers,
              dsRecord,
              alertTopicArn: valueOf("zone-alerts-topic", "arn"),
              nextStep: `${delegate} Then publish DS ${dsRecord} there as well: docs/runbook.md, "Sign the zone".`,
            },
      );
      expect(resources.flatMap(({ unknown }) => Object.keys(unknown))).to.deep.equal([]);
    });
  }

  it("keeps the zone with any options", async () => {
    const off = { queryLogging: false, dnssec: false, acceleratedRecovery: false, protect: false };
    const [before, after] = await Promise.all([
      evaluatedZone(
        "prod",
        false,
        Object.fromEntries(
          Object.entries(off).map(([key, value]) => [`failover-zone:${key}`, value]),
        ),
      ),
      evaluatedZone("prod"),
    ]);
    const urnOf = ({ resources }: Evaluation): string | undefined =>
      resources.find(({ type }) => type === zoneType)?.urn;
    expect(urnOf(before)).to.equal(urnOf(after));
    expect(replacedBetween(before.resources, after.resources)).to.deep.equal([]);
    expect(replacedBetween(after.resources, before.resources)).to.deep.equal([]);
    expect(before.outputs).not.to.have.any.keys("dsRecord", "alertTopicArn");
  });

  it("signs and logs another owner's zone, and creates none", async () => {
    const existingZoneId = "Z0123456789ABCDEFGHIJ";
    const { outputs, resources } = await evaluatedZone("prod", false, {
      "failover-zone:existingZoneId": existingZoneId,
      "failover-zone:protect": undefined,
      "failover-zone:acceleratedRecovery": undefined,
    });
    const [zone, ...others] = resources.filter(({ type }) => type === zoneType);
    expect([zone?.id, zone?.inputs]).to.deep.equal([existingZoneId, { name: "cafe.com" }]);
    expect(others).to.deep.equal([]);
    expect(outputs).to.include({ zoneId: existingZoneId, name: "cafe.com" });
    const users = resources.filter(({ inputs }) => "zoneId" in inputs || "hostedZoneId" in inputs);
    expect(users).to.have.length(4);
    for (const { inputs } of users) {
      expect(inputs["zoneId"] ?? inputs["hostedZoneId"]).to.equal(existingZoneId);
    }
  });
});

/** The URNs that the second of two updates of one project would delete. */
function deletedBetween(before: Evaluation, after: Evaluation): readonly string[] {
  const kept = new Set(after.resources.map(({ urn }) => urn));
  return before.resources.map(({ urn }) => urn).filter((urn) => !kept.has(urn));
}

for (const stack of ["dev", "prod"]) {
  describe(`the two projects of ${stack}`, () => {
    it("share no resources, so that neither can delete the other's", async () => {
      const [zone, program] = [await evaluatedZone(stack), await evaluated(stack)];
      const urns = new Set(zone.resources.map(({ urn }) => urn));
      expect(program.resources.filter(({ urn }) => urns.has(urn))).to.deep.equal([]);
      const astray = program.resources.filter(
        ({ type, inputs }) => zoneTypes.includes(type) || inputs["type"] === "CAA",
      );
      expect(astray.map(({ urn }) => urn)).to.deep.equal([]);
    });

    it("find the same zone", async () => {
      const [zone, program] = [await evaluatedZone(stack), await evaluated(stack)];
      const { zoneId: id, name, nameServers } = zone.outputs;
      expect(program.outputs["hostedZone"]).to.deep.equal({ id, name, nameServers });
      const records = program.resources.filter(({ type }) => type.endsWith(":Record"));
      expect(new Set(records.map(({ inputs }) => inputs["zoneId"]))).to.deep.equal(new Set([id]));
    });

    it("delete nothing when either is updated again after the other, in any order", async () => {
      const zone = await evaluatedZone(stack);
      const program = await evaluated(stack);
      // Separate configurations, so that they are evaluated again, and after each other.
      const again = { "pulumi:disable-default-providers": ["aws"], "other:step": "back" };
      const programAgain = await evaluated(stack, false, again);
      const zoneAgain = await evaluatedZone(stack, false, again);
      expect(deletedBetween(program, programAgain)).to.deep.equal([]);
      expect(deletedBetween(zone, zoneAgain)).to.deep.equal([]);
      expect(programAgain.resources).to.deep.equal(program.resources);
      expect(zoneAgain.resources).to.deep.equal(zone.resources);
    });
  });
}

describe("the program", () => {
  it("declares the same whatever the options of the zone's project", async () => {
    const { resources } = await evaluated("prod");
    for (const key of ["dnssec", "queryLogging", "protect"]) {
      const other = await evaluated("prod", false, { [`failover-zone:${key}`]: false });
      expect(other.resources).to.deep.equal(resources);
    }
  });

  it("refuses its former settings, instead of declaring less", async () => {
    const config = { "failover:zone": { existingZoneId: "Z1" } };
    const outcome = await evaluated("prod", false, config).then(
      () => "evaluated",
      (error: unknown) => (error as Error).message,
    );
    expect(outcome).to.equal(
      'Pulumi.prod.yaml: zone: unknown key, got {"existingZoneId":"Z1"}; did you mean hostedZone?',
    );
  });
});
