import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { databaseSilentSeconds } from "../../../../rehearsal/live/lamp/lampServers";
import { packageDirectory } from "../../../../packageDirectory";
import { failureModes, probe, probeLimitsOf } from "../../../../routing/checker";
import { StackModel } from "../../../../routing/graph/stackModel";
import { evaluated } from "../../../program/evaluated";

describe("the application's limit for a silent database", () => {
  it("is the one that the drill allows for", () => {
    const limits = readFileSync(join(packageDirectory, "app/src/Limits.php"), "utf8");
    const [, ms] = /DATABASE_SILENT_MS = (\d+);/.exec(limits) ?? [];
    expect(Number(ms) / 1_000).to.equal(databaseSilentSeconds);
  });

  for (const [stack, database] of [
    ["prod", "oregon-orders-database"],
    ["dev", "ohio-orders-database"],
  ] as const) {
    it(`is within the bound of ${stack}: an error comes sooner than the slowest failure that the bound counts`, async () => {
      const { resources, outputs } = await evaluated(stack);
      const model = new StackModel(resources);
      const name = (outputs as { hostnames?: readonly string[] }).hostnames?.[0] ?? "";
      const checks = [...model.route53.checks.values()].flatMap((check) =>
        check.kind === "endpoint" && check.path === "/health.php" ? [check] : [],
      );
      expect(checks.length).to.be.at.least(2);
      const bounds = failureModes.map(
        (death) => model.worstCase(name, "A", [], model.faults([database]), death).detectionSeconds,
      );
      for (const { type, failureThreshold, intervalSeconds } of checks) {
        const { connectSeconds, statusSeconds } = probeLimitsOf(type);
        const error = probe(type, {
          ...{ connect: connectSeconds, firstByte: statusSeconds, status: 503 },
          ...{ body: 0, bodyText: "" },
        });
        expect(error.passed).to.equal(false);
        const latestSeconds =
          databaseSilentSeconds + failureThreshold * (intervalSeconds + error.seconds);
        expect(latestSeconds).to.equal(222);
        expect(latestSeconds).to.be.at.most(Math.max(...bounds.map(Number)));
      }
    });
  }
});
