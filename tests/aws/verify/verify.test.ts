import { expect } from "chai";
import { BoundedCalls, callsMax } from "../../../aws/verify/calls";
import { cleanUp } from "../../../aws/verify/cleanUp";
import type { VerifyJournal } from "../../../aws/verify/journal";
import { parseVerifyJournal } from "../../../aws/verify/journal";
import { adviceOn, testRecords } from "../../../aws/verify/questions";
import { verifyReport } from "../../../aws/verify/report";
import { verifyAssumptions, zoneForTests } from "../../../aws/verify/verify";
import type { Verification } from "../../../aws/verify/verify";
import { main } from "../../../cli/main";
import { asText } from "../../../rehearsal/report/asText";
import { paintOf } from "../../../rehearsal/report/paint";
import { memoryIo } from "../../cli/memoryIo";
import { FakeRoute53 } from "./fakeRoute53";
import type { Truth } from "./fakeRoute53";
import { expectPublished } from "../../schemas/expectPublished";

const assumed: Truth = {
  invertedDisabledIsUnhealthy: true,
  zeroWeightKeepsBranchHealthy: true,
  aliasesMax: 99,
  checkersDialValuesAlike: true,
  s3WebsiteTtlSeconds: 60,
  testFollowsHealth: true,
};
const name = "verify.example.org";

/** A verification against a fake, with a clock that jumps. */
class Run {
  readonly fake: FakeRoute53;
  readonly journals: VerifyJournal[] = [];
  readonly waits: number[] = [];
  readonly calls: BoundedCalls;
  interruptAt = Infinity;
  constructor(truth: Partial<Truth> = {}) {
    this.fake = new FakeRoute53({ ...assumed, ...truth });
    this.calls = this.boundedCalls();
  }

  boundedCalls(): BoundedCalls {
    return new BoundedCalls(this.fake.client, (milliseconds) => {
      this.waits.push(milliseconds);
      return Promise.resolve();
    });
  }

  async verify(): Promise<Verification> {
    const zone = await zoneForTests(name, false, this.calls);
    return verifyAssumptions(zone, {
      calls: this.calls,
      wait: () => Promise.resolve(),
      keep: (journal) => {
        this.journals.push(journal);
        return Promise.resolve();
      },
      interruption: () => (this.fake.calls.length >= this.interruptAt ? "Ctrl-C" : undefined),
      say: () => undefined,
      unique: "0123abcd",
      dns: {
        addressesOf: () => Promise.resolve(["198.51.100.80"]),
        serversAt: () => Promise.resolve([{ address: "198.51.100.53", port: 53 }]),
        ask: (_, asked) =>
          Promise.resolve({
            rcode: "NOERROR",
            isAuthoritative: true,
            records: [
              {
                name: asked,
                type: "A",
                class: "IN",
                ttl: this.fake.truth.s3WebsiteTtlSeconds,
                data: "198.51.100.81",
              },
            ],
          }),
      },
    });
  }

  get leftovers(): readonly unknown[] {
    return [...this.fake.records.filter(({ Name }) => Name !== name), ...this.fake.checks.keys()];
  }
}

const valuesOf = ({ learned }: Verification): Readonly<Record<string, unknown>> =>
  Object.fromEntries(learned.map((one) => [one.assumption ?? "aliases", one.value]));

describe("failover verify, against a fake of Route 53", () => {
  for (const [change, expected] of [
    [{}, {}],
    [{ invertedDisabledIsUnhealthy: false }, { invertedDisabledIsUnhealthy: false }],
    [{ zeroWeightKeepsBranchHealthy: false }, { zeroWeightKeepsBranchHealthy: false }],
    [{ aliasesMax: 3 }, { aliases: 0 }],
    [{ aliasesMax: 5 }, { aliases: 5 }],
    [{ aliasesMax: 7 }, { aliases: 6 }],
    [{ checkersDialValuesAlike: false }, { checkersDialValuesAlike: false }],
    [{ s3WebsiteTtlSeconds: 5 }, { s3WebsiteTtlSeconds: 5 }],
    [
      { testFollowsHealth: false },
      { invertedDisabledIsUnhealthy: null, zeroWeightKeepsBranchHealthy: null, aliases: null },
    ],
  ] as const) {
    it(`finds the truth in at most ${callsMax} calls, where it is ${JSON.stringify(change)}`, async () => {
      const run = new Run(change);
      const result = await run.verify();
      expectPublished("verify", result);
      expect(valuesOf(result)).to.deep.equal({
        invertedDisabledIsUnhealthy: true,
        zeroWeightKeepsBranchHealthy: true,
        aliases: 8,
        checkersDialValuesAlike: true,
        s3WebsiteTtlSeconds: 60,
        ...expected,
      });
      expect(run.fake.calls.length).to.equal(result.calls);
      expect(result.calls).to.be.at.most(callsMax);
      expect([result.left, run.leftovers, run.journals.at(-1)?.phase]).to.deep.equal([
        [],
        [],
        "clean",
      ]);
      // Five calls a second.
      expect(run.waits.length).to.equal(result.calls - 1);
      expect(Math.min(...run.waits)).to.equal(200);
    });
  }

  it("says which assumption to set", async () => {
    const result = await new Run({ invertedDisabledIsUnhealthy: false, aliasesMax: 3 }).verify();
    expect(result.learned.map(adviceOn)).to.deep.equal([
      "set invertedDisabledIsUnhealthy to false in routing/assumptions.ts",
      "zeroWeightKeepsBranchHealthy is true already: nothing to do",
      "the tree of this project has 5: it must not be deployed",
      "checkersDialValuesAlike is true already: nothing to do",
      "s3WebsiteTtlSeconds is 60 already: nothing to do",
    ]);
    const text = asText(verifyReport(name, result), {
      paint: paintOf(false),
      columns: 200,
      isBounded: false,
      hasDetails: true,
    });
    expect(text.replace(/\s+/g, " ")).to.include("invertedDisabledIsUnhealthy to false");
    expect(text).to.include("5 of 5 questions are answered, and 2 answers ask for a change.");
  });

  it("writes the journal before it creates anything, and each check before the next", async () => {
    const run = new Run();
    await run.verify();
    expect(run.journals[0]).to.deep.include({
      below: `fv-0123abcd.${name}`,
      reference: "fv-0123abcd",
      checkIds: [],
      phase: "open",
    });
    expect(run.journals.map(({ checkIds }) => checkIds.length)).to.deep.equal([0, 1, 2, 3, 4, 4]);
  });

  it("creates its names below one unique label only", () => {
    const checks = { byName: "1", down: "2", disabled: "3", disabledInverted: "4" };
    const records = testRecords(`fv-1.${name}`, "Z1", checks, "198.51.100.80");
    expect(records.filter(({ Name = "" }) => !Name.endsWith(`.fv-1.${name}`))).to.deep.equal([]);
  });

  it("leaves nothing where a call fails or is lost, or a person ends it, at any call", async () => {
    const whole = (await new Run().verify()).calls;
    for (const how of ["before", "after", "interrupt"] as const) {
      for (let at = 5; at <= whole; at++) {
        const run = new Run();
        if (how === "interrupt") run.interruptAt = at;
        else run.fake.fault = (_, count) => (count === at ? how : undefined);
        const result = await run.verify();
        const where = `${how} ${at}`;
        expect([where, result.left, run.leftovers]).to.deep.equal([where, [], []]);
        expect(result.calls).to.be.at.most(callsMax);
      }
    }
  });

  it("says what is left where cleaning up fails, and a later run removes it", async () => {
    const run = new Run();
    run.fake.fault = (call) => (/^delete/.test(call) ? "before" : undefined);
    const result = await run.verify();
    expect(result.left).to.have.length(4);
    expect(result.left[0]).to.equal(
      "health check check-4: route53 call in us-east-1 was not answered, got TimeoutError",
    );
    const journal = run.journals.at(-1);
    expect(journal?.phase).to.equal("open");
    run.fake.fault = undefined;
    if (journal) expect(await cleanUp(journal, run.boundedCalls(), true)).to.deep.equal([]);
    expect(run.leftovers).to.deep.equal([]);
  });

  it("finds a check whose creation was never confirmed, by its reference", async () => {
    const run = new Run();
    run.fake.checks.set("lost", { config: { Type: "HTTP" }, reference: "fv-0123abcd-down" });
    run.fake.checks.set("other", { config: { Type: "HTTP" }, reference: "of another team" });
    const journal: VerifyJournal = {
      version: 1,
      zoneId: "Z1",
      below: `fv-0123abcd.${name}`,
      reference: "fv-0123abcd",
      checkIds: [],
      phase: "open",
    };
    expect(await cleanUp(journal, run.calls, true)).to.deep.equal([]);
    expect(run.leftovers).to.deep.equal(["other"]);
  });

  it("refuses a zone with other records unless forced, and one of a stack always", async () => {
    const run = new Run();
    const outcome = (force: boolean): Promise<string> =>
      zoneForTests(name, force, run.boundedCalls()).then(
        ({ id }) => id,
        (error: unknown) => (error as Error).message,
      );
    expect(await outcome(false)).to.equal("Z1");
    run.fake.records.push({ Name: `www.${name}`, Type: "A" });
    expect(await outcome(false)).to.equal(
      `--zone-for-tests ${name}: must have no records but SOA and NS, got www.${name} A; use an empty zone, or --force if nobody uses this one`,
    );
    expect(await outcome(true)).to.equal("Z1");
    run.fake.tags = [
      { Key: "Project", Value: "failover-zone" },
      { Key: "Environment", Value: "prod" },
    ];
    expect(await outcome(true)).to.equal(
      `--zone-for-tests ${name}: must be a zone of no stack, got that of stack prod of failover-zone; create an empty one for this purpose`,
    );
  });

  it("asks for a zone, and knows no other journal than its own", async () => {
    const io = memoryIo();
    expect(await main(["verify"], io)).to.equal(2);
    expect(io.err()).to.equal("--zone-for-tests: required, got none; name an empty hosted zone\n");
    expect(() => parseVerifyJournal("{}", "j.json")).to.throw(
      "j.json: must be the journal of a verification, got another text",
    );
    const quiet = memoryIo({ env: { AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b" } });
    expect(await main(["verify", "--zone-for-tests", name, "--clean-up"], quiet)).to.equal(0);
    expect(quiet.out()).to.equal("Nothing is left: no run has an open journal here.\n");
  });
});
