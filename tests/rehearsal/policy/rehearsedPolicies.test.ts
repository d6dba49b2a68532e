import { readFileSync } from "node:fs";
import { expect } from "chai";
import { startPolicies } from "../../../rehearsal/policy/rehearsedPolicies";
import { InputError } from "../../../routing/inputError";
import type { Resource } from "../../../routing/graph/resource";
import { evaluated, evaluatedZone } from "../../program/evaluated";

const fromDisk = {
  readFile: (path: string) => Promise.resolve().then(() => readFileSync(path, "utf8")),
};

/** The packs' files, with another text for paths with the given ending. */
const instead = (ending: string, text: string): typeof fromDisk => ({
  readFile: (path) => (path.endsWith(ending) ? Promise.resolve(text) : fromDisk.readFile(path)),
});

describe("the packs in a rehearsal", function () {
  it("check each stack at its own levels, in the order of the requests", async () => {
    const policies = startPolicies(["dev", "nowhere"], fromDisk);
    try {
      const { resources } = await evaluated("dev");
      const [dev, other, foreign] = await Promise.all([
        policies.reportsOn({ program: { stack: "dev", resources, isOwn: true } }),
        // There is no file with that name, so the levels of prod apply, with shorter TTLs.
        policies.reportsOn({ program: { stack: "nowhere", resources, isOwn: true } }),
        // Another team's stack may have the name of one of this program's.
        policies.reportsOn({ program: { stack: "prod", resources } }),
      ]);
      expect(dev.map(({ pack, mandatory, broken }) => [pack, mandatory, broken])).to.deep.equal([
        ["dns-failover", 0, 0],
        ["workload", 0, 0],
      ]);
      for (const { summary } of dev) expect(summary).to.match(/rules applied$/);
      expect(foreign.flatMap(({ stops }) => stops).join("\n")).not.to.contain("short-ttl");
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

  it("report all faults of both environments' files, and can be stopped without a request", async () => {
    const policies = startPolicies(
      ["dev", "prod"],
      instead("dev.json", JSON.stringify({ nothing: "mandatory", all: "sometimes" })),
    );
    try {
      const asked = await policies
        .reportsOn({ program: { stack: "prod", resources: [], isOwn: true } })
        .then(
          () => undefined,
          (error: unknown) => error,
        );
      expect(asked).to.be.instanceOf(InputError);
      expect((asked as InputError).faults).to.deep.equal([
        'policies/dns-failover/dev.json: nothing: unknown key, got "mandatory"; remove it',
        'policies/dns-failover/dev.json: all: must be one of disabled, advisory, mandatory, remediate, got "sometimes"; correct it',
        'policies/workload/dev.json: nothing: unknown key, got "mandatory"; remove it',
        'policies/workload/dev.json: all: must be one of disabled, advisory, mandatory, remediate, got "sometimes"; correct it',
      ]);
    } finally {
      await policies.stop();
    }
    await startPolicies(["dev"], instead("dev.json", "no JSON")).stop();
  });

  it("also check the project of the zone, if a rule applies to it", async () => {
    const policies = startPolicies(["prod"], fromDisk);
    try {
      const program = { stack: "prod", resources: [], isOwn: true };
      const { resources } = await evaluatedZone("prod");
      const packs = async (zone: readonly Resource[]): Promise<readonly string[]> =>
        (await policies.reportsOn({ program, zone: { resources: zone } })).map(({ pack }) => pack);
      const own = ["dns-failover", "workload"];
      expect(await packs([])).to.deep.equal(own);
      expect(await packs(resources)).to.deep.equal([
        ...own,
        ...own.map((pack) => `${pack} of zone/`),
      ]);
      const forced = resources.map((one) =>
        one.name === "zone"
          ? { ...one, protect: false, inputs: { ...one.inputs, forceDestroy: true } }
          : one,
      );
      const reports = await policies.reportsOn({ program, zone: { resources: forced } });
      expect(reports.map(({ mandatory }) => mandatory)).to.deep.equal([0, 0, 0, 1]);
    } finally {
      await policies.stop();
    }
  });

  it("reject a stack that was not announced", async () => {
    const policies = startPolicies(["dev"], fromDisk);
    try {
      const asked = await policies
        .reportsOn({ program: { stack: "prod", resources: [], isOwn: true } })
        .then(
          () => undefined,
          (error: unknown) => (error as Error).message,
        );
      expect(asked).to.equal("prod: the packs have no configuration for this environment");
    } finally {
      await policies.stop();
    }
  });
});
