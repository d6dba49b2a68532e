import type { Resource } from "../../routing/graph/resource";
import { underOneType } from "../../routing/graph/synonyms";

/** A type in the pack's subject area that none of its rules reads, with the number of resources. */
export interface NotJudged {
  readonly type: string;
  readonly count: number;
}

/**
 * Types in the subject area of each pack without a rule. Without this list, a clean report would imply
 * that they were checked.
 */
const unread: Readonly<Record<string, readonly RegExp[]>> = {
  "dns-failover": [
    /^aws:route53\/(recordsExclusive|trafficPolicy\w*|resolverEndpoint):/,
    /^aws:lightsail\/domainEntry:/,
    /^aws-native:route53:(RecordSet|RecordSetGroup|HealthCheck|HostedZone)$/,
    /^(cloudflare|azure-native|gcp|digitalocean|ns1|dnsimple):.*(Record|RecordSet)$/,
  ],
  workload: [
    /^aws:(memorydb|dax|msk|docdb)\/(cluster|elasticCluster|serverlessCluster):/,
    /^aws:(mq)\/broker:/,
    /^aws:fsx\/\w*FileSystem:/i,
    /^aws:(keyspaces\/table|timestreamwrite\/database|timestreaminfluxdb\/dbInstance):/,
    /^aws:(redshiftserverless\/workgroup|elasticache\/serverlessCache|opensearch\/serverlessCollection):/,
    /^aws:(lightsail\/database|rds\/proxy|kinesis\/stream):/,
    /^aws-native:(rds|s3|dynamodb|elasticache|iam|ec2|efs|sqs):\w+$/,
  ],
};

/** The types that a pack should check but does not, with their counts. */
export function notJudgedBy(pack: string, resources: readonly Resource[]): readonly NotJudged[] {
  const counts = new Map<string, number>();
  for (const resource of resources) {
    const one = underOneType(resource).type;
    if (unread[pack]?.some((pattern) => pattern.test(one))) {
      counts.set(one, (counts.get(one) ?? 0) + 1);
    }
  }
  return [...counts].map(([type, count]) => ({ type, count }));
}
