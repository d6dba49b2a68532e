import type { Properties, Resource, Value } from "./resource";
import { Unknown } from "./resource";
import { awsTypes } from "./types";
import { fieldOf, isList, isObject } from "./values";

/** The name of a property in the aws provider, and how it is converted. */
type Renamed = string | readonly [property: string, written: (value: Value) => Value];

/** A type of the aws-native provider, whose properties are CloudFormation's in camel case. */
interface NativeType {
  readonly type: string;
  /** Properties with other names; all others have the same name. */
  readonly properties: Readonly<Record<string, Renamed>>;
  /** Blocks whose properties are moved up to the resource, the outermost first. */
  readonly blocks?: readonly string[];
  /** Properties that form a separate block in the aws provider, each with its name there. */
  readonly gathered?: { readonly block: string; readonly names: Readonly<Record<string, string>> };
}

const tags: Renamed = ["tags", tagsOf];

/** The aws-native types that are read (schema of aws-native 1.79.0). */
const nativeTypes: Readonly<Record<string, NativeType>> = {
  "aws-native:route53:HostedZone": {
    type: awsTypes.zone,
    properties: { awsId: "zoneId", hostedZoneTags: tags },
  },
  "aws-native:route53:RecordSet": {
    type: awsTypes.record,
    properties: {
      hostedZoneId: "zoneId",
      // A record can also name its zone by domain name.
      hostedZoneName: "zoneId",
      resourceRecords: "records",
      aliasTarget: [
        "aliases",
        (target) => [
          {
            evaluateTargetHealth: false,
            ...renamed(target, {
              dnsName: "name",
              hostedZoneId: "zoneId",
              evaluateTargetHealth: "evaluateTargetHealth",
            }),
          },
        ],
      ],
      failover: ["failoverRoutingPolicies", (type) => [{ type }]],
      weight: ["weightedRoutingPolicies", (weight) => [{ weight }]],
      region: ["latencyRoutingPolicies", (region) => [{ region }]],
      geoLocation: [
        "geolocationRoutingPolicies",
        (place) => [
          renamed(place, {
            continentCode: "continent",
            countryCode: "country",
            subdivisionCode: "subdivision",
          }),
        ],
      ],
      cidrRoutingConfig: "cidrRoutingPolicy",
      multiValueAnswer: "multivalueAnswerRoutingPolicy",
    },
  },
  "aws-native:route53:HealthCheck": {
    type: awsTypes.healthCheck,
    blocks: ["healthCheckConfig", "alarmIdentifier"],
    properties: {
      fullyQualifiedDomainName: "fqdn",
      inverted: "invertHealthcheck",
      healthThreshold: "childHealthThreshold",
      childHealthChecks: "childHealthchecks",
      name: "cloudwatchAlarmName",
      region: "cloudwatchAlarmRegion",
      healthCheckTags: tags,
    },
  },
  "aws-native:route53:CidrCollection": { type: awsTypes.cidrCollection, properties: {} },
  "aws-native:cloudwatch:Alarm": {
    type: awsTypes.metricAlarm,
    properties: {
      alarmName: "name",
      dimensions: ["dimensions", (list) => pairs(list, "name", "value")],
    },
  },
  "aws-native:elasticloadbalancingv2:LoadBalancer": {
    type: awsTypes.loadBalancer,
    properties: {
      loadBalancerArn: "arn",
      canonicalHostedZoneId: "zoneId",
      type: "loadBalancerType",
      subnetMappings: ["subnetMappings", (list) => eachOf(list, mappingOf)],
      tags,
    },
  },
  "aws-native:elasticloadbalancingv2:Listener": {
    type: awsTypes.listener,
    properties: { listenerArn: "arn" },
  },
  "aws-native:elasticloadbalancingv2:ListenerRule": {
    type: awsTypes.listenerRule,
    properties: { ruleArn: "arn" },
  },
  "aws-native:elasticloadbalancingv2:TargetGroup": {
    type: awsTypes.targetGroup,
    properties: {
      targetGroupArn: "arn",
      targetGroupAttributes: ["targetGroupHealth", targetGroupHealthOf],
      tags,
    },
    gathered: {
      block: "healthCheck",
      names: {
        healthCheckIntervalSeconds: "interval",
        healthCheckTimeoutSeconds: "timeout",
        healthyThresholdCount: "healthyThreshold",
        unhealthyThresholdCount: "unhealthyThreshold",
        healthCheckPath: "path",
      },
    },
  },
  "aws-native:elasticloadbalancing:LoadBalancer": {
    type: awsTypes.classicBalancer,
    properties: { loadBalancerName: "name", canonicalHostedZoneNameId: "zoneId", tags },
  },
  "aws-native:autoscaling:AutoScalingGroup": {
    type: awsTypes.autoScalingGroup,
    properties: {
      autoScalingGroupName: "name",
      loadBalancerNames: "loadBalancers",
      vpcZoneIdentifier: "vpcZoneIdentifiers",
    },
  },
  "aws-native:ecs:Service": {
    type: awsTypes.containerService,
    properties: { serviceName: "name" },
  },
  "aws-native:ec2:Eip": { type: awsTypes.elasticIp, properties: { instanceId: "instance", tags } },
  "aws-native:ec2:EipAssociation": {
    type: awsTypes.elasticIpAssociation,
    properties: { eip: "publicIp" },
  },
  "aws-native:ec2:Instance": { type: awsTypes.instance, properties: { tags } },
  "aws-native:ec2:Subnet": { type: awsTypes.subnet, properties: { tags } },
  "aws-native:lambda:Function": {
    type: awsTypes.lambda,
    properties: { functionName: "name", tags },
  },
  "aws-native:s3:Bucket": {
    type: awsTypes.bucket,
    properties: {
      bucketName: "bucket",
      regionalDomainName: "bucketRegionalDomainName",
      websiteConfiguration: "website",
      tags,
    },
  },
  "aws-native:cloudfront:Distribution": {
    type: awsTypes.distribution,
    blocks: ["distributionConfig"],
    properties: { tags },
  },
  "aws-native:apigateway:DomainName": {
    type: awsTypes.apiDomain,
    properties: { tags },
  },
  "aws-native:apigatewayv2:DomainName": { type: awsTypes.apiV2Domain, properties: {} },
  "aws-native:ec2:VpcEndpoint": {
    type: awsTypes.vpcEndpoint,
    properties: { dnsEntries: ["dnsEntries", dnsNamesOf] },
  },
  "aws-native:elasticbeanstalk:Environment": {
    type: awsTypes.beanstalkEnvironment,
    properties: {
      endpointUrl: "cname",
      optionSettings: ["settings", (list) => eachOf(list, settingOf)],
    },
  },
  "aws-native:globalaccelerator:Accelerator": { type: awsTypes.accelerator, properties: {} },
  "aws-native:apprunner:Service": { type: awsTypes.appRunnerService, properties: {} },
};

/** An aws-native resource in the shape of the aws provider; undefined for any other resource. */
export function fromNative(resource: Resource): Resource | undefined {
  const native = nativeTypes[resource.type];
  if (!native) return undefined;
  const { region, ...rest } = resource;
  return {
    ...rest,
    // A record's `region` property belongs to latency routing.
    ...(region === undefined || native.type === awsTypes.record ? {} : { region }),
    type: native.type,
    inputs: translated(resource.inputs, native),
    outputs: translated(resource.outputs, native),
    propertyDependencies: dependenciesOf(resource, native),
  };
}

function translated(
  values: Properties,
  { properties, blocks = [], gathered }: NativeType,
): Properties {
  const all = flattened(values, blocks);
  return {
    ...Object.fromEntries(
      Object.entries(all).map(([name, value]) => {
        const to = properties[name] ?? name;
        if (typeof to === "string") return [to, value];
        return [to[0], value instanceof Unknown ? value : to[1](value)];
      }),
    ),
    ...(gathered ? { [gathered.block]: renamed(all, gathered.names) } : {}),
  };
}

/**
 * The dependencies of each property; every property of a block has all dependencies of the block.
 */
function dependenciesOf(
  { inputs, propertyDependencies }: Resource,
  { properties, blocks = [] }: NativeType,
): Resource["propertyDependencies"] {
  const found = new Map<string, readonly string[]>();
  for (const [given, urns] of Object.entries(propertyDependencies)) {
    for (const name of Object.keys(flattened({ [given]: inputs[given] ?? null }, blocks))) {
      const to = properties[name] ?? name;
      const property = typeof to === "string" ? to : to[0];
      found.set(property, [...(found.get(property) ?? []), ...urns]);
    }
  }
  return Object.fromEntries(found);
}

/** Properties, with the properties of blocks moved up among them. */
function flattened(values: Properties, blocks: readonly string[]): Properties {
  return blocks.reduce((all, block) => {
    const { [block]: inner, ...others } = all;
    return isObject(inner) ? { ...others, ...inner } : all;
  }, values);
}

/** The members of an object under other names. */
function renamed(value: Value, names: Readonly<Record<string, string>>): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(names).flatMap(([from, to]): [string, Value][] => {
      const member = fieldOf(value, from);
      return member === undefined ? [] : [[to, member]];
    }),
  );
}

function mappingOf(mapping: Value): Value {
  const names = { subnetId: "subnetId", allocationId: "allocationId", iPv6Address: "ipv6Address" };
  return renamed(mapping, names);
}

function settingOf(setting: Value): Value {
  return renamed(setting, { namespace: "namespace", optionName: "name", value: "value" });
}

function eachOf(list: Value, written: (item: Value) => Value): Value {
  return isList(list) ? list.map((item) => written(item)) : list;
}

/** Converts a list of names and values to a mapping. */
function pairs(list: Value, name: string, value: string): Value {
  if (!isList(list)) return list;
  return Object.fromEntries(
    list.flatMap((one): [string, Value][] => {
      const key = fieldOf(one, name);
      return typeof key === "string" ? [[key, fieldOf(one, value) ?? null]] : [];
    }),
  );
}

/** Each entry is a hosted zone id, a colon and a name (AWS::EC2::VPCEndpoint, return values). */
function dnsNamesOf(entries: Value): Value {
  return eachOf(entries, (entry) =>
    typeof entry === "string" ? entry.slice(entry.indexOf(":") + 1) : entry,
  );
}

function tagsOf(list: Value): Value {
  return pairs(list, "key", "value");
}

const attribute = "target_group_health.dns_failover.minimum_healthy_targets";

/** The settings for DNS failover among a target group's attributes (API:TargetGroupAttribute). */
function targetGroupHealthOf(attributes: Value): Value {
  const values = pairs(attributes, "key", "value");
  return {
    dnsFailover: {
      minimumHealthyTargetsCount: fieldOf(values, `${attribute}.count`) ?? "off",
      minimumHealthyTargetsPercentage: fieldOf(values, `${attribute}.percentage`) ?? "off",
    },
  };
}
