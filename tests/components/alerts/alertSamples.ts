import type { AlarmSpec } from "../../../components/alerts/alarm";
import type { WatchedRegion } from "../../../components/alerts/failoverAlarms";
import { named } from "../pulumiMocks";
import type { Made } from "../pulumiMocks";

export const runbookUrl = "https://example.test/runbook.md";

/** A region with its usual checks; `more` adds to them. */
export function region(
  name: string,
  zones: readonly [string, string],
  more: Partial<WatchedRegion> = {},
): WatchedRegion {
  const [first, second] = zones;
  return {
    name,
    availabilityZones: [
      { availabilityZone: first, checkIds: { A: `id-${first}` } },
      { availabilityZone: second, checkIds: { A: `id-${second}` } },
    ],
    deepCheckId: `id-${name}-deep`,
    checkId: `id-${name}-region`,
    ...more,
  };
}

export const regions = [
  region("oregon", ["us-west-2a", "us-west-2b"]),
  region("dublin", ["eu-west-1a", "eu-west-1b"]),
] as const;

/** A valid alarm, for tests that break it. */
export const alarm: AlarmSpec = {
  key: "one",
  metric: {
    namespace: "AWS/EC2",
    name: "StatusCheckFailed",
    dimensions: { InstanceId: "i-1" },
    statistic: "Maximum",
    periodSeconds: 60,
  },
  comparison: "GreaterThanOrEqualToThreshold",
  threshold: 1,
  periods: 2,
  missingData: "breaching",
  message: {
    meaning: "Something is wrong.",
    customers: "nothing.",
    system: "it heals.",
    action: "wait.",
    anchor: "something-wrong",
  },
};

/** The created resources, as `parent > name type`. */
export function listOf(made: readonly Made[]): readonly string[] {
  return made.map(({ type, name, parent }) => `${parent} > ${name} ${type}`);
}

/** A policy in the inputs of a resource, as an object. */
export function policyOf(made: readonly Made[], name: string, property = "policy"): unknown {
  return JSON.parse(String(named(made, name).inputs[property]));
}

/** The statement that lets an account administer its keys. */
export const accountAdministers = {
  Sid: "AccountAdministers",
  Effect: "Allow",
  Principal: { AWS: "arn:aws:iam::123456789012:root" },
  Action: "kms:*",
  Resource: "*",
};
