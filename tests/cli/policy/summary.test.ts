import { readFileSync } from "node:fs";
import { expect } from "chai";
import { startPolicies } from "../../../cli/policy/summary";
import { InputError } from "../../../routing/inputError";
import { evaluated } from "../../program/evaluated";

const fromDisk = {
  readFile: (path: string) => Promise.resolve().then(() => readFileSync(path, "utf8")),
};

/** The packs' files, with another text for those whose path ends like this. */
const instead = (ending: string, text: string): typeof fromDisk => ({
  readFile: (path) => (path.endsWith(ending) ? Promise.resolve(text) : fromDisk.readFile(path)),
});

describe("the packs beside a rehearsal", function () {
  this.timeout(60_000);

  it("report on each stack by its own levels, in the order of the questions", async () => {
    const policies = startPolicies(["dev", "nowhere"], fromDisk);
    try {
      const { resources } = await evaluated("dev");
      const [dev, other] = await Promise.all([
        policies.reportsOn({ stack: "dev", resources }),
        // No file of that name: the levels of prod, whose TTLs are shorter.
        policies.reportsOn({ stack: "nowhere", resources }),
      ]);
      expect(dev.map(({ pack, mandatory, broken }) => [pack, mandatory, broken])).to.deep.equal([
        ["dns-failover", 0, 0],
        ["workload", 0, 0],
      ]);
      for (const { summary } of dev) expect(summary).to.match(/rules had something to check$/);
      const [dns] = other;
      expect(dns?.mandatory).to.be.greaterThan(0);
      expect(dns?.stops).to.have.length(dns?.mandatory ?? 0);
      expect(dns?.stops.join("\n")).to.match(
        /^failover-record-has-short-ttl: .*\.ttl: must be at most 10 s, got 60 s, so /m,
      );
    } finally {
      await policies.stop();
    }
  });

  it("tell all faults of both environments' files, and can be stopped without a question", async () => {
    const policies = startPolicies(
      ["dev", "prod"],
      instead("dev.json", JSON.stringify({ nothing: "mandatory", all: "sometimes" })),
    );
    try {
      const asked = await policies.reportsOn({ stack: "prod", resources: [] }).then(
        () => undefined,
        (error: unknown) => error,
      );
      expect(asked).to.be.instanceOf(InputError);
      expect((asked as InputError).faults).to.deep.equal([
        'policies/dns-failover/dev.json: nothing: is not known, got "mandatory"; leave it out',
        'policies/dns-failover/dev.json: all: must be one of disabled, advisory, mandatory, remediate, got "sometimes"; correct it',
        'policies/workload/dev.json: nothing: is not known, got "mandatory"; leave it out',
        'policies/workload/dev.json: all: must be one of disabled, advisory, mandatory, remediate, got "sometimes"; correct it',
      ]);
    } finally {
      await policies.stop();
    }
    await startPolicies(["dev"], instead("dev.json", "no JSON")).stop();
  });

  it("refuse a stack that they were not told of", async () => {
    const policies = startPolicies(["dev"], fromDisk);
    try {
      const asked = await policies.reportsOn({ stack: "prod", resources: [] }).then(
        () => undefined,
        (error: unknown) => (error as Error).message,
      );
      expect(asked).to.equal("prod: the packs were not told of this environment");
    } finally {
      await policies.stop();
    }
  });
});
