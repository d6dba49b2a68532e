import type { Resource } from "../../routing/graph/resource";
import { textOf } from "../../routing/graph/values";
import { serviceOf } from "./actions";

/** The suffix that Pulumi adds to a generated resource name; no other name ends like this. */
const randomSuffix = /-[0-9a-f]{7}$/;
/**
 * The suffix that Secrets Manager adds to the name of a secret in its ARN.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_iam-permissions.html
 */
const secretSuffix = /^(secret:.+)-\w{6}$/;
const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/**
 * If at least this many resource names share the part up to the first hyphen, one pattern replaces
 * them.
 */
const namesPerPrefix = 3;

/** Additional ARNs of a resource: of its contents, or of its copies. */
const within: Readonly<Record<string, (arn: string) => readonly string[]>> = {
  "aws:cloudwatch/logGroup:LogGroup": (arn) => [`${arn}:*`],
  // Indexes, and the stream that is replicated.
  "aws:dynamodb/table:Table": (arn) => [`${arn}/*`],
  // Nodes have the group's name and a number; a new group uses AWS's own parameter groups.
  "aws:elasticache/replicationGroup:ReplicationGroup": (arn) => [
    `${arn.replace(":replicationgroup:", ":cluster:")}-*`,
    "arn:aws:elasticache:*:*:parametergroup:default*",
  ],
  // RDS creates its own option group, a final snapshot if one is wanted, and copies of its backups.
  // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/security_iam_id-based-policy-examples.html
  "aws:rds/instance:Instance": (arn) => [
    "arn:aws:rds:*:*:og:default*",
    "arn:aws:rds:*:*:auto-backup:*",
    `${arn.replace(":db:", ":snapshot:")}-*`,
  ],
  "aws:s3/bucket:Bucket": (arn) => [`${arn}/*`],
  // A subscription's ARN is its topic's ARN plus an id.
  "aws:sns/topic:Topic": (arn) => [`${arn}:*`],
};

/** The ARN of a resource as deployed; undefined if it has none. */
export function arnOf(resource: Resource): string | undefined {
  const arn = textOf(resource, "arn");
  if (arn !== undefined) return arn;
  const dashboard = textOf(resource, "dashboardName");
  return dashboard === undefined ? undefined : `arn:aws:cloudwatch::*:dashboard/${dashboard}`;
}

/**
 * The resources of a service as patterns for a policy, for any account and region: an IAM policy
 * reaches only its own account.
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
export function allResourcesOf(service: string): string {
  return service === "s3" ? "arn:aws:s3:::*" : `arn:aws:${service}:*:*:*`;
}

/**
 * An ARN for any account and region, with a wildcard in place of what Pulumi or AWS adds to the
 * name.
 */
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

/** Merges patterns that begin with the same name prefix. */
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

/** A pattern up to the first hyphen of the name, which follows the kind of resource. */
function prefixOf(pattern: string): string {
  const kind = /^(?:[^:]*:){5}(?:[\w-]+[:/])?/.exec(pattern)?.[0] ?? "";
  const isBucket = pattern.startsWith("arn:aws:s3:");
  const hyphen = pattern.indexOf("-", isBucket ? 0 : kind.length);
  return hyphen === -1 ? pattern : pattern.slice(0, hyphen + 1);
}
