import type { Resource } from "../../routing/graph/resource";

/**
 * Properties that AWS cannot change in place, by resource type: those marked `ForceNew` in
 * hashicorp/terraform-provider-aws (internal/service/…), which @pulumi/aws 7 wraps, for all types
 * that two configurations of this program can have in common. A type that is not here is unknown to
 * the test, which then fails.
 */
export const replacing: Readonly<Record<string, readonly string[]>> = {
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
  // ec2/ec2_instance.go; the IPv6 properties were so in older versions, and are taken for it still.
  "aws:ec2/instance:Instance": [
    "ami",
    "availabilityZone",
    "subnetId",
    "userData",
    "ipv6AddressCount",
    "ipv6Addresses",
  ],
  // elbv2/load_balancer.go: the same number of mappings with another content replaces a network balancer.
  "aws:lb/loadBalancer:LoadBalancer": [
    "name",
    "namePrefix",
    "internal",
    "loadBalancerType",
    "subnetMappings",
  ],
  // elbv2/target_group.go
  "aws:lb/targetGroup:TargetGroup": [
    "name",
    "namePrefix",
    "port",
    "protocol",
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
  "aws:kms/key:Key": ["customerMasterKeySpec", "keyUsage", "multiRegion", "customKeyStoreId"],
  "aws:sns/topic:Topic": ["name", "namePrefix", "fifoTopic"],
  "aws:sns/topicSubscription:TopicSubscription": ["topic", "protocol", "endpoint"],
  "aws:sns/topicPolicy:TopicPolicy": ["arn"],
  "aws:cloudwatch/metricAlarm:MetricAlarm": ["name"],
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": ["alarmName"],
  "aws:cloudwatch/dashboard:Dashboard": ["dashboardName"],
  "aws:cloudwatch/logGroup:LogGroup": ["name", "namePrefix", "logGroupClass"],
  "aws:lambda/function:Function": ["name", "packageType", "codeSigningConfigArn"],
  // lambda/invocation.go: the input as well, where a call is made on creation only.
  "aws:lambda/invocation:Invocation": ["functionName", "input", "qualifier", "triggers"],
  "aws:iam/rolePolicy:RolePolicy": ["name", "role"],
  "aws:scheduler/schedule:Schedule": ["name", "namePrefix", "groupName"],
  // rds/instance.go; the zone is ignored once the database is there.
  "aws:rds/instance:Instance": [
    "dbName",
    "engine",
    "identifier",
    "kmsKeyId",
    "storageEncrypted",
    "username",
  ],
  "aws:rds/subnetGroup:SubnetGroup": ["name", "namePrefix"],
  "aws:rds/parameterGroup:ParameterGroup": ["name", "namePrefix", "family", "description"],
  // elasticache/replication_group.go
  "aws:elasticache/replicationGroup:ReplicationGroup": [
    "atRestEncryptionEnabled",
    "kmsKeyId",
    "port",
    "replicationGroupId",
    "subnetGroupName",
  ],
  "aws:elasticache/subnetGroup:SubnetGroup": ["name"],
  "aws:dynamodb/table:Table": ["name", "hashKey", "rangeKey"],
  "aws:ec2/vpcEndpoint:VpcEndpoint": ["vpcId", "serviceName", "vpcEndpointType"],
  "aws:route53/zone:Zone": ["name", "delegationSetId"],
  "aws:route53/keySigningKey:KeySigningKey": ["hostedZoneId", "keyManagementServiceArn", "name"],
  "aws:route53/hostedZoneDnsSec:HostedZoneDnsSec": ["hostedZoneId"],
  "aws:route53/queryLog:QueryLog": ["cloudwatchLogGroupArn", "zoneId"],
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": ["policyName"],
  "aws:cloudwatch/eventRule:EventRule": ["name", "namePrefix", "eventBusName"],
  "aws:cloudwatch/eventTarget:EventTarget": ["targetId", "rule", "eventBusName"],
  "aws:lambda/permission:Permission": ["function", "principal", "action", "sourceArn"],
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": ["functionName"],
  "aws:kms/alias:Alias": ["name", "namePrefix"],
  // route53/record.go
  "aws:route53/record:Record": ["zoneId", "name", "type", "setIdentifier"],
  // route53/health_check.go
  "aws:route53/healthCheck:HealthCheck": [
    "type",
    "requestInterval",
    "measureLatency",
    "referenceName",
    "routingControlArn",
  ],
};

/**
 * What an update from one configuration to another replaces: resources that both have, of which a
 * property changes that cannot change in place.
 *
 * @throws Error for a type that the table lacks.
 */
export function replacedBetween(
  from: readonly Resource[],
  to: readonly Resource[],
): readonly { readonly resource: Resource; readonly property: string }[] {
  const before = new Map(from.map((resource) => [resource.urn, resource]));
  return to.flatMap((resource) => {
    const old = before.get(resource.urn);
    if (old === undefined || !resource.type.startsWith("aws:")) return [];
    const properties = replacing[resource.type];
    if (properties === undefined) throw new Error(`${resource.type}: the table lacks it`);
    return properties
      .filter(
        (property) =>
          JSON.stringify(old.inputs[property]) !== JSON.stringify(resource.inputs[property]),
      )
      .map((property) => ({ resource, property }));
  });
}
