import { placementOf } from "../placement";
import type { Resource, Value } from "../resource";
import type { StackGraph } from "../stackGraph";
import { fieldOf, isList, isObject, listOf, valueOf } from "../values";
import { experimentTypes } from "./experimentTypes";

/** What FIS calls a kind of resource, and what it is in a stack. */
const typesOf: Readonly<Record<string, readonly string[]>> = {
  // A group stands for its instances, which are no resources of the stack.
  "aws:ec2:instance": [experimentTypes.instance, experimentTypes.autoScalingGroup],
  "aws:ec2:autoscaling-group": [experimentTypes.autoScalingGroup],
  "aws:ec2:subnet": [experimentTypes.subnet],
  "aws:rds:db": [experimentTypes.database],
  "aws:rds:cluster": [experimentTypes.databaseCluster],
  "aws:elasticache:replicationgroup": [experimentTypes.cacheGroup],
  "aws:dynamodb:global-table": [experimentTypes.table],
};

/** Parameters and filters that name availability zones; others are taken to let everything through. */
const zoneParameters = [
  "availabilityZoneIdentifier",
  "availabilityZoneIdentifiers",
  "writerAvailabilityZoneIdentifiers",
];
const zonePaths = ["Placement.AvailabilityZone", "AvailabilityZone", "AvailabilityZones"];

/**
 * The resources of the stack that a target of an experiment template may resolve to. FIS resolves it
 * when an experiment starts: where that depends on the moment, as with a database that is in either of
 * two zones, the resource is among them.
 *
 * @see https://docs.aws.amazon.com/fis/latest/userguide/targets.html
 */
export function targetsOf(
  graph: StackGraph,
  template: Resource,
  name: string,
): readonly Resource[] {
  const target = listOf(template, "targets").find((one) => fieldOf(one, "name") === name);
  const types = typesOf[fieldTextOf(target, "resourceType")] ?? [];
  const arns = textsIn(fieldOf(target, "resourceArns"));
  if (arns.length > 0) return arns.flatMap((arn) => graph.byValue(arn, types));
  const tags = pairsIn(fieldOf(target, "resourceTags"));
  const zones = zonesOf(target);
  return graph
    .ofType(...types)
    .filter(
      (resource) =>
        resource.region === template.region &&
        hasTags(graph, resource, fieldTextOf(target, "resourceType"), tags) &&
        (zones.length === 0 || isIn(graph, resource, zones)),
    );
}

function zonesOf(target: Value | undefined): readonly string[] {
  const parameters = fieldOf(target, "parameters");
  const filters = fieldOf(target, "filters");
  return [
    ...zoneParameters.flatMap((key) => fieldTextOf(parameters, key).split(",")),
    ...(isList(filters) ? filters : [])
      .filter((filter) => zonePaths.includes(fieldTextOf(filter, "path")))
      .flatMap((filter) => textsIn(fieldOf(filter, "values"))),
  ].filter((zone) => zone !== "");
}

/** Whether a resource is in one of the zones; what is in several at once may be in any of them. */
function isIn(graph: StackGraph, resource: Resource, zones: readonly string[]): boolean {
  const own =
    resource.type === experimentTypes.cacheGroup
      ? textsIn(valueOf(resource, "preferredCacheClusterAzs"))
      : placementOf(graph, resource).availabilityZones;
  return own.some((zone) => zones.includes(zone));
}

type Pairs = readonly (readonly [key: string, value: string])[];

function hasTags(
  graph: StackGraph,
  resource: Resource,
  resourceType: string,
  wanted: Pairs,
): boolean {
  const isForInstances =
    resourceType === "aws:ec2:instance" && resource.type === experimentTypes.autoScalingGroup;
  const own = isForInstances ? instanceTags(graph, resource) : tagsOf(resource);
  return wanted.every(([key, value]) =>
    own.some(([ownKey, ownValue]) => ownKey === key && ownValue === value),
  );
}

function tagsOf(resource: Resource): Pairs {
  const tags = valueOf(resource, "tags");
  return isList(tags) ? pairsIn(tags) : entriesOf(tags);
}

/** What a group's instances are tagged with: by its template, and by itself. */
function instanceTags(graph: StackGraph, group: Resource): Pairs {
  const propagated = listOf(group, "tags").filter(
    (tag) => fieldOf(tag, "propagateAtLaunch") === true,
  );
  const specified = graph
    .follow(group, "launchTemplate", [experimentTypes.launchTemplate])
    .flatMap((template) => listOf(template, "tagSpecifications"))
    .filter((specification) => fieldOf(specification, "resourceType") === "instance")
    .flatMap((specification) => entriesOf(fieldOf(specification, "tags")));
  return [...pairsIn(propagated), ...specified];
}

/** Keys and values of a list of `{ key, value }`. */
export function pairsIn(list: Value | undefined): Pairs {
  return (isList(list) ? list : []).map(
    (pair) => [fieldTextOf(pair, "key"), fieldTextOf(pair, "value")] as const,
  );
}

function entriesOf(mapping: Value | undefined): Pairs {
  return isObject(mapping)
    ? Object.keys(mapping).map((key) => [key, fieldTextOf(mapping, key)] as const)
    : [];
}

export function fieldTextOf(value: Value | undefined, field: string): string {
  const text = fieldOf(value, field);
  return typeof text === "string" ? text : "";
}

function textsIn(value: Value | undefined): readonly string[] {
  return (isList(value) ? value : []).filter((one) => typeof one === "string");
}
