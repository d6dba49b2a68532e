import type { Value } from "../../routing/graph/resource";
import { awsTypes } from "../../routing/graph/types";
import { isList, isObject } from "../../routing/graph/values";
import { redirectIn } from "../redirect";
import { targetCheckFields } from "../aws/targetGroups";
import { alarmFields } from "../aws/alarms";
import type { Field } from "../fields";
import { asFlag, asNumber, asTags, memberOf, memberOr } from "../fields";
import { alarmIdentifierFields, healthCheckFields, recordFields } from "../route53Fields";

/** A CloudFormation resource type, in the names and values of Pulumi's provider. */
export interface TemplateType {
  readonly token: string;
  readonly fields: readonly Field[];
  /** The paths of blocks whose fields are moved up to the resource. */
  readonly blocks?: Readonly<Record<string, readonly Field[]>>;
}

const tags: Field = ["Tags", "tags", asTags];

/** The types that are read (CloudFormation Template Reference). */
export const templateTypes: Readonly<Record<string, TemplateType>> = {
  "AWS::Route53::HostedZone": {
    token: awsTypes.zone,
    fields: [
      ["Name", "name"],
      ["VPCs", "vpcs", (vpcs) => listOf(vpcs, (vpc) => ({ vpcId: memberOr(vpc, "VPCId", null) }))],
    ],
  },
  "AWS::Route53::RecordSet": { token: awsTypes.record, fields: recordFields },
  "AWS::Route53::HealthCheck": {
    token: awsTypes.healthCheck,
    fields: [["HealthCheckTags", "tags", asTags]],
    blocks: {
      HealthCheckConfig: healthCheckFields,
      "HealthCheckConfig.AlarmIdentifier": alarmIdentifierFields,
    },
  },
  "AWS::Route53::CidrCollection": {
    token: awsTypes.cidrCollection,
    fields: [["Name", "name"]],
  },
  "AWS::CloudWatch::Alarm": { token: awsTypes.metricAlarm, fields: alarmFields },
  "AWS::EC2::EIP": {
    token: awsTypes.elasticIp,
    fields: [["InstanceId", "instance"], ["Domain", "domain"], tags],
  },
  "AWS::EC2::EIPAssociation": {
    token: awsTypes.elasticIpAssociation,
    fields: [
      ["AllocationId", "allocationId"],
      ["EIP", "publicIp"],
      ["InstanceId", "instanceId"],
      ["NetworkInterfaceId", "networkInterfaceId"],
    ],
  },
  "AWS::EC2::Instance": {
    token: awsTypes.instance,
    fields: [
      ["AvailabilityZone", "availabilityZone"],
      ["SubnetId", "subnetId"],
      ["InstanceType", "instanceType"],
      ["ImageId", "ami"],
      ["UserData", "userDataBase64"],
      ["SecurityGroupIds", "vpcSecurityGroupIds"],
      tags,
    ],
  },
  "AWS::EC2::NetworkInterface": {
    token: awsTypes.networkInterface,
    fields: [["SubnetId", "subnetId"], tags],
  },
  "AWS::EC2::Subnet": {
    token: awsTypes.subnet,
    fields: [
      ["AvailabilityZone", "availabilityZone"],
      ["CidrBlock", "cidrBlock"],
      ["VpcId", "vpcId"],
      tags,
    ],
  },
  "AWS::ElasticLoadBalancingV2::LoadBalancer": {
    token: awsTypes.loadBalancer,
    fields: [
      ["Name", "name"],
      ["Type", "loadBalancerType"],
      ["Scheme", "internal", (scheme) => scheme === "internal"],
      ["IpAddressType", "ipAddressType"],
      ["SecurityGroups", "securityGroups"],
      ["Subnets", "subnets"],
      [
        "SubnetMappings",
        "subnetMappings",
        (mappings) =>
          listOf(mappings, (one) => ({
            subnetId: memberOr(one, "SubnetId", null),
            allocationId: memberOr(one, "AllocationId", null),
          })),
      ],
      tags,
    ],
  },
  "AWS::ElasticLoadBalancingV2::Listener": {
    token: awsTypes.listener,
    fields: [
      ["LoadBalancerArn", "loadBalancerArn"],
      ["Port", "port", asNumber],
      ["Protocol", "protocol"],
      ["SslPolicy", "sslPolicy"],
      ["DefaultActions", "defaultActions", (actions) => listOf(actions, actionOf)],
    ],
  },
  "AWS::ElasticLoadBalancingV2::ListenerRule": {
    token: "aws:lb/listenerRule:ListenerRule",
    fields: [
      ["ListenerArn", "listenerArn"],
      ["Actions", "actions", (actions) => listOf(actions, actionOf)],
      ["Priority", "priority", asNumber],
    ],
  },
  "AWS::ElasticLoadBalancingV2::TargetGroup": {
    token: awsTypes.targetGroup,
    fields: [
      ["Name", "name"],
      ["TargetType", "targetType"],
      ["Protocol", "protocol"],
      ["Port", "port", asNumber],
      ["VpcId", "vpcId"],
      tags,
    ],
  },
  "AWS::ElasticLoadBalancing::LoadBalancer": {
    token: "aws:elb/loadBalancer:LoadBalancer",
    fields: [
      ["LoadBalancerName", "name"],
      ["Scheme", "internal", (scheme) => scheme === "internal"],
      ["Instances", "instances"],
      ["Subnets", "subnets"],
      ["AvailabilityZones", "availabilityZones"],
      ["SecurityGroups", "securityGroups"],
      tags,
    ],
  },
  "AWS::AutoScaling::AutoScalingGroup": {
    token: awsTypes.autoScalingGroup,
    fields: [
      ["AutoScalingGroupName", "name"],
      ["MinSize", "minSize", asNumber],
      ["MaxSize", "maxSize", asNumber],
      ["DesiredCapacity", "desiredCapacity", asNumber],
      ["VPCZoneIdentifier", "vpcZoneIdentifiers"],
      ["AvailabilityZones", "availabilityZones"],
      ["TargetGroupARNs", "targetGroupArns"],
      ["LoadBalancerNames", "loadBalancers"],
    ],
  },
  "AWS::ECS::Service": {
    token: awsTypes.containerService,
    fields: [
      ["ServiceName", "name"],
      [
        "LoadBalancers",
        "loadBalancers",
        (balancers) =>
          listOf(balancers, (one) => ({ targetGroupArn: memberOr(one, "TargetGroupArn", null) })),
      ],
    ],
  },
  "AWS::S3::Bucket": { token: awsTypes.bucket, fields: [["BucketName", "bucket"], tags] },
  "AWS::CloudFront::Distribution": {
    token: awsTypes.distribution,
    fields: [tags],
    blocks: {
      DistributionConfig: [
        ["Aliases", "aliases"],
        ["Enabled", "enabled", asFlag],
        [
          "Origins",
          "origins",
          (origins) =>
            listOf(origins, (one) => ({
              originId: memberOr(one, "Id", null),
              domainName: memberOr(one, "DomainName", null),
            })),
        ],
        ["DefaultCacheBehavior", "defaultCacheBehavior", targetOf],
        [
          "OriginGroups",
          "originGroups",
          (groups) => listOf(memberOr(groups, "Items", []), groupOf),
        ],
      ],
    },
  },
  "AWS::Lambda::Function": { token: awsTypes.lambda, fields: [["FunctionName", "name"], tags] },
  "AWS::ApiGateway::DomainName": {
    token: awsTypes.apiDomain,
    fields: [["DomainName", "domainName"], tags],
  },
  "AWS::ApiGatewayV2::DomainName": {
    token: awsTypes.apiV2Domain,
    fields: [["DomainName", "domainName"]],
  },
  "AWS::EC2::VPCEndpoint": {
    token: awsTypes.vpcEndpoint,
    fields: [["ServiceName", "serviceName"]],
  },
  "AWS::ElasticBeanstalk::Environment": {
    token: awsTypes.beanstalkEnvironment,
    fields: [
      ["EnvironmentName", "name"],
      ["OptionSettings", "settings", (settings) => listOf(settings, settingOf)],
    ],
  },
  "AWS::GlobalAccelerator::Accelerator": {
    token: awsTypes.accelerator,
    fields: [["Name", "name"]],
  },
  "AWS::AppRunner::Service": {
    token: awsTypes.appRunnerService,
    fields: [["ServiceName", "serviceName"]],
  },
  "AWS::Lightsail::Container": {
    token: awsTypes.lightsailContainers,
    fields: [["ServiceName", "name"]],
  },
  "AWS::Route53RecoveryControl::RoutingControl": {
    token: awsTypes.routingControl,
    fields: [["Name", "name"]],
  },
  "AWS::RDS::DBCluster": {
    token: awsTypes.databaseCluster,
    fields: [
      ["DBClusterIdentifier", "clusterIdentifier"],
      ["DBSubnetGroupName", "dbSubnetGroupName"],
      ["Engine", "engine"],
      ["StorageEncrypted", "storageEncrypted", asFlag],
    ],
  },
  "AWS::RDS::DBInstance": {
    token: awsTypes.database,
    fields: [
      ["DBInstanceIdentifier", "identifier"],
      ["AvailabilityZone", "availabilityZone"],
      ["MultiAZ", "multiAz", asFlag],
      ["StorageEncrypted", "storageEncrypted", asFlag],
      ["DBSubnetGroupName", "dbSubnetGroupName"],
      ["Engine", "engine"],
      ["DBInstanceClass", "instanceClass"],
      tags,
    ],
  },
};

/** The fields of a target group that belong to its health check. */
export const targetGroupCheckFields: readonly Field[] = targetCheckFields.map(
  ([field, property]): Field => [field, property, asNumber],
);

function targetOf(behaviour: Value): Value {
  return { targetOriginId: memberOr(behaviour, "TargetOriginId", null) };
}

function groupOf(group: Value): Value {
  const members = memberOr(memberOf(group, "Members"), "Items", []);
  return {
    originId: memberOr(group, "Id", null),
    members: listOf(members, (one) => ({ originId: memberOr(one, "OriginId", null) })),
  };
}

function listOf(value: Value, itemOf: (item: Value) => Value): Value {
  return isList(value) ? value.map((item) => itemOf(item)) : value;
}

/** A setting of an environment of Elastic Beanstalk. */
function settingOf(setting: Value): Value {
  return {
    namespace: memberOr(setting, "Namespace", null),
    name: memberOr(setting, "OptionName", null),
    value: memberOr(setting, "Value", null),
  };
}

function actionOf(action: Value): Value {
  const forward = memberOf(action, "ForwardConfig");
  const groups = memberOf(forward, "TargetGroups");
  return {
    type: memberOr(action, "Type", null),
    targetGroupArn: memberOr(action, "TargetGroupArn", null),
    ...redirectIn(action),
    ...(isObject(forward) && groups !== undefined
      ? {
          forward: {
            targetGroups: listOf(groups, (one) => ({
              arn: memberOr(one, "TargetGroupArn", null),
            })),
          },
        }
      : {}),
  };
}
