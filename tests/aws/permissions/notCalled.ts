/**
 * Actions that CloudFormation's handlers call for the types of this program, but this program's
 * deployer does not, with the reason. An entry that matches nothing any more fails the test.
 */
export const notCalled: readonly { readonly actions: RegExp; readonly why: string }[] = [
  {
    actions:
      /^(?:acm-pca|application-autoscaling|cognito-idp|elasticfilesystem|firehose|kinesis|route53-recovery-control-config|s3files|s3tables|vpc-lattice|vpce):/,
    why: "a service that this program does not use",
  },
  {
    actions:
      /^acm:UpdateCertificateOptions$|^cloudwatch:(?:GetMetricData|PutMetricData)$|^dynamodb:.*(?:ContributorInsights|KinesisStreaming|TableReplicaAutoScaling|DisassociateTableReplica)/,
    why: "an option of a certificate, a scaling policy or a table that is not used",
  },
  {
    actions:
      /^autoscaling:.*(?:LifecycleHook|NotificationConfiguration|TrafficSources|LoadBalancers|Processes)$/,
    why: "an option of a group that is not used",
  },
  {
    actions: /^cloudfront:.*(?:ConnectionGroup|VpcOrigin|DistributionConfig|StagingConfig)$/,
    why: "distributions for several tenants, origins in a VPC and staging are not used; the provider reads a distribution as a whole",
  },
  {
    actions: /^dynamodb:(?:Delete|Get|Put)ResourcePolicy$/,
    why: "tables have no policy; the role of an experiment adds one while it runs",
  },
  {
    actions:
      /^ec2:(?:AcceptAddressTransfer|DescribeIpamPools|ModifyVpcTenancy|.*(?:PrivateNatGatewayAddress|NatGatewayAddress|BillingOwner|VpcEncryptionControls?))$/,
    why: "an option of an address, a network or a reservation that is not used",
  },
  {
    actions:
      /^ec2:(?:(?:At|De)tachVolume|(?:Unm|M)onitorInstances|DescribeKeyPairs|ModifyInstance(?:MaintenanceOptions|Placement)|ModifyPrivateDnsNameOptions)$|^ssm:/,
    why: "an option of an instance that is not used",
  },
  {
    actions: /^ec2:UpdateSecurityGroupRuleDescriptions/,
    why: "the provider changes a rule as a whole: ModifySecurityGroupRules",
  },
  {
    actions: /^ec2:Describe(?:AccountAttributes|AvailabilityZones)$/,
    why: "CloudFormation checks before it creates a database; RDS itself rejects what does not fit",
  },
  {
    actions:
      /^elasticache:(?:CreateSnapshot|.*CacheCluster|.*ShardConfiguration)$|^logs:.*LogDeliver(?:y|ies)$/,
    why: "caches keep sessions: no snapshot, shard or log of them is used",
  },
  {
    actions: /^logs:(?:CreateLogStream|PutLogEvents)$/,
    why: "the writers of logs have their own roles",
  },
  {
    actions:
      /^elasticloadbalancing:(?:(?:R|Der)egisterTargets|Modify(?:CapacityReservation|IpPools))$/,
    why: "groups register their machines themselves; capacity and pools are not reserved",
  },
  {
    actions: /^iam:(?:AttachRolePolicy|ListRoles)$/,
    why: "roles have inline policies only, and are identified by name",
  },
  {
    actions: /^iam:DeleteRolePermissionsBoundary$/,
    why: "removing the boundary of a role would permit everything: an administrator does it",
  },
  {
    actions: /^kms:(?:Encrypt|ListAliases|RevokeGrant)$/,
    why: "tables, caches and functions use AWS's own keys; RDS needs no more than its documentation lists",
  },
  {
    actions:
      /^lambda:(?:.*(?:CodeSigningConfig|RecursionConfig|ScalingConfig|RuntimeManagementConfig|LayerVersion|CapacityProvider|FunctionConcurrency)|PublishVersion|UpdateFunctionEventInvokeConfig)$|^s3:GetObjectVersion$/,
    why: "an option of a function that is not used; the provider writes the retry settings as a whole",
  },
  {
    actions:
      /^logs:.*(?:DataProtectionPolicy|IndexPolicy|IndexPolicies|BearerTokenAuthentication|DeletionProtection)$/,
    why: "an option of a log group that is not used",
  },
  {
    actions:
      /^rds:(?:.*RoleToDBInstance|.*RoleFromDBInstance|.*ReadReplica|DescribeDBCluster.*|.*AutomatedBackups(?:Replication)?|DescribeDBSnapshots|DescribeDBEngineVersions|DescribeEngineDefaultParameters|DescribeEvents|RestoreDBInstance.*)$/,
    why: "no replica, cluster or restored database is made; the provider reads the instance alone",
  },
  {
    actions: /^route53:(?:.*VPC(?:With|From)HostedZone|ListQueryLoggingConfigs|ListHostedZones)$/,
    why: "the zone is public; the provider reads zones and query logs by their ids",
  },
  {
    actions:
      /^s3:(?:.*(?:Analytics|IntelligentTiering|Inventory|Metrics|MetadataTable|MetadataAnnotationTable|MetadataInventoryTable|MetadataJournalTable)Configuration|(?:Get|Put)BucketAbac|(?:Get|Put)BucketNotification|Put(?:AccelerateConfiguration|BucketAcl|BucketCORS|BucketLogging|BucketObjectLockConfiguration|ObjectAcl|ReplicationConfiguration))$/,
    why: "an option of a bucket that is not used; the provider has a resource for each",
  },
  {
    actions: /^secretsmanager:(?:GetRandomPassword|ListSecrets)$/,
    why: "the program itself looks up a random value; the provider reads a secret by its ARN",
  },
  {
    actions: /^sns:(?:(?:Get|Put)DataProtectionPolicy|ListSubscriptionsByTopic)$/,
    why: "topics have no data protection, and each subscription is a separate resource",
  },
];
