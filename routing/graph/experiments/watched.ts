import { failureModes } from "../../checker";
import { endpointOf } from "../endpoints";
import type { Fault } from "../faults";
import { lossesOf } from "../faults";
import type { Losses } from "../need";
import { targetGroupsOf } from "../targetGroups";
import { isMet } from "../need";
import type { Resource, Value } from "../resource";
import { fieldOf, isObject, numberOf, textOf, valueOf } from "../values";
import type { StackModel } from "../stackModel";
import { experimentTypes } from "./experimentTypes";

/** Whether an alarm can stop an experiment. */
export interface AlarmJudgement {
  readonly kind:
    /** What it watches outlives the experiment: it rings for harm alone. */
    | "survives"
    /** The experiment itself sets it off, and so would end at once. */
    | "causedByExperiment"
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
  AutoScalingGroupName: [experimentTypes.autoScalingGroup, "name"],
  DBInstanceIdentifier: [experimentTypes.database, "identifier"],
  FunctionName: [experimentTypes.function, "name"],
  HealthCheckId: [experimentTypes.healthCheck, "id"],
  InstanceId: [experimentTypes.instance, "id"],
  LoadBalancer: [experimentTypes.loadBalancer, "arnSuffix"],
  TargetGroup: [experimentTypes.targetGroup, "arnSuffix"],
};

/** A synthetic order that was under way when the outage began, in seconds at most. */
const orderSeconds = 10;

/** Whether an alarm is a fit one to stop an experiment that takes this away. */
export function judgeAlarm(model: StackModel, alarm: Resource, fault: Fault): AlarmJudgement {
  const watched = dimensionsOf(alarm);
  const name = watchedName(model, alarm, watched);
  if (name !== undefined)
    return name.isWritten ? judgeName(model, alarm, fault, name.name) : silent(alarm);
  const resources = watchedResources(model, alarm, watched);
  const losses = lossesOf(model.graph, model.placements, [fault]);
  const lost = resources.filter((resource) => isLost(model, resource, losses));
  if (lost.length > 0) {
    return { kind: "causedByExperiment", why: `the experiment removes ${namesOf(lost)}` };
  }
  return resources.length > 0
    ? { kind: "survives", why: `the experiment does not affect ${namesOf(resources)}` }
    : { kind: "undecided", why: "no resource of the stack matches its metric" };
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
  { graph, route53 }: StackModel,
  alarm: Resource,
  watched: Dimensions,
): WatchedName | undefined {
  const isOurs = (name: string): boolean => route53.group(name, "A") !== undefined;
  const [, name] = watched.find(([, value]) => isOurs(value)) ?? [];
  if (name === undefined) return undefined;
  const writers = graph
    .ofType(experimentTypes.function)
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

function silent(alarm: Resource): AlarmJudgement {
  return {
    kind: "silent",
    why: `its metric is in another region than ${alarm.region ?? "its own"}`,
  };
}

/**
 * Whether customers of a name are served in the experiment, by something that takes orders, and lose no more
 * minutes on the way there than the alarm waits for.
 */
function judgeName(model: StackModel, alarm: Resource, fault: Fault, name: string): AlarmJudgement {
  const families = ["A", "AAAA"].filter((type) => model.route53.group(name, type) !== undefined);
  const state = model.under([fault]);
  const unserved = families.flatMap((type) =>
    state
      .resolve(name, type)
      .answers.filter(
        ({ alive, withoutDatabases, target }) =>
          !alive || withoutDatabases !== undefined || isPage(model, target),
      ),
  );
  const [bad] = unserved;
  if (bad)
    return {
      kind: "causedByExperiment",
      why: `in the experiment ${name} answers ${bad.value}, which takes no orders`,
    };
  const downtimes = families.flatMap((type) =>
    failureModes.map((death) => model.worstCase(name, type, [], [fault], death).downtimeSeconds),
  );
  const worst = Math.max(...downtimes.map((seconds) => seconds ?? Infinity));
  const spoiled = worst === 0 ? 0 : Math.floor((worst + orderSeconds) / 60) + 1;
  const periods = numberOf(alarm, "evaluationPeriods") ?? 1;
  return spoiled < periods
    ? { kind: "survives", why: `${name} is served again before the alarm's ${periods} minutes` }
    : {
        kind: "causedByExperiment",
        why: `${name} loses up to ${spoiled} minutes during the failover, and the alarm waits ${periods}`,
      };
}

/** Whether an answer is a page that stands in for everything else. */
function isPage({ graph }: StackModel, target: string): boolean {
  const type = graph.get(target)?.type;
  return type === experimentTypes.bucketWebsite || type === experimentTypes.distribution;
}

function watchedResources(
  { graph }: StackModel,
  alarm: Resource,
  watched: Dimensions,
): readonly Resource[] {
  const known = watched.flatMap(([key, value]) => {
    const [type, property] = dimensions[key] ?? [];
    if (type === undefined || property === undefined) return [];
    return graph
      .ofType(type)
      .filter((one) => (property === "id" ? one.id : textOf(one, property)) === value)
      .filter(({ region }) => region === alarm.region || type === experimentTypes.healthCheck);
  });
  if (known.length > 0) return known;
  // Before deployment: what the values will come from.
  const types = Object.values(dimensions).map(([type]) => type);
  return graph.dependenciesOf(alarm, "dimensions", types);
}

function isLost(model: StackModel, resource: Resource, losses: Losses<boolean>): boolean {
  const { graph } = model;
  switch (resource.type) {
    case experimentTypes.loadBalancer:
      return !isMet(endpointOf(graph, resource).need, losses);
    case experimentTypes.targetGroup:
      return graph
        .referringTo(resource, experimentTypes.listener, "defaultActions")
        .flatMap((listener) =>
          graph.follow(listener, "loadBalancerArn", [experimentTypes.loadBalancer]),
        )
        .flatMap((balancer) => targetGroupsOf(graph, balancer))
        .filter(({ group }) => group === resource)
        .some(({ targets }) => targets.every(({ urn }) => losses.resource(urn)));
    case experimentTypes.healthCheck: {
      const check = model.route53.checks.get(resource.urn);
      const endpoint = check?.kind === "endpoint" ? model.endpointOfCheck(check) : undefined;
      return endpoint !== undefined && !isMet(endpoint.need, losses);
    }
    default:
      return losses.resource(resource.urn);
  }
}

function namesOf(resources: readonly Resource[]): string {
  return [...new Set(resources.map(({ name }) => name))].join(", ");
}
