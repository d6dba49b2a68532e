import type { Resource } from "../../routing/graph/resource";
import { flagOf } from "../../routing/graph/values";
import type { StackGraph } from "../../routing/graph/stackGraph";
import { awsTypes } from "../../routing/graph/types";

/**
 * Minutes until a resource can be used, for slow types. These are estimates, because AWS promises
 * none of them. Replace them with measured times of your own updates.
 */
const minutesByType: Readonly<Record<string, number>> = {
  [awsTypes.database]: 12,
  "aws:elasticache/replicationGroup:ReplicationGroup": 12,
  [awsTypes.distribution]: 8,
  "aws:acm/certificateValidation:CertificateValidation": 5,
  [awsTypes.autoScalingGroup]: 6,
  [awsTypes.loadBalancer]: 4,
  "aws:ec2/natGateway:NatGateway": 3,
  "aws:ec2/vpcEndpoint:VpcEndpoint": 2,
  "aws:dynamodb/table:Table": 2,
  // A bake observes a changed region before the next one changes.
  "aws:lambda/invocation:Invocation": 8,
  [awsTypes.record]: 1,
  [awsTypes.instance]: 1,
};

/** A Multi-AZ database is created as a single one, backed up, and then copied. */
const multiAzMinutes = 8;

/** Minutes for all quick resources. */
const otherMinutes = 3;

/** An update that stops halfway on expired credentials costs more than one that was not started. */
const margin = 1.5;

/**
 * Estimates how long an update takes, with a margin: its longest chain of dependent resources. A
 * deployed resource takes no time.
 */
export function estimatedMinutes(graph: StackGraph, deployed: StackGraph): number {
  const known = new Map<string, number>();
  const until = (resource: Resource): number => {
    const before = known.get(resource.urn);
    if (before !== undefined) return before;
    // A cycle would end here; a stack cannot have one.
    known.set(resource.urn, 0);
    const waits = resource.dependencies.flatMap((urn) => {
      const found = graph.get(urn);
      return found ? graph.subtree(found).map(until) : [];
    });
    const minutes = Math.max(0, ...waits) + (deployed.get(resource.urn) ? 0 : own(resource));
    known.set(resource.urn, minutes);
    return minutes;
  };
  const longest = graph.resources.reduce((most, one) => Math.max(most, until(one)), 0);
  return Math.ceil(margin * (longest + otherMinutes));
}

function own(resource: Resource): number {
  const extra =
    resource.type === awsTypes.database && flagOf(resource, "multiAz") ? multiAzMinutes : 0;
  return (minutesByType[resource.type] ?? 0) + extra;
}
