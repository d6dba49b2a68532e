import { expect } from "chai";
import { behaviourPage } from "../../../rehearsal/proof/behaviour";
import { evidenceOf } from "../../../rehearsal/proof/evidence";
import { evidenceReport } from "../../../rehearsal/proof/evidenceReport";
import { proofData } from "../../../rehearsal/proof/json";
import { defaultFaultRates } from "../../../rehearsal/proof/faultRates";
import type { Proof } from "../../../rehearsal/proof/prove";
import { FaultSpace } from "../../../rehearsal/proof/faultSpace";
import { prove } from "../../../rehearsal/proof/prove";
import { proofReport } from "../../../rehearsal/proof/report";
import { outcomeOf, reasonsOf } from "../../../rehearsal/proof/verdict";
import { asMarkdown } from "../../../rehearsal/report/asMarkdown";
import type { Block, TimelineBlock } from "../../../rehearsal/report/document";
import type { Properties, Resource } from "../../../routing/graph/resource";
import { pair, record, resource } from "../../routing/graph/stack";

const checkType = "aws:route53/healthCheck:HealthCheck";

/** Two servers, each in its zone, with half of the customers each, and a check of its own that asks as given. */
function halves(manner: Properties): readonly Resource[] {
  return [
    ...pair({}).filter(({ type }) => type !== "aws:route53/record:Record" && type !== checkType),
    ...["a", "b"].flatMap((letter, index) => {
      const address = `198.51.100.${index + 1}`;
      return [
        resource("aws:ec2/instance:Instance", `web-${letter}`, { subnetId: `subnet-${letter}` }),
        resource("aws:ec2/eip:Eip", `ip-${letter}`, {
          publicIp: address,
          instance: `web-${letter}`,
        }),
        resource(checkType, `check-${letter}`, {
          port: 80,
          requestInterval: 30,
          failureThreshold: 3,
          ipAddress: address,
          ...manner,
        }),
        record(`www-${letter}`, {
          weightedRoutingPolicies: [{ weight: 1 }],
          setIdentifier: letter,
          records: [address],
          healthCheckId: `check-${letter}`,
        }),
      ];
    }),
  ];
}

function proofOf(resources: readonly Resource[]): Proof {
  return prove({
    stack: "zone",
    resources,
    names: [],
    rates: defaultFaultRates,
    objectives: new Map(),
  });
}

const timelinesIn = (blocks: readonly Block[]): readonly TimelineBlock[] =>
  blocks.flatMap((block) => {
    if (block.kind === "timeline") return [block];
    return "blocks" in block ? timelinesIn(block.blocks) : [];
  });

describe("the evidence of a name whose customers are shared", () => {
  const resources = halves({ type: "HTTP_STR_MATCH", searchString: "ok" });
  const proof = proofOf(resources);
  const evidence = evidenceOf(proof, {
    date: new Date(0),
    version: "1.0.0",
    commit: null,
    owner: null,
    retest: null,
    source: "",
    resources,
  });

  it("has the stack for its subject where no source was named", () => {
    expect(evidence.scope.subject).to.equal("zone");
  });

  it("shows those who stay where they are all along, and those who leave until they have", () => {
    const [timeline] = timelinesIn(evidenceReport(proof, evidence, "").blocks);
    const panel = timeline?.panels.find(({ title }) => title.startsWith("us-west-2a,"));
    // 3 × (30 s + 8 s) for a text that hangs (H8), then δ = 10 s and the TTL of 60 s.
    expect(panel?.caption).to.equal("detected in 114 s, all moved in 184 s");
    expect(
      panel?.bars.map(({ lane, kind, fromSeconds, toSeconds }) => [
        lane,
        kind,
        Math.round(fromSeconds),
        Math.round(toSeconds),
      ]),
    ).to.deep.equal([
      ["us-west-2a", "serves", -31, 0],
      ["us-west-2a", "notices", 0, 114],
      ["us-west-2a", "expires", 114, 184],
      ["us-west-2b", "serves", -31, 230],
    ]);
    expect(panel?.down).to.deep.equal(["us-west-2a"]);
  });
});

describe("the page of what customers see", () => {
  it("says never for what a check cannot see: a body that hangs (H6)", () => {
    const lines = asMarkdown(behaviourPage(proofOf(halves({ type: "HTTP" }))), 1)
      .split("\n")
      .map((line) => line.replace(/ +/g, " "));
    expect(lines).to.include.members([
      "| none | us-west-2a, us-west-2b | | |",
      "| us-west-2a, web-a | us-west-2b | never, if it hangs in the body | an answer until customers have moved |",
    ]);
  });
});

describe("the proof of a name that depends on what AWS does not document", () => {
  const alias = (name: string): Properties => ({
    aliases: [{ name, zoneId: "Z1", evaluateTargetHealth: true }],
  });
  const dnsName = "alb-1.us-west-2.elb.amazonaws.com";
  const member = (letter: string, weight: number): Resource =>
    record(`pool-${letter}`, {
      name: "pool.a.test",
      setIdentifier: letter,
      weightedRoutingPolicies: [{ weight }],
      ...alias(dnsName),
    });
  const balancer = [
    resource("aws:lb/loadBalancer:LoadBalancer", "alb", { arn: "arn:alb", dnsName }),
    resource("aws:lb/listener:Listener", "listener", {
      loadBalancerArn: "arn:alb",
      defaultActions: [{ type: "fixed-response" }],
    }),
  ];
  const proofWith = (...pool: readonly Resource[]): Proof =>
    proofOf([...pair(alias("pool.a.test")), ...balancer, ...pool]);
  const report = (...pool: readonly Resource[]): string =>
    asMarkdown(proofReport(proofWith(...pool), "--from zone"), 1);

  it("A2, A7: states each assumption once", () => {
    expect(report(member("a", 1), member("b", 0))).to.include(
      "Assumed, because AWS does not document it: pool.a.test counts as healthy while only a member of weight 0 is healthy (A2); alb, which has no target group, counts as healthy (A7).",
    );
    expect(report(member("a", 1), member("b", 1))).to.include(
      "Assumed, because AWS does not document it: alb, which has no target group, counts as healthy (A7).",
    );
    expect(report(member("a", 0), member("b", 0))).not.to.include("(A2)");
  });

  it("A2, A7: states them in JSON, and has no field where nothing is assumed", () => {
    const assumedOf = (proof: Proof): readonly unknown[] =>
      proofData(proof, "").names.map(({ assumed }) => assumed);
    expect(assumedOf(proofWith(member("a", 1), member("b", 0)))).to.deep.equal([
      [
        "pool.a.test counts as healthy while only a member of weight 0 is healthy (A2)",
        "alb, which has no target group, counts as healthy (A7)",
      ],
    ]);
    expect(assumedOf(proofOf(halves({ type: "HTTP" })))).to.deep.equal([undefined]);
  });
});

describe("the proof of a name with a check of another name", () => {
  const meaning = '"perhaps never" says that customers may stay, not that they will';
  const proofWith = (check: Properties): Proof => proofOf(pair({ records: ["8.8.4.1"] }, check));
  const unread = proofWith({ fqdn: "status.partner.test", ipAddress: "" });
  const read = proofWith({ ipAddress: "8.8.4.1" });

  it("says of times what was assumed of a status that was not read, and only then", () => {
    const report = (proof: Proof): string => asMarkdown(proofReport(proof, "--from zone"), 1);
    expect(report(unread)).to.include(meaning);
    expect(report(read)).not.to.include(meaning);
  });

  it("says so in JSON and among the assumptions of the record for auditors", () => {
    const facts = { date: new Date(0), version: "1", commit: null, owner: null, retest: null };
    const textsOf = (proof: Proof): readonly string[] => [
      (proofData(proof, "").assumed ?? []).join(" "),
      evidenceOf(proof, { ...facts, source: "", resources: [] })
        .assumptions.map(({ source }) => source)
        .join(" "),
    ];
    for (const text of textsOf(unread)) expect(text).to.include(meaning);
    for (const text of textsOf(read)) expect(text).not.to.include(meaning);
    const all = proofData(unread, "").assumed ?? [];
    expect(all.filter((text) => text.includes("fails alone"))).to.have.length(1);
    expect(proofData(proofOf(halves({ type: "HTTP" })), "").assumed).to.equal(undefined);
  });
});

describe("the proof of a name of which nothing can fail but its checks", () => {
  it("says that nothing was proven, and is open", () => {
    const proof = prove({
      stack: "zone",
      names: [],
      resources: pair({ records: ["8.8.4.1"] }, { ipAddress: "8.8.4.1" }),
      rates: defaultFaultRates,
    });
    const onlyChecks: Proof = {
      ...proof,
      names: proof.names.map((one) => ({
        ...one,
        space: new FaultSpace(
          proof.model,
          one.name,
          one.type,
          one.space.faults.filter(({ kind }) => kind === "check"),
        ),
      })),
    };
    const why =
      "nothing was proven: no place, endpoint or address of it was read, so that only checks can fail, by false reports";
    expect(outcomeOf(proof)).to.equal("proven");
    expect(outcomeOf(onlyChecks)).to.equal("open");
    expect(reasonsOf(onlyChecks)).to.deep.equal([`www.a.test A: ${why}`]);
    const text = asMarkdown(proofReport(onlyChecks, ""), 1);
    expect(text)
      .to.include("Nothing was proven: no place")
      .and.not.include("Holds under every set");
  });
});
