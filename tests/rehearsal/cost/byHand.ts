/**
 * The cost of dev and prod, calculated by hand from their configuration and AWS's prices: the
 * number of resources of a kind, the monthly quantity of an item that each is charged for, and the
 * price. A month has 730 hours. The kinds are in the order of a walk through the stack.
 */
export type Row = readonly [
  item: string,
  region: string,
  resources: number,
  each: number,
  usd: number,
];

const hours = 730;
/** Log groups keep their lines for 30 days, of the 30.4 that a month has. */
const keptMonths = 30 / (365 / 12);
/** 100,000 orders write to each table 4 times and read it 10 times. */
const [writes, reads] = [0.4, 1];
/** Resolvers query every TTL + 60 s, and every 900 + 60 s for a type that does not exist. */
const asked = (ttlSeconds: number): number => (1000 * hours * 3600) / (ttlSeconds + 60) / 1e6;

/** The share of the customers that Dublin serves without a fault: `standby.warmPercent`. */
export const warm = { dev: 0, prod: 0.1 };

/**
 * Quantities that depend on customers: Oregon's part and Dublin's, which has no row if it is zero.
 */
const shared = (
  item: string,
  all: number,
  atDublin: number,
  [oregonUsd, dublinUsd]: readonly [number, number],
): readonly Row[] => [
  [item, "us-west-2", 1, all * (1 - atDublin), oregonUsd],
  ...(atDublin === 0 ? [] : [[item, "eu-west-1", 1, all * atDublin, dublinUsd] as const]),
];

/** Tables: the journal has an index, whose writes and storage count again. */
const tables = (atDublin: number): readonly Row[] => [
  ["dynamodb write", "us-west-2", 1, writes + 2 * writes, 0.625],
  ["dynamodb write", "eu-west-1", 1, writes + 2 * writes, 0.705],
  ...shared("dynamodb read", 2 * reads, atDublin, [0.125, 0.1415]),
  ["dynamodb storage", "us-west-2", 3, 5, 0.25],
  ["dynamodb storage", "eu-west-1", 3, 5, 0.283],
  ["dynamodb recovery", "us-west-2", 2, 5, 0.2],
  ["dynamodb recovery", "eu-west-1", 2, 5, 0.22],
  ...shared("data to a region", 2 * 0.4, atDublin, [0.02, 0.02]),
];

/** Three buckets: a release in each region, and the maintenance page. */
const buckets: readonly Row[] = ["us-west-2", "eu-west-1", "us-east-2"].flatMap((region): Row[] => [
  ["s3 storage", region, 1, 1, 0.023],
  ["s3 write", region, 1, 1, 0.005],
  ["s3 read", region, 1, 10, 0.0004],
]);

/** Reads of one object by 16 checkers, every 10 s, in thousands. */
const checkerReads = (16 * hours * 3600) / 10 / 1000;
/** The controller's runs: one each minute, a second with 128 MB. */
const gateRuns = hours * 60;

/** The failback gate: a bucket, two checks of it, four of the alarms on orders, and its controller. */
const gate: readonly Row[] = [
  // HTTPS, a string and 10 s each.
  ["check of an AWS endpoint", "global", 2, 1, 0.5],
  ["check option, AWS endpoint", "global", 2, 3, 1],
  // Old orders and differences, of both regions.
  ["check of checks or an alarm", "global", 4, 1, 0.5],
  ["s3 storage", "eu-west-1", 1, 1, 0.023],
  ["s3 write", "eu-west-1", 1, 1, 0.005],
  ["s3 read", "eu-west-1", 1, 10 + checkerReads, 0.0004],
  ["schedule", "eu-west-1", 1, gateRuns / 1e6, 1],
  ["function request", "eu-west-1", 1, gateRuns / 1e6, 0.2],
  ["function arm64", "eu-west-1", 1, (gateRuns * 128) / 1024, 0.0000133334],
  ["queue request", "global", 1, 0.001, 0.4],
  // Its log, kept for a year.
  ["key", "global", 1, 1, 1],
  ["key request", "global", 1, 1, 0.03],
  ["log ingestion", "eu-west-1", 1, 1, 0.57],
  ["log storage", "eu-west-1", 1, 12, 0.03],
  // Errors, silence, dead letters and ranges; the six checks.
  ["alarm", "eu-west-1", 4, 1, 0.1],
  ["metric", "eu-west-1", 1, 1, 0.3],
  ["alarm", "us-east-1", 6, 1, 0.1],
  ["allowance: check of an AWS endpoint", "global", 1, -2, 0.5],
  ["allowance: check of checks or an alarm", "global", 1, -4, 0.5],
  ["allowance: schedule", "eu-west-1", 1, -gateRuns / 1e6, 1],
  ["allowance: function request", "eu-west-1", 1, -gateRuns / 1e6, 0.2],
  ["allowance: function arm64", "eu-west-1", 1, (-gateRuns * 128) / 1024, 0.0000133334],
  ["allowance: queue request", "global", 1, -0.001, 0.4],
];

/** The allowances of every account that both stacks use in full. */
const allowances: readonly Row[] = [
  ["allowance: alarm", "eu-west-1", 1, -10, 0.1],
  ["allowance: dashboard", "global", 1, -1, 3],
  ["allowance: key request", "global", 1, -2, 0.03],
  // 25 GB: first Oregon's 15, which are cheaper, then 10 of Dublin's.
  ["allowance: dynamodb storage", "us-west-2", 1, -15, 0.25],
  ["allowance: dynamodb storage", "eu-west-1", 1, -10, 0.283],
];

/** 200 GB to customers, and 20 GB between zones, charged on both sides. */
const traffic = (atDublin: number): readonly Row[] => [
  ...shared("data out", 200, atDublin, [0.09, 0.09]),
  ...shared("data between zones", 2 * 20, atDublin, [0.01, 0.01]),
];

/** Development: an instance per zone, single databases and caches, an S3 website. */
export const dev: readonly Row[] = [
  ["ec2 t4g.micro", "us-west-2", 2, hours, 0.0084],
  ["ec2 t4g.micro", "eu-west-1", 2, hours, 0.0092],
  ["ebs gp3", "us-west-2", 2, 8, 0.08],
  ["ebs gp3", "eu-west-1", 2, 8, 0.088],
  ["public ipv4", "us-west-2", 2, hours, 0.005],
  ["public ipv4", "eu-west-1", 2, hours, 0.005],
  // Four zones and two deep checks, each with a string to match; two calculated ones.
  ["check of an AWS endpoint", "global", 6, 1, 0.5],
  ["check option, AWS endpoint", "global", 6, 1, 1],
  ["check of checks or an alarm", "global", 2, 1, 0.5],
  ["rds mysql db.t4g.micro", "us-west-2", 1, hours, 0.016],
  ["rds mysql db.t4g.micro", "eu-west-1", 1, hours, 0.017],
  ["rds storage gp3", "us-west-2", 1, 20, 0.115],
  ["rds storage gp3", "eu-west-1", 1, 20, 0.127],
  ["secret", "us-west-2", 1, 1, 0.4],
  ["secret", "eu-west-1", 1, 1, 0.4],
  ["elasticache redis cache.t4g.micro", "us-west-2", 1, hours, 0.016],
  ["elasticache redis cache.t4g.micro", "eu-west-1", 1, hours, 0.017],
  ...tables(warm.dev),
  ...buckets,
  ["hosted zone", "global", 1, 1, 0.5],
  // A, with a TTL of 60 s; AAAA and HTTPS in vain.
  ["dns query", "global", 1, asked(60) + 2 * asked(900), 0.4],
  ["alarm", "us-west-2", 12, 1, 0.1],
  ["alarm", "eu-west-1", 12, 1, 0.1],
  ["alarm", "us-east-1", 14, 1, 0.1],
  ["composite alarm", "us-east-1", 1, 1, 0.5],
  ["dashboard", "global", 1, 1, 3],
  ["metric", "us-west-2", 5, 1, 0.3],
  ["metric", "eu-west-1", 5, 1, 0.3],
  // In each region: the database, two log groups and the topic; also the topic in us-east-1 and the
  // bake's key.
  ["key", "global", 10, 1, 1],
  ["key request", "global", 10, 1, 0.03],
  ["log ingestion", "us-west-2", 2, 1, 0.5],
  ["log ingestion", "eu-west-1", 3, 1, 0.57],
  ["log storage", "us-west-2", 2, keptMonths, 0.03],
  ["log storage", "eu-west-1", 3, keptMonths, 0.03],
  ["message", "global", 3, 0.0001, 0.5],
  ["e-mail", "global", 3, 0.001, 2],
  // The bake: 10,000 runs of a second with 128 MB.
  ["function request", "eu-west-1", 1, 0.01, 0.2],
  ["function arm64", "eu-west-1", 1, (10_000 * 128) / 1024, 0.0000133334],
  ...gate,
  ...traffic(warm.dev),
  ...allowances,
  ["allowance: data out", "us-west-2", 1, -100, 0.09],
  ["allowance: check of an AWS endpoint", "global", 1, -6, 0.5],
  ["allowance: check of checks or an alarm", "global", 1, -2, 0.5],
  // 10 metrics: first Dublin's 6, then 4 of Oregon's 5.
  ["allowance: metric", "us-west-2", 1, -4, 0.3],
  ["allowance: metric", "eu-west-1", 1, -6, 0.3],
  // 5 GB: both of Oregon's, three of Dublin's; nothing is left for storage.
  ["allowance: log ingestion", "us-west-2", 1, -2, 0.5],
  ["allowance: log ingestion", "eu-west-1", 1, -3, 0.57],
  ["allowance: message", "global", 1, -0.0003, 0.5],
  ["allowance: e-mail", "global", 1, -0.003, 2],
  ["allowance: function request", "eu-west-1", 1, -0.01, 0.2],
  ["allowance: function arm64", "eu-west-1", 1, -1250, 0.0000133334],
];

/** Production: balancers over groups of two, Multi-AZ databases, two caches a region, CloudFront. */
export const prod: readonly Row[] = [
  ["ec2 t4g.small", "us-west-2", 2, 2 * hours, 0.0168],
  ["ec2 t4g.small", "eu-west-1", 2, 2 * hours, 0.0184],
  ["ebs gp3", "us-west-2", 2, 2 * 8, 0.08],
  ["ebs gp3", "eu-west-1", 2, 2 * 8, 0.088],
  ["nlb", "us-west-2", 2, hours, 0.0225],
  ["nlb", "eu-west-1", 2, hours, 0.0252],
  ...shared("nlb capacity", 200, warm.prod, [0.006, 0.006]),
  ["nat gateway", "us-west-2", 2, hours, 0.045],
  ["nat gateway", "eu-west-1", 2, hours, 0.048],
  ["nat data", "us-west-2", 2, 20, 0.045],
  ["nat data", "eu-west-1", 2, 20, 0.048],
  // In each zone: the balancer's and the gateway's.
  ["public ipv4", "us-west-2", 4, hours, 0.005],
  ["public ipv4", "eu-west-1", 4, hours, 0.005],
  // Eight zone checks (IPv4 and IPv6) with HTTPS, a string and 10 s; two deep ones with HTTPS and a string.
  ["check of an AWS endpoint", "global", 10, 1, 0.5],
  ["check option, AWS endpoint", "global", 1, 8 * 3 + 2 * 2, 1],
  ["check of checks or an alarm", "global", 4, 1, 0.5],
  ["rds mysql db.m7g.large", "us-west-2", 2, hours, 0.168],
  ["rds mysql db.m7g.large", "eu-west-1", 2, hours, 0.186],
  ["rds storage gp3", "us-west-2", 2, 100, 0.115],
  ["rds storage gp3", "eu-west-1", 2, 100, 0.127],
  // The database's secret, and copies of the secret that signs synthetic orders.
  ["secret", "us-west-2", 2, 1, 0.4],
  ["secret", "eu-west-1", 2, 1, 0.4],
  ["secret", "us-east-2", 1, 1, 0.4],
  ["elasticache redis cache.t4g.small", "us-west-2", 2, hours, 0.032],
  ["elasticache redis cache.t4g.small", "eu-west-1", 2, hours, 0.034],
  ...tables(warm.prod),
  ...buckets,
  ["cloudfront request", "global", 1, 1, 0.012],
  ["cloudfront data", "global", 1, 0.2, 0.085],
  ["cloudfront function", "global", 1, 0.02, 0.1],
  ["hosted zone", "global", 1, 1, 0.5],
  // A and AAAA, with a TTL of 10 s; HTTPS in vain.
  ["dns query", "global", 1, 2 * asked(10) + asked(900), 0.4],
  ["alarm", "us-west-2", 23, 1, 0.1],
  ["alarm", "eu-west-1", 22, 1, 0.1],
  ["alarm", "us-east-1", 26, 1, 0.1],
  ["alarm", "us-east-2", 4, 1, 0.1],
  ["composite alarm", "us-east-1", 1, 1, 0.5],
  ["dashboard", "global", 1, 1, 3],
  ["metric", "us-west-2", 6, 1, 0.3],
  ["metric", "eu-west-1", 5, 1, 0.3],
  ["metric", "us-east-2", 2, 1, 0.3],
  // Two of them for the copies of the databases' backups.
  ["key", "global", 18, 1, 1],
  ["key request", "global", 17, 1, 0.03],
  ["rds backup", "us-east-2", 2, 20, 0.095],
  ["rds backup to a region", "us-west-2", 1, 20, 0.02],
  ["rds backup to a region", "eu-west-1", 1, 20, 0.02],
  ["asymmetric key request", "us-east-1", 1, 1, 0.15],
  ["log ingestion", "us-west-2", 2, 1, 0.5],
  ["log ingestion", "eu-west-1", 3, 1, 0.57],
  ["log ingestion", "us-east-2", 2, 1, 0.5],
  // Queries at 200 bytes each.
  ["log ingestion", "us-east-1", 1, (2 * asked(10) + asked(900)) * 0.2, 0.5],
  ["log storage", "us-west-2", 2, keptMonths, 0.03],
  ["log storage", "eu-west-1", 3, keptMonths, 0.03],
  ["log storage", "us-east-2", 2, keptMonths, 0.03],
  ["log storage", "us-east-1", 1, (2 * asked(10) + asked(900)) * 0.2 * keptMonths, 0.03],
  ["message", "global", 5, 0.0001, 0.5],
  ["e-mail", "global", 5, 0.001, 2],
  // A synthetic order each minute for each region, a second with 128 MB.
  ["schedule", "us-east-2", 2, (hours * 60) / 1e6, 1],
  ["function request", "us-east-2", 2, (hours * 60) / 1e6, 0.2],
  ["function arm64", "us-east-2", 2, (hours * 60 * 128) / 1024, 0.0000133334],
  ["function request", "eu-west-1", 1, 0.01, 0.2],
  ["function arm64", "eu-west-1", 1, (10_000 * 128) / 1024, 0.0000133334],
  ...gate,
  // The capacity of Oregon's two groups, as the gate sees it.
  ["check of checks or an alarm", "global", 2, 1, 0.5],
  ["alarm", "us-east-1", 2, 1, 0.1],
  ["allowance: check of checks or an alarm", "global", 1, -2, 0.5],
  ...traffic(warm.prod),
  ...allowances,
  // 100 GB: first all 20 of Dublin's, which cost the same as Oregon's.
  ["allowance: data out", "eu-west-1", 1, -20, 0.09],
  ["allowance: data out", "us-west-2", 1, -80, 0.09],
  ["allowance: check of an AWS endpoint", "global", 1, -10, 0.5],
  ["allowance: check of checks or an alarm", "global", 1, -4, 0.5],
  // 10 metrics: first the 2 of Ohio and Dublin's 6, then 2 of Oregon's 6.
  ["allowance: metric", "us-west-2", 1, -2, 0.3],
  ["allowance: metric", "eu-west-1", 1, -6, 0.3],
  ["allowance: metric", "us-east-2", 1, -2, 0.3],
  ["allowance: log ingestion", "us-east-1", 1, -5, 0.5],
  ["allowance: message", "global", 1, -0.0005, 0.5],
  ["allowance: e-mail", "global", 1, -0.005, 2],
  ["allowance: schedule", "us-east-2", 1, (-2 * hours * 60) / 1e6, 1],
  ["allowance: function request", "us-east-2", 1, (-2 * hours * 60) / 1e6, 0.2],
  ["allowance: function arm64", "us-east-2", 1, (-2 * hours * 60 * 128) / 1024, 0.0000133334],
  ["allowance: function request", "eu-west-1", 1, -0.01, 0.2],
  ["allowance: function arm64", "eu-west-1", 1, -1250, 0.0000133334],
  ["allowance: cloudfront request", "global", 1, -1, 0.012],
  ["allowance: cloudfront data", "global", 1, -0.2, 0.085],
];

/**
 * Quantities that move with the customers: the total of an item in either stack, and its two
 * prices.
 */
export const moved: readonly (readonly [
  item: string,
  quantity: number,
  oregonUsd: number,
  dublinUsd: number,
])[] = [
  ["data out", 200, 0.09, 0.09],
  ["data between zones", 40, 0.01, 0.01],
  ["dynamodb read", 2, 0.125, 0.1415],
  ["data to a region", 0.8, 0.02, 0.02],
];
