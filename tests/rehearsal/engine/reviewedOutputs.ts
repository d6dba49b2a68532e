/**
 * The file and function in hashicorp/terraform-provider-aws (internal/service/…), which @pulumi/aws
 * 7 wraps, that set a value which this program uses. Each entry states that the row of the type in
 * rehearsal/engine returns the same. Values that AWS invents only have the right format.
 */
export const reviewedOutputs: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "aws:acm/certificate:Certificate": {
    arn: "acm/certificate.go, resourceCertificateRead: is its id",
    domainValidationOptions:
      "acm/certificate.go, resourceCertificateCreate waits for them; one for each name, in no order",
  },
  "aws:acm/certificateValidation:CertificateValidation": {
    certificateArn: "acm/certificate_validation.go: as given, once the certificate is issued",
  },
  "aws:autoscaling/group:Group": {
    name: "autoscaling/group.go, resourceGroupRead: is its id",
    launchTemplate:
      "autoscaling/group.go, flattenLaunchTemplateSpecification: the version as given, a number here",
  },
  "aws:cloudfront/distribution:Distribution": {
    arn: "cloudfront/distribution.go, resourceDistributionRead",
    domainName: "cloudfront/distribution.go, resourceDistributionRead",
    hostedZoneId: "cloudfront/distribution.go: the same for all of a partition",
  },
  "aws:cloudfront/function:Function": {
    arn: "cloudfront/function.go, resourceFunctionRead: of the function, not of a stage",
  },
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": { arn: "cloudwatch/composite_alarm.go" },
  "aws:cloudwatch/dashboard:Dashboard": {
    dashboardName: "cloudwatch/dashboard.go, resourceDashboardRead: as given",
  },
  "aws:cloudwatch/logGroup:LogGroup": {
    arn: "logs/group.go, resourceGroupFlatten: without the `:*` that AWS adds",
    name: "logs/group.go, resourceGroupFlatten: is its id",
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    arn: "cloudwatch/metric_alarm.go, resourceMetricAlarmRead",
    name: "cloudwatch/metric_alarm.go, resourceMetricAlarmRead: is its id",
    region: "the provider's own, which every resource of a region has since 6.0",
  },
  "aws:dynamodb/table:Table": { name: "dynamodb/table.go, resourceTableRead: is its id" },
  "aws:ec2/eip:Eip": {
    allocationId: "ec2/ec2_eip.go, resourceEIPRead: is its id",
    publicIp: "ec2/ec2_eip.go, resourceEIPRead",
  },
  "aws:ec2/instance:Instance": {
    ipv6Addresses:
      "ec2/ec2_instance.go, resourceInstanceFlatten: those of the primary interface alone",
  },
  "aws:ec2/launchTemplate:LaunchTemplate": {
    latestVersion: "ec2/ec2_launch_template.go: 1 when made; unknown in a preview of any change",
  },
  "aws:elasticache/replicationGroup:ReplicationGroup": {
    primaryEndpointAddress:
      "elasticache/replication_group.go, resourceReplicationGroupRead: of the one shard",
  },
  "aws:elasticache/subnetGroup:SubnetGroup": {
    name: "elasticache/subnet_group.go: is its id, in lower case",
  },
  "aws:iam/instanceProfile:InstanceProfile": { name: "iam/instance_profile.go: is its id" },
  "aws:iam/role:Role": {
    arn: "iam/role.go, resourceRoleRead",
    name: "iam/role.go, resourceRoleRead: is its id",
  },
  "aws:kms/key:Key": {
    arn: "kms/key.go, resourceKeyRead",
    keyId: "kms/key.go, resourceKeyRead: is its id, a UUID where it is of one region",
  },
  "aws:lambda/function:Function": {
    arn: "lambda/function.go, resourceFunctionRead: without a version",
    name: "lambda/function.go, resourceFunctionRead: is its id",
  },
  "aws:lb/loadBalancer:LoadBalancer": {
    arn: "elbv2/load_balancer.go, resourceLoadBalancerRead: is its id",
    arnSuffix: "elbv2/load_balancer.go, suffixFromARN: what comes after `:loadbalancer/`",
  },
  "aws:lb/targetGroup:TargetGroup": {
    arn: "elbv2/target_group.go, resourceTargetGroupRead: is its id",
    arnSuffix: "elbv2/target_group.go, TargetGroupSuffixFromARN: with `targetgroup/`",
  },
  "aws:rds/instance:Instance": {
    address: "rds/instance.go, resourceInstanceRead: of the endpoint, without the port",
    arn: "rds/instance.go, resourceInstanceRead: DBInstanceArn",
    masterUserSecrets:
      "rds/instance.go, resourceInstanceRead: one where RDS keeps the password, else none",
  },
  "aws:rds/parameterGroup:ParameterGroup": { name: "rds/parameter_group.go: is its id" },
  "aws:rds/subnetGroup:SubnetGroup": { name: "rds/subnet_group.go: is its id" },
  "aws:route53/keySigningKey:KeySigningKey": {
    dsRecord: "route53/key_signing_key.go, resourceKeySigningKeyRead",
  },
  "aws:route53/record:Record": {
    fqdn: "route53/record.go, expandRecordName: lower case, no last dot, the zone's name once",
  },
  "aws:route53/zone:Zone": {
    arn: "route53/zone.go, resourceZoneRead",
    nameServers: "route53/zone.go, resourceZoneRead: four, sorted",
    zoneId: "route53/zone.go, resourceZoneRead: is its id, without `/hostedzone/`",
  },
  "aws:s3/bucket:Bucket": {
    arn: "s3/bucket.go, resourceBucketRead",
    bucket: "s3/bucket.go, resourceBucketRead: is its id",
    bucketRegionalDomainName: "s3/bucket.go, bucketRegionalDomainName",
    hostedZoneId: "s3/hosted_zones.go, hostedZoneIDForRegion: that of the region's websites",
  },
  "aws:s3/bucketObjectv2:BucketObjectv2": { bucket: "s3/object.go: as given" },
  "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration": {
    websiteDomain:
      "s3/bucket_website_configuration.go: without the bucket, by the form of the region",
  },
  "aws:sns/topic:Topic": {
    arn: "sns/topic.go, resourceTopicRead: is its id",
    kmsMasterKeyId: "sns/topic.go, topicAttributeMap: as given, here a key's ARN",
  },
  "aws:sqs/queue:Queue": {
    arn: "sqs/queue.go, resourceQueueRead: QueueArn",
    name: "sqs/queue.go, queueNameFromURL: the end of its id",
  },
};

/** The same for calls, whose results depend on their arguments only, unless stated otherwise. */
export const reviewedCalls: Readonly<Record<string, string>> = {
  "aws:ec2/getManagedPrefixList:getManagedPrefixList": "ec2/vpc_managed_prefix_list_data_source.go",
  "aws:ec2/getNetworkInterface:getNetworkInterface":
    "ec2/vpc_network_interface_data_source.go: fails for none and for several; rests on a balancer",
  "aws:index/getCallerIdentity:getCallerIdentity": "sts/caller_identity_data_source.go",
  "aws:secretsmanager/getRandomPassword:getRandomPassword":
    "secretsmanager/random_password_data_source.go",
  "aws:index/getIpRanges:getIpRanges":
    "meta/ip_ranges_data_source.go: sorted as text; fails without the file; of no region",
  "aws:index/getRegion:getRegion": "meta/region_data_source.go",
  "aws:route53/getZone:getZone": "route53/zone_data_source.go: fails for none and for several",
  "aws:ssm/getParameter:getParameter":
    "ssm/parameter_data_source.go: insecureValue is in the clear",
};

/**
 * Components whose outputs are other resources or their ids. Their children are compared with those
 * of a real run (awsxVpc.test.ts). A reference to a child reads all of its properties, but only the
 * id is used.
 */
export const components: Readonly<Record<string, readonly string[]>> = {
  "awsx:ec2:Vpc": ["aws:ec2/internetGateway:InternetGateway", "aws:ec2/routeTable:RouteTable"],
};
