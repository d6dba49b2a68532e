import type * as pulumi from "@pulumi/pulumi";
import type { AlarmMessage, AlarmSpec } from "./alarm";
import type { WatchedEndpoint } from "../zone/zoneEndpoint";

/** Minutes that a target may be unhealthy: a replacement takes a few. */
const replacementMinutes = 5;
/** Minutes that a group may be too small: a new instance boots in a few, if there is capacity. */
const capacityMinutes = 15;

/**
 * The alarms on the compute resources of one availability zone, on one side of its region; none for
 * external endpoints.
 * An instance or group without data is stopped, so missing data is breaching.
 */
export function computeAlarms(
  availabilityZone: string,
  watched: WatchedEndpoint,
  side: "blue" | "green" = "blue",
): readonly AlarmSpec[] {
  const place =
    side === "blue"
      ? { key: availabilityZone, words: availabilityZone }
      : { key: `green-${availabilityZone}`, words: `${availabilityZone}, green side,` };
  switch (watched.kind) {
    case "instance":
      return [instanceAlarm(place, watched.instanceId)];
    case "balancer":
      return balancerAlarms(place, watched);
    case "own":
      return [];
  }
}

/** Keys of the alarms that signal that the zone is down. */
export function outageAlarmKeys(
  availabilityZone: string,
  { kind }: WatchedEndpoint,
  side: "blue" | "green" = "blue",
): readonly string[] {
  const at = side === "blue" ? availabilityZone : `green-${availabilityZone}`;
  const what = {
    instance: ["instance"],
    balancer: ["tls-no-healthy-target", "http-no-healthy-target"],
    own: [],
  };
  return what[kind].map((each) => `${at}-${each}`);
}

/** Key of the alarm on a zone with too few machines; undefined where a machine is not in a group. */
export function capacityAlarmKey(
  availabilityZone: string,
  { kind }: WatchedEndpoint,
  side: "blue" | "green" = "blue",
): string | undefined {
  const at = side === "blue" ? availabilityZone : `green-${availabilityZone}`;
  return kind === "balancer" ? `${at}-capacity` : undefined;
}

/** The zone in the keys and messages of its alarms. */
interface Place {
  readonly key: string;
  readonly words: string;
}

/** @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/viewing_metrics_with_cloudwatch.html */
function instanceAlarm({ key, words }: Place, instanceId: pulumi.Input<string>): AlarmSpec {
  return {
    key: `${key}-instance`,
    metric: {
      namespace: "AWS/EC2",
      name: "StatusCheckFailed",
      dimensions: { InstanceId: instanceId },
      statistic: "Maximum",
      periodSeconds: 60,
    },
    comparison: "GreaterThanOrEqualToThreshold",
    threshold: 1,
    periods: 2,
    missingData: "breaching",
    message: {
      meaning: `The instance in ${words} is stopped, or fails EC2's status checks.`,
      customers: "they move to the next zone when its health check fails.",
      system: "DNS leaves the zone; the instance is not replaced.",
      action: "stop and start the instance, which moves it to other hardware.",
      anchor: "instance-status-check-failed",
    },
  };
}

type WatchedBalancer = Extract<WatchedEndpoint, { kind: "balancer" }>;

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-cloudwatch-metrics.html */
function balancerAlarms(
  { key, words }: Place,
  { balancerArnSuffix, targetGroupArnSuffixes, instances }: WatchedBalancer,
): readonly AlarmSpec[] {
  const healthyHosts = (listener: "tls" | "http"): AlarmSpec["metric"] =>
    hosts("HealthyHostCount", "Minimum", balancerArnSuffix, targetGroupArnSuffixes[listener]);
  return [
    ...(["tls", "http"] as const).flatMap((listener): readonly AlarmSpec[] => [
      {
        key: `${key}-${listener}-unhealthy-target`,
        metric: hosts(
          "UnHealthyHostCount",
          "Maximum",
          balancerArnSuffix,
          targetGroupArnSuffixes[listener],
        ),
        comparison: "GreaterThanOrEqualToThreshold",
        threshold: 1,
        periods: replacementMinutes,
        // The next alarm covers a group without data.
        missingData: "notBreaching",
        message: unhealthyTarget(words),
      },
      {
        key: `${key}-${listener}-no-healthy-target`,
        metric: healthyHosts(listener),
        comparison: "LessThanThreshold",
        threshold: 1,
        periods: 1,
        missingData: "breaching",
        message: noHealthyTarget(words),
      },
    ]),
    {
      key: `${key}-capacity`,
      // Both groups have the same instances.
      metric: healthyHosts("tls"),
      comparison: "LessThanThreshold",
      threshold: instances,
      periods: capacityMinutes,
      missingData: "breaching",
      message: tooFew(words, instances),
    },
  ];
}

function hosts(
  name: string,
  statistic: "Maximum" | "Minimum",
  balancerArnSuffix: pulumi.Input<string>,
  targetGroupArnSuffix: pulumi.Input<string>,
): AlarmSpec["metric"] {
  return {
    namespace: "AWS/NetworkELB",
    name,
    dimensions: { LoadBalancer: balancerArnSuffix, TargetGroup: targetGroupArnSuffix },
    statistic,
    periodSeconds: 60,
  };
}

function unhealthyTarget(availabilityZone: string): AlarmMessage {
  return {
    meaning: `A web server of ${availabilityZone} has been unhealthy for ${replacementMinutes} minutes.`,
    customers: "not affected while others in the zone serve.",
    system: "the balancer stops sending it traffic, and its group replaces it.",
    action: "find out why the replacement does not become healthy; suspect the last release.",
    anchor: "balancer-target-unhealthy",
  };
}

function noHealthyTarget(availabilityZone: string): AlarmMessage {
  return {
    meaning: `No web server of ${availabilityZone} is healthy.`,
    customers: "they move to the next zone when its health check fails.",
    system: "DNS leaves the zone, and its group launches new web servers.",
    action: "find out why new ones do not become healthy; suspect the last release or the network.",
    anchor: "balancer-no-healthy-target",
  };
}

function tooFew(availabilityZone: string, instances: number): AlarmMessage {
  return {
    meaning: `Fewer than ${instances} web servers of ${availabilityZone} have been healthy for ${capacityMinutes} minutes: less than the full load needs.`,
    customers: "not affected at low load; at full load, slow pages.",
    system: "its group keeps trying to launch web servers.",
    action:
      "check the group's activity: a failed launch names its cause, such as missing capacity.",
    anchor: "zone-below-capacity",
  };
}
