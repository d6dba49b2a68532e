import type { Resource } from "../../routing/graph/resource";
import { flagOf } from "../../routing/graph/values";
import type { StackGraph } from "../../routing/graph/stackGraph";
import { awsTypes } from "../../routing/graph/types";

/**
 * Minutes until a resource can be used, of types that take long. Estimates, to be replaced by what a
 * team's own updates took: AWS promises none of them.
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
  // A bake watches a region that was changed before the next one is.
  "aws:lambda/invocation:Invocation": 8,
  [awsTypes.record]: 1,
  [awsTypes.instance]: 1,
};

/** A database with a standby is made as one, backed up, and then copied. */
const multiAzMinutes = 8;

/** Minutes of everything that is quick. */
const otherMinutes = 3;

/** An update that credentials end halfway costs more than one that was not started. */
const margin = 1.5;

/**
 * How long making a stack takes, with a margin: its longest chain of resources that wait for one
 * another. What is deployed already is taken to be there at once.
 */
export function estimatedMinutes(graph: StackGraph, deployed: StackGraph): number {
  const known = new Map<string, number>();
  const until = (resource: Resource): number => {
    const before = known.get(resource.urn);
    if (before !== undefined) return before;
    // A circle, which a stack cannot have, would end here.
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
