import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { main } from "../../../cli/main";
import type { Resource } from "../../../routing/graph/resource";
import { pair, record, resource } from "../../routing/graph/stack";
import { memoryIo } from "../memoryIo";
import type { ProvenJson, Run } from "./proving";
import { exportOf, prove, rightCheck, web, wrongCheck } from "./proving";

const exported = readFileSync(join(__dirname, "../../fixtures/dev-export.json"), "utf8");

/** A pair of CNAMEs to outside names whose check watches the secondary's. */
const wrongName = pair(
  { type: "CNAME", records: ["a.partner.test"] },
  { fqdn: "b.partner.test" },
).map((one) =>
  one.name === "www-secondary"
    ? { ...one, outputs: { ...one.outputs, type: "CNAME", records: ["b.partner.test"] } }
    : one,
);

interface Simulated {
  readonly names: readonly {
    readonly transitions: {
      readonly classes: readonly {
        readonly downtime: number | null;
        readonly simulated?: { readonly runs: number; readonly worst: number };
      }[];
    };
  }[];
  readonly simulation: object;
}

describe("failover prove", () => {
  it("proves the dev stack from its export: no violation, exit 0", async () => {
    const { code, out } = await prove(exported, "--json");
    const { names, objectives } = JSON.parse(out) as ProvenJson;
    expect(names.map(({ name, type }) => `${name} ${type}`)).to.deep.equal([
      "orders.dev.cafe.com A",
    ]);
    expect(names[0]?.violations).to.deep.equal([]);
    expect(objectives.map(({ met }) => met)).to.deep.equal([true, true, true]);
    expect(code).to.equal(0);
  });

  it("needs at least two faults to bring a customer to the static page of dev", async () => {
    const { out } = await prove(exported, "--json");
    const { names } = JSON.parse(out) as ProvenJson;
    const page = names[0]?.cutSets.find(({ outcome }) => outcome === "staticPage");
    expect(page?.countBySize.slice(0, 2)).to.deep.equal([0, 0]);
    expect(page?.countBySize[2]).to.be.greaterThan(0);
  });

  it("names the smallest counterexample, the check to blame, and a command that reproduces it", async () => {
    const { code, out } = await prove(exportOf(wrongCheck), "--json");
    const { names } = JSON.parse(out) as ProvenJson;
    const why = "check is healthy: it watches other, and not web";
    expect(
      names[0]?.violations.map(({ property, isOpen, faults, blame, replay }) => ({
        property,
        isOpen,
        faults,
        blame,
        replay,
      })),
    ).to.deep.include({
      property: "noDeadAnswer",
      isOpen: false,
      faults: ["us-west-2a"],
      blame: { record: "www-primary", check: "check", why },
      replay: "failover resolve www.a.test A --from stack.json --fail us-west-2a",
    });
    expect(code).to.equal(1);
  });

  for (const [what, resources] of [
    ["a check of another server", wrongCheck],
    ["a check of another name outside", wrongName],
  ] as const) {
    it(`gives commands that show the dead answers of ${what}`, async () => {
      const { out } = await prove(exportOf(resources), "--json");
      const { names } = JSON.parse(out) as ProvenJson;
      const dead = (names[0]?.violations ?? []).filter(
        ({ property }) => property === "noDeadAnswer",
      );
      expect(dead).to.have.lengthOf(2);
      for (const { replay } of dead) {
        const io = memoryIo({ files: { "stack.json": exportOf(resources) } });
        expect(await main(replay.split(" ").slice(1), io), replay).to.equal(1);
        expect(io.out()).to.match(/DEAD/);
      }
    });
  }

  it("reports that a verdict depends on what was not read, exit 2", async () => {
    const unread = rightCheck.filter(({ name }) => name !== "check");
    const { code, out } = await prove(exportOf(unread));
    expect(out).to.match(/^Not proven: it depends on what was not read\.$/m);
    expect(out).to.match(/www-primary: its check check is not part of what was read/);
    expect(code).to.equal(2);
  });

  it("proves the given name, and refuses one that does not exist", async () => {
    const { out } = await prove(exported, "live.orders.dev.cafe.com", "--json");
    expect((JSON.parse(out) as ProvenJson).names.map(({ name }) => name)).to.deep.equal([
      "live.orders.dev.cafe.com",
    ]);
    const { code, err } = await prove(exported, "nowhere.example.com");
    expect(err).to.match(/nowhere\.example\.com: no record has this name/);
    expect(code).to.equal(2);
  });

  it("refuses a stack in which no name has alternatives", async () => {
    const { code, err } = await prove(exportOf(web));
    expect(err).to.match(/stack\.json: no name of it has a choice to prove/);
    expect(code).to.equal(2);
  });

  it("prints the properties, the cut sets, the times and the minutes", async () => {
    const { out } = await prove(exported, "--rate", "region.hours=8");
    expect(out).to.match(/Holds under every set: no dead answer while an endpoint works/);
    expect(out).to.match(/some customers get the static page: us-east-2 \+ us-east-1;/);
    expect(out).to.match(/region +0\.2 +8 +\d faults +set by --rate/);
    expect(out).to.match(/^No set of faults breaks a property, and every objective is met\.$/m);
  });

  it("reports that an outcome always occurs, and how many names have the same tree", async () => {
    const page = [
      resource("aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration", "site", {
        websiteDomain: "s3-website-us-west-2.amazonaws.com",
      }),
      ...["page.a.test", "other.a.test"].map((name) =>
        record(name, {
          name,
          aliases: [
            {
              name: "s3-website-us-west-2.amazonaws.com",
              zoneId: "Z3BJ6K6RIION7M",
              evaluateTargetHealth: false,
            },
          ],
        }),
      ),
    ];
    const { out } = await prove(exportOf([...rightCheck, ...page]), "page.a.test", "other.a.test");
    expect(out).to.match(/some customers get the static page: ALWAYS/);
    expect(out).to.match(/page\.a\.test A · .* sets, and 1 more like it/);
  });

  it("counts the problems, with a reason for each", async () => {
    const { out } = await prove(exportOf(wrongCheck));
    expect(out).to.match(/^3 problems found\.$/m);
    expect(out).to.match(
      /www\.a\.test A: a dead answer while an endpoint works; www-primary: check/,
    );
  });

  it("counts a single problem in the singular", async () => {
    const unchecked = rightCheck.map((one) =>
      one.name === "check"
        ? resource("aws:route53/healthCheck:HealthCheck", "check", {
            type: "HTTP",
            ipAddress: "198.51.100.1",
            disabled: true,
          })
        : one,
    );
    const { code, out } = await prove(exportOf(unchecked));
    expect(out).to.match(/^1 problem found\.$/m);
    expect(code).to.equal(1);
  });

  it("writes the same as a page", async () => {
    const io = memoryIo({ files: { "stack.json": exportOf(rightCheck) } });
    await main(["prove", "--from", "stack.json", "--html", "proof.html"], io);
    expect(io.files.get("proof.html")).to.match(/<h1>Evidence of failover: stack\.json<\/h1>/);
  });

  it("refuses a rate that does not exist", async () => {
    const { code, err } = await prove(exported, "--rate", "moon.hours=8");
    expect(err).to.match(/--rate: no such rate, got moon\.hours=8/);
    expect(code).to.equal(2);
  });

  /** Records for Germany and the USA without a default: other places get no answer. */
  const located = exportOf([
    ...rightCheck.filter(({ name }) => !name.startsWith("www-")),
    record("de", {
      records: ["198.51.100.1"],
      setIdentifier: "de",
      healthCheckId: "check",
      geolocationRoutingPolicies: [{ country: "DE" }],
    }),
    record("us", {
      records: ["198.51.100.2"],
      setIdentifier: "us",
      geolocationRoutingPolicies: [{ country: "US" }],
    }),
  ]);

  it("C19 proves each place separately, and blames a name that has no record for one", async () => {
    const { code, out } = await prove(located, "--json");
    const { names } = JSON.parse(out) as ProvenJson;
    expect(
      names.map(({ from, violations }) => [
        from,
        violations.map(({ property, faults, blame }) => ({ property, faults, blame })),
      ]),
    ).to.deep.equal([
      [
        ["DE"],
        [
          {
            property: "noDeadAnswer",
            faults: ["us-west-2a"],
            blame: {
              record: "de",
              why: "no other record of www.a.test that works is for this place; give it a default",
            },
          },
        ],
      ],
      [
        ["US"],
        [
          {
            property: "noDeadAnswer",
            faults: ["us-west-2b"],
            blame: {
              record: "us",
              why: "no other record of www.a.test that works is for this place; give it a default",
            },
          },
        ],
      ],
      [
        ["anywhere else"],
        [
          {
            property: "alwaysAnswered",
            faults: [],
            blame: { record: "de", why: "no record answers" },
          },
        ],
      ],
    ]);
    expect(code).to.equal(1);
  });

  it("C19 proves only the given place, and names it", async () => {
    const { out } = await prove(located, "--from-location", "DE");
    expect(out.match(/^www\.a\.test A from DE · /gm)).to.have.length(1);
    expect(out).not.to.match(/from US|anywhere else/);
    const refused = await prove(located, "--from-location", "nowhere");
    expect([refused.code, refused.err]).to.deep.equal([
      2,
      "--from-location nowhere: there is no such place; write a region of AWS such as eu-west-1, a country such as DE or US-CA, an address, or the id of a zone such as use1-az1\n",
    ]);
  });

  it("does not take a distribution for the static page, and reports an unknown outcome", async () => {
    const names = { A: "d1.cloudfront.net", B: "d2.cloudfront.net" };
    const distribution = (name: string, role: string, more: object): Resource =>
      record(role, {
        setIdentifier: role,
        failoverRoutingPolicies: [{ type: role }],
        aliases: [{ name, zoneId: "Z2FDTNDATAQYW2", evaluateTargetHealth: false }],
        ...more,
      });
    const stack = exportOf([
      distribution(names.A, "PRIMARY", { healthCheckId: "foreign" }),
      distribution(names.B, "SECONDARY", {}),
    ]);
    const { out } = await prove(stack, "www.a.test");
    expect(out).to.match(/some customers get the static page: unknown/);
  });

  it("N5 proves a CNAME to an external name once, and not for each type", async () => {
    const name = (setIdentifier: string, weight: number): Resource =>
      record(setIdentifier, {
        type: "CNAME",
        setIdentifier,
        records: [`${setIdentifier}.example.net`],
        weightedRoutingPolicies: [{ weight }],
      });
    const { out } = await prove(exportOf([name("one", 1), name("two", 2)]));
    expect(out.match(/^www\.a\.test A+ · /gm)).to.deep.equal(["www.a.test A · "]);
  });

  it("simulates changes to compare with their bounds with --simulate, the same for the same seed", async () => {
    const [first, again, other] = await Promise.all(
      ["7", "7", "8"].map((seed) =>
        prove(exportOf(rightCheck), "--simulate", "50", "--seed", seed, "--json"),
      ),
    );
    expect(first?.out).to.equal(again?.out);
    expect(first?.out).not.to.equal(other?.out);
    const { names, simulation } = JSON.parse(first?.out ?? "") as Simulated;
    expect(simulation).to.deep.equal({ runs: 50, seed: 7 });
    for (const { downtime, simulated } of names[0]?.transitions.classes ?? []) {
      expect(simulated?.runs).to.equal(downtime === null ? undefined : 50);
      if (downtime !== null) expect(simulated?.worst).to.be.within(downtime * 0.9, downtime);
    }
    const { out } = await prove(exportOf(rightCheck), "--simulate", "50");
    expect(out).to.match(/p50 +p99 +worst run/);
    expect(out).to.match(
      /in\s+50\s+runs\s+of\s+the\s+first\s+change\s+of\s+each\s+kind,\s+seed\s+1;/,
    );
  });

  it("refuses bad numbers of runs and bad seeds, one line each", async () => {
    const { code, err } = await prove(exportOf(rightCheck), "--simulate", "few", "--seed", "-1");
    expect(err).to.equal(
      [
        "--simulate: must be a whole number from 1 to 1000000, got few; for example --simulate 1",
        "--seed: must be a whole number from 0 to 2147483647, got -1; for example --seed 1",
        "",
      ].join("\n"),
    );
    expect(code).to.equal(2);
  });
});

describe("failover prove --compare", () => {
  const compared = async (
    files: Readonly<Record<string, string>>,
    ...argv: readonly string[]
  ): Promise<Run> => {
    const io = memoryIo({ files: { "stack.json": exportOf(wrongCheck), ...files } });
    const code = await main(["prove", "--from", "stack.json", ...argv], io);
    return { code, out: io.out(), err: io.err() };
  };

  it("gives the same result for the JSON of an earlier run as for its source", async () => {
    const earlier = exportOf(rightCheck);
    const { out: printed } = await prove(earlier, "--json");
    const files = { "before.json": printed, "zone.json": earlier };
    const [fromProof, fromSource] = await Promise.all(
      ["before.json", "zone.json"].map(async (file) => {
        const { code, out } = await compared(files, "--compare", file, "--json");
        expect(code).to.equal(1);
        return (JSON.parse(out) as { comparison: { differences: readonly object[] } }).comparison
          .differences;
      }),
    );
    expect(fromProof).to.deep.equal(fromSource);
    expect(fromProof).to.deep.include({
      name: "www.a.test A",
      kind: "answer",
      what: "us-west-2a",
      before: "www-secondary",
      after: "us-west-2a DEAD",
      direction: "worse",
    });
  });

  it("prints the differences below the proof", async () => {
    const files = { "before.json": exportOf(rightCheck) };
    const { out } = await compared(files, "--compare", "before.json");
    expect(out).to.match(/stack\.json, compared with before\.json/);
  });

  it("refuses a file that is neither, in one line, exit 2", async () => {
    const files = { "no.json": '{"names": 1}', "text.json": "text" };
    const wrong = await compared(files, "--compare", "no.json");
    expect(wrong.err).to.match(
      /^--compare no\.json: no proof of this version, got .* at (stack|names|objectives|rates); print it again with `failover prove --json`\n$/,
    );
    const text = await compared(files, "--compare", "text.json");
    expect(text.err).to.match(/^--compare text\.json: /);
    const missing = await compared(files, "--compare", "missing.json");
    expect(missing.err).to.match(/^--compare missing\.json: cannot read the file/);
    expect([wrong.code, text.code, missing.code]).to.deep.equal([2, 2, 2]);
  });

  it("applies objectives to a zone without any, and exits with 1 if one is missed", async () => {
    const missed = await prove(exportOf(rightCheck), "--objective", "zoneOrRegion.downtime=60");
    expect(missed.out).to.match(/Zone or region: downtime +\d+ s of 60 s +MISSED/);
    expect(missed.code).to.equal(1);
    const met = await prove(exportOf(rightCheck), "--objective", "zoneOrRegion.downtime=600");
    expect(met.code).to.equal(0);
  });

  it("refuses a bad objective", async () => {
    const both = await prove(
      exported,
      "--objective",
      "speed=1",
      "--objective",
      "database.downtime=soon",
    );
    expect(both.err.split("\n")).to.deep.equal([
      "--objective: no such objective, got speed=1; write one of zoneOrRegion.detection, zoneOrRegion.downtime, database.downtime with its seconds, such as zoneOrRegion.downtime=90",
      "--objective database.downtime: must be seconds, 0 or more, got database.downtime=soon; for example database.downtime=90",
      "",
    ]);
    expect(both.code).to.equal(2);
  });
});
