import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { main } from "../../../cli/main";
import { hashOf } from "../../../rehearsal/proof/evidence";
import type { Evidence } from "../../../rehearsal/proof/evidenceSchema";
import { evidenceSchema } from "../../../rehearsal/proof/evidenceSchema";
import type { Properties, Resource } from "../../../routing/graph/resource";
import { Unknown } from "../../../routing/graph/resource";
import { memoryIo } from "../../cli/memoryIo";
import { root } from "../../conventions/sourceTree";
import { pair, record as recordSet, resource, zone } from "../../routing/graph/stack";

const servers = [
  resource("aws:ec2/instance:Instance", "web", { subnetId: "subnet-a" }),
  resource("aws:ec2/eip:Eip", "ip", { publicIp: "198.51.100.1", instance: "web" }),
];

function exportOf(check: Properties): string {
  const resources = [...pair({ records: ["198.51.100.1"] }, check), ...servers];
  return JSON.stringify({ version: 3, deployment: { resources } });
}

const right = exportOf({ ipAddress: "198.51.100.1", type: "HTTP_STR_MATCH", searchString: "ok" });
const wrong = exportOf({ ipAddress: "198.51.100.1", disabled: true });

interface Written {
  readonly code: number;
  readonly err: string;
  readonly record: string;
  readonly page: string;
}

async function recordOf(stack: string, env = {}, ...argv: readonly string[]): Promise<Written> {
  const io = memoryIo({ files: { "stack.json": stack }, env });
  const files = ["--evidence", "record.json", "--html", "page.html"];
  const code = await main(["prove", "--from", "stack.json", ...files, ...argv], io);
  return {
    code,
    err: io.err(),
    record: io.files.get("record.json") ?? "",
    page: io.files.get("page.html") ?? "",
  };
}

const parsed = (record: string): Evidence => evidenceSchema.parse(JSON.parse(record));

describe("the page of a proof", () => {
  it("names the place in the headings and the contents, where the answer depends on it", async () => {
    const resources = [
      zone,
      ...["DE", "*"].map((country, index) =>
        recordSet(country, {
          ...{ setIdentifier: country, records: [`203.0.113.${index + 1}`] },
          geolocationRoutingPolicies: [{ country }],
        }),
      ),
    ];
    const { page } = await recordOf(JSON.stringify({ version: 3, deployment: { resources } }));
    for (const place of ["DE", "anywhere else"]) {
      const title = `www.a.test A from ${place}: records and faults`;
      // In the contents and above the section.
      expect(page.split(`>${title}<`), title).to.have.length(3);
      expect(page).to.include(`What each fault alone does to www.a.test A from ${place}`);
    }
  });
});

describe("the record of a proof", () => {
  it("matches its schema, and states that it is a simulation and its subject", async () => {
    const { record } = await recordOf(
      right,
      { SOURCE_DATE_EPOCH: "1735689600", GITHUB_SHA: "abc123" },
      "--owner",
      "Platform team",
      "--retest",
      "2027-02-28",
      "--objective",
      "zoneOrRegion.downtime=190",
    );
    const { proof, assumptions, exclusions, graphSha256, ...rest } = parsed(record);
    expect(rest).to.deep.equal({
      format: "failover-evidence/1",
      scenarioType: "simulation",
      result: "proven",
      date: "2025-01-01",
      tool: {
        name: "failover",
        version: (
          JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string }
        ).version,
        commit: "abc123",
      },
      owner: "Platform team",
      retest: "2027-02-28",
      scope: {
        subject: "--from stack.json",
        names: [{ name: "www.a.test", type: "A", others: [] }],
        faults: ["203.0.113.99", "check:check", "check:check=healthy", "us-west-2a", "web"],
        properties: [
          "never: a dead answer while an endpoint works",
          "never: a dead answer while all is well",
          "never: the secondary answers while its primary works",
          "never: a server without its database while another has its own",
          "never: no answer",
        ],
      },
      objectives: [{ name: "zoneOrRegion.downtime", objective: 190, achieved: 184, met: true }],
      gaps: [],
    });
    expect(graphSha256).to.match(/^[0-9a-f]{64}$/);
    expect(exclusions.length).to.be.greaterThan(3);
    expect(assumptions.map(({ name }) => name)).to.include.members([
      "propagationSeconds",
      "rate of region",
    ]);
    expect(proof.names[0]?.matrix.map(({ fault }) => fault)).to.include("us-west-2a");
  });

  it("has the same bytes for the same input, and another hash for another graph", async () => {
    const [first, again, other] = await Promise.all([
      recordOf(right),
      recordOf(right),
      recordOf(wrong),
    ]);
    expect(again).to.deep.equal(first);
    expect(parsed(other.record).graphSha256).not.to.equal(parsed(first.record).graphSha256);
  });

  it("lists the gaps of a proof that does not pass", async () => {
    const { record, code } = await recordOf(wrong, {}, "--objective", "database.downtime=1");
    const { result, gaps, owner, retest, tool } = parsed(record);
    expect({ result, gaps, owner, retest, commit: tool.commit, code }).to.deep.equal({
      result: "broken",
      gaps: [
        "www.a.test A: a dead answer while an endpoint works; www-primary: check is healthy: it is disabled, which counts as healthy (H16)",
        "Database: downtime is not measured, allowed 1 s",
      ],
      owner: null,
      retest: null,
      commit: null,
      code: 1,
    });
  });

  it("draws the tiers while all is well, and under what breaks a property", async () => {
    const panels = ({ page }: { readonly page: string }): readonly string[] =>
      [
        ...page
          .replace(/<\/?span[^>]*>/g, "")
          .matchAll(/<strong>([^<]*)<\/strong>\s*((?:with|nothing) [^<]*?)\s*</g),
      ].map(([, title = "", caption = ""]) => `${title}: ${caption}`);
    expect(panels(await recordOf(wrong))).to.deep.equal([
      "all well: nothing failed",
      "a dead answer while an endpoint works: with us-west-2a",
    ]);
    const [well, ...outcomes] = panels(await recordOf(right));
    expect(well).to.equal("all well: nothing failed");
    expect(outcomes).to.deep.equal([
      "some customers get a dead answer: with us-west-2a + 203.0.113.99",
    ]);
  });

  it("is one page without external resources: tree, matrix, timelines, assumptions", async () => {
    const { page } = await recordOf(right);
    expect(page).to.match(/<h1>Evidence of failover: stack\.json<\/h1>/);
    for (const part of [
      "scenario type",
      "Records of www.a.test A",
      "What each fault alone does to www.a.test A",
      "What a false report of a check does to www.a.test A",
      "What each false report alone does to www.a.test A",
      "us-west-2a, hangs in the body",
      "customers of us-west-2a move to www-secondary",
      "Assumptions of the proof",
    ]) {
      expect(page.replace(/<\/?span[^>]*>/g, ""), part).to.contain(part);
    }
    expect(page).not.to.match(/<script|src=|href="(?!#)|@import|url\(http/);
    // The proof has no shares, so no bar claims one.
    expect(page).not.to.contain("height of a bar");
    expect((await recordOf(wrong)).page).to.contain("not planned");
  });

  it("refuses an invalid date, and a file that cannot be written", async () => {
    for (const retest of ["soon", "2027-02-31"]) {
      const { code, err } = await recordOf(right, {}, "--retest", retest);
      expect(err).to.equal(
        `--retest: must be a date, got ${retest}; write it such as 2027-01-31\n`,
      );
      expect(code).to.equal(2);
    }
    const io = memoryIo({ files: { "stack.json": right }, writeError: new Error("EACCES") });
    const code = await main(["prove", "--from", "stack.json", "--evidence", "record.json"], io);
    expect(io.err()).to.equal(
      "--evidence record.json: cannot write the record, got EACCES; name a writable file\n",
    );
    expect(code).to.equal(2);
  });
});

describe("the hash of a graph", () => {
  const one = resource("t", "one", { a: 1, b: [{ c: 2, d: null }] });
  const two = resource("t", "two", { secret: new Unknown("encrypted") });
  const hash = (...resources: readonly Resource[]): string => hashOf(resources);

  it("depends on the resources, but not on their order or ids", () => {
    const turned = resource("t", "one", { b: [{ d: null, c: 2 }], a: 1 });
    expect(hash(one, two)).to.equal(hash(two, { ...turned, id: "another" }));
    expect(hash(one, two)).not.to.equal(hash(one));
    expect(hash(one)).not.to.equal(hash(resource("t", "one", { a: 1, b: [{ c: 3, d: null }] })));
  });
});
