import { AwsError } from "../../aws/awsError";
import type { Answers } from "./answers";
import { clean } from "./answers";

/** moto's account. */
export const account = "123456789012";

/** Obstacles that moto has no answer for: the real check, and answers in the shapes of AWS's models. */
export const seam: readonly { title: string; answers: Answers; found: readonly string[] }[] = [
  {
    title: "health checks over the quota",
    answers: {
      "route53.getAccountLimit": ({ Type }) => ({ Limit: { Type, Value: 200 }, Count: 195 }),
    },
    found: [
      "will fail: quotas: health checks of the account: 195 in use and 14 more are over the 200 of this account; ask for more in Service Quotas",
    ],
  },
  {
    title: "Elastic IPs over what a new account may have",
    answers: {
      "quotas.getServiceQuota": ({ QuotaCode }) => ({
        Quota: { QuotaCode, Value: QuotaCode === "L-0263D0A3" ? 3 : 64 },
      }),
    },
    found: ["eu-west-1", "us-west-2"].map(
      (region) =>
        `will fail: quotas: Elastic IP addresses in ${region}: 0 in use and 4 more are over the 3 of this account, where the default is 5; ask for more in Service Quotas`,
    ),
  },
  {
    title: "a version of MySQL that RDS no longer sells",
    answers: {
      "rds.describeOrderableDBInstanceOptions": () => ({
        OrderableDBInstanceOptions: [{ EngineVersion: "9.1.0", MultiAZCapable: true }],
      }),
    },
    found: [
      ["dublin", "eu-west-1"],
      ["oregon", "us-west-2"],
    ].map(
      ([name, region]) =>
        `will fail: databases: ${name}-orders-database: db.m7g.large, mysql 8.4: the version cannot be ordered in ${region}, but 9.1.0 can; use a version that RDS still sells`,
    ),
  },
  {
    title: "a node type that ElastiCache has nowhere",
    answers: {
      "elasticache.describeReservedCacheNodesOfferings": () => ({
        ReservedCacheNodesOfferings: [],
      }),
    },
    found: [
      ["dublin", "eu-west-1"],
      ["oregon", "us-west-2"],
    ].map(
      ([name, region]) =>
        `will fail: caches: ${name}-orders-cache: cache.t4g.small, redis 7.1: ElastiCache sells no such node in ${region}; set another failover:orders.cacheNodeType`,
    ),
  },
  {
    title: "an action that the role may not do",
    answers: {
      "iam.simulatePrincipalPolicy": (input) => {
        const { EvaluationResults } = clean["iam.simulatePrincipalPolicy"]?.(input) as {
          readonly EvaluationResults: readonly { readonly EvalActionName: string }[];
        };
        return {
          IsTruncated: false,
          EvaluationResults: EvaluationResults.map((one) =>
            one.EvalActionName === "route53:CreateHealthCheck"
              ? { ...one, EvalDecision: "implicitDeny" }
              : one,
          ),
        };
      },
    },
    found: [
      `will fail: permissions: permissions of arn:aws:sts::${account}:assumed-role/deployer/update: not allowed: route53:CreateHealthCheck; allow them to it`,
    ],
  },
  {
    title: "what is throttled as not told, and everything else",
    answers: {
      "route53.getAccountLimit": () => {
        const throttled = Object.assign(new Error("Rate exceeded"), { name: "Throttling" });
        throw new AwsError("route53 getAccountLimit in us-east-1", throttled);
      },
    },
    found: [
      "cannot tell: quotas: health checks of the account: AWS throttles route53 getAccountLimit in us-east-1; run it again, or look by hand",
    ],
  },
];
