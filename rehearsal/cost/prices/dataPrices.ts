import type { Price } from "../price";
import { priced } from "../price";
import { sources } from "./sources";

/** USD an hour in us-west-2, eu-west-1, us-east-1. */
type ByRegion = readonly [usw2: number, euw1: number, use1: number];

/** On-demand in one availability zone, in USD an hour: MySQL, PostgreSQL. */
const databases: readonly (readonly [type: string, mysql: ByRegion, postgres: ByRegion])[] = [
  ["db.m6g.large", [0.152, 0.168, 0.152], [0.159, 0.176, 0.159]],
  ["db.m6g.xlarge", [0.304, 0.336, 0.304], [0.318, 0.352, 0.318]],
  ["db.m6g.2xlarge", [0.608, 0.672, 0.608], [0.636, 0.704, 0.636]],
  ["db.m6g.4xlarge", [1.216, 1.344, 1.216], [1.272, 1.408, 1.272]],
  ["db.m6i.large", [0.171, 0.189, 0.171], [0.178, 0.197, 0.178]],
  ["db.m6i.xlarge", [0.342, 0.378, 0.342], [0.356, 0.394, 0.356]],
  ["db.m6i.2xlarge", [0.684, 0.756, 0.684], [0.712, 0.788, 0.712]],
  ["db.m6i.4xlarge", [1.368, 1.512, 1.368], [1.424, 1.576, 1.424]],
  ["db.m7g.large", [0.168, 0.186, 0.168], [0.168, 0.186, 0.168]],
  ["db.m7g.xlarge", [0.337, 0.372, 0.337], [0.337, 0.372, 0.337]],
  ["db.m7g.2xlarge", [0.674, 0.745, 0.674], [0.674, 0.745, 0.674]],
  ["db.m7g.4xlarge", [1.348, 1.49, 1.348], [1.348, 1.49, 1.348]],
  ["db.r6g.large", [0.215, 0.237, 0.215], [0.225, 0.252, 0.225]],
  ["db.r6g.xlarge", [0.43, 0.474, 0.43], [0.45, 0.504, 0.45]],
  ["db.r6g.2xlarge", [0.859, 0.949, 0.859], [0.899, 1.007, 0.899]],
  ["db.r6g.4xlarge", [1.718, 1.897, 1.718], [1.798, 2.014, 1.798]],
  ["db.r7g.large", [0.239, 0.268, 0.239], [0.239, 0.268, 0.239]],
  ["db.r7g.xlarge", [0.478, 0.536, 0.478], [0.478, 0.536, 0.478]],
  ["db.r7g.2xlarge", [0.956, 1.071, 0.956], [0.956, 1.071, 0.956]],
  ["db.r7g.4xlarge", [1.913, 2.143, 1.913], [1.913, 2.143, 1.913]],
  ["db.t3.micro", [0.017, 0.018, 0.017], [0.018, 0.02, 0.018]],
  ["db.t3.small", [0.034, 0.036, 0.034], [0.036, 0.039, 0.036]],
  ["db.t3.medium", [0.068, 0.072, 0.068], [0.072, 0.078, 0.072]],
  ["db.t3.large", [0.136, 0.144, 0.136], [0.145, 0.156, 0.145]],
  ["db.t3.xlarge", [0.272, 0.288, 0.272], [0.29, 0.312, 0.29]],
  ["db.t3.2xlarge", [0.544, 0.576, 0.544], [0.579, 0.624, 0.579]],
  ["db.t4g.micro", [0.016, 0.017, 0.016], [0.016, 0.017, 0.016]],
  ["db.t4g.small", [0.032, 0.035, 0.032], [0.032, 0.035, 0.032]],
  ["db.t4g.medium", [0.065, 0.069, 0.065], [0.065, 0.069, 0.065]],
  ["db.t4g.large", [0.129, 0.138, 0.129], [0.129, 0.138, 0.129]],
  ["db.t4g.xlarge", [0.258, 0.277, 0.258], [0.258, 0.277, 0.258]],
  ["db.t4g.2xlarge", [0.517, 0.554, 0.517], [0.517, 0.554, 0.517]],
];

const named = ([oregon, ireland, virginia]: ByRegion): Readonly<Record<string, number>> => ({
  "us-west-2": oregon,
  "eu-west-1": ireland,
  "us-east-1": virginia,
});

/** Databases, tables, caches, secrets and files. */
export const dataPrices: readonly Price[] = [
  ...databases.flatMap(([type, mysql, postgres]) => [
    ...priced(`rds mysql ${type}`, "hour", sources.rds, named(mysql)),
    ...priced(`rds postgres ${type}`, "hour", sources.rds, named(postgres)),
  ]),
  ...priced("rds storage gp3", "GB-month", sources.rds, named([0.115, 0.127, 0.115])),
  ...priced("rds storage gp2", "GB-month", sources.rds, named([0.115, 0.127, 0.115])),
  ...priced("rds backup", "GB-month", sources.rdsBackup, {
    "us-west-2": 0.095,
    "us-east-1": 0.095,
  }),
  ...priced(
    "rds backup to a region",
    "GB",
    sources.transfer,
    { "us-west-2": 0.02, "eu-west-1": 0.02, "us-east-1": 0.02, "us-east-2": 0.02 },
    "as any data: RDS User Guide, USER_ReplicateBackups",
  ),
  ...priced(
    "rds backup",
    "GB-month",
    sources.rdsBackup,
    { "us-east-2": 0.095 },
    "Ohio as Virginia and Oregon, which are equal",
  ),
  ...priced("elasticache redis cache.t4g.micro", "hour", sources.cacheVirginia, {
    "us-east-1": 0.016,
  }),
  ...priced("elasticache redis cache.t4g.small", "hour", sources.cacheVirginia, {
    "us-east-1": 0.032,
  }),
  ...priced(
    "elasticache redis cache.t4g.micro",
    "hour",
    sources.cacheVirginia,
    { "us-west-2": 0.016 },
    "Oregon as Virginia, which are equal for cache.t3.medium",
  ),
  ...priced(
    "elasticache redis cache.t4g.small",
    "hour",
    sources.cacheVirginia,
    { "us-west-2": 0.032 },
    "Oregon as Virginia, which are equal for cache.t3.medium",
  ),
  ...priced("elasticache valkey cache.t4g.micro", "hour", sources.cacheIreland, {
    "eu-west-1": 0.0136,
  }),
  ...priced("elasticache valkey cache.t4g.small", "hour", sources.cacheIreland, {
    "eu-west-1": 0.0272,
  }),
  ...priced(
    "elasticache redis cache.t4g.micro",
    "hour",
    sources.cacheIreland,
    { "eu-west-1": 0.017 },
    "Valkey's price over 0.8: AWS sells Valkey nodes 20 % below Redis OSS",
  ),
  ...priced(
    "elasticache redis cache.t4g.small",
    "hour",
    sources.cacheIreland,
    { "eu-west-1": 0.034 },
    "Valkey's price over 0.8: AWS sells Valkey nodes 20 % below Redis OSS",
  ),
  ...priced("dynamodb write", "million writes of 1 KB", sources.tablesOregon, {
    "us-west-2": 0.625,
  }),
  ...priced("dynamodb write", "million writes of 1 KB", sources.tablesIreland, {
    "eu-west-1": 0.705,
  }),
  ...priced("dynamodb write", "million writes of 1 KB", sources.infracostTables, {
    "us-east-1": 0.625,
    "us-east-2": 0.625,
  }),
  ...priced("dynamodb read", "million reads of 4 KB", sources.tablesOregon, { "us-west-2": 0.125 }),
  ...priced("dynamodb read", "million reads of 4 KB", sources.tablesIreland, {
    "eu-west-1": 0.1415,
  }),
  ...priced("dynamodb read", "million reads of 4 KB", sources.infracostTables, {
    "us-east-1": 0.125,
  }),
  ...priced("dynamodb storage", "GB-month", sources.tablesOregon, { "us-west-2": 0.25 }),
  ...priced("dynamodb storage", "GB-month", sources.tablesIreland, { "eu-west-1": 0.283 }),
  ...priced("dynamodb storage", "GB-month", sources.infracostTables, { "us-east-1": 0.25 }),
  ...priced("dynamodb recovery", "GB-month", sources.recoveryOregon, { "us-west-2": 0.2 }),
  ...priced("dynamodb recovery", "GB-month", sources.tablesIreland, { "eu-west-1": 0.22 }),
  ...priced("dynamodb recovery", "GB-month", sources.infracostTables, { "us-east-1": 0.2 }),
  ...priced("secret", "secret-month", sources.secrets, { "us-west-2": 0.4, "us-east-1": 0.4 }),
  ...priced("secret", "secret-month", sources.secretsIreland, { "eu-west-1": 0.4 }),
  ...s3("s3 storage", "GB-month", 0.023),
  ...s3("s3 write", "thousand requests", 0.005),
  ...s3("s3 read", "thousand requests", 0.0004),
];

/** S3 costs the same in these four regions, by a file of the price list for each. */
function s3(item: string, unit: string, usd: number): readonly Price[] {
  return [
    ...priced(item, unit, sources.s3, { "us-west-2": usd, "us-east-1": usd }),
    ...priced(item, unit, sources.s3Ireland, { "eu-west-1": usd }),
    ...priced(item, unit, sources.s3Ohio, { "us-east-2": usd }),
  ];
}
