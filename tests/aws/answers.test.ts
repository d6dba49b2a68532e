import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect } from "chai";
import { AwsError } from "../../aws/awsError";
import { needModels } from "../program/awsModels/python";
import type { Input } from "./answers";
import { clean } from "./answers";
import { seam } from "./seam";

describe("answers that moto does not provide", () => {
  const calls: readonly (readonly [string, Input])[] = [
    ["quotas.getServiceQuota", { QuotaCode: "L-1216C47A" }],
    ["route53.getAccountLimit", { Type: "MAX_HEALTH_CHECKS_BY_OWNER" }],
    ["route53.getHostedZoneLimit", { Type: "MAX_RRSETS_BY_ZONE" }],
    [
      "iam.simulatePrincipalPolicy",
      { ActionNames: ["ec2:RunInstances"], ResourceArns: ["a", "b"] },
    ],
    [
      "rds.describeOrderableDBInstanceOptions",
      { Engine: "mysql", DBInstanceClass: "db.m7g.large" },
    ],
    ["elasticache.describeReservedCacheNodesOfferings", { CacheNodeType: "cache.t4g.small" }],
    ["elasticache.describeCacheEngineVersions", { Engine: "redis" }],
  ];

  /** The faults that botocore's models find in answers. */
  function faultsOf(answers: readonly (readonly [string, object])[]): string {
    const input = answers.map(([key, output]) => {
      const [service, operation] = key.split(".");
      return JSON.stringify({ service, operation, output });
    });
    const { status, stdout, stderr } = spawnSync("python3", ["-B", join(__dirname, "answers.py")], {
      input: input.join("\n"),
      encoding: "utf8",
    });
    expect(status, stderr).to.equal(0);
    return stdout;
  }

  before(function () {
    needModels(this);
  });

  it("all have the shapes of botocore's models", () => {
    expect(calls.map(([key]) => key)).to.have.members(Object.keys(clean));
    const answers = [
      ...calls.map(([key, input]) => [key, clean[key]?.(input) ?? {}] as const),
      ...seam.flatMap(({ answers: each }) =>
        Object.entries(each).flatMap(([key, answer]) => {
          const [, input = {}] = calls.find(([name]) => name === key) ?? [];
          try {
            return [[key, answer(input)] as const];
          } catch (error) {
            if (error instanceof AwsError) return [];
            throw error;
          }
        }),
      ),
    ];
    expect(answers).to.have.length(19);
    expect(faultsOf(answers)).to.equal("");
  });

  it("would be rejected with an unknown member or another type", () => {
    expect(faultsOf([["route53.getAccountLimit", { Limits: [], Count: "3" }]])).to.equal(
      "GetAccountLimit.Limits: is no member\nGetAccountLimit.Count: is no number\n",
    );
  });
});
