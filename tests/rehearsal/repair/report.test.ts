import { expect } from "chai";
import { assess, worseThan } from "../../../rehearsal/repair/assess";
import { edited } from "../../../rehearsal/repair/edits";
import type { RepairOutcome } from "../../../rehearsal/repair/outcome";
import { repairJson } from "../../../rehearsal/repair/outcome";
import { problemsOf, repairReport } from "../../../rehearsal/repair/report";
import { resourceChanges } from "../../../rehearsal/repair/resourceChanges";
import type { Repair } from "../../../rehearsal/repair/search";
import { defaultLimits, repair } from "../../../rehearsal/repair/search";
import { asText } from "../../../rehearsal/report/asText";
import { paintOf } from "../../../rehearsal/report/paint";
import type { Properties, Resource } from "../../../routing/graph/resource";
import type { ObjectiveName } from "../../../routing/graph/stackOutputs";
import { pair, record, resource, zone } from "../../routing/graph/stack";

const servers = ["a", "b"].flatMap((letter, index) => [
  resource("aws:ec2/instance:Instance", `web-${letter}`, { subnetId: `subnet-${letter}` }),
  resource("aws:ec2/eip:Eip", `ip-${letter}`, {
    publicIp: `198.51.100.${index + 1}`,
    instance: `web-${letter}`,
  }),
]);

const right = { ipAddress: "198.51.100.1", type: "HTTP_STR_MATCH", searchString: "ok" };

/** `www.a.test` with a primary on web-a that is checked as given. */
function zoneOf(check: Properties): readonly Resource[] {
  return [...pair({ records: ["198.51.100.1"] }, check), ...servers];
}

/** The same twice, under `www.a.test` and `app.a.test`, of which each has a check that is disabled. */
const twice = ["www", "app"].flatMap((name) =>
  zoneOf({ ...right, disabled: true }).flatMap((one) => {
    if (!one.name.startsWith("www") && one.name !== "check") return name === "www" ? [one] : [];
    const own = {
      ...one.outputs,
      ...("healthCheckId" in one.outputs ? { healthCheckId: `check-${name}` } : {}),
      ...("setIdentifier" in one.outputs ? { name: `${name}.a.test` } : {}),
    };
    const label = one.name === "check" ? `check-${name}` : one.name.replace("www", name);
    return [resource(one.type, label, own)];
  }),
);

function repairOf(resources: readonly Resource[], limits = defaultLimits): Repair {
  return repair({ stack: "zone", resources, names: [], objectives: new Map() }, limits);
}

function textOf(found: Repair, more: Partial<RepairOutcome> = {}): string {
  const changes = resourceChanges(found.before.resources, found.after.resources, found.edits);
  return asText(repairReport({ repair: found, changes, ...more }), {
    paint: paintOf(false),
    columns: 200,
    isBounded: false,
    hasDetails: true,
  });
}

describe("the report of a repair", () => {
  it("says what mends a part of it, what is left, and that a limit was reached", () => {
    const found = repairOf(twice, { editsMax: 1, attemptsMax: 2 });
    expect([found.edits.length, found.attempts]).to.deep.equal([1, 2]);
    const text = textOf(found);
    expect(text).to.match(/What mends a part of it\n +enable check-www/);
    expect(text).to.match(/What is left\n +app\.a\.test A: a dead answer/);
    expect(text).to.contain("No set of 1 edit or fewer was found with which the proof passes.");
    expect(text).to.match(/limits: 1 edit, 2 sets \(reached\)\./);
  });

  it("says which sets were rejected, and why", () => {
    const found = repairOf(zoneOf({ ...right, disabled: true }));
    const [edit] = found.edits;
    if (!edit) throw new Error("no edit");
    const rejected = [{ edits: [edit, edit], why: "www.a.test: a dead answer" }];
    expect(textOf({ ...found, rejected }).replace(/\s+/g, " ")).to.contain(
      "1 set would pass, but make something worse: enable check; enable check (www.a.test: a dead answer).",
    );
    expect(textOf(found)).not.to.contain("would pass, but");
  });

  it("has no part for settings, resources of the program and calls where there are none", () => {
    const found = repairOf(zoneOf({ ...right, disabled: true }));
    const none = { settings: [], inProgram: [], file: "Pulumi.dev.yaml", isProven: false };
    expect(textOf(found, { configuration: none, requests: [] })).to.equal(textOf(found));
  });

  it("names all records that have no other one to fail over to", () => {
    const lone = ["www", "below"].map((name) =>
      record(name, {
        name: `${name}.a.test`,
        failoverRoutingPolicies: [{ type: "SECONDARY" }],
        setIdentifier: "secondary",
        ...(name === "www"
          ? { aliases: [{ name: "below.a.test", zoneId: "Z1", evaluateTargetHealth: true }] }
          : { records: ["198.51.100.1"] }),
      }),
    );
    const objectives = new Map<ObjectiveName, number>([["zoneOrRegion.downtime", 1]]);
    const assessment = assess([zone, ...lone, ...servers], ["www.a.test"], objectives);
    expect(problemsOf(assessment).join("\n")).to.contain(
      "www, below have no other record to fail over to",
    );
  });

  it("has no comparison in its data where nothing is to mend", () => {
    const found = repairOf(zoneOf(right));
    const data = JSON.parse(repairJson({ repair: found, changes: [] })) as object;
    expect(data).to.deep.include({ state: "sound", edits: [], changes: [] });
    expect(Object.keys(data)).not.to.include("comparison");
  });

  it("says what the mended name pays for it", () => {
    const found = repairOf(zoneOf({ ...right, disabled: true }));
    const of = (direction: "worse" | "better") =>
      ["one", "another"].map((what) => ({
        ...{ name: "www.a.test A", kind: "seconds" as const, what, before: 10, after: 20 },
        direction,
      }));
    const told = (direction: "worse" | "better"): string =>
      textOf(found, { comparison: { before: "a", after: "b", differences: of(direction) } });
    expect(told("worse")).to.match(
      /Worse with the edits: one 10 s → 20 s \(www\.a\.test A\) and 1 more figure; --verbose\s+shows\s+all\./,
    );
    expect(told("better")).not.to.contain("Worse with");
  });
});

describe("what is worse than before", () => {
  const objectives = new Map<ObjectiveName, number>([["zoneOrRegion.downtime", 190]]);
  const assessed = (resources: readonly Resource[]) =>
    assess(resources, ["www.a.test"], objectives);

  it("is an objective that is never reached any more, and who is never left", () => {
    const [before, after] = [right, { ...right, disabled: true }].map((check) =>
      assessed(zoneOf(check)),
    );
    if (!before || !after) throw new Error("not assessed");
    expect(worseThan(before, after)).to.include("zoneOrRegion.downtime takes longer");
    expect(worseThan(after, before)).to.deep.equal([]);
  });

  it("is nothing where nothing that is known can die", () => {
    const outside = assess(pair({ records: ["192.0.2.1"] }), ["www.a.test"], new Map());
    expect(worseThan(outside, outside)).to.deep.equal([]);
  });
});

describe("an edit", () => {
  it("makes known what it sets, and nothing else", () => {
    const one = record("one", { records: ["198.51.100.1"] });
    const unknown = { "outputs.records[0]": "computed", "inputs.ttl": "computed", id: "computed" };
    const [after] = edited(
      [{ ...one, unknown } as Resource],
      [
        {
          text: "",
          cost: 1,
          changes: [{ urn: one.urn, property: "records", value: ["198.51.100.2"] }],
        },
      ],
    );
    expect(after?.unknown).to.deep.equal({ "inputs.ttl": "computed", id: "computed" });
  });

  it("of an alarm is an update (H18 is about checks)", () => {
    const alarm = resource("aws:cloudwatch/metricAlarm:MetricAlarm", "alarm", { type: "x" });
    const edits = [
      { text: "", cost: 1, changes: [{ urn: alarm.urn, property: "type", value: "missing" }] },
    ];
    const [change] = resourceChanges([alarm], edited([alarm], edits), edits);
    expect(change?.action).to.equal("update");
  });
});
