import { expect } from "chai";
import { pair, record, resource } from "../../routing/graph/stack";
import type { ProvenJson } from "./proving";
import { exportOf, prove } from "./proving";

describe("failover prove of addresses that no resource stands for", () => {
  it("reports what it tried by kind, and that no objectives are set", async () => {
    const { code, out } = await prove(
      exportOf(pair({ records: ["8.8.4.1"] }, { ipAddress: "8.8.4.1" })),
    );
    expect(out).to.match(
      /Tried: 2 addresses or names that no resource stands for, 2 false reports of checks\./,
    );
    expect(out).to.match(/^No set of faults breaks a property\. No objectives are set\.$/m);
    expect(out).to.match(/region +0\.2 +4 +nothing +assumed/);
    expect(out).to.match(/endpoint +2 +0\.5 +2 faults +assumed/);
    expect(code).to.equal(0);
  });

  for (const [what, resources, faults, why] of [
    [
      "a primary whose check probes the secondary",
      pair({ records: ["8.8.4.1"] }, { ipAddress: "203.0.113.99" }),
      ["8.8.4.1"],
      "check is healthy: it watches 203.0.113.99, and not 8.8.4.1",
    ],
    [
      "a weighted record without a check",
      [
        ...pair({}, { ipAddress: "8.8.4.1" }).filter(({ name }) => !name.startsWith("www-")),
        ...["8.8.4.1", "8.8.4.2"].map((address, index) =>
          record(`www-${index}`, {
            records: [address],
            setIdentifier: `${index}`,
            weightedRoutingPolicies: [{ weight: 50 }],
            ...(index === 0 ? { healthCheckId: "check" } : {}),
          }),
        ),
      ],
      ["8.8.4.2"],
      "it has no health check, so it is always healthy",
    ],
    [
      "a primary that does not evaluate a checked pair",
      [
        ...pair({
          aliases: [{ name: "pool.a.test", zoneId: "Z1", evaluateTargetHealth: false }],
          healthCheckId: null,
          ttl: null,
        }),
        ...["8.8.4.1", "8.8.4.2"].flatMap((ipAddress, index) => [
          resource("aws:route53/healthCheck:HealthCheck", `check-${index}`, {
            type: "HTTP",
            ipAddress,
          }),
          record(`pool-${index}`, {
            name: "pool.a.test",
            records: [ipAddress],
            setIdentifier: `${index}`,
            weightedRoutingPolicies: [{ weight: 50 }],
            healthCheckId: `check-${index}`,
          }),
        ]),
      ],
      ["8.8.4.1", "8.8.4.2"],
      "it has no health check and does not evaluate its target, so it is always healthy",
    ],
  ] as const) {
    it(`finds ${what}, where nothing shows what has the addresses`, async () => {
      const { code, out } = await prove(exportOf(resources), "--json");
      const [violation] = (JSON.parse(out) as ProvenJson).names[0]?.violations ?? [];
      expect(violation).to.deep.include({ property: "noDeadAnswer", isOpen: false, faults });
      expect(violation?.blame).to.deep.include({ why });
      expect(code).to.equal(1);
    });
  }
});
