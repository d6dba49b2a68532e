import type { Value } from "../../routing/graph/resource";
import { Unknown } from "../../routing/graph/resource";
import { awsTypes } from "../../routing/graph/types";
import type { Declaration, Declared, Names } from "../declare";
import type { Field } from "../fields";
import { fieldsOf, itemsOf, memberOf, propertiesOf, textIn, textOr, memberOr } from "../fields";
import { regionOfArn, regionOfZone } from "../regions";
import type { AwsAnswer } from "./answers";
import { redirectIn } from "../redirect";
import { itemsIn } from "./answers";
import { unknownTags } from "./tags";
import { attachmentsIn, reportedGroups, targetGroupOf } from "./targetGroups";

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
  const reported = reportedGroups(answers, groups);
  const attachments = attachmentsIn(answers, groups, names);
  return {
    declarations: [
      ...balancers.map((balancer) => balancerOf(balancer, names)),
      ...subnetsOf(balancers, answers, names),
      ...groups.map((group) => targetGroupOf(group, reported, names)),
      ...listeners.map((listener) => listenerOf(listener, names)),
      ...impliedListeners(groups, listeners, names),
      ...unaskedListeners(answers, balancers, names),
      ...attachments.declarations,
      ...itemsIn(answers, "LoadBalancerDescriptions").map(({ value }) => classicOf(value, names)),
    ],
    notes: [...attachments.notes, ...notAsked(reported, balancers, groups)],
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
      areTargetsRead: true,
      instances: itemsOf(balancer, "Instances").flatMap((one) => textIn(one, "InstanceId") ?? []),
    },
  };
}

/** The calls that are still needed to know the balancers' targets. */
function notAsked(
  reported: ReadonlySet<string | undefined>,
  balancers: readonly Value[],
  groups: readonly Value[],
): readonly string[] {
  if (balancers.length > 0 && groups.length === 0) {
    return [
      "The targets of the balancers are unknown: add `aws elbv2 describe-target-groups` and `describe-target-health`.",
    ];
  }
  return groups
    .filter((group) => !reported.has(textIn(group, "TargetGroupArn")))
    .map(
      (group) =>
        `The targets of ${textIn(group, "TargetGroupName") ?? "a target group"} are unknown: add \`aws elbv2 describe-target-health\` for it.`,
    );
}
