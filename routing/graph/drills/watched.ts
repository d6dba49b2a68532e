import { deaths } from "../../checker";
import { endpointOf, targetGroupsOf } from "../endpoints";
import type { Fault } from "../faults";
import { lossesOf } from "../faults";
import type { Losses } from "../need";
import { isMet } from "../need";
import type { Resource, Value } from "../resource";
import { fieldOf, isObject, numberOf, textOf, valueOf } from "../values";
import type { World } from "../world";
import { drillTypes } from "./drillTypes";

/** Whether an alarm can stop a drill. */
export interface Judgement {
  readonly kind:
    /** What it watches outlives the drill: it rings for harm alone. */
    | "survives"
    /** The drill itself sets it off, and so would end at once. */
    | "causedByDrill"
    /** Nobody writes its metric in its region. */
    | "silent"
    | "absent"
    | "elsewhere"
    /** What it watches is nothing that the model knows. */
    | "undecided";
  /** In words. */
  readonly why: string;
}

/** Dimensions of CloudWatch, and the property by which a resource of the stack is meant. */
const dimensions: Readonly<Record<string, readonly [type: string, property: string]>> = {
  AutoScalingGroupName: [drillTypes.autoScalingGroup, "name"],
  DBInstanceIdentifier: [drillTypes.database, "identifier"],
  FunctionName: [drillTypes.function, "name"],
  HealthCheckId: [drillTypes.healthCheck, "id"],
  InstanceId: [drillTypes.instance, "id"],
  LoadBalancer: [drillTypes.loadBalancer, "arnSuffix"],
  TargetGroup: [drillTypes.targetGroup, "arnSuffix"],
};

/** A synthetic order that was under way when the outage began, in seconds at most. */
const orderSeconds = 10;

/** Whether an alarm is a fit one to stop a drill that takes this away. */
export function judgeAlarm(world: World, alarm: Resource, fault: Fault): Judgement {
  const watched = dimensionsOf(alarm);
  const name = watchedName(world, alarm, watched);
  if (name !== undefined)
    return name.isWritten ? judgeName(world, alarm, fault, name.name) : silent(alarm);
  const resources = watchedResources(world, alarm, watched);
  const losses = lossesOf(world.graph, world.placements, [fault]);
  const lost = resources.filter((resource) => isLost(world, resource, losses));
  if (lost.length > 0) {
    return { kind: "causedByDrill", why: `the drill takes away ${namesOf(lost)}` };
  }
  return resources.length > 0
    ? { kind: "survives", why: `the drill leaves ${namesOf(resources)} alone` }
    : { kind: "undecided", why: "nothing of the stack is known to be what it watches" };
}

type Dimensions = readonly (readonly [key: string, value: string])[];

function dimensionsOf(alarm: Resource): Dimensions {
  const given = valueOf(alarm, "dimensions");
  return isObject(given)
    ? Object.entries(given).flatMap(([key, value]) =>
        typeof value === "string" ? [[key, value] as const] : [],
      )
    : [];
}

/** The name in DNS that somebody asks to write the alarm's metric, and whether that is done here. */
interface WatchedName {
  readonly name: string;
  readonly isWritten: boolean;
}

/**
 * A metric that goes by a name of the stack is written by a function that asks a name: the one in its
 * environment, which is another one during a release.
 */
function watchedName(
  { graph, route53 }: World,
  alarm: Resource,
  watched: Dimensions,
): WatchedName | undefined {
  const isOurs = (name: string): boolean => route53.group(name, "A") !== undefined;
  const [, name] = watched.find(([, value]) => isOurs(value)) ?? [];
  if (name === undefined) return undefined;
  const writers = graph
    .ofType(drillTypes.function)
    .filter((one) => variablesOf(one).includes(name));
  const [here] = writers.filter(({ region }) => region === alarm.region);
  const asked = here === undefined ? [] : variablesOf(here).flatMap(hostOf).filter(isOurs);
  return { name: asked[0] ?? name, isWritten: here !== undefined || writers.length === 0 };
}

function variablesOf(lambda: Resource): readonly string[] {
  const variables = fieldOf(valueOf(lambda, "environment"), "variables");
  return isObject(variables)
    ? Object.values(variables).filter((value: Value) => typeof value === "string")
    : [];
}

function hostOf(text: string): readonly string[] {
  const [, host] = /^https?:\/\/([^/:]+)/.exec(text) ?? [];
  return host === undefined ? [] : [host];
}

function silent(alarm: Resource): Judgement {
  return {
    kind: "silent",
    why: `its metric is written in another region than ${alarm.region ?? "its own"}`,
  };
}

/**
 * Whether customers of a name are served in the drill, by something that takes orders, and lose no more
 * minutes on the way there than the alarm waits for.
 */
function judgeName(world: World, alarm: Resource, fault: Fault, name: string): Judgement {
  const families = ["A", "AAAA"].filter((type) => world.route53.group(name, type) !== undefined);
  const situation = world.under([fault]);
  const unserved = families.flatMap((type) =>
    situation
      .resolve(name, type)
      .answers.filter(
        ({ alive, withoutDatabases, target }) =>
          !alive || withoutDatabases !== undefined || isPage(world, target),
      ),
  );
  const [bad] = unserved;
  if (bad)
    return {
      kind: "causedByDrill",
      why: `in the drill ${name} answers ${bad.value}, which takes no orders`,
    };
  const downtimes = families.flatMap((type) =>
    deaths.map((death) => world.worstCase(name, type, [], [fault], death).downtimeSeconds),
  );
  const worst = Math.max(...downtimes.map((seconds) => seconds ?? Infinity));
  const spoiled = worst === 0 ? 0 : Math.floor((worst + orderSeconds) / 60) + 1;
  const periods = numberOf(alarm, "evaluationPeriods") ?? 1;
  return spoiled < periods
    ? { kind: "survives", why: `${name} is served again before the alarm's ${periods} minutes` }
    : {
        kind: "causedByDrill",
        why: `${name} loses up to ${spoiled} minutes on its way, and the alarm waits ${periods}`,
      };
}

/** Whether an answer is a page that stands in for everything else. */
function isPage({ graph }: World, target: string): boolean {
  const type = graph.get(target)?.type;
  return type === drillTypes.bucketWebsite || type === drillTypes.distribution;
}

function watchedResources(
  { graph }: World,
  alarm: Resource,
  watched: Dimensions,
): readonly Resource[] {
  const known = watched.flatMap(([key, value]) => {
    const [type, property] = dimensions[key] ?? [];
    if (type === undefined || property === undefined) return [];
    return graph
      .ofType(type)
      .filter((one) => (property === "id" ? one.id : textOf(one, property)) === value)
      .filter(({ region }) => region === alarm.region || type === drillTypes.healthCheck);
  });
  if (known.length > 0) return known;
  // Before deployment: what the values will come from.
  const types = Object.values(dimensions).map(([type]) => type);
  return graph.dependenciesOf(alarm, "dimensions", types);
}

function isLost(world: World, resource: Resource, losses: Losses<boolean>): boolean {
  const { graph } = world;
  switch (resource.type) {
    case drillTypes.loadBalancer:
      return !isMet(endpointOf(graph, resource).need, losses);
    case drillTypes.targetGroup:
      return graph
        .referringTo(resource, drillTypes.listener, "defaultActions")
        .flatMap((listener) => graph.follow(listener, "loadBalancerArn", [drillTypes.loadBalancer]))
        .flatMap((balancer) => targetGroupsOf(graph, balancer))
        .filter(({ group }) => group === resource)
        .some(({ targets }) => targets.every(({ urn }) => losses.resource(urn)));
    case drillTypes.healthCheck: {
      const check = world.route53.checks.get(resource.urn);
      const endpoint = check?.kind === "endpoint" ? world.endpointOfCheck(check) : undefined;
      return endpoint !== undefined && !isMet(endpoint.need, losses);
    }
    default:
      return losses.resource(resource.urn);
  }
}

function namesOf(resources: readonly Resource[]): string {
  return [...new Set(resources.map(({ name }) => name))].join(", ");
}
