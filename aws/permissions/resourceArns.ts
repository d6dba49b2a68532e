import type { Resource } from "../../routing/graph/resource";
import { textOf } from "../../routing/graph/values";
import { serviceOf } from "./actions";

/** What Pulumi adds to the name of a resource that is given none: other names have no such end. */
const randomSuffix = /-[0-9a-f]{7}$/;
/**
 * What Secrets Manager adds to the name of a secret, in its ARN.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_iam-permissions.html
 */
const secretSuffix = /^(secret:.+)-\w{6}$/;
const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** Where a name is shared by this many resources up to its first hyphen, that much of it is named. */
const namesPerPrefix = 3;

/** ARNs that a resource has beside its own: what is in it, or what a copy of it is called. */
const within: Readonly<Record<string, (arn: string) => readonly string[]>> = {
  "aws:cloudwatch/logGroup:LogGroup": (arn) => [`${arn}:*`],
  // Indexes, and the stream that is replicated.
  "aws:dynamodb/table:Table": (arn) => [`${arn}/*`],
  // Nodes have the group's name and a number; a new group takes AWS's own parameters.
  "aws:elasticache/replicationGroup:ReplicationGroup": (arn) => [
    `${arn.replace(":replicationgroup:", ":cluster:")}-*`,
    "arn:aws:elasticache:*:*:parametergroup:default*",
  ],
  // RDS makes its own option group, a last snapshot where one is wanted, and copies of its backups.
  // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/security_iam_id-based-policy-examples.html
  "aws:rds/instance:Instance": (arn) => [
    "arn:aws:rds:*:*:og:default*",
    "arn:aws:rds:*:*:auto-backup:*",
    `${arn.replace(":db:", ":snapshot:")}-*`,
  ],
  "aws:s3/bucket:Bucket": (arn) => [`${arn}/*`],
  // A subscription's ARN is its topic's, with an id.
  "aws:sns/topic:Topic": (arn) => [`${arn}:*`],
};

/** The ARN of a resource as deployed; undefined for one that has none. */
export function arnOf(resource: Resource): string | undefined {
  const arn = textOf(resource, "arn");
  if (arn !== undefined) return arn;
  const dashboard = textOf(resource, "dashboardName");
  return dashboard === undefined ? undefined : `arn:aws:cloudwatch::*:dashboard/${dashboard}`;
}

/**
 * The names of resources of a service as a policy has them, for any account and region: in an account
 * a policy of IAM reaches what is in it, and no more.
 */
export function namesIn(service: string, resources: readonly Resource[]): readonly string[] {
  const named = resources.flatMap((resource) => {
    const arn = arnOf(resource);
    if (arn === undefined || serviceOf(arn.slice("arn:aws:".length)) !== service) return [];
    const own = patternOf(arn);
    return [own, ...(within[resource.type]?.(own) ?? []).map(patternOf)];
  });
  return shortened([...new Set(named)]);
}

/** Every resource of a service. */
export function allOf(service: string): string {
  return service === "s3" ? "arn:aws:s3:::*" : `arn:aws:${service}:*:*:*`;
}

/** An ARN of any account and region, with a wildcard for what Pulumi or AWS adds to the name. */
function patternOf(arn: string): string {
  const [prefix, partition, service, region, account, ...rest] = arn.split(":");
  const name = rest
    .join(":")
    .replace(uuid, "*")
    .replace(randomSuffix, "-*")
    .replace(secretSuffix, "$1-??????");
  const place = [region === "" ? "" : "*", account === "" ? "" : "*"];
  return [prefix, partition, service, ...place, name].join(":");
}

/** As few patterns as have the same beginnings of names. */
function shortened(patterns: readonly string[]): readonly string[] {
  const distinct = uncovered(patterns);
  const counts = new Map<string, number>();
  for (const prefix of distinct.map(prefixOf)) counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
  const short = distinct.map((pattern) => {
    const prefix = prefixOf(pattern);
    return (counts.get(prefix) ?? 0) < namesPerPrefix ? pattern : `${prefix}*`;
  });
  return [...uncovered(short)].sort();
}

/** The patterns, without those that another one covers. */
function uncovered(patterns: readonly string[]): readonly string[] {
  const distinct = [...new Set(patterns)];
  return distinct.filter((one) => !distinct.some((other) => other !== one && covers(other, one)));
}

function covers(pattern: string, other: string): boolean {
  return pattern.endsWith("*") && other.startsWith(pattern.slice(0, -1));
}

/** A pattern up to the first hyphen of the name, which comes after the kind of resource. */
function prefixOf(pattern: string): string {
  const kind = /^(?:[^:]*:){5}(?:[\w-]+[:/])?/.exec(pattern)?.[0] ?? "";
  const isBucket = pattern.startsWith("arn:aws:s3:");
  const hyphen = pattern.indexOf("-", isBucket ? 0 : kind.length);
  return hyphen === -1 ? pattern : pattern.slice(0, hyphen + 1);
}
