import { targetGroupsOf } from "../../routing/graph/targetGroups";
import type { RecordSet } from "../../routing/model";
import type { Subject } from "../fields";
import type { Stack } from "../stack";
import { types } from "../types";
import { endpointsOf } from "./places";

/** The capacity that can run behind a record, independent of the rest of AWS. */
export interface RecordCapacity {
  /** Instance family, such as `t4g`: sizes compare within one. */
  readonly family: string;
  /** Number of running instances, times their size in units of the smallest. */
  readonly size: number;
  /** The same, including reserved capacity; at least `size`. */
  readonly held: number;
  readonly words: string;
  /** Why it is unknown. */
  readonly unknown?: string;
}

/** Sizes, each twice the previous one (Amazon EC2 instance types). */
const sizes: readonly string[] = ["nano", "micro", "small", "medium", "large", "xlarge"];

/**
 * The running or reserved capacity behind a record; undefined if the stack has no servers behind
 * it.
 */
export function capacityOf(stack: Stack, record: RecordSet): RecordCapacity | undefined {
  const parts = endpointsOf(stack, [record]).flatMap(({ urn }) => {
    const server = stack.graph.get(urn);
    return server ? serverParts(stack, stack.subject(server)) : [];
  });
  if (parts.length === 0) return undefined;
  const unknown = parts.find((part) => part.unknown !== undefined)?.unknown;
  return {
    family: [...new Set(parts.map(({ family }) => family))].join("+"),
    size: parts.reduce((sum, { size }) => sum + size, 0),
    held: parts.reduce((sum, { held }) => sum + held, 0),
    words: parts.map(({ words }) => words).join(" and "),
    ...(unknown === undefined ? {} : { unknown }),
  };
}

function serverParts(stack: Stack, server: Subject): readonly RecordCapacity[] {
  switch (server.type) {
    case types.instance:
      return [instances(server, server, 1)];
    case types.autoScalingGroup:
      return [groupPart(stack, server)];
    case types.containerService:
      return [servicePart(stack, server)];
    case types.loadBalancer:
    case types.classicBalancer:
      return serversBehind(stack, server).flatMap((target) => serverParts(stack, target));
    default:
      return [];
  }
}

/** The servers behind a balancer; one group of instances may be in several target groups. */
function serversBehind(stack: Stack, balancer: Subject): readonly Subject[] {
  const groups = targetGroupsOf(stack.graph, balancer.resource);
  const targets = groups.flatMap(({ targets: found }) => found);
  // A service without tasks is not among the targets, and has no capacity.
  const services = groups.flatMap(({ group }) =>
    stack.graph.referringTo(group, types.containerService, "loadBalancers"),
  );
  return [...new Set([...targets, ...services])].map((resource) => stack.subject(resource));
}

/** The tasks of a service, in CPU units. */
function servicePart(stack: Stack, service: Subject): RecordCapacity {
  const [task] = stack.follow(service, "taskDefinition", types.taskDefinition);
  if (service.unknownAt("desiredCount") || !service.has("desiredCount")) {
    return hidden(`the number of tasks of ${service.name} is not known`);
  }
  const count = service.number("desiredCount", 0);
  const units = task && !task.unknownAt("cpu") ? task.number("cpu", 1) : 1;
  const size = count * units;
  return {
    family: "tasks",
    size,
    held: size,
    words: `${count} task${count === 1 ? "" : "s"}${units > 1 ? ` of ${units} CPU units` : ""}`,
  };
}

function groupPart(stack: Stack, group: Subject): RecordCapacity {
  if (group.unknownAt("minSize")) {
    return hidden(`the minimum size of ${group.name} is not known`);
  }
  const [template] = ["launchTemplate", "mixedInstancesPolicy", "launchConfiguration"].flatMap(
    (property) => stack.follow(group, property, types.launchTemplate, types.launchConfiguration),
  );
  if (!template) return hidden(`the launch template of ${group.name} is outside this stack`);
  const running = group.number("minSize", 0);
  const held = template.unknownAt("instanceType") ? 0 : heldFor(stack, group, template);
  return instances(template, group, running, Math.max(running, held));
}

/**
 * Instances that a group can always start, including running ones: the reserved capacity in its
 * zone for its instance type, minus the running instances of other groups in the zone.
 */
function heldFor(stack: Stack, group: Subject, template: Subject): number {
  const [zone, ...others] = stack.model.placements.of(group.resource).availabilityZones;
  const type = template.text("instanceType", "");
  if (zone === undefined || others.length > 0) return 0;
  const room = stack
    .subjects(types.capacityReservation)
    .filter((each) => isKnown(each, "availabilityZone", "instanceType", "instanceCount"))
    .filter((each) => each.text("availabilityZone") === zone && each.text("instanceType") === type)
    // Only instances that name a targeted reservation use it.
    .filter((each) => each.text("instanceMatchCriteria", "open") === "open")
    .reduce((sum, each) => sum + each.number("instanceCount", 0), 0);
  if (room === 0) return 0;
  const taken = stack
    .subjects(types.autoScalingGroup)
    .filter(({ resource }) => resource.urn !== group.resource.urn)
    .filter(({ resource }) => stack.model.placements.of(resource).availabilityZones.includes(zone))
    .filter((each) => isKnown(each, "minSize"))
    .reduce((sum, each) => sum + each.number("minSize", 0), 0);
  return Math.max(0, room - taken);
}

function isKnown(subject: Subject, ...properties: readonly string[]): boolean {
  return properties.every((property) => subject.unknownAt(property) === undefined);
}

function instances(of: Subject, server: Subject, count: number, held = count): RecordCapacity {
  if (of.unknownAt("instanceType")) {
    return hidden(`the instance type of ${server.name} is not known`);
  }
  const type = of.text("instanceType", "");
  if (type === "") return hidden(`${of.name} has no instance type`);
  const [family = "", size = ""] = type.split(".");
  const units = unitsOf(size);
  if (units === undefined) return hidden(`the size of instance type ${type} is unknown`);
  return { family, size: count * units, held: held * units, words: `${count} × ${type}` };
}

function unitsOf(size: string): number | undefined {
  const times = /^(\d+)xlarge$/.exec(size)?.[1];
  const at = sizes.indexOf(times === undefined ? size : "xlarge");
  return at < 0 ? undefined : 2 ** at * Number(times ?? 1);
}

function hidden(why: string): RecordCapacity {
  return {
    family: "",
    size: 0,
    held: 0,
    words: "",
    unknown: `${why}, so its capacity is not checked`,
  };
}
