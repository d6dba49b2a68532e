import type { Value } from "../../routing/graph/resource";
import { Unknown } from "../../routing/graph/resource";
import { awsTypes } from "../../routing/graph/types";
import type { Declaration, Declared, Names } from "../declare";
import type { Field } from "../fields";
import { fieldsOf, itemsOf, memberOf, propertiesOf, textIn, textOr, memberOr } from "../fields";
import { regionOfArn, regionOfZone } from "../regions";
import type { AwsAnswer, Item } from "./answers";
import { redirectIn } from "../redirect";
import { itemsIn } from "./answers";
import { unknownTags } from "./tags";

/** The fields of an application, network or gateway balancer (API:LoadBalancer). */
const balancerFields: readonly Field[] = [
  ["LoadBalancerArn", "arn"],
  ["LoadBalancerName", "name"],
  ["DNSName", "dnsName"],
  ["CanonicalHostedZoneId", "zoneId"],
  ["Type", "loadBalancerType"],
  ["Scheme", "internal", (scheme) => scheme === "internal"],
  ["IpAddressType", "ipAddressType"],
  ["SecurityGroups", "securityGroups"],
  ["VpcId", "vpcId"],
];

/** The fields of a target group (API:TargetGroup); its check's fields form a separate block. */
const targetGroupFields: readonly Field[] = [
  ["TargetGroupArn", "arn"],
  ["TargetGroupName", "name"],
  ["TargetType", "targetType"],
  ["Protocol", "protocol"],
  ["Port", "port"],
  ["VpcId", "vpcId"],
  ["LoadBalancerArns", "loadBalancerArns"],
];

export const targetCheckFields: readonly Field[] = [
  ["HealthCheckPath", "path"],
  ["HealthCheckPort", "port"],
  ["HealthCheckProtocol", "protocol"],
  ["HealthCheckIntervalSeconds", "interval"],
  ["HealthCheckTimeoutSeconds", "timeout"],
  ["HealthyThresholdCount", "healthyThreshold"],
  ["UnhealthyThresholdCount", "unhealthyThreshold"],
];

const listenerFields: readonly Field[] = [
  ["ListenerArn", "arn"],
  ["LoadBalancerArn", "loadBalancerArn"],
  ["Port", "port"],
  ["Protocol", "protocol"],
  ["SslPolicy", "sslPolicy"],
];

/** The fields of a classic balancer (API:LoadBalancerDescription). */
const classicFields: readonly Field[] = [
  ["LoadBalancerName", "name"],
  ["DNSName", "dnsName"],
  ["CanonicalHostedZoneNameID", "zoneId"],
  ["Scheme", "internal", (scheme) => scheme === "internal"],
  ["AvailabilityZones", "availabilityZones"],
  ["Subnets", "subnets"],
  ["SecurityGroups", "securityGroups"],
];

/** Balancers with their subnets, listeners, target groups and targets. */
export function balancersIn(answers: readonly AwsAnswer[], names: Names): Declared {
  const balancers = itemsIn(answers, "LoadBalancers").map(({ value }) => value);
  const groups = itemsIn(answers, "TargetGroups").map(({ value }) => value);
  const listeners = itemsIn(answers, "Listeners").map(({ value }) => value);
  const attachments = attachmentsIn(answers, groups, names);
  return {
    declarations: [
      ...balancers.map((balancer) => balancerOf(balancer, names)),
      ...subnetsOf(balancers, answers, names),
      ...groups.map((group) => targetGroupOf(group, names)),
      ...listeners.map((listener) => listenerOf(listener, names)),
      ...impliedListeners(groups, listeners, names),
      ...unaskedListeners(answers, balancers, names),
      ...attachments.declarations,
      ...itemsIn(answers, "LoadBalancerDescriptions").map(({ value }) => classicOf(value, names)),
    ],
    notes: [...attachments.notes, ...notAsked(answers, balancers, groups)],
  };
}

function balancerOf(balancer: Value, names: Names): Declaration {
  const arn = textOr(balancer, "LoadBalancerArn", "");
  const zones = itemsOf(balancer, "AvailabilityZones");
  return {
    type: awsTypes.loadBalancer,
    name: names.of(awsTypes.loadBalancer, textIn(balancer, "LoadBalancerName"), arn),
    id: arn,
    region: regionOfArn(arn),
    properties: {
      ...propertiesOf(balancerFields, fieldsOf(balancer)).properties,
      tags: unknownTags,
      subnets: zones.flatMap((zone) => textIn(zone, "SubnetId") ?? []),
      subnetMappings: zones.flatMap((zone) =>
        itemsOf(zone, "LoadBalancerAddresses").map((address) => ({
          subnetId: textIn(zone, "SubnetId") ?? null,
          allocationId: textIn(address, "AllocationId") ?? null,
          ipv6Address: textIn(address, "IPv6Address") ?? null,
        })),
      ),
    },
  };
}

/** The subnets of balancers, if `describe-subnets` was not called: a balancer lists its zones. */
function subnetsOf(
  balancers: readonly Value[],
  answers: readonly AwsAnswer[],
  names: Names,
): readonly Declaration[] {
  const asked = new Set(itemsIn(answers, "Subnets").map(({ value }) => textIn(value, "SubnetId")));
  const zones = balancers.flatMap((balancer) => itemsOf(balancer, "AvailabilityZones"));
  const bySubnet = new Map(
    zones.flatMap((zone): [string, string][] => {
      const [id, name] = [textIn(zone, "SubnetId"), textIn(zone, "ZoneName")];
      return id === undefined || name === undefined || asked.has(id) ? [] : [[id, name]];
    }),
  );
  return [...bySubnet].map(([id, availabilityZone]) => ({
    type: awsTypes.subnet,
    name: names.of(awsTypes.subnet, undefined, id),
    id,
    region: regionOfZone(availabilityZone),
    properties: { availabilityZone },
  }));
}

function targetGroupOf(group: Value, names: Names): Declaration {
  const arn = textOr(group, "TargetGroupArn", "");
  const check = propertiesOf(targetCheckFields, fieldsOf(group)).properties;
  return {
    type: awsTypes.targetGroup,
    name: names.of(awsTypes.targetGroup, textIn(group, "TargetGroupName"), arn),
    id: arn,
    region: regionOfArn(arn),
    properties: {
      ...propertiesOf(targetGroupFields, fieldsOf(group)).properties,
      tags: unknownTags,
      healthCheck: Object.fromEntries(
        Object.entries(check).flatMap(([name, value]) =>
          value === undefined ? [] : [[name, value]],
        ),
      ),
    },
  };
}

function listenerOf(listener: Value, names: Names): Declaration {
  const arn = textOr(listener, "ListenerArn", "");
  return {
    type: awsTypes.listener,
    name: names.of(awsTypes.listener, undefined, arn),
    id: arn,
    region: regionOfArn(arn),
    properties: {
      ...propertiesOf(listenerFields, fieldsOf(listener)).properties,
      defaultActions: itemsOf(listener, "DefaultActions").map(actionOf),
    },
  };
}

function actionOf(action: Value): Value {
  const groups = itemsOf(memberOf(action, "ForwardConfig"), "TargetGroups");
  return {
    type: memberOr(action, "Type", null),
    targetGroupArn: memberOr(action, "TargetGroupArn", null),
    ...redirectIn(action),
    forward: {
      targetGroups: groups.map((one) => ({
        arn: memberOr(one, "TargetGroupArn", null),
        weight: memberOr(one, "Weight", null),
      })),
    },
  };
}

/**
 * Listeners for target groups that no default action names, such as those of rules: a target group
 * names its balancers.
 */
function impliedListeners(
  groups: readonly Value[],
  listeners: readonly Value[],
  names: Names,
): readonly Declaration[] {
  const named = new Set(
    listeners.flatMap((one) =>
      itemsOf(one, "DefaultActions")
        .flatMap((action) => [
          action,
          ...itemsOf(memberOf(action, "ForwardConfig"), "TargetGroups"),
        ])
        .map((to) => `${textOr(one, "LoadBalancerArn", "")} ${textOr(to, "TargetGroupArn", "")}`),
    ),
  );
  return groups.flatMap((group) => {
    const arn = textOr(group, "TargetGroupArn", "");
    return itemsOf(group, "LoadBalancerArns").flatMap((balancer) =>
      typeof balancer !== "string" || named.has(`${balancer} ${arn}`)
        ? []
        : {
            type: awsTypes.listener,
            name: names.of(awsTypes.listener, undefined, `${balancer} to ${arn}`),
            region: regionOfArn(arn),
            properties: {
              loadBalancerArn: balancer,
              defaultActions: [{ type: "forward", targetGroupArn: arn }],
            },
          },
    );
  });
}

/** Listeners with unknown actions, if `describe-target-groups` was not called. */
function unaskedListeners(
  answers: readonly AwsAnswer[],
  balancers: readonly Value[],
  names: Names,
): readonly Declaration[] {
  if (answers.some(({ value }) => memberOf(value, "TargetGroups") !== undefined)) return [];
  return balancers.map((balancer) => {
    const arn = textOr(balancer, "LoadBalancerArn", "");
    return {
      type: awsTypes.listener,
      name: names.of(awsTypes.listener, undefined, `listeners of ${arn}`),
      region: regionOfArn(arn),
      properties: { loadBalancerArn: arn, defaultActions: new Unknown("computed") },
    };
  });
}

/** The targets of each group for which `describe-target-health` was called. */
function attachmentsIn(
  answers: readonly AwsAnswer[],
  groups: readonly Value[],
  names: Names,
): Declared {
  const declarations: Declaration[] = [];
  const strangers = new Set<string>();
  for (const { value, from } of itemsIn(answers, "TargetHealthDescriptions")) {
    const arn = groupAskedAbout(from, groups);
    const target = memberOf(value, "Target");
    const id = textOr(target, "Id", "");
    if (arn === undefined) strangers.add(from.path);
    else {
      declarations.push({
        type: awsTypes.targetGroupAttachment,
        name: names.of(awsTypes.targetGroupAttachment, undefined, `${id} in ${arn}`),
        region: regionOfArn(arn),
        properties: {
          targetGroupArn: arn,
          targetId: id,
          port: memberOf(target, "Port"),
          availabilityZone: memberOf(target, "AvailabilityZone"),
        },
      });
    }
  }
  const notes = [...strangers].map(
    (path) =>
      `${path}: left out, because it does not say whose targets it contains; name the file after the target group`,
  );
  return { declarations, notes };
}

/** The ARN of the target group that an answer is about; undefined where nothing identifies it. */
export function groupAskedAbout(
  { about }: Item["from"],
  groups: readonly Value[],
): string | undefined {
  const byArn = groups.find((group) => textIn(group, "TargetGroupArn") === about);
  const byName = groups
    .map((group) => ({ group, name: textOr(group, "TargetGroupName", "") }))
    .filter(({ name }) => name !== "" && about.endsWith(name))
    .sort((a, b) => b.name.length - a.name.length)
    .at(0)?.group;
  const only = groups.length === 1 ? groups[0] : undefined;
  return textIn(byArn ?? byName ?? only, "TargetGroupArn");
}

function classicOf(balancer: Value, names: Names): Declaration {
  const name = textOr(balancer, "LoadBalancerName", "");
  const [zone] = itemsOf(balancer, "AvailabilityZones");
  return {
    type: awsTypes.classicBalancer,
    name: names.of(awsTypes.classicBalancer, name, name),
    id: name,
    region: regionOfZone(zone),
    properties: {
      ...propertiesOf(classicFields, fieldsOf(balancer)).properties,
      tags: unknownTags,
      instances: itemsOf(balancer, "Instances").flatMap((one) => textIn(one, "InstanceId") ?? []),
    },
  };
}

/** The calls that are still needed to know the balancers' targets. */
function notAsked(
  answers: readonly AwsAnswer[],
  balancers: readonly Value[],
  groups: readonly Value[],
): readonly string[] {
  if (balancers.length > 0 && groups.length === 0) {
    return [
      "The targets of the balancers are unknown: add `aws elbv2 describe-target-groups` and `describe-target-health`.",
    ];
  }
  const about = new Set(
    answers
      .filter(({ value }) => memberOf(value, "TargetHealthDescriptions") !== undefined)
      .map((answer) => groupAskedAbout(answer, groups)),
  );
  return groups
    .filter((group) => !about.has(textIn(group, "TargetGroupArn")))
    .map(
      (group) =>
        `The targets of ${textIn(group, "TargetGroupName") ?? "a target group"} are unknown: add \`aws elbv2 describe-target-health\` for it.`,
    );
}
