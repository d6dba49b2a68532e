import { expect } from "chai";
import type { ApiRequest } from "../../../rehearsal/repair/changeBatch";
import { requestsFor } from "../../../rehearsal/repair/changeBatch";
import type { Edit } from "../../../rehearsal/repair/edits";
import { edited } from "../../../rehearsal/repair/edits";
import { resourceChanges } from "../../../rehearsal/repair/resourceChanges";
import { repair } from "../../../rehearsal/repair/search";
import type { Properties, Resource, Value } from "../../../routing/graph/resource";
import { Unknown } from "../../../routing/graph/resource";
import { findingsOf, needModels } from "../../program/awsModels/python";
import type { CallSubject } from "../../program/awsModels/subjects";
import { record, resource } from "../../routing/graph/stack";
import { zoneMutationsOf } from "./operators";
import { foreignZones, resourcesOf } from "./zones";

const checkType = "aws:route53/healthCheck:HealthCheck";
const oldCheck = "11111111-1111-4111-8111-111111111111";

function setting(urn: string, property: string, value: Value): Edit {
  return { text: "", cost: 1, changes: [{ urn, property, value }] };
}

function requestsOf(
  resources: readonly Resource[],
  ...edits: readonly Edit[]
): readonly ApiRequest[] {
  const after = edited(resources, edits);
  return requestsFor(resourceChanges(resources, after, edits), after);
}

async function faultsOf(requests: readonly ApiRequest[]): Promise<readonly unknown[]> {
  return findingsOf({
    template: [],
    policy: [],
    call: requests.map(({ service, operation, input }, index): CallSubject => ({
      at: `${index} ${operation}`,
      service,
      operation,
      parameters: input as CallSubject["parameters"],
    })),
  });
}

/** The record sets of the batches. */
function setsOf(requests: readonly ApiRequest[]): readonly unknown[] {
  return requests
    .filter(({ operation }) => operation === "ChangeResourceRecordSets")
    .flatMap(({ input }) => {
      const batch = input["ChangeBatch"] as { Changes: { ResourceRecordSet: object }[] };
      return batch.Changes.map((change) => change.ResourceRecordSet);
    });
}

const probing = resource(
  checkType,
  "check",
  {
    type: "HTTP",
    ipAddress: "198.51.100.1",
    port: 80,
    requestInterval: 30,
    failureThreshold: 3,
    disabled: false,
  },
  { id: oldCheck },
);
const calculated = resource(
  checkType,
  "all",
  {
    type: "CALCULATED",
    childHealthThreshold: 1,
    childHealthchecks: [oldCheck],
  },
  { id: "22222222-2222-4222-8222-222222222222" },
);
const alarmed = resource(
  checkType,
  "alarmed",
  {
    type: "CLOUDWATCH_METRIC",
    cloudwatchAlarmName: "orders",
    cloudwatchAlarmRegion: "us-east-1",
    insufficientDataHealthStatus: "Healthy",
  },
  { id: "33333333-3333-4333-8333-333333333333" },
);

describe("the calls to Route 53 for a repair", () => {
  /** All calls of the tests below, to validate them together against AWS's models. */
  const made: ApiRequest[] = [];

  it("update a check that can be changed, and upsert a record with all its properties", () => {
    const one = record("one", {
      zoneId: "Z1",
      setIdentifier: "one",
      failoverRoutingPolicies: [{ type: "PRIMARY" }],
      records: ["198.51.100.1"],
      healthCheckId: oldCheck,
    });
    const requests = requestsOf(
      [probing, one],
      setting(probing.urn, "failureThreshold", 2),
      setting(one.urn, "ttl", 10),
    );
    expect(requests).to.deep.equal([
      {
        service: "route53",
        operation: "UpdateHealthCheck",
        input: {
          HealthCheckId: oldCheck,
          IPAddress: "198.51.100.1",
          Port: 80,
          FailureThreshold: 2,
          Disabled: false,
        },
      },
      {
        service: "route53",
        operation: "ChangeResourceRecordSets",
        input: {
          HostedZoneId: "Z1",
          ChangeBatch: {
            Comment: "proposed by failover repair",
            Changes: [
              {
                Action: "UPSERT",
                ResourceRecordSet: {
                  Name: "www.a.test",
                  Type: "A",
                  SetIdentifier: "one",
                  Failover: "PRIMARY",
                  TTL: 10,
                  ResourceRecords: [{ Value: "198.51.100.1" }],
                  HealthCheckId: oldCheck,
                },
              },
            ],
          },
        },
      },
    ]);
    made.push(...requests);
  });

  it("create a new check if its type or interval changes, for all users of the old one", () => {
    const one = record("one", { zoneId: "Z1", records: ["198.51.100.1"], healthCheckId: oldCheck });
    const requests = requestsOf(
      [probing, calculated, one],
      setting(probing.urn, "requestInterval", 10),
    );
    expect(requests.map(({ operation }) => operation)).to.deep.equal([
      "CreateHealthCheck",
      "UpdateHealthCheck",
      "ChangeResourceRecordSets",
    ]);
    expect(requests[0]?.input).to.deep.include({ CallerReference: "failover-repair-1" });
    expect(requests[1]?.input).to.deep.include({ ChildHealthChecks: ["NEW_CHECK_1"] });
    expect(setsOf(requests)).to.deep.include({
      Name: "www.a.test",
      Type: "A",
      TTL: 60,
      ResourceRecords: [{ Value: "198.51.100.1" }],
      HealthCheckId: "NEW_CHECK_1",
    });
    made.push(...requests);
  });

  it("include the alarm that an alarm check follows", () => {
    const requests = requestsOf(
      [alarmed],
      setting(alarmed.urn, "insufficientDataHealthStatus", "LastKnownStatus"),
    );
    expect(requests[0]?.input).to.deep.equal({
      HealthCheckId: alarmed.id,
      AlarmIdentifier: { Name: "orders", Region: "us-east-1" },
      InsufficientDataHealthStatus: "LastKnownStatus",
    });
    made.push(...requests);
  });

  it("take the alarm to be in its check's region, where nothing says which", () => {
    const outputs = { ...alarmed.outputs, cloudwatchAlarmRegion: "" };
    const { input } =
      requestsOf(
        [{ ...alarmed, inputs: outputs, outputs, region: "eu-west-1" }],
        setting(alarmed.urn, "disabled", false),
      )[0] ?? {};
    expect(input).to.deep.include({
      AlarmIdentifier: { Name: "orders", Region: "eu-west-1" },
    });
  });

  it("leave out the check of a record without one, and the id of a zone that is not known", () => {
    const one = record("one", { zoneId: new Unknown("computed"), records: ["198.51.100.1"] });
    const requests = requestsOf([one], setting(one.urn, "ttl", 10));
    expect(requests.map(({ input }) => input["HostedZoneId"])).to.deep.equal(["ZONE_ID"]);
    expect(setsOf(requests)).to.deep.equal([
      { Name: "www.a.test", Type: "A", TTL: 10, ResourceRecords: [{ Value: "198.51.100.1" }] },
    ]);
    made.push(...requests);
  });

  it("keep every policy that a record may have", () => {
    const policies: readonly Properties[] = [
      { weightedRoutingPolicies: [{ weight: 10 }] },
      { latencyRoutingPolicies: [{ region: "eu-west-1" }] },
      { geolocationRoutingPolicies: [{ country: "US", subdivision: "CA" }] },
      { geoproximityRoutingPolicy: { awsRegion: "eu-west-1", bias: 5 } },
      { geoproximityRoutingPolicy: { coordinates: [{ latitude: "48.2", longitude: "16.4" }] } },
      {
        cidrRoutingPolicy: {
          collectionId: "c8c02a84-0000-4000-8000-000000000000",
          locationName: "*",
        },
      },
      { multivalueAnswerRoutingPolicy: true },
    ];
    const records = policies.map((policy, index) =>
      record(`r${index}`, {
        zoneId: "Z1",
        setIdentifier: `r${index}`,
        ...(index === 1
          ? { aliases: [{ name: "web.a.test", zoneId: "Z1", evaluateTargetHealth: false }] }
          : { records: ["198.51.100.1"] }),
        ...policy,
      }),
    );
    const requests = requestsOf(
      records,
      ...records.map(({ urn }) => setting(urn, "healthCheckId", oldCheck)),
    );
    const own = [
      "Weight",
      "Region",
      "GeoLocation",
      "GeoProximityLocation",
      "CidrRoutingConfig",
      "MultiValueAnswer",
    ];
    expect(
      setsOf(requests).map((set) =>
        Object.fromEntries(Object.entries(set as object).filter(([key]) => own.includes(key))),
      ),
    ).to.deep.equal([
      { Weight: 10 },
      { Region: "eu-west-1" },
      { GeoLocation: { CountryCode: "US", SubdivisionCode: "CA" } },
      { GeoProximityLocation: { AWSRegion: "eu-west-1", Bias: 5 } },
      { GeoProximityLocation: { Coordinates: { Latitude: "48.2", Longitude: "16.4" } } },
      {
        CidrRoutingConfig: {
          CollectionId: "c8c02a84-0000-4000-8000-000000000000",
          LocationName: "*",
        },
      },
      { MultiValueAnswer: true },
    ]);
    expect(setsOf(requests)[1]).to.deep.include({
      AliasTarget: { HostedZoneId: "Z1", DNSName: "web.a.test", EvaluateTargetHealth: false },
    });
    made.push(...requests);
  });

  it("are accepted for repairs of a listed zone without a known id", async () => {
    const [zone] = foreignZones;
    if (!zone) throw new Error("no zone");
    const resources = await resourcesOf(zone);
    const requests = zoneMutationsOf(resources).flatMap(({ apply }) => {
      const mutated = apply(resources);
      const found = repair({
        stack: "zone",
        resources: mutated,
        names: [zone.name],
        objectives: new Map(),
      });
      const changes = resourceChanges(mutated, found.after.resources, found.edits);
      return requestsFor(changes, found.after.resources);
    });
    expect(requests.length).to.be.greaterThan(15);
    const zones = requests.flatMap(({ input }) => input["HostedZoneId"] ?? []);
    expect([...new Set(zones)]).to.deep.equal(["ZONE_ID"]);
    made.push(...requests);
  });

  it("are valid against AWS's own models", async function () {
    needModels(this);
    expect(made.length).to.be.greaterThan(20);
    expect(await faultsOf(made)).to.deep.equal([]);
  });
});

describe("the property changes of a repair", () => {
  it("list what is updated, replaced and created, and omit what stays", () => {
    const one = record("one", { zoneId: "Z1", records: [new Unknown("computed")] });
    const fresh = resource(checkType, "fresh", {
      type: "HTTP",
      ipAddress: new Unknown("computed"),
    });
    const edits = [
      setting(one.urn, "setIdentifier", "one"),
      setting(one.urn, "ttl", 60),
      setting(probing.urn, "inverted", true),
      { ...setting(calculated.urn, "childHealthThreshold", 1), created: [fresh] },
      { text: "", cost: 1, changes: [{ urn: alarmed.urn, property: "ipAddress" }] },
    ];
    const all = [one, probing, calculated, alarmed];
    const changes = resourceChanges(all, edited(all, edits), edits);
    expect(changes.map(({ name, action, properties }) => [name, action, properties])).to.deep.equal(
      [
        ["one", "replace", [{ property: "setIdentifier", from: null, to: "one" }]],
        ["check", "update", [{ property: "inverted", from: null, to: true }]],
        [
          "fresh",
          "create",
          [
            { property: "type", from: null, to: "HTTP" },
            { property: "ipAddress", from: null, to: "<computed>" },
          ],
        ],
      ],
    );
  });

  it("replace a check that watches a name afterwards", () => {
    const edits = [
      { text: "", cost: 1, changes: [{ urn: probing.urn, property: "ipAddress" }] },
      setting(probing.urn, "fqdn", "www.a.test"),
    ];
    const [change] = resourceChanges([probing], edited([probing], edits), edits);
    expect(change?.action).to.equal("replace");
  });
});
