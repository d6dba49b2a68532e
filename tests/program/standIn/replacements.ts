import type { Properties, Value } from "../../../routing/graph/resource";

/**
 * Properties that AWS cannot change in place, by resource type: those marked `ForceNew` in
 * hashicorp/terraform-provider-aws (internal/service/…), which @pulumi/aws 7 wraps, for all types
 * in this program. The stand-in fails for a type that is not here. `conditional` has the properties
 * that replace only in some cases.
 */
const always: Readonly<Record<string, readonly string[]>> = {
  // ec2/vpc_.go: an IPv6 block is added and removed in place.
  "aws:ec2/vpc:Vpc": ["cidrBlock", "ipv4IpamPoolId", "ipv4NetmaskLength"],
  // ec2/vpc_subnet.go: ipv6CidrBlock and assignIpv6AddressOnCreation change in place.
  "aws:ec2/subnet:Subnet": ["vpcId", "cidrBlock", "availabilityZone", "availabilityZoneId"],
  "aws:ec2/internetGateway:InternetGateway": [],
  "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway": ["vpcId"],
  "aws:ec2/routeTable:RouteTable": ["vpcId"],
  "aws:ec2/routeTableAssociation:RouteTableAssociation": ["subnetId", "gatewayId"],
  "aws:ec2/route:Route": [
    "routeTableId",
    "destinationCidrBlock",
    "destinationIpv6CidrBlock",
    "destinationPrefixListId",
  ],
  "aws:ec2/natGateway:NatGateway": ["subnetId", "allocationId", "connectivityType"],
  "aws:ec2/eip:Eip": ["domain", "publicIpv4Pool", "networkBorderGroup"],
  "aws:ec2/eipAssociation:EipAssociation": ["allocationId", "instanceId", "networkInterfaceId"],
  // ec2/vpc_security_group.go
  "aws:ec2/securityGroup:SecurityGroup": ["vpcId", "name", "description"],
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": ["securityGroupId"],
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": ["securityGroupId"],
  // ec2/ec2_instance.go; the IPv6 properties were so in older versions, and are still treated so.
  "aws:ec2/instance:Instance": [
    "ami",
    "associatePublicIpAddress",
    "availabilityZone",
    "ebsOptimized",
    "subnetId",
    "ipv6AddressCount",
    "ipv6Addresses",
  ],
  // elbv2/load_balancer.go
  "aws:lb/loadBalancer:LoadBalancer": [
    "name",
    "namePrefix",
    "internal",
    "loadBalancerType",
    "customerOwnedIpv4Pool",
  ],
  // elbv2/target_group.go
  "aws:lb/targetGroup:TargetGroup": [
    "name",
    "namePrefix",
    "port",
    "protocol",
    "protocolVersion",
    "vpcId",
    "targetType",
    "ipAddressType",
  ],
  "aws:lb/listener:Listener": ["loadBalancerArn"],
  "aws:ec2/launchTemplate:LaunchTemplate": ["name", "namePrefix"],
  "aws:autoscaling/group:Group": ["name", "namePrefix"],
  // autoscaling/policy.go; ec2/ec2_capacity_reservation.go: the number of instances changes in place.
  "aws:autoscaling/policy:Policy": ["name", "autoscalingGroupName"],
  "aws:ec2/capacityReservation:CapacityReservation": [
    "availabilityZone",
    "ebsOptimized",
    "ephemeralStorage",
    "instanceMatchCriteria",
    "instancePlatform",
    "instanceType",
    "tenancy",
  ],
  "aws:iam/role:Role": ["name", "path"],
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": ["role", "policyArn"],
  "aws:iam/instanceProfile:InstanceProfile": ["name", "path"],
  // acm/certificate.go
  "aws:acm/certificate:Certificate": [
    "domainName",
    "subjectAlternativeNames",
    "validationMethod",
    "keyAlgorithm",
  ],
  "aws:acm/certificateValidation:CertificateValidation": [
    "certificateArn",
    "validationRecordFqdns",
  ],
  "aws:cloudfront/distribution:Distribution": ["staging", "continuousDeploymentPolicyId"],
  "aws:cloudfront/function:Function": ["name"],
  "aws:cloudfront/originAccessControl:OriginAccessControl": [],
  "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": [],
  "aws:s3/bucket:Bucket": ["bucket"],
  "aws:s3/bucketObjectv2:BucketObjectv2": ["bucket", "key"],
  "aws:s3/bucketPolicy:BucketPolicy": ["bucket"],
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": ["bucket"],
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": ["bucket"],
  "aws:s3/bucketVersioning:BucketVersioning": ["bucket"],
  "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration": ["bucket"],
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": [
    "bucket",
  ],
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": ["bucket"],
  "aws:fis/experimentTemplate:ExperimentTemplate": [],
  "aws:kms/key:Key": ["customerMasterKeySpec", "keyUsage", "multiRegion", "customKeyStoreId"],
  "aws:sns/topic:Topic": ["name", "namePrefix", "fifoTopic"],
  "aws:sns/topicSubscription:TopicSubscription": ["topic", "protocol", "endpoint"],
  "aws:sns/topicPolicy:TopicPolicy": ["arn"],
  "aws:cloudwatch/metricAlarm:MetricAlarm": ["name"],
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": ["alarmName"],
  "aws:cloudwatch/dashboard:Dashboard": ["dashboardName"],
  "aws:cloudwatch/logGroup:LogGroup": ["name", "namePrefix", "logGroupClass"],
  "aws:lambda/function:Function": ["name", "packageType", "codeSigningConfigArn"],
  // lambda/invocation.go: the input as well, if the function is invoked on creation only.
  "aws:lambda/invocation:Invocation": ["functionName", "input", "qualifier", "triggers"],
  "aws:iam/rolePolicy:RolePolicy": ["name", "role"],
  "aws:scheduler/schedule:Schedule": ["name", "namePrefix", "groupName"],
  // rds/instance.go
  "aws:rds/instance:Instance": [
    "availabilityZone",
    "characterSetName",
    "dbName",
    "engine",
    "identifier",
    "kmsKeyId",
    "storageEncrypted",
    "username",
  ],
  // rds/instance_automated_backups_replication.go
  "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication": [
    "kmsKeyId",
    "preSignedUrl",
    "retentionPeriod",
    "sourceDbInstanceArn",
  ],
  "aws:rds/subnetGroup:SubnetGroup": ["name", "namePrefix"],
  "aws:rds/parameterGroup:ParameterGroup": ["name", "namePrefix", "family", "description"],
  // elasticache/replication_group.go
  "aws:elasticache/replicationGroup:ReplicationGroup": [
    "atRestEncryptionEnabled",
    "kmsKeyId",
    "networkType",
    "port",
    "replicationGroupId",
    "snapshotName",
    "subnetGroupName",
  ],
  "aws:elasticache/subnetGroup:SubnetGroup": ["name"],
  "aws:dynamodb/table:Table": ["name", "hashKey", "rangeKey"],
  // secretsmanager/secret.go
  "aws:secretsmanager/secret:Secret": ["name", "namePrefix"],
  "aws:secretsmanager/secretVersion:SecretVersion": [
    "secretBinary",
    "secretId",
    "secretString",
    "secretStringWoVersion",
  ],
  "aws:ec2/vpcEndpoint:VpcEndpoint": ["vpcId", "serviceName", "vpcEndpointType"],
  "aws:route53/zone:Zone": ["name", "delegationSetId"],
  // route53/key_signing_key.go: another KMS key is an update, which then changes nothing.
  "aws:route53/keySigningKey:KeySigningKey": ["hostedZoneId", "name"],
  "aws:route53/hostedZoneDnsSec:HostedZoneDnsSec": ["hostedZoneId"],
  "aws:route53/queryLog:QueryLog": ["cloudwatchLogGroupArn", "zoneId"],
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": ["policyName"],
  "aws:cloudwatch/eventRule:EventRule": ["name", "namePrefix", "eventBusName"],
  "aws:cloudwatch/eventTarget:EventTarget": ["targetId", "rule", "eventBusName"],
  // lambda/permission.go: every argument.
  "aws:lambda/permission:Permission": [
    "function",
    "principal",
    "action",
    "sourceArn",
    "statementId",
  ],
  // sqs/queue.go
  "aws:sqs/queue:Queue": ["name", "namePrefix", "fifoQueue"],
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": ["functionName"],
  "aws:kms/alias:Alias": ["name", "namePrefix"],
  // route53/record.go: type and setIdentifier change in one batch, which deletes and creates.
  "aws:route53/record:Record": ["zoneId", "name"],
  // route53/health_check.go
  "aws:route53/healthCheck:HealthCheck": [
    "type",
    "requestInterval",
    "measureLatency",
    "referenceName",
    "routingControlArn",
  ],
};

/** Some types replace only from some values to others. */
const conditional: Readonly<
  Record<string, (old: Properties, next: Properties, changed: ReadonlySet<string>) => string[]>
> = {
  // ec2/ec2_instance.go: otherwise the instance is stopped, changed and started.
  "aws:ec2/instance:Instance": (_old, next, changed) =>
    next["userDataReplaceOnChange"] === true && changed.has("userData") ? ["userData"] : [],
  // elbv2/load_balancer.go, customizeDiffLoadBalancerNLB: another mapping is added in place, and
  // all security groups change in place unless there were none or none remain.
  "aws:lb/loadBalancer:LoadBalancer": (old, next, changed) => {
    if (next["loadBalancerType"] !== "network") return [];
    const before = itemsOf(old["subnetMappings"]);
    const after = itemsOf(next["subnetMappings"]);
    const addsOnly = after.length > before.length && isWithin(before, after);
    const hadGroups = itemsOf(old["securityGroups"]).length > 0;
    const hasGroups = itemsOf(next["securityGroups"]).length > 0;
    return [
      ...(changed.has("subnetMappings") && !addsOnly ? ["subnetMappings"] : []),
      ...(hadGroups === hasGroups ? [] : ["securityGroups"]),
    ];
  },
};

const texts = new WeakMap<object, string>();

/** A value as comparable text. */
export function textOf(value: Value | undefined): string {
  if (value === undefined) return "none";
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const text = texts.get(value) ?? JSON.stringify(value);
  texts.set(value, text);
  return text;
}

function itemsOf(value: Value | undefined): readonly Value[] {
  return Array.isArray(value) ? (value as readonly Value[]) : [];
}

function isWithin(some: readonly Value[], all: readonly Value[]): boolean {
  const texts = new Set(all.map(textOf));
  return some.every((one) => texts.has(textOf(one)));
}

/** Whether the table contains a type; only those of AWS are in it. */
export function isKnown(type: string): boolean {
  return always[type] !== undefined;
}

/**
 * The properties for which a resource is replaced, of those that changed.
 *
 * @throws Error for a type that the table lacks
 */
export function replacedFor(
  type: string,
  changed: ReadonlySet<string>,
  old: Properties,
  next: Properties,
): readonly string[] {
  const properties = always[type];
  if (properties === undefined) throw new Error(`${type}: the table of replacements lacks it`);
  const sometimes = conditional[type]?.(old, next, changed) ?? [];
  return [...new Set([...properties.filter((one) => changed.has(one)), ...sometimes])];
}
