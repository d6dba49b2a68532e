import { expect } from "chai";
import { behaviourPage } from "../../../rehearsal/proof/behaviour";
import { compareProofs } from "../../../rehearsal/proof/compare";
import { comparisonReport } from "../../../rehearsal/proof/compareReport";
import { evidenceOf } from "../../../rehearsal/proof/evidence";
import { evidenceReport } from "../../../rehearsal/proof/evidenceReport";
import { defaultFaultRates } from "../../../rehearsal/proof/faultRates";
import { proofData } from "../../../rehearsal/proof/json";
import type { Proof } from "../../../rehearsal/proof/prove";
import { prove } from "../../../rehearsal/proof/prove";
import { proofReport } from "../../../rehearsal/proof/report";
import { tiersOf } from "../../../rehearsal/proof/tiers";
import { asMarkdown } from "../../../rehearsal/report/asMarkdown";
import type { Document } from "../../../rehearsal/report/document";
import { failureModes } from "../../../routing/checker";
import { FaultNames } from "../../../routing/graph/faultNames";
import type { Fault } from "../../../routing/graph/faults";
import type { Resource } from "../../../routing/graph/resource";
import { withSimulation } from "../../../rehearsal/simulation/ofProof";
import { latched } from "../../cli/commands/latched";
import { pair, record, resource } from "../../routing/graph/stack";

const checkType = "aws:route53/healthCheck:HealthCheck";
const checked = { type: "HTTP_STR_MATCH", port: 80, searchString: "ok" };

/** A pair with this check of its primary, and another one below its secondary, whose primary's check is foreign. */
const nestedUnder = (healthCheckId: string): readonly Resource[] => [
  ...pair({ records: ["8.8.4.1"], healthCheckId }, { ...checked, ipAddress: "8.8.4.1" }).filter(
    ({ name }) => name !== "www-secondary",
  ),
  record("www-secondary", {
    failoverRoutingPolicies: [{ type: "SECONDARY" }],
    setIdentifier: "secondary",
    aliases: [{ name: "low.a.test", zoneId: "Z1", evaluateTargetHealth: true }],
  }),
  ...(["PRIMARY", "SECONDARY"] as const).map((type, index) =>
    record(`low-${type}`, {
      name: "low.a.test",
      failoverRoutingPolicies: [{ type }],
      setIdentifier: type,
      records: [`8.8.4.${index + 2}`],
      healthCheckId: index === 0 ? "foreign-low" : "own",
    }),
  ),
  resource(checkType, "own", { ...checked, ipAddress: "8.8.4.3" }),
];
const nested = nestedUnder("foreign-top");

function proofOf(resources: readonly Resource[]): Proof {
  return prove({ stack: "zone", resources, names: [], rates: defaultFaultRates });
}

const unreadNames = ["foreign-top", "foreign-low"];
/** Each way in which what was not read may turn out. */
const ways = [0, 1, 2, 3].map(
  (bits) => new Map(unreadNames.map((name, at) => [name, (bits & (1 << at)) !== 0] as const)),
);

function linesOf(document: Document): readonly string[] {
  return asMarkdown(document, 1)
    .split("\n")
    .map((line) => line.replaceAll("\\", "").replace(/ +/g, " "));
}

describe("the matrix of a name that depends on what was not read", () => {
  const proof = proofOf(nested);
  const { model } = proof;
  const [one] = proof.names;
  const matrix = one?.matrix ?? [];

  for (const [what, resources, sets] of [
    ["the check of the first tier", nested, 1],
    ["a check below the first tier", nestedUnder("check"), 2],
  ] as const) {
    it(`names in each row exactly what decides who answers, if ${what} was not read`, () => {
      const asked = proofOf(resources);
      const decides = (faults: readonly Fault[], name: string): boolean =>
        ways.some((way) => {
          const [healthy, unhealthy] = [true, false].map((is) => {
            const state = asked.model.under(faults, new Map([...way, [name, is]]));
            const { answers } = state.resolve("www.a.test", "A");
            return JSON.stringify(answers.map(({ value, alive }) => [value, alive]));
          });
          return healthy !== unhealthy;
        });
      const rows = asked.names[0]?.matrix ?? [];
      const expected = rows.map(({ fault }) =>
        unreadNames.filter((name) => decides(fault ? [fault] : [], name)),
      );
      expect(rows.map(({ unread }) => unread)).to.deep.equal(expected);
      expect(new Set(expected.map(String)).size).to.equal(sets);
    });
  }

  it("names what decides in each time that another way of turning out would change", () => {
    let changing = 0;
    for (const { fault, bounds } of matrix) {
      if (!fault) continue;
      for (const { death, bound } of bounds) {
        const times = ways.map((way) =>
          model.worstCaseBetween(
            "www.a.test",
            "A",
            model.under([], way),
            model.under([fault], way),
            death,
          ),
        );
        const seconds = times.map(({ downtimeSeconds = Infinity }) => downtimeSeconds);
        expect(Math.max(...seconds)).to.equal(bound.downtimeSeconds ?? Infinity);
        if (new Set(seconds).size === 1) continue;
        changing += 1;
        expect(bound.unread, `${fault.name}, ${death}`).to.not.equal(undefined);
      }
    }
    expect(changing).to.be.at.least(failureModes.length);
  });

  it("says so in JSON, of the answers and of the times", () => {
    const rows = proofData(proof, "").names[0]?.matrix ?? [];
    const lost = rows.find(({ fault }) => fault === "8.8.4.1");
    expect(lost?.dependsOn).to.deep.equal(["foreign-top", "foreign-low"]);
    expect(lost?.times[0]).to.deep.equal({
      death: "refused",
      detection: null,
      downtime: null,
      dependsOn: ["foreign-top"],
    });
  });

  it("says so in the page for readers, the record for auditors and the report", () => {
    const answer = "www-primary DEAD (unknown: depends on foreign-top, foreign-low)";
    const facts = { date: new Date(0), version: "1", commit: null, owner: null, retest: null };
    const record = evidenceOf(proof, { ...facts, source: "", resources: nested });
    expect(linesOf(behaviourPage(proof))).to.include(
      `| 8.8.4.1 | ${answer} | perhaps never, if it refuses connections | an answer until customers have moved |`,
    );
    expect(linesOf(evidenceReport(proof, record, ""))).to.include(
      `| 8.8.4.1 | ${answer} | perhaps never | perhaps never |`,
    );
    expect(linesOf(proofReport(proof, "")).join("\n")).to.match(
      /all well → 8\.8\.4\.1 .*perhaps never \| perhaps never/,
    );
  });

  it("says so below the picture of who answers while all is well", () => {
    const names = new FaultNames(model);
    const [well] = one ? tiersOf(proof, one, names).panels : [];
    expect(well).to.deep.include({
      title: "all well",
      caption: "nothing failed; unknown: depends on foreign-top, foreign-low",
    });
  });

  it("says nothing of a name outside that a record leads to, which is healthy until it fails", () => {
    const partner = "shop.partner.test";
    const cname = (role: string, records: readonly string[], more: object = {}): Resource =>
      record(`www-${role}`, {
        type: "CNAME",
        failoverRoutingPolicies: [{ type: role }],
        setIdentifier: role,
        records,
        ...more,
      });
    const outside = proofOf([
      ...pair({}, { ...checked, fqdn: partner }).filter(({ name }) => !name.startsWith("www-")),
      cname("PRIMARY", [partner], { healthCheckId: "check" }),
      cname("SECONDARY", ["spare.partner.test"]),
    ]);
    const [first] = outside.names;
    const panels = first ? tiersOf(outside, first, new FaultNames(outside.model)).panels : [];
    expect(panels.map(({ caption }) => caption)).to.include("nothing failed");
    expect(first?.matrix.flatMap(({ unread }) => unread)).to.deep.equal([]);
  });

  it("says of one whose statuses were all read nothing of the kind", () => {
    const { names } = proofData(
      proofOf(pair({ records: ["8.8.4.1"] }, { ...checked, ipAddress: "8.8.4.1" })),
      "",
    );
    expect(names.flatMap((each) => each.matrix)).to.have.length.greaterThan(1);
    expect(JSON.stringify(names)).not.to.include("dependsOn");
  });
});

describe("the comparison of proofs of which one depends on what was not read", () => {
  const read = pair({ records: ["8.8.4.1"] }, { ...checked, ipAddress: "8.8.4.1" });
  const unread = read.filter(({ name }) => name !== "check");

  it("says so of an answer and of a time that differ", () => {
    const [before, after] = [read, unread].map((some) => proofData(proofOf(some), "")) as [
      ReturnType<typeof proofData>,
      ReturnType<typeof proofData>,
    ];
    const lines = linesOf(comparisonReport(compareProofs(before, after))).join("\n");
    expect(lines).to.match(
      /\| nothing failed .*\| www-primary \| www-primary \(unknown: depends on check\) \|/,
    );
    expect(lines).to.match(
      /downtime of 8\.8\.4\.1 when it refuses connections \(unknown: depends on check\) .*160 s \| endless \|/,
    );
  });
});

describe("the proof of a name with a latch that was not read", () => {
  const proof = proofOf(latched(2));

  it("shows the answer and the minutes of a released latch", () => {
    const [name] = proofData(proof, "").names;
    const normal = name?.matrix.find(({ fault }) => fault === null);
    expect(normal?.answers.map(({ place }) => place)).to.deep.equal(["us-west-2a"]);
    // While the latch is set, it is 60 min: the secondary serves, and fails twice a year for half an hour.
    const [minutes] = proof.names[0]?.minutes ?? [];
    expect(minutes?.perYear).to.be.lessThan(1);
  });

  it("simulates changes with a released latch", async () => {
    const { names } = await withSimulation(proof, { runs: 20, seed: 1, threads: 1 });
    const times = names[0]?.transitions.classes.flatMap(({ simulated }) => simulated?.worst ?? []);
    expect(times?.length).to.be.greaterThan(0);
    for (const seconds of times ?? []) expect(seconds).to.be.greaterThan(30);
  });
});

describe("a violation that depends on what was not read", () => {
  it("names only the unread statuses that it takes", () => {
    const weighted = ["0", "1", "2"].map((id) =>
      record(`w${id}`, {
        weightedRoutingPolicies: [{ weight: 10 }],
        setIdentifier: id,
        records: [`8.8.4.${id}`],
        healthCheckId: `foreign-${id}`,
      }),
    );
    const violations = proofOf(weighted).names[0]?.violations ?? [];
    const taken = violations.map(({ smallest: { faults, unknown } }) => [
      ...faults.map(({ name }) => name),
      ...[...unknown].map(String),
    ]);
    expect(taken).to.deep.equal(["0", "1", "2"].map((id) => [`8.8.4.${id}`, `foreign-${id},true`]));
  });
});
