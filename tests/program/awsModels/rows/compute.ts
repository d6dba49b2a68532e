/** Machines, their groups and the balancers in front of them. */
import type { Json, JsonObject, Row } from "./kit";
import {
  as,
  flagOf,
  listOf,
  objectOf,
  objectsOf,
  only,
  outputOf,
  pascal,
  providersOwn,
  taggedAs,
  textOf,
  without,
} from "./kit";

/** Amazon Linux's root device. */
const rootDevice = "/dev/xvda";

const instance: Row = (inputs) => {
  const { UserData, RootBlockDevice, ...rest } = pascal(inputs, {
    ami: "ImageId",
    vpcSecurityGroupIds: "SecurityGroupIds",
    userDataReplaceOnChange: providersOwn,
  });
  // The provider tags the volume in a separate call.
  const disk = without(objectOf(RootBlockDevice), "Tags");
  const properties = {
    ...rest,
    ...(typeof UserData === "string" ? { UserData: Buffer.from(UserData).toString("base64") } : {}),
    BlockDeviceMappings: [{ DeviceName: rootDevice, Ebs: disk }],
  };
  return {
    declaration: {
      type: "AWS::EC2::Instance",
      properties,
    },
    calls: [
      {
        service: "ec2",
        operation: "RunInstances",
        parameters: {
          ...without(properties, "AvailabilityZone", "Tags"),
          MinCount: 1,
          MaxCount: 1,
          Placement: as("AvailabilityZone", inputs["availabilityZone"]),
          IamInstanceProfile: as("Name", inputs["iamInstanceProfile"]),
          ...taggedAs("instance", pascal(inputs)),
        },
      },
    ],
  };
};

const launchTemplate: Row = ({ name: LaunchTemplateName, ...inputs }) => {
  const { Tags, ...data } = pascal(inputs, { vpcSecurityGroupIds: "SecurityGroupIds" });
  const disks = objectsOf(data["BlockDeviceMappings"]).map((disk) => {
    const { Ebs } = disk;
    const { DeleteOnTermination, Encrypted, ...ebs } = objectOf(Ebs);
    return {
      ...disk,
      Ebs: {
        ...ebs,
        ...as("DeleteOnTermination", flagOf(DeleteOnTermination)),
        ...as("Encrypted", flagOf(Encrypted)),
      },
    };
  });
  const properties = {
    LaunchTemplateName,
    LaunchTemplateData: { ...data, BlockDeviceMappings: disks },
    ...taggedAs("launch-template", as("Tags", Tags)),
  };
  return {
    declaration: { type: "AWS::EC2::LaunchTemplate", properties },
    calls: [{ service: "ec2", operation: "CreateLaunchTemplate", parameters: properties }],
  };
};

const group: Row = (inputs) => {
  const { tags, ...others } = inputs;
  const all = pascal(others, {
    name: "AutoScalingGroupName",
    id: "LaunchTemplateId",
    targetGroupArns: "TargetGroupARNs",
    vpcZoneIdentifiers: "VPCZoneIdentifier",
  });
  const { EnabledMetrics, MetricsGranularity, InstanceRefresh, VPCZoneIdentifier, ...rest } = all;
  const { AutoScalingGroupName, MinSize, MaxSize } = rest;
  const Tags = objectsOf(tags).map((tag) => pascal(tag));
  const metrics = as("Metrics", EnabledMetrics);
  return {
    declaration: {
      type: "AWS::AutoScaling::AutoScalingGroup",
      properties: {
        ...rest,
        MinSize: textOf(MinSize),
        MaxSize: textOf(MaxSize),
        VPCZoneIdentifier,
        MetricsCollection: [{ ...metrics, ...as("Granularity", MetricsGranularity) }],
        Tags,
      },
    },
    calls: [
      {
        service: "autoscaling",
        operation: "CreateAutoScalingGroup",
        parameters: {
          ...rest,
          VPCZoneIdentifier: listOf(VPCZoneIdentifier).map(textOf).join(","),
          Tags,
        },
      },
      {
        service: "autoscaling",
        operation: "EnableMetricsCollection",
        parameters: { AutoScalingGroupName, ...metrics, ...as("Granularity", MetricsGranularity) },
      },
      {
        service: "autoscaling",
        operation: "StartInstanceRefresh",
        parameters: { AutoScalingGroupName, ...objectOf(InstanceRefresh) },
      },
    ],
  };
};

const scalingPolicy: Row = (inputs) => {
  const { PolicyName, ...properties } = pascal(inputs, {
    autoscalingGroupName: "AutoScalingGroupName",
    name: "PolicyName",
  });
  return {
    declaration: { type: "AWS::AutoScaling::ScalingPolicy", properties },
    calls: [
      {
        service: "autoscaling",
        operation: "PutScalingPolicy",
        parameters: { PolicyName, ...properties },
      },
    ],
  };
};

const capacityReservation: Row = (inputs) => {
  const properties = pascal(without(inputs, "tags"));
  const tagged = taggedAs("capacity-reservation", pascal(only(inputs, "tags")));
  return {
    declaration: {
      type: "AWS::EC2::CapacityReservation",
      properties: { ...properties, ...tagged },
    },
    calls: [
      {
        service: "ec2",
        operation: "CreateCapacityReservation",
        parameters: { ...properties, ...tagged },
      },
    ],
  };
};

const attributesOf = (values: JsonObject): Json =>
  Object.entries(values).flatMap(([Key, value]) =>
    value === undefined ? [] : [{ Key, Value: textOf(value) }],
  );

/** The name that the provider derives from a prefix. */
const named: (...of: Parameters<Row>) => JsonObject = (inputs, resource) =>
  as("Name", inputs["name"] ?? outputOf(resource, "name"));

const loadBalancer: Row = (inputs, resource) => {
  const { EnableCrossZoneLoadBalancing, ...rest } = pascal(inputs, {
    loadBalancerType: "Type",
    ipv6Address: "IPv6Address",
    namePrefix: providersOwn,
  });
  const attributes = attributesOf({
    "load_balancing.cross_zone.enabled": EnableCrossZoneLoadBalancing,
  });
  const parameters = { ...named(inputs, resource), ...rest };
  return {
    declaration: {
      type: "AWS::ElasticLoadBalancingV2::LoadBalancer",
      properties: { ...parameters, LoadBalancerAttributes: attributes },
    },
    calls: [
      { service: "elbv2", operation: "CreateLoadBalancer", parameters },
      {
        service: "elbv2",
        operation: "ModifyLoadBalancerAttributes",
        parameters: { LoadBalancerArn: resource.id, Attributes: attributes },
      },
    ],
  };
};

const listener: Row = (inputs) => {
  const { CertificateArn, ...rest } = pascal(inputs);
  const certificate = CertificateArn === undefined ? {} : { Certificates: [{ CertificateArn }] };
  const properties = { ...rest, ...certificate };
  return {
    declaration: { type: "AWS::ElasticLoadBalancingV2::Listener", properties },
    calls: [{ service: "elbv2", operation: "CreateListener", parameters: properties }],
  };
};

const targetGroup: Row = (inputs, resource) => {
  const { HealthCheck, DeregistrationDelay, ...rest } = pascal(inputs, {
    namePrefix: providersOwn,
    enabled: "HealthCheckEnabled",
    interval: "HealthCheckIntervalSeconds",
    path: "HealthCheckPath",
    timeout: "HealthCheckTimeoutSeconds",
    healthyThreshold: "HealthyThresholdCount",
    unhealthyThreshold: "UnhealthyThresholdCount",
  });
  const { Matcher, Port, Protocol, ...check } = objectOf(HealthCheck);
  const parameters = {
    ...named(inputs, resource),
    ...rest,
    ...check,
    ...as("HealthCheckPort", Port),
    ...as("HealthCheckProtocol", Protocol),
    ...(Matcher === undefined ? {} : { Matcher: { HttpCode: Matcher } }),
  };
  const attributes = attributesOf({
    "deregistration_delay.timeout_seconds": DeregistrationDelay,
  });
  return {
    declaration: {
      type: "AWS::ElasticLoadBalancingV2::TargetGroup",
      properties: { ...parameters, TargetGroupAttributes: attributes },
    },
    calls: [
      { service: "elbv2", operation: "CreateTargetGroup", parameters },
      {
        service: "elbv2",
        operation: "ModifyTargetGroupAttributes",
        parameters: { TargetGroupArn: resource.id, Attributes: attributes },
      },
    ],
  };
};

export const computeRows: Readonly<Record<string, Row>> = {
  "aws:ec2/instance:Instance": instance,
  "aws:ec2/launchTemplate:LaunchTemplate": launchTemplate,
  "aws:ec2/capacityReservation:CapacityReservation": capacityReservation,
  "aws:autoscaling/group:Group": group,
  "aws:autoscaling/policy:Policy": scalingPolicy,
  "aws:lb/loadBalancer:LoadBalancer": loadBalancer,
  "aws:lb/listener:Listener": listener,
  "aws:lb/targetGroup:TargetGroup": targetGroup,
};
