import type { TargetGroup, UnknownStatus } from "../model";
import type { Need } from "./need";
import { all, any, resource as need } from "./need";
import type { Resource } from "./resource";
import type { StackGraph } from "./stackGraph";
import { awsTypes } from "./types";
import {
  fieldOf,
  firstOf,
  flagOf,
  hasUnknown,
  leaves,
  listOf,
  numberOf,
  textOf,
  valueOf,
} from "./values";

/**
 * A target group of a balancer. For a classic balancer, which has its own instances, the balancer
 * itself.
 */
export interface TargetGroupParts {
  readonly group: Resource;
  /** The instances, groups of instances, functions or balancers behind it. */
  readonly targets: readonly Resource[];
  /**
   * Set where some of its targets were not read. Without any, that is so unless AWS reported that
   * it has none: an Auto Scaling group or a controller outside may register targets.
   */
  readonly unread?: UnknownStatus;
  readonly minimumHealthy?: NonNullable<TargetGroup<never>["minimumHealthy"]>;
}

/** Whether a resource is a balancer, of any generation. */
export function isBalancer({ type }: Resource): boolean {
  return type === awsTypes.loadBalancer || type === awsTypes.classicBalancer;
}

/**
 * What a balancer needs in addition to itself: a target in each group whose targets were all read.
 */
export function targetsNeed(
  graph: StackGraph,
  balancer: Resource,
  above: readonly Resource[] = [],
): Need {
  const groups = targetGroupsOf(graph, balancer, above).filter(({ unread }) => !unread);
  const below = [...above, balancer];
  return all(
    ...groups.map(({ targets }) => any(...targets.map((one) => targetNeed(graph, one, below)))),
  );
}

/**
 * All target groups that a balancer can forward to, through its listeners and their rules.
 *
 * @param above balancers that have this one as a target
 */
export function targetGroupsOf(
  graph: StackGraph,
  balancer: Resource,
  above: readonly Resource[] = [],
): readonly TargetGroupParts[] {
  if (balancer.type === awsTypes.classicBalancer) return [classicGroup(graph, balancer)];
  const listeners = graph.referringTo(balancer, awsTypes.listener, "loadBalancerArn");
  if (listeners.length === 0)
    return [unreadPart(balancer, "its listeners are not part of what was read")];
  const forwarding = listeners.flatMap((listener) => [
    forwardedBy(graph, listener, "defaultActions"),
    ...graph
      .referringTo(listener, awsTypes.listenerRule, "listenerArn")
      .map((rule) => forwardedBy(graph, rule, "actions")),
  ]);
  const groups = new Set(forwarding.flatMap((found) => found));
  return [
    ...[...groups].map((group) => {
      const minimumHealthy = minimumHealthyOf(group);
      return {
        group,
        ...targetsOf(graph, group, [...above, balancer]),
        ...(minimumHealthy === undefined ? {} : { minimumHealthy }),
      };
    }),
    ...(forwarding.includes(notRead)
      ? [unreadPart(balancer, "a target group that it forwards to is not part of what was read")]
      : []),
  ];
}

/** Stands for what was not read of a balancer. */
function unreadPart(balancer: Resource, why: string): TargetGroupParts {
  return { group: balancer, targets: [], unread: { name: balancer.name, why } };
}

/** Marks that something forwards to target groups that were not read. */
const notRead: readonly Resource[] = [];

/** The target groups that a listener's or a rule's actions forward to. */
function forwardedBy(graph: StackGraph, from: Resource, actions: string): readonly Resource[] {
  const found = graph.follow(from, actions, [awsTypes.targetGroup]);
  if (found.length > 0) return found;
  const value = valueOf(from, actions);
  const isForward = leaves(value).some(
    (leaf) => typeof leaf === "string" && /^arn:.*:targetgroup\//.test(leaf),
  );
  return isForward || hasUnknown(value) ? notRead : [];
}

/** A classic balancer's own instances, and those of the groups and attachments that name it. */
function classicGroup(graph: StackGraph, balancer: Resource): TargetGroupParts {
  const referring = (type: string, property: string): readonly Resource[] =>
    graph.referringTo(balancer, type, property);
  const targets = [
    ...graph.follow(balancer, "instances", [awsTypes.instance]),
    ...referring(awsTypes.classicAttachment, "elb").flatMap((attachment) =>
      graph.follow(attachment, "instance", [awsTypes.instance]),
    ),
    ...referring(awsTypes.autoScalingGroup, "loadBalancers"),
    ...referring(awsTypes.autoScalingAttachment, "elb").flatMap((attachment) =>
      graph.follow(attachment, "autoscalingGroupName", [awsTypes.autoScalingGroup]),
    ),
  ];
  const found = new Set(targets);
  const why =
    found.size < listOf(balancer, "instances").length
      ? "some of its instances are not part of what was read"
      : found.size === 0 && !flagOf(balancer, "areTargetsRead")
        ? "its instances are not part of what was read"
        : undefined;
  return {
    group: balancer,
    targets: [...found],
    ...(why === undefined ? {} : { unread: { name: balancer.name, why } }),
  };
}

const registeredTypes = [
  awsTypes.instance,
  awsTypes.networkInterface,
  awsTypes.loadBalancer,
  awsTypes.lambda,
];

function targetsOf(
  graph: StackGraph,
  group: Resource,
  above: readonly Resource[],
): Pick<TargetGroupParts, "targets" | "unread"> {
  const registered = graph
    .referringTo(group, awsTypes.targetGroupAttachment, "targetGroupArn")
    .map((attachment) => targetOf(graph, attachment));
  const inline = graph.follow(group, "targets", registeredTypes);
  const scaled = graph.referringTo(group, awsTypes.autoScalingGroup, "targetGroupArns");
  const attached = graph
    .referringTo(group, awsTypes.autoScalingAttachment, "lbTargetGroupArn")
    .map((attachment) =>
      graph.follow(attachment, "autoscalingGroupName", [awsTypes.autoScalingGroup]),
    );
  const services = graph.referringTo(group, awsTypes.containerService, "loadBalancers");
  const running = services.filter((service) => (numberOf(service, "desiredCount") ?? 0) > 0);
  const found = [
    ...new Set([...registered.flat(), ...inline, ...scaled, ...attached.flat(), ...running]),
  ];
  // Elastic Load Balancing refuses a balancer that is its own target.
  const targets = found.filter((one) => !above.includes(one));
  const service = services.find((one) => !running.includes(one));
  const isSomeMissing =
    [...registered, ...attached].some(({ length }) => length === 0) ||
    inline.length < listOf(group, "targets").length;
  const why = service
    ? `${service.name} registers its targets at run time`
    : isSomeMissing
      ? "some of its targets are outside this stack"
      : targets.length === 0 && !flagOf(group, "areTargetsRead")
        ? `its targets, of type ${textOf(group, "targetType") ?? "instance"}, are not part of what was read`
        : undefined;
  return { targets, ...(why === undefined ? {} : { unread: { name: group.name, why } }) };
}

/**
 * The one resource that a target is. An address within a VPC may belong to several resources, and
 * then identifies none. Where AWS reported the target's health, its attachment stands for it if
 * nothing else does.
 */
export function targetOf(graph: StackGraph, attachment: Resource): readonly Resource[] {
  const found = graph.follow(attachment, "targetId", registeredTypes);
  const isOneOfSeveral = typeof valueOf(attachment, "targetId") === "string" && found.length > 1;
  if (found.length > 0 && !isOneOfSeveral) return found;
  return valueOf(attachment, "state") === undefined ? [] : [attachment];
}

/** What a target needs to serve; a balancer has its own targets. */
export function targetNeed(graph: StackGraph, target: Resource, above: readonly Resource[]): Need {
  const own = need(target.urn);
  return isBalancer(target) ? all(own, targetsNeed(graph, target, above)) : own;
}

/** What a target group needs for its balancer to stay in DNS; "off" means no minimum. */
function minimumHealthyOf(group: Resource): TargetGroupParts["minimumHealthy"] {
  const failover = firstOf(fieldOf(firstOf(valueOf(group, "targetGroupHealth")), "dnsFailover"));
  const [count, percentage] = ["minimumHealthyTargetsCount", "minimumHealthyTargetsPercentage"].map(
    (field) => Number(fieldOf(failover, field) ?? "off"),
  );
  const minimum = {
    ...(count !== undefined && count > 0 ? { count } : {}),
    ...(percentage !== undefined && percentage > 0 ? { percentage } : {}),
  };
  return Object.keys(minimum).length > 0 ? minimum : undefined;
}

/** The number of instances that a target represents: the desired number of a group or a service. */
export function instancesOf(target: Resource): number {
  if (target.type === awsTypes.containerService) return numberOf(target, "desiredCount") || 1;
  if (target.type !== awsTypes.autoScalingGroup) return 1;
  return numberOf(target, "desiredCapacity") || numberOf(target, "minSize") || 1;
}

interface Thresholds {
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
}

/** The provider's defaults for a block, and AWS's without a block (API:CreateTargetGroup). */
const providerThresholds: Thresholds = { healthyThreshold: 3, unhealthyThreshold: 3 };
const awsThresholds: Thresholds = { healthyThreshold: 5, unhealthyThreshold: 2 };

/** The default values of a group's health check. */
function standardCheckOf(
  group: Resource,
): Thresholds & { readonly interval: number; readonly timeout: number } {
  const given = valueOf(group, "healthCheck");
  const thresholds = given === undefined || given === null ? awsThresholds : providerThresholds;
  if (textOf(group, "targetType") === "lambda") return { ...thresholds, interval: 35, timeout: 30 };
  const timeout = textOf(group, "protocol") === "HTTP" ? 6 : 10;
  return { ...thresholds, interval: 30, timeout };
}

/**
 * The longest times until a target group stops using a dead target, and until it uses a returning
 * one. Its checks start an interval apart, and the last one may use up its timeout (Elastic Load
 * Balancing, "Target group health checks"); a return needs the healthy threshold
 * (API:CreateTargetGroup).
 */
export function timesOf(
  group: Resource,
): Pick<TargetGroup<never>, "detectionSeconds" | "recoverySeconds"> {
  const { intervalSeconds, timeoutSeconds, ...thresholds } = targetCheckOf(group);
  const seconds = (threshold: number | undefined): number | undefined =>
    intervalSeconds === undefined || timeoutSeconds === undefined || threshold === undefined
      ? undefined
      : threshold * intervalSeconds + timeoutSeconds;
  const [detectionSeconds, recoverySeconds] = [
    seconds(thresholds.unhealthyThreshold),
    seconds(thresholds.healthyThreshold),
  ];
  return {
    ...(detectionSeconds === undefined ? {} : { detectionSeconds }),
    ...(recoverySeconds === undefined ? {} : { recoverySeconds }),
  };
}

/** How a target group checks its targets; undefined where that is unknown. */
export interface TargetCheck {
  readonly intervalSeconds: number | undefined;
  readonly timeoutSeconds: number | undefined;
  readonly healthyThreshold: number | undefined;
  readonly unhealthyThreshold: number | undefined;
}

export function targetCheckOf(group: Resource): TargetCheck {
  const check = firstOf(valueOf(group, "healthCheck"));
  const standard = standardCheckOf(group);
  const figure = (field: keyof ReturnType<typeof standardCheckOf>): number | undefined => {
    const value = fieldOf(check, field) ?? standard[field];
    return typeof value === "number" ? value : undefined;
  };
  return {
    intervalSeconds: figure("interval"),
    timeoutSeconds: figure("timeout"),
    healthyThreshold: figure("healthyThreshold"),
    unhealthyThreshold: figure("unhealthyThreshold"),
  };
}
