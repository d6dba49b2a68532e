import type { Fault } from "../faults";
import { placementOf } from "../placement";
import type { Resource, Value } from "../resource";
import type { StackGraph } from "../stackGraph";
import { fieldOf, flagOf, listOf, textOf } from "../values";
import { experimentTypes } from "./experimentTypes";
import { targetsOf, fieldTextOf } from "./targets";

/** Actions that take their targets away, if only for a while. */
const taking: readonly string[] = [
  "aws:ec2:reboot-instances",
  "aws:ec2:stop-instances",
  "aws:ec2:terminate-instances",
  "aws:rds:failover-db-cluster",
  "aws:rds:reboot-db-instances",
];

const disrupting = "aws:network:disrupt-connectivity";
const interrupting = "aws:elasticache:replicationgroup-interrupt-az-power";

/**
 * What an experiment takes away, as a fault of the model. It is a little more than what FIS does: a
 * database that fails over is lost for good, and what can be reached from within its network only
 * cannot be reached at all. So what survives the fault survives the experiment.
 */
export function experimentFault(graph: StackGraph, template: Resource): Fault {
  const lost = listOf(template, "actions").flatMap((action) => lostTo(graph, template, action));
  return {
    kind: "resource",
    name: template.name,
    urns: [...new Set(lost.map(({ urn }) => urn))],
  };
}

function lostTo(graph: StackGraph, template: Resource, action: Value): readonly Resource[] {
  const actionId = fieldTextOf(action, "actionId");
  const targets = targetsOf(graph, template, fieldTextOf(fieldOf(action, "target"), "value"));
  if (taking.includes(actionId)) return targets;
  if (actionId === disrupting) return cutOff(graph, targets);
  // With a node in another zone, that one takes over.
  if (actionId === interrupting) {
    return targets.filter((cache) => !flagOf(cache, "automaticFailoverEnabled"));
  }
  // What is left refuses launches or pauses copies: nothing that serves goes away.
  return [];
}

/** Properties by which resources name their subnets, and groups of subnets. */
const subnetProperties = [
  "subnetId",
  "subnets",
  "subnetIds",
  "subnetMappings",
  "vpcZoneIdentifiers",
];
const groupProperties = ["dbSubnetGroupName", "subnetGroupName"];
const groupTypes = [experimentTypes.databaseSubnetGroup, experimentTypes.cacheSubnetGroup];

/** Subnets that are cut off, and what is in them and nowhere else. */
function cutOff(graph: StackGraph, subnets: readonly Resource[]): readonly Resource[] {
  const inside = graph.resources.filter((resource) => {
    const own = subnetsOf(graph, resource);
    return own.length > 0 && own.every((subnet) => subnets.includes(subnet));
  });
  return [...subnets, ...inside];
}

/** The subnets that a resource is in: those of its zones, where it may be in any of a group. */
function subnetsOf(graph: StackGraph, resource: Resource): readonly Resource[] {
  const direct = subnetProperties.flatMap((property) =>
    graph.follow(resource, property, [experimentTypes.subnet]),
  );
  if (direct.length > 0) return direct;
  const zones = placementOf(graph, resource).availabilityZones;
  return (
    groupProperties
      .flatMap((property) => graph.follow(resource, property, groupTypes))
      // A group goes by a name, which is its own in each region.
      .filter(({ region }) => region === resource.region)
      .flatMap((group) => graph.follow(group, "subnetIds", [experimentTypes.subnet]))
      .filter((subnet) => zones.length === 0 || zones.includes(zoneOf(subnet)))
  );
}

function zoneOf(subnet: Resource): string {
  return textOf(subnet, "availabilityZone") ?? "";
}
