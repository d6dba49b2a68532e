import type { Properties, Resource } from "../../../routing/graph/resource";
import { resource, zone } from "../graph/stack";
import type { Balancer, Check, Drawing, Member, Name, Policy } from "./zone";
import { placesOf, regions } from "./zone";

export const nameOf = (index: number): string => (index === 0 ? "www.a.test" : `n${index}.a.test`);
export const addressOf = (server: number): string =>
  server < 0 ? `203.0.113.${10 + server}` : `198.51.100.${server + 1}`;
export const sharedName = "elsewhere.test";
export const outsideOf = (host: number): string => `outside-${host}.test`;
export const absentOf = (host: number): string => `absent-${host}.a.test`;
export const recordOf = (name: number, place: number): string => `n${name}-${place}`;
export const checkOf = (index: number): string => `check-${index}`;
export const serverOf = (index: number): string => `web-${index}`;
export const targetGroupOf = (index: number): string => `group-${index}`;

/** The resources of a drawn stack. */
export function resourcesOf(drawing: Drawing): readonly Resource[] {
  const { servers, balancers, checks, names, isWhole } = drawing;
  return [
    isWhole ? { ...zone, isWhole } : zone,
    ...regions.flatMap((region) =>
      ["a", "b"].map((letter) =>
        resource(
          "aws:ec2/subnet:Subnet",
          `subnet-${region}${letter}`,
          { availabilityZone: `${region}${letter}` },
          { region },
        ),
      ),
    ),
    ...servers.flatMap(({ region, zone: place }, index) => [
      resource(
        "aws:ec2/instance:Instance",
        serverOf(index),
        { subnetId: `subnet-${place}` },
        { region },
      ),
      resource(
        "aws:ec2/eip:Eip",
        `ip-${index}`,
        { publicIp: addressOf(index), instance: serverOf(index) },
        { region },
      ),
    ]),
    ...balancers.flatMap(balancerResources),
    ...checks.flatMap(checkResources),
    ...names.flatMap(recordResources),
    ...(placesOf["cidr"] ?? [])
      .filter((block) => block !== "*")
      .map((block) =>
        resource("aws:route53/cidrLocation:CidrLocation", `location ${block}`, {
          cidrCollectionId: "collection",
          name: block,
          cidrBlocks: [block],
        }),
      ),
  ];
}

function balancerResources(balancer: Balancer, index: number): readonly Resource[] {
  const { region, targets, isUnread, minimum } = balancer;
  const at = { region };
  const group = targetGroupOf(index);
  const failover = {
    ...(minimum?.count === undefined ? {} : { minimumHealthyTargetsCount: `${minimum.count}` }),
    ...(minimum?.percentage === undefined
      ? {}
      : { minimumHealthyTargetsPercentage: `${minimum.percentage}` }),
  };
  return [
    resource(
      "aws:lb/loadBalancer:LoadBalancer",
      `balancer-${index}`,
      {
        arn: `balancer-${index}`,
        dnsName: dnsNameOf(index),
        subnets: [`subnet-${region}a`, `subnet-${region}b`],
      },
      at,
    ),
    resource(
      "aws:lb/listener:Listener",
      `listener-${index}`,
      { loadBalancerArn: `balancer-${index}`, defaultActions: [{ targetGroupArn: group }] },
      at,
    ),
    resource(
      "aws:lb/targetGroup:TargetGroup",
      group,
      { arn: group, ...(minimum ? { targetGroupHealth: { dnsFailover: failover } } : {}) },
      at,
    ),
    ...(isUnread
      ? [
          resource(
            "aws:ecs/service:Service",
            `svc-${index}`,
            { loadBalancers: [{ targetGroupArn: group }] },
            at,
          ),
        ]
      : []),
    ...targets.map((target) =>
      resource(
        "aws:lb/targetGroupAttachment:TargetGroupAttachment",
        `attachment-${index}-${target}`,
        { targetGroupArn: group, targetId: serverOf(target) },
        at,
      ),
    ),
  ];
}

const dnsNameOf = (index: number): string => `balancer-${index}.us-west-2.elb.amazonaws.com`;

function checkResources(check: Check, index: number): readonly Resource[] {
  const base = {
    requestInterval: 30,
    failureThreshold: 3,
    invertHealthcheck: check.inverted,
    disabled: check.disabled,
  };
  const made = (more: Properties): Resource =>
    resource("aws:route53/healthCheck:HealthCheck", checkOf(index), { ...base, ...more });
  switch (check.kind) {
    case "address":
      return [made({ type: "HTTP", ipAddress: addressOf(check.server) })];
    case "name":
      return [made({ type: "HTTP", fqdn: nameOf(check.name) })];
    case "outside":
      return [made({ type: "HTTP", fqdn: check.isShared ? sharedName : outsideOf(check.host) })];
    case "absent":
      return [made({ type: "HTTP", fqdn: absentOf(check.host) })];
    case "calculated":
      return [
        made({
          type: "CALCULATED",
          childHealthchecks: check.children.map((id) =>
            typeof id === "number" ? checkOf(id) : id,
          ),
          childHealthThreshold: check.threshold,
        }),
      ];
    case "alarm":
      return [
        made({
          type: "CLOUDWATCH_METRIC",
          cloudwatchAlarmName: `alarm-${index}`,
          insufficientDataHealthStatus: check.silent,
        }),
        resource(
          "aws:cloudwatch/metricAlarm:MetricAlarm",
          `alarm-${index}-resource`,
          {
            ...{ name: `alarm-${index}`, period: 60, evaluationPeriods: 3 },
            dimensions: { InstanceId: check.measures === undefined ? "" : `web-${check.measures}` },
          },
          { region: check.region },
        ),
      ];
  }
}

function recordResources({ policy, isCname, members }: Name, index: number): readonly Resource[] {
  return members.map((member, place) =>
    resource("aws:route53/record:Record", recordOf(index, place), {
      name: nameOf(index),
      type: isCname ? "CNAME" : "A",
      zoneId: "Z1",
      ...placeProperties(policy, member),
      ...(policy === "simple" ? {} : { setIdentifier: `${place}` }),
      ...(policy === "failover"
        ? { failoverRoutingPolicies: [{ type: place === 0 ? "PRIMARY" : "SECONDARY" }] }
        : {}),
      ...(policy === "weighted" ? { weightedRoutingPolicies: [{ weight: member.weight }] } : {}),
      ...(policy === "multivalue" ? { multivalueAnswerRoutingPolicy: true } : {}),
      ...checkProperty(member),
      ...targetProperties(member),
    }),
  );
}

function placeProperties(policy: Policy, { place, bias }: Member): Properties {
  const [country, subdivision] = place.split("-");
  switch (policy) {
    case "latency":
      return { latencyRoutingPolicies: [{ region: place }] };
    case "geoproximity":
      return { geoproximityRoutingPolicy: { awsRegion: place, bias } };
    case "azAffinity":
      return {
        azAffinityRoutingPolicy: { locationType: locationTypeOf(place), locationId: place },
      };
    case "cidr":
      return { cidrRoutingPolicy: { collectionId: "collection", locationName: place } };
    case "geolocation":
      return {
        geolocationRoutingPolicies: [
          ["NA", "EU"].includes(place)
            ? { continent: place }
            : { country: country ?? "", ...(subdivision ? { subdivision } : {}) },
        ],
      };
    default:
      return {};
  }
}

function locationTypeOf(place: string): string {
  if (place === "global") return "Global";
  if (place === "aws") return "Partition";
  if (place.includes("-az")) return "AvailabilityZone";
  return place.includes("-zg-") ? "AvailabilityZoneGroup" : "Region";
}

function checkProperty({ check }: Member): Properties {
  if (check === undefined) return {};
  return { healthCheckId: typeof check === "number" ? checkOf(check) : check };
}

function targetProperties({ target }: Member): Properties {
  if (target.kind === "cname") return { ttl: 60, records: [nameOf(target.name)] };
  if (target.kind === "outsideName") return { ttl: 60, records: [sharedName] };
  if (target.kind === "values") return { ttl: 60, records: target.servers.map(addressOf) };
  const name = target.kind === "name" ? nameOf(target.name) : dnsNameOf(target.balancer);
  const zoneId = target.kind === "name" ? "Z1" : "ZELB";
  return { aliases: [{ name, zoneId, evaluateTargetHealth: target.evaluates }] };
}
