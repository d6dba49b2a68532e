import { expect } from "chai";
import type { Comparison } from "../../../rehearsal/proof/compare";
import type { Difference } from "../../../rehearsal/proof/difference";
import { compareProofs } from "../../../rehearsal/proof/compare";
import { comparisonReport } from "../../../rehearsal/proof/compareReport";
import { defaultFaultRates } from "../../../rehearsal/proof/faultRates";
import { proofData } from "../../../rehearsal/proof/json";
import type { ProofData } from "../../../rehearsal/proof/proofSchema";
import { proofSchema } from "../../../rehearsal/proof/proofSchema";
import { prove } from "../../../rehearsal/proof/prove";
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

function zoneOf(check: Properties, more: readonly Resource[] = []): readonly Resource[] {
  return [...pair({ records: ["198.51.100.1"] }, check), ...servers, ...more];
}

function proofOf(
  resources: readonly Resource[],
  objectives: readonly (readonly [ObjectiveName, number])[] = [],
): ProofData {
  const proof = prove({
    stack: "zone",
    resources,
    names: [],
    rates: defaultFaultRates,
    objectives: new Map(objectives),
  });
  return proofData(proof, "--from zone");
}

const right = { ipAddress: "198.51.100.1", type: "HTTP_STR_MATCH", searchString: "ok" };

function ofKind({ differences }: Comparison, kind: Difference["kind"]): readonly unknown[] {
  return differences
    .filter((one) => one.kind === kind)
    .map(({ what, before, after, direction }) => [what, before, after, direction]);
}

describe("a comparison of two proofs", () => {
  it("finds no difference between a proof and its printed, parsed copy", () => {
    const proof = proofOf(zoneOf(right));
    const read = proofSchema.parse(JSON.parse(JSON.stringify(proof)));
    expect(compareProofs(read, proof).differences).to.deep.equal([]);
  });

  it("finds the violation, the dead answer and the smaller sets that a disabled check causes", () => {
    const found = compareProofs(
      proofOf(zoneOf(right)),
      proofOf(zoneOf({ ...right, disabled: true })),
    );
    expect(ofKind(found, "violation")).to.deep.equal([
      [
        "a dead answer while an endpoint works; www-primary: check is healthy: it is disabled, which counts as healthy (H16)",
        null,
        "us-west-2",
        "worse",
      ],
    ]);
    expect(ofKind(found, "answer")).to.deep.include([
      "us-west-2a",
      "www-secondary",
      "us-west-2a DEAD",
      "worse",
    ]);
    expect(ofKind(found, "cutSets")).to.deep.include([
      "some customers get a dead answer",
      [0, 0, 7],
      [0, 3],
      "worse",
    ]);
  });

  it("finds the lost tier that the false reports of fewer checks hide", () => {
    const check = (name: string, more: Properties): Resource =>
      resource("aws:route53/healthCheck:HealthCheck", name, {
        ...{ port: 80, requestInterval: 30, failureThreshold: 3, type: "HTTP" },
        ...more,
      });
    const tier = (role: string, name: string, more: Properties): Resource =>
      record(`${name}-${role}`, {
        ...{ name, setIdentifier: role, failoverRoutingPolicies: [{ type: role }] },
        ...more,
      });
    const [a, b, c] = ["198.51.100.1", "198.51.100.2", "198.51.100.3"];
    const checks = [check("of-a", { ipAddress: a }), check("of-b", { ipAddress: b })];
    const three = [
      ...[zone, ...checks, check("also-of-a", { ipAddress: a, resourcePath: "/other" })],
      check("either", {
        ...{ type: "CALCULATED", childHealthThreshold: 1 },
        childHealthchecks: ["of-a", "also-of-a"],
      }),
      tier("PRIMARY", "www.a.test", { records: [a], healthCheckId: "either" }),
      tier("SECONDARY", "www.a.test", {
        aliases: [{ name: "rest.a.test", zoneId: "Z1", evaluateTargetHealth: true }],
      }),
      tier("PRIMARY", "rest.a.test", { records: [b], healthCheckId: "of-b" }),
      tier("SECONDARY", "rest.a.test", { records: [c] }),
    ];
    const two = [
      ...[zone, ...checks],
      tier("PRIMARY", "www.a.test", { records: [a], healthCheckId: "of-a" }),
      tier("SECONDARY", "www.a.test", { records: [b], healthCheckId: "of-b" }),
    ];
    const [before, after] = [proofOf(three), proofOf(two)];
    expect([before, after].map(({ names }) => names[0]?.cutSets[0]?.countBySize)).to.deep.equal([
      [0, 0, 3, 6, 3],
      [0, 0, 3, 1],
    ]);
    const what = "some customers get a dead answer with no false report of a check";
    const [rows, back] = [compareProofs(before, after), compareProofs(after, before)];
    expect([rows, back].map((one) => ofKind(one, "cutSets"))).to.deep.equal([
      [[what, [0, 0, 0, 1], [0, 0, 1], "worse"]],
      [[what, [0, 0, 1], [0, 0, 0, 1], "better"]],
    ]);
  });

  it("compares answers in any order", () => {
    const values = ["198.51.100.8", "198.51.100.9"];
    const [one, other] = [values, [...values].reverse()].map((records) =>
      proofOf([...pair({ records }, { ipAddress: values[0] ?? "" })]),
    ) as [ProofData, ProofData];
    expect(compareProofs(one, other).differences).to.deep.equal([]);
    expect(one.names[0]?.matrix[0]?.answers.map(({ place }) => place)).to.deep.equal(
      values.map((value) => `www-primary ${value}`),
    );
  });

  it("reverses its directions when the proofs are swapped", () => {
    const proofs = [proofOf(zoneOf(right)), proofOf(zoneOf({ ...right, failureThreshold: 1 }))];
    const [forth, back] = [proofs, [...proofs].reverse()].map(([a, b]) =>
      a && b ? compareProofs(a, b).differences : [],
    );
    const turned = { better: "worse", worse: "better", other: "other" };
    expect(
      back?.map(({ what, before, after, direction }) => [what, after, before, turned[direction]]),
    ).to.have.deep.members(
      forth?.map(({ what, before, after, direction }) => [what, before, after, direction]) ?? [],
    );
  });

  it("counts seconds, minutes and objectives", () => {
    const objectives = [["zoneOrRegion.downtime", 190]] as const;
    const found = compareProofs(
      proofOf(zoneOf(right), objectives),
      proofOf(zoneOf({ ...right, failureThreshold: 10 }), objectives),
    );
    expect(ofKind(found, "objective")).to.deep.equal([
      ["zoneOrRegion.downtime", 184, 450, "worse"],
    ]);
    expect(ofKind(found, "seconds")).to.deep.include([
      "downtime of us-west-2a when it refuses connections",
      160,
      370,
      "worse",
    ]);
    const [[what, before, after] = []] = ofKind(found, "minutes") as [string, number, number][];
    expect(what).to.equal("on a dead answer");
    expect(after).to.be.greaterThan(before ?? Infinity);
  });

  it("tells an objective that is never met from one that nothing measures", () => {
    const objectives = [
      ["zoneOrRegion.downtime", 190],
      ["database.downtime", 1],
    ] as const;
    const [met, changed] = [right, { ...right, type: "TCP" }].map((one) =>
      proofOf(zoneOf(one), objectives),
    ) as [ProofData, ProofData];
    const found = compareProofs({ ...met, objectives: met.objectives.slice(0, 1) }, changed);
    expect(ofKind(found, "objective")).to.deep.equal([
      ["zoneOrRegion.downtime", 184, null, "worse"],
      ["database.downtime", "not set", "not measured", "other"],
    ]);
  });

  it("lists names and faults that only one of them has", () => {
    const other = record("other", { name: "other.a.test", records: ["198.51.100.2"] });
    const before = proofOf(zoneOf({ ...right }));
    const after = proofOf(zoneOf({ ...right, fqdn: "other.a.test", ipAddress: "" }, [other]));
    const renamed = {
      ...after,
      names: after.names.map((one) => ({ ...one, name: "new.a.test" })),
    };
    expect(ofKind(compareProofs(before, after), "fault")).to.deep.include([
      "us-west-2b",
      null,
      "us-west-2b",
      "other",
    ]);
    expect(ofKind(compareProofs(before, renamed), "name")).to.deep.equal([
      ["is proven now", null, "proven", "other"],
      ["is no longer proven", "proven", null, "other"],
    ]);
  });

  it("tells what was not read, and how it has to turn out, from what fails", () => {
    const elsewhere = zoneOf({}).filter(({ name }) => name !== "check");
    const found = compareProofs(proofOf(zoneOf(right)), proofOf(elsewhere));
    expect(ofKind(found, "violation")).to.deep.equal([
      [
        "unknown, perhaps a dead answer while an endpoint works; www-primary: its check check is not part of what was read",
        null,
        "us-west-2 + check=healthy",
        "worse",
      ],
      [
        "unknown, perhaps the secondary answers while its primary works; www-primary: its check check is not part of what was read",
        null,
        "check=unhealthy",
        "worse",
      ],
    ]);
  });

  it("says of an objective that cannot be compared neither better nor worse", () => {
    const under = (...objectives: Parameters<typeof proofOf>[1] & object): ProofData =>
      proofOf(zoneOf(right), objectives);
    const [loose, tight] = [190, 90].map((seconds) => under(["zoneOrRegion.downtime", seconds]));
    const none = under();
    if (!loose || !tight) throw new Error("no proof");
    const objectives = (before: ProofData, after: ProofData): readonly unknown[] =>
      ofKind(compareProofs(before, after), "objective");
    const found = [objectives(loose, tight), objectives(none, loose), objectives(loose, none)];
    expect(found.flat()).to.deep.equal([
      ["zoneOrRegion.downtime", 184, 184, "other"],
      ["zoneOrRegion.downtime", "not set", 184, "other"],
      ["zoneOrRegion.downtime", 184, "not set", "other"],
    ]);
  });

  it("counts an objective that is never reached as worse than any time", () => {
    const proofs = [right, { ...right, disabled: true }].map((check) =>
      proofOf(zoneOf(check), [["zoneOrRegion.downtime", 190]]),
    );
    const [[there], [back]] = [proofs, [...proofs].reverse()].map(([before, after]) =>
      before && after ? ofKind(compareProofs(before, after), "objective") : [],
    ) as [readonly unknown[], readonly unknown[]];
    expect([there, back]).to.deep.equal([
      ["zoneOrRegion.downtime", 184, null, "worse"],
      ["zoneOrRegion.downtime", null, 184, "better"],
    ]);
  });

  it("counts no answer as worse than a dead one, and one without its database as one of no use, by their share", () => {
    const proof = proofOf(zoneOf(right));
    const answering = (...answers: ProofData["names"][number]["matrix"][number]["answers"]) => ({
      ...proof,
      names: proof.names.map((one) => ({
        ...one,
        matrix: one.matrix.map((row) => (row.fault === "us-west-2a" ? { ...row, answers } : row)),
      })),
    });
    const web = { place: "web", isAlive: true, hasDatabases: true };
    const [well, bare, dead, nobody, half] = [
      answering(web),
      answering({ ...web, hasDatabases: false }),
      answering({ ...web, isAlive: false }),
      answering(),
      answering(web, { ...web, place: "other", isAlive: false }),
    ] as const;
    const turns = [
      [well, bare],
      [bare, dead],
      [dead, nobody],
      [nobody, well],
      [half, dead],
    ] as const;
    expect(turns.map(([was, is]) => ofKind(compareProofs(was, is), "answer"))).to.deep.equal([
      [["us-west-2a", "web", "web without its database", "worse"]],
      [["us-west-2a", "web without its database", "web DEAD", "other"]],
      [["us-west-2a", "web DEAD", "nobody", "worse"]],
      [["us-west-2a", "nobody", "web", "better"]],
      [["us-west-2a", "web, other DEAD", "web DEAD", "worse"]],
    ]);
  });

  it("is printed as a table of each kind", () => {
    const options = { paint: paintOf(false), columns: 160, isBounded: false, hasDetails: false };
    const proof = proofOf(zoneOf(right));
    const text = asText(
      comparisonReport(compareProofs(proof, proofOf(zoneOf({ ...right, disabled: true })))),
      options,
    );
    expect(text).to.match(
      /smallest sets of 0 · 1 · 2 … faults +name +before +after +for customers/,
    );
    expect(text).to.match(
      /some customers get a dead answer +www\.a\.test A +0 · 0 · 7 +0 · 3 +WORSE/,
    );
    expect(text).to.match(
      /downtime of us-west-2a when it refuses connections +www\.a\.test A +\d+ s +endless +WORSE/,
    );
    expect(text).to.match(/\d+ worse, 1 better, \d+ neither\./);
    expect(asText(comparisonReport(compareProofs(proof, proof)), options)).to.match(
      /Both proofs say the same\./,
    );
  });
});
