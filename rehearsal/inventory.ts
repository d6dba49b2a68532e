import type { Resource } from "../routing/graph/resource";

/** The resources that a reader wants counted, by type token, with their display names. */
const kinds: readonly (readonly [string, string, string])[] = [
  ["aws:ec2/instance:Instance", "instance", "instances"],
  ["aws:lb/loadBalancer:LoadBalancer", "balancer", "balancers"],
  ["aws:autoscaling/group:Group", "auto scaling group", "auto scaling groups"],
  ["aws:acm/certificate:Certificate", "certificate", "certificates"],
  ["aws:rds/instance:Instance", "database", "databases"],
  ["aws:elasticache/replicationGroup:ReplicationGroup", "cache", "caches"],
  ["aws:dynamodb/table:Table", "table", "tables"],
  ["aws:cloudfront/distribution:Distribution", "distribution", "distributions"],
  ["aws:route53/healthCheck:HealthCheck", "health check", "health checks"],
  ["aws:route53/record:Record", "record", "records"],
  ["aws:lambda/function:Function", "function", "functions"],
  ["aws:cloudwatch/metricAlarm:MetricAlarm", "alarm", "alarms"],
  ["aws:sns/topic:Topic", "alert topic", "alert topics"],
  ["aws:cloudwatch/dashboard:Dashboard", "dashboard", "dashboards"],
];

/** A summary of a stack: the number of resources, and of the most important types. */
export function inventoryOf(resources: readonly Resource[]): string {
  const counted = kinds.flatMap(([type, one, several]) => {
    const count = resources.filter((resource) => resource.type === type).length;
    return count === 0 ? [] : [`${count} ${count === 1 ? one : several}`];
  });
  return [`${resources.length} resources`, ...counted].join(", ");
}
