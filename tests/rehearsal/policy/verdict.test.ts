import { expect } from "chai";
import { notJudgedBy } from "../../../rehearsal/policy/notJudged";
import { policyJson, policyReport } from "../../../rehearsal/policy/report";
import { sarifOf } from "../../../rehearsal/policy/sarif";
import type { PackVerdict, PoliciesVerdict } from "../../../rehearsal/policy/verdict";
import { policyOutcomeOf, packVerdict } from "../../../rehearsal/policy/verdict";
import type { PackConfig } from "../../../policies/packConfig";
import type { Analysis, Diagnostic, PackInfo } from "../../../rehearsal/policy/servedPack";
import type { Resource } from "../../../routing/graph/resource";
import { asText } from "../../../rehearsal/report/asText";
import { nothing } from "../../policies/sample";
import { plain } from "../report/plain";

const info: PackInfo = {
  name: "pack",
  version: "1.0.0",
  policies: ["first", "second", "third"].map((name) => ({
    name,
    description: `It is ${name}.`,
    level: "mandatory",
    severity: name === "first" ? "critical" : "low",
    remediationSteps: "Do it.",
    url: "https://e.test",
    ofResources: false,
    canRemediate: false,
    types: [],
    properties: {},
  })),
};

const config: PackConfig = new Map([
  ["first", { level: "mandatory", values: {} }],
  ["second", { level: "advisory", values: { reason: "it is not built yet" } }],
  ["third", { level: "disabled", values: { reason: "nobody needs it here" } }],
]);

const urn = "urn:pulumi:dev::p::t::it";

function verdictOf(
  diagnostics: readonly Partial<Diagnostic>[],
  resources: readonly Resource[] = [],
  remediations: Analysis["remediations"] = [],
): PackVerdict {
  const full = diagnostics.map((each): Diagnostic => ({
    policy: "first",
    level: "mandatory",
    urn,
    message: "it.a: must be b, got c, so d; e",
    ...each,
  }));
  const applicable = diagnostics.length > 0 ? ["first", "second"] : [];
  const analysis = { diagnostics: full, applicable, remediations };
  return packVerdict(info, config, "levels of prod.json", analysis, resources);
}

const policyText = (verdict: PoliciesVerdict): string =>
  asText(policyReport(verdict), { ...plain, isBounded: false });
const about = (...packs: readonly PackVerdict[]): PoliciesVerdict => ({
  subject: "stack prod",
  packs,
});

describe("the verdict of a pack", () => {
  it("shows one mistake once, with the resources that have it", () => {
    const at = (name: string, got: string): Partial<Diagnostic> => ({
      urn: `urn:pulumi:dev::p::t::${name}`,
      message: `${name}.path: must be /health, got ${got}, so ${name} passes; set it`,
    });
    const text = policyText(
      about(verdictOf([at("web-1", "/"), at("web-2", "/"), at("web-3", "/x")])),
    );
    expect(text).to.include("3 mandatory");
    expect(text.replace(/\s+/g, " ")).to.include(
      "so web-1 passes; set it also first the same for web-2 mandatory first web-3.path: must be",
    );
    expect(text).not.to.include("web-2.path");
  });

  it("distinguishes violations, unknown values and broken rules", () => {
    const verdict = verdictOf([
      { level: "advisory", policy: "second" },
      {},
      { level: "advisory", message: "unknown: a[0].b: it: it is not known before deployment" },
      { message: "broken: no such thing", urn: "" },
      { message: "broken: no such thing" },
    ]);
    expect(verdict.violations.map(({ policy, level }) => [policy, level])).to.deep.equal([
      ["first", "mandatory"],
      ["second", "advisory"],
    ]);
    expect(verdict.unknown).to.deep.equal([
      {
        pack: "pack",
        policy: "first",
        urn,
        property: "a[0].b",
        why: "it: it is not known before deployment",
      },
    ]);
    expect(verdict.broken).to.deep.equal([
      { pack: "pack", policy: "first", error: "no such thing" },
      { pack: "pack", policy: "first", urn, error: "no such thing" },
    ]);
    expect([verdict.enabledCount, verdict.checkedCount]).to.deep.equal([2, 2]);
    expect(verdict.exceptions.map(({ policy, level }) => [policy, level])).to.deep.equal([
      ["second", "advisory"],
      ["third", "disabled"],
    ]);
  });

  it("notes that an unknown value is a secret", () => {
    const [secret] = nothing.add({ type: "t", name: "it" }).resources;
    if (!secret) throw new Error("no resource");
    const { unknown } = verdictOf(
      [{ level: "advisory", urn: secret.urn, message: "unknown: a: it: it is not known" }],
      [{ ...secret, unknown: { "outputs.a[0]": "encrypted" } }],
    );
    expect(unknown[0]?.why).to.equal(
      "it: it is not known (it is encrypted in the export; run `pulumi stack export --show-secrets` and keep the file safe)",
    );
  });

  it("is 1 for a mandatory violation, 3 for a broken rule, and 3 for both", () => {
    const broken = { message: "broken: no" };
    expect(policyOutcomeOf([about(verdictOf([]))])).to.equal("fine");
    expect(policyOutcomeOf([about(verdictOf([{ level: "advisory" }]))])).to.equal("fine");
    expect(
      policyOutcomeOf([about(verdictOf([{ level: "advisory", message: "unknown: a: b: c" }]))]),
    ).to.equal("fine");
    expect(policyOutcomeOf([about(verdictOf([{}]))])).to.equal("stopped");
    expect(policyOutcomeOf([about(verdictOf([broken]))])).to.equal("broken");
    expect(policyOutcomeOf([about(verdictOf([{}, broken]), verdictOf([]))])).to.equal("broken");
    expect(policyOutcomeOf([about(verdictOf([])), about(verdictOf([broken]))])).to.equal("broken");
  });

  it("as text has each finding on separate lines, without terminal control characters", () => {
    const text = policyText(
      about(
        verdictOf([
          { message: "it.a: must be b, got \u001b[31mc\n, so d; e" },
          { level: "advisory", message: "unknown: a: it: why" },
          { message: "broken: no" },
          { message: "broken: nowhere", urn: "" },
        ]),
        verdictOf([]),
      ),
    );
    expect(text.split("\n")).to.deep.equal([
      "Policies for stack prod",
      "",
      "pack 1.0.0, levels of prod.json: 2 broken, 1 mandatory, 1 unknown; 2 of 2 rules applied",
      "  broken     first at it",
      "             no",
      "  broken     first",
      "             nowhere",
      "  mandatory  first",
      "             it.a: must be b, got \\u001b[31mc\\u000a, so d; e",
      "  unknown    first, a",
      "             it: why",
      "  exception  second is advisory",
      "             it is not built yet",
      "  exception  third is disabled",
      "             nobody needs it here",
      "",
      "pack 1.0.0, levels of prod.json: nothing to check",
      "  exception  second is advisory",
      "             it is not built yet",
      "  exception  third is disabled",
      "             nobody needs it here",
      "",
      "2 rules are broken. 1 mandatory finding blocks an update.",
      "",
    ]);
  });

  it("as text lists remediated resources, which do not change the outcome", () => {
    const verdict = verdictOf([], [], [{ policy: "first", urn }]);
    const text = policyText(about({ ...verdict, checkedCount: 1 }));
    expect(text).to.contain(
      "1 remediated; 1 of 2 rules applied\n  remediated first\n             it is remediated by the rule\n",
    );
    expect(policyOutcomeOf([about(verdict)])).to.equal("fine");
  });

  it("lists a sum that is too large once, below the fault that it names, and stops for it", () => {
    const sum = {
      policy: "failover-budget-is-kept",
      message: "www.name: must be over within 60 s, got 424 s (ttl 300 s, from it; T1), so d; e",
    };
    const verdict = verdictOf([{ level: "advisory" }, { level: "advisory" }, sum]);
    expect(verdict.violations.map(({ cause }) => cause)).to.deep.equal([
      { policy: "first", urn },
      undefined,
      undefined,
    ]);
    const text = policyText(about(verdict));
    expect(text).to.contain("2 advisory; ");
    expect(text.match(/^ {2}thus {7}failover-budget-is-kept$/gm)).to.have.length(1);
    expect(policyOutcomeOf([about(verdict)])).to.equal("stopped");
    const [alone] = verdictOf([sum]).violations;
    expect(alone?.cause).to.equal(undefined);
  });

  it("lists the types that no rule reads, with their number in the header", () => {
    const stack = nothing.add(
      { type: "aws:memorydb/cluster:Cluster", name: "one" },
      { type: "aws:memorydb/cluster:Cluster", name: "two" },
      { type: "aws:rds/instance:Instance", name: "three" },
    );
    expect(notJudgedBy("workload", stack.resources)).to.deep.equal([
      { type: "aws:memorydb/cluster:Cluster", count: 2 },
    ]);
    expect(notJudgedBy("pack", stack.resources)).to.deep.equal([]);
    const notJudged = notJudgedBy("workload", stack.resources);
    const unread = { ...verdictOf([]), notJudged };
    expect(policyText(about(unread))).to.contain("2 not judged; no rule applied");
    const text = policyText(about({ ...unread, checkedCount: 1 }));
    expect(text).to.contain(
      "2 not judged; 1 of 2 rules applied\n  unread     aws:memorydb/cluster:Cluster\n             2 of this type, which no rule reads\n",
    );
    expect(JSON.parse(policyJson([about(unread)]))).to.deep.include({
      notJudged: [{ pack: "pack", type: "aws:memorydb/cluster:Cluster", count: 2 }],
    });
  });

  it("as text states that there are no findings", () => {
    const verdict = { ...verdictOf([]), checkedCount: 2 };
    expect(policyText(about(verdict))).to.contain("no findings; 2 of 2 rules applied");
  });

  it("as text does not only say that nothing blocks an update where something is unknown", () => {
    const verdict = verdictOf([{ level: "advisory", message: "unknown: a: it: why" }]);
    const last = policyText(about(verdict)).trimEnd().split("\n").at(-1);
    expect(last).to.equal("No policy blocks an update, but 1 finding is unknown.");
  });

  it("as SARIF has a run for each pack, and each finding by rule, level and resource", () => {
    const sarif = sarifOf(
      [
        about(
          verdictOf([
            {},
            { policy: "second", level: "advisory" },
            { level: "advisory", message: "unknown: a: it: why" },
            { message: "broken: no", urn: "" },
          ]),
        ),
      ],
      ["Pulumi.prod.yaml"],
    ) as { readonly runs: readonly { readonly results: readonly Record<string, unknown>[] }[] };
    expect(sarif).to.deep.include({ version: "2.1.0" });
    const [run] = sarif.runs;
    expect(run).to.deep.include({ automationDetails: { id: "failover-policy/stack prod/pack/" } });
    const rows = run?.results.map(({ ruleId, ruleIndex, kind, level, message }) => [
      ruleId,
      ruleIndex,
      kind,
      level,
      (message as { readonly text: string }).text,
    ]);
    expect(rows).to.deep.equal([
      ["first", 0, "fail", "error", "broken: no"],
      ["first", 0, "fail", "error", "it.a: must be b, got c, so d; e"],
      ["second", 1, "fail", "warning", "it.a: must be b, got c, so d; e"],
      ["first", 0, "open", "none", "unknown: a: it: why"],
    ]);
    expect(run?.results[1]).to.deep.include({
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "Pulumi.prod.yaml" },
            region: { startLine: 1 },
          },
          logicalLocations: [{ name: "it", fullyQualifiedName: urn, kind: "resource" }],
        },
      ],
      partialFingerprints: { "policyAndUrn/v1": `first ${urn}` },
    });
    expect(JSON.stringify(sarif)).to.contain('"security-severity":"9.5"');
  });
});
