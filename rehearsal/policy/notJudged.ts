import type { Resource } from "../../routing/graph/resource";
import { underOneType } from "../../routing/graph/synonyms";

/** Resources of a type that a pack should judge, and that none of its rules reads. */
export interface NotJudged {
  readonly type: string;
  readonly count: number;
}

/**
 * Types that each pack is about and has no rule for: a clean report would say of them what nobody has
 * looked at.
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

/** What a pack should judge and does not, by type. */
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
