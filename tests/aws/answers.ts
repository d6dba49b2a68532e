import type { Account, Services } from "../../aws/clients";

/** Answers to operations, by service and operation: `rds.describeOrderableDBInstanceOptions`. */
export type Answers = Readonly<Record<string, (input: Input) => object>>;

/** The parameters of a call that the answers read. */
export type Input = Readonly<Record<string, unknown>>;

/**
 * Answers of a clean account to the operations that moto lacks. Their shapes are checked against
 * botocore's models (answers.py); no test checks that AWS returns these values.
 */
export const clean: Answers = {
  "quotas.getServiceQuota": ({ QuotaCode }) => ({
    Quota: { QuotaCode, Value: QuotaCode === "L-DC2B2D3D" ? 10_000 : 64 },
  }),
  "route53.getAccountLimit": ({ Type }) => ({ Limit: { Type, Value: 200 }, Count: 3 }),
  "route53.getHostedZoneLimit": ({ Type }) => ({ Limit: { Type, Value: 10_000 }, Count: 2 }),
  "iam.simulatePrincipalPolicy": (input) => simulated(input, () => ({ decision: "allowed" })),
  "rds.describeOrderableDBInstanceOptions": ({ Engine, DBInstanceClass }) => ({
    OrderableDBInstanceOptions: ["8.0.42", "8.4.6"].map((EngineVersion) => ({
      Engine,
      EngineVersion,
      DBInstanceClass,
      MultiAZCapable: true,
      AvailabilityZones: ["us-west-2", "eu-west-1", "us-east-1", "us-east-2"].flatMap((region) =>
        ["a", "b"].map((letter) => ({ Name: `${region}${letter}` })),
      ),
    })),
  }),
  "elasticache.describeReservedCacheNodesOfferings": ({ CacheNodeType }) => ({
    ReservedCacheNodesOfferings: [{ CacheNodeType, Duration: 31_536_000 }],
  }),
  "elasticache.describeCacheEngineVersions": ({ Engine }) => ({
    CacheEngineVersions: ["6.2", "7.1"].map((EngineVersion) => ({ Engine, EngineVersion })),
  }),
};

/** What IAM's simulator decides about an action on a resource. */
interface Simulated {
  readonly decision: "allowed" | "implicitDeny";
  /** Context of the request that a policy reads, and that was not given. */
  readonly missing?: readonly string[];
}

/**
 * An answer of IAM's simulator: one result for each action. If resources are given, it has a result
 * for each of them, and is a refusal if one of them is refused.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_EvaluationResult.html
 */
export function simulated(
  { ActionNames, ResourceArns = [] }: Input,
  decide: (action: string, resource: string) => Simulated,
): object {
  const resources = ResourceArns as readonly string[];
  return {
    IsTruncated: false,
    EvaluationResults: (ActionNames as readonly string[]).map((EvalActionName) => {
      const decisions = (resources.length === 0 ? ["*"] : resources).map((EvalResourceName) => ({
        EvalResourceName,
        ...decide(EvalActionName, EvalResourceName),
      }));
      const refused = decisions.find(({ decision }) => decision !== "allowed");
      const ofAll = { EvalActionName, EvalDecision: refused?.decision ?? "allowed" };
      if (resources.length === 0) return { ...ofAll, MissingContextValues: refused?.missing ?? [] };
      return {
        ...ofAll,
        MissingContextValues: [],
        ResourceSpecificResults: decisions.map(({ EvalResourceName, decision, missing = [] }) => ({
          EvalResourceName,
          EvalResourceDecision: decision,
          MissingContextValues: missing,
        })),
      };
    }),
  };
}

/** An account with some operations answered here, and all others by the account itself. */
export function withAnswers(account: Account, answers: Answers): Account {
  return {
    credentialLife: () => account.credentialLife(),
    async client<S extends keyof Services>(service: S, region: string) {
      const client = await account.client(service, region);
      return new Proxy(client, {
        get(target, operation): unknown {
          const answer = answers[`${service}.${String(operation)}`];
          if (answer === undefined) return Reflect.get(target, operation);
          return (input: Input) =>
            new Promise((resolve) => {
              resolve(answer(input));
            });
        },
      });
    },
  };
}
