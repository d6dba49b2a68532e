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
  "iam.simulatePrincipalPolicy": ({ ActionNames }) => ({
    IsTruncated: false,
    EvaluationResults: (ActionNames as readonly string[]).map((EvalActionName) => ({
      EvalActionName,
      EvalDecision: "allowed",
      MissingContextValues: [],
    })),
  }),
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
