import { expect } from "chai";
import { pair, record } from "../../routing/graph/stack";
import type { ProvenJson } from "./proving";
import { exportOf, prove, rightCheck, wrongCheck } from "./proving";

describe("failover prove of a zone with a name that cannot be proven", () => {
  const broken = ["one", "two"].map((letter) =>
    record(`broken-${letter}`, {
      name: "broken.a.test",
      setIdentifier: letter,
      weightedRoutingPolicies: [{ weight: 1 }],
      aliases: [{ name: "gone.a.test", zoneId: "Z1", evaluateTargetHealth: true }],
    }),
  );
  const reasons = ["one", "two"].map(
    (letter) =>
      `broken-${letter}: its alias has no target (A12), got gone.a.test A; create that record, or point the alias elsewhere`,
  );

  it("proves the other names, and lists that one with the reason, exit 2", async () => {
    const zone = exportOf([...rightCheck, ...broken]);
    const { out, code } = await prove(zone, "--json");
    const { names, unproven } = JSON.parse(out) as ProvenJson;
    expect(names.map(({ name }) => name)).to.deep.equal(["www.a.test"]);
    expect(unproven).to.deep.equal([{ name: "broken.a.test", others: [], reasons }]);
    expect(code).to.equal(2);
    const report = await prove(zone);
    expect(report.out).to.match(/^1 name cannot be proven\.$/m);
    expect(report.out.replace(/\s+/g, " ")).to.include(
      `broken.a.test: cannot be proven: ${reasons[0] ?? ""}`,
    );
    expect(report.out).to.match(/^www\.a\.test A · /m);
  });

  it("exits with 1 where another name is violated", async () => {
    const { code, out } = await prove(exportOf([...wrongCheck, ...broken]));
    expect(out).to.match(/^\d+ problems found\.$/m);
    expect(code).to.equal(1);
  });

  it("refuses it where it is asked for, or where it is the only one", async () => {
    for (const run of [
      prove(exportOf([...rightCheck, ...broken]), "www.a.test", "broken.a.test"),
      prove(exportOf([...pair({}).slice(0, 1), ...broken])),
    ]) {
      const { code, err, out } = await run;
      expect(err.trim().split("\n")).to.deep.equal(reasons);
      expect([code, out]).to.deep.equal([2, ""]);
    }
  });
});
