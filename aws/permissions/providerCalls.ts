/* oxlint-disable max-lines -- a table: the actions that each type of resource needs */
/**
 * The actions that the provider's calls need for each type of resource, by operation, for the
 * properties that this program uses. A read follows every change. tests/aws/permissions/ compares
 * the table with AWS's own schemas and lists, with a reason, each call that CloudFormation makes for
 * a type and the provider does not.
 *
 * Compared with hashicorp/terraform-provider-aws, `internal/service/`, in versions of 2022 to 2026:
 * file, commit and the functions that were not read are in docs/adr/0032. None is certain to be the
 * version inside @pulumi/aws 7.48.0.
 */
export const providerCalls: Readonly<Record<string, string>> = {
  // acm
  "aws:acm/certificate:Certificate": `
    create acm AddTagsToCertificate RequestCertificate
    read acm DescribeCertificate ListTagsForCertificate
    update acm AddTagsToCertificate RemoveTagsFromCertificate
    delete acm DeleteCertificate
  `,
  "aws:acm/certificateValidation:CertificateValidation": `
    read acm DescribeCertificate
  `,

  // autoscaling: the instances of a group are launched with the permissions of the group's creator.
  "aws:autoscaling/group:Group": `
    create autoscaling CreateAutoScalingGroup CreateOrUpdateTags EnableMetricsCollection
    create ec2 CreateTags RunInstances
    create iam CreateServiceLinkedRole PassRole
    read autoscaling DescribeAutoScalingGroups DescribeScalingActivities
    read elasticloadbalancing DescribeTargetHealth
    update autoscaling AttachLoadBalancerTargetGroups CancelInstanceRefresh CreateOrUpdateTags
      DeleteTags DescribeInstanceRefreshes DescribeLoadBalancerTargetGroups
      DetachLoadBalancerTargetGroups DisableMetricsCollection EnableMetricsCollection
      StartInstanceRefresh UpdateAutoScalingGroup
    update ec2 CreateTags RunInstances
    update iam PassRole
    delete autoscaling DeleteAutoScalingGroup UpdateAutoScalingGroup
  `,
  "aws:autoscaling/policy:Policy": `
    create autoscaling PutScalingPolicy
    read autoscaling DescribePolicies
    update autoscaling PutScalingPolicy
    delete autoscaling DeletePolicy
  `,

  // cloudfront: a distribution is disabled before it is deleted.
  "aws:cloudfront/distribution:Distribution": `
    create cloudfront CreateDistribution TagResource
    read cloudfront GetDistribution ListTagsForResource
    update cloudfront TagResource UntagResource UpdateDistribution
    delete cloudfront DeleteDistribution UpdateDistribution
  `,
  "aws:cloudfront/function:Function": `
    create cloudfront CreateFunction PublishFunction TagResource
    read cloudfront DescribeFunction GetFunction ListTagsForResource
    update cloudfront PublishFunction TagResource UntagResource UpdateFunction
    delete cloudfront DeleteFunction
  `,
  "aws:cloudfront/originAccessControl:OriginAccessControl": `
    create cloudfront CreateOriginAccessControl
    read cloudfront GetOriginAccessControl
    update cloudfront UpdateOriginAccessControl
    delete cloudfront DeleteOriginAccessControl
  `,
  "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": `
    create cloudfront CreateResponseHeadersPolicy
    read cloudfront GetResponseHeadersPolicy
    update cloudfront UpdateResponseHeadersPolicy
    delete cloudfront DeleteResponseHeadersPolicy
  `,

  // cloudwatch and logs
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": `
    create cloudwatch PutCompositeAlarm TagResource
    read cloudwatch DescribeAlarms ListTagsForResource
    update cloudwatch PutCompositeAlarm TagResource UntagResource
    delete cloudwatch DeleteAlarms
  `,
  "aws:cloudwatch/dashboard:Dashboard": `
    create cloudwatch PutDashboard
    read cloudwatch GetDashboard
    update cloudwatch PutDashboard
    delete cloudwatch DeleteDashboards
  `,
  "aws:cloudwatch/logGroup:LogGroup": `
    create logs AssociateKmsKey CreateLogGroup PutRetentionPolicy TagResource
    read logs DescribeLogGroups ListTagsForResource
    update logs AssociateKmsKey DeleteRetentionPolicy DisassociateKmsKey PutRetentionPolicy
      TagResource UntagResource
    delete logs DeleteLogGroup
  `,
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": `
    create logs PutResourcePolicy
    read logs DescribeResourcePolicies
    update logs PutResourcePolicy
    delete logs DeleteResourcePolicy
  `,
  "aws:cloudwatch/metricAlarm:MetricAlarm": `
    create cloudwatch PutMetricAlarm TagResource
    read cloudwatch DescribeAlarms ListTagsForResource
    update cloudwatch PutMetricAlarm TagResource UntagResource
    delete cloudwatch DeleteAlarms
  `,

  // dynamodb: DynamoDB copies a table to a new replica with the permissions of the caller.
  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/globaltables-security.html
  "aws:dynamodb/table:Table": `
    create dynamodb BatchWriteItem CreateTable CreateTableReplica DeleteItem GetItem PutItem Query
      Scan TagResource UpdateContinuousBackups UpdateItem UpdateTable UpdateTimeToLive
    create iam CreateServiceLinkedRole
    read dynamodb DescribeContinuousBackups DescribeTable DescribeTimeToLive ListTagsOfResource
    update dynamodb BatchWriteItem CreateTableReplica DeleteItem DeleteTableReplica GetItem PutItem
      Query Scan TagResource UntagResource UpdateContinuousBackups UpdateItem UpdateTable
      UpdateTimeToLive
    delete dynamodb DeleteTable DeleteTableReplica UpdateTable
  `,

  // ec2
  "aws:ec2/capacityReservation:CapacityReservation": `
    create ec2 CreateCapacityReservation CreateTags
    read ec2 DescribeCapacityReservations
    update ec2 CreateTags DeleteTags ModifyCapacityReservation
    delete ec2 CancelCapacityReservation
  `,
  "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway": `
    create ec2 CreateEgressOnlyInternetGateway CreateTags
    read ec2 DescribeEgressOnlyInternetGateways
    update ec2 CreateTags DeleteTags
    delete ec2 DeleteEgressOnlyInternetGateway
  `,
  "aws:ec2/eip:Eip": `
    create ec2 AllocateAddress CreateTags
    read ec2 DescribeAddresses DescribeAddressesAttribute
    update ec2 CreateTags DeleteTags
    delete ec2 DisassociateAddress ReleaseAddress
  `,
  "aws:ec2/eipAssociation:EipAssociation": `
    create ec2 AssociateAddress
    read ec2 DescribeAddresses
    delete ec2 DisassociateAddress
  `,
  "aws:ec2/instance:Instance": `
    create ec2 CreateTags RunInstances
    create iam PassRole
    read ec2 DescribeImages DescribeInstanceAttribute DescribeInstanceCreditSpecifications
      DescribeInstanceTypes DescribeInstances DescribeNetworkInterfaces DescribeTags DescribeVolumes
    update ec2 AssignIpv6Addresses AssociateIamInstanceProfile CreateTags DeleteTags
      DescribeIamInstanceProfileAssociations DescribeVolumesModifications
      DisassociateIamInstanceProfile ModifyInstanceAttribute ModifyInstanceCreditSpecification
      ModifyInstanceMetadataOptions ModifyNetworkInterfaceAttribute ModifyVolume
      ReplaceIamInstanceProfileAssociation StartInstances StopInstances UnassignIpv6Addresses
    update iam PassRole
    delete ec2 ModifyInstanceAttribute TerminateInstances
  `,
  "aws:ec2/internetGateway:InternetGateway": `
    create ec2 AttachInternetGateway CreateInternetGateway CreateTags
    read ec2 DescribeInternetGateways
    update ec2 AttachInternetGateway CreateTags DeleteTags DetachInternetGateway
    delete ec2 DeleteInternetGateway DetachInternetGateway
  `,
  "aws:ec2/launchTemplate:LaunchTemplate": `
    create ec2 CreateLaunchTemplate CreateTags
    read ec2 DescribeLaunchTemplateVersions DescribeLaunchTemplates
    update ec2 CreateLaunchTemplateVersion CreateTags DeleteTags ModifyLaunchTemplate
    delete ec2 DeleteLaunchTemplate
  `,
  "aws:ec2/natGateway:NatGateway": `
    create ec2 CreateNatGateway CreateTags
    read ec2 DescribeNatGateways
    update ec2 CreateTags DeleteTags
    delete ec2 DeleteNatGateway
  `,
  "aws:ec2/route:Route": `
    create ec2 CreateRoute
    read ec2 DescribeRouteTables
    update ec2 ReplaceRoute
    delete ec2 DeleteRoute
  `,
  "aws:ec2/routeTable:RouteTable": `
    create ec2 CreateRouteTable CreateTags
    read ec2 DescribeRouteTables
    update ec2 CreateTags DeleteTags
    delete ec2 DeleteRouteTable DisassociateRouteTable
  `,
  "aws:ec2/routeTableAssociation:RouteTableAssociation": `
    create ec2 AssociateRouteTable
    read ec2 DescribeRouteTables
    update ec2 AssociateRouteTable ReplaceRouteTableAssociation
    delete ec2 DisassociateRouteTable
  `,
  // A new group allows all egress; the provider revokes that.
  "aws:ec2/securityGroup:SecurityGroup": `
    create ec2 CreateSecurityGroup CreateTags RevokeSecurityGroupEgress
    read ec2 DescribeSecurityGroups
    update ec2 CreateTags DeleteTags
    delete ec2 DeleteSecurityGroup DescribeNetworkInterfaces
  `,
  "aws:ec2/subnet:Subnet": `
    create ec2 CreateSubnet CreateTags ModifySubnetAttribute
    read ec2 DescribeSubnets
    update ec2 AssociateSubnetCidrBlock CreateTags DeleteTags DisassociateSubnetCidrBlock
      ModifySubnetAttribute
    delete ec2 DeleteSubnet DescribeNetworkInterfaces
  `,
  "aws:ec2/vpc:Vpc": `
    create ec2 CreateTags CreateVpc ModifyVpcAttribute
    read ec2 DescribeNetworkAcls DescribeRouteTables DescribeSecurityGroups DescribeVpcAttribute
      DescribeVpcs
    update ec2 AssociateVpcCidrBlock CreateTags DeleteTags DisassociateVpcCidrBlock
      ModifyVpcAttribute
    delete ec2 DeleteVpc
  `,
  "aws:ec2/vpcEndpoint:VpcEndpoint": `
    create ec2 CreateTags CreateVpcEndpoint
    read ec2 DescribePrefixLists DescribeVpcEndpoints
    update ec2 CreateTags DeleteTags ModifyVpcEndpoint
    delete ec2 DeleteVpcEndpoints
  `,
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": `
    create ec2 AuthorizeSecurityGroupEgress CreateTags
    read ec2 DescribeSecurityGroupRules
    update ec2 CreateTags DeleteTags ModifySecurityGroupRules
    delete ec2 RevokeSecurityGroupEgress
  `,
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": `
    create ec2 AuthorizeSecurityGroupIngress CreateTags
    read ec2 DescribeSecurityGroupRules
    update ec2 CreateTags DeleteTags ModifySecurityGroupRules
    delete ec2 RevokeSecurityGroupIngress
  `,

  // elasticache
  "aws:elasticache/replicationGroup:ReplicationGroup": `
    create elasticache AddTagsToResource CreateReplicationGroup
    create iam CreateServiceLinkedRole
    read elasticache DescribeCacheClusters DescribeReplicationGroups ListTagsForResource
    update elasticache AddTagsToResource DecreaseReplicaCount IncreaseReplicaCount
      ModifyReplicationGroup RemoveTagsFromResource
    delete elasticache DeleteReplicationGroup
  `,
  "aws:elasticache/subnetGroup:SubnetGroup": `
    create elasticache AddTagsToResource CreateCacheSubnetGroup
    read elasticache DescribeCacheSubnetGroups ListTagsForResource
    update elasticache AddTagsToResource ModifyCacheSubnetGroup RemoveTagsFromResource
    delete elasticache DeleteCacheSubnetGroup
  `,

  // fis
  "aws:fis/experimentTemplate:ExperimentTemplate": `
    create fis CreateExperimentTemplate TagResource
    create iam PassRole
    read fis GetExperimentTemplate ListTagsForResource
    update fis TagResource UntagResource UpdateExperimentTemplate
    update iam PassRole
    delete fis DeleteExperimentTemplate
  `,

  // iam: everything attached to a role is detached before the role is deleted.
  "aws:iam/instanceProfile:InstanceProfile": `
    create iam AddRoleToInstanceProfile CreateInstanceProfile PassRole TagInstanceProfile
    read iam GetInstanceProfile GetRole
    update iam AddRoleToInstanceProfile PassRole RemoveRoleFromInstanceProfile TagInstanceProfile
      UntagInstanceProfile
    delete iam DeleteInstanceProfile RemoveRoleFromInstanceProfile
  `,
  "aws:iam/role:Role": `
    create iam CreateRole TagRole
    read iam GetRole GetRolePolicy ListAttachedRolePolicies ListRolePolicies
    update iam PutRolePermissionsBoundary TagRole UntagRole UpdateAssumeRolePolicy UpdateRole
      UpdateRoleDescription
    delete iam DeleteRole DeleteRolePolicy DetachRolePolicy ListInstanceProfilesForRole
      RemoveRoleFromInstanceProfile
  `,
  "aws:iam/rolePolicy:RolePolicy": `
    create iam PutRolePolicy
    read iam GetRolePolicy
    update iam PutRolePolicy
    delete iam DeleteRolePolicy
  `,

  // kms
  "aws:kms/key:Key": `
    create kms CreateKey EnableKeyRotation TagResource
    read kms DescribeKey GetKeyPolicy GetKeyRotationStatus ListResourceTags
    update kms DisableKey DisableKeyRotation EnableKey EnableKeyRotation PutKeyPolicy TagResource
      UntagResource UpdateKeyDescription
    delete kms ScheduleKeyDeletion
  `,

  // lambda
  "aws:lambda/function:Function": `
    create iam PassRole
    create lambda CreateFunction TagResource
    read lambda GetFunction GetFunctionCodeSigningConfig ListVersionsByFunction
    update iam PassRole
    update lambda TagResource UntagResource UpdateFunctionCode UpdateFunctionConfiguration
    delete lambda DeleteFunction
  `,
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": `
    create lambda PutFunctionEventInvokeConfig
    read lambda GetFunctionEventInvokeConfig
    update lambda PutFunctionEventInvokeConfig
    delete lambda DeleteFunctionEventInvokeConfig
  `,
  "aws:lambda/invocation:Invocation": `
    create lambda InvokeFunction
    update lambda InvokeFunction
    delete lambda InvokeFunction
  `,
  "aws:lambda/permission:Permission": `
    create lambda AddPermission
    read lambda GetPolicy
    delete lambda RemovePermission
  `,

  // elbv2: the provider waits for a deleted balancer's network interfaces to go.
  "aws:lb/listener:Listener": `
    create elasticloadbalancing AddTags CreateListener ModifyListenerAttributes
    read elasticloadbalancing DescribeListenerAttributes DescribeListeners DescribeTags
    update elasticloadbalancing AddTags ModifyListener ModifyListenerAttributes RemoveTags
    delete elasticloadbalancing DeleteListener
  `,
  "aws:lb/loadBalancer:LoadBalancer": `
    create elasticloadbalancing AddTags CreateLoadBalancer ModifyLoadBalancerAttributes
    create iam CreateServiceLinkedRole
    read elasticloadbalancing DescribeCapacityReservation DescribeLoadBalancerAttributes
      DescribeLoadBalancers DescribeTags
    update elasticloadbalancing AddTags ModifyLoadBalancerAttributes RemoveTags SetIpAddressType
      SetSecurityGroups SetSubnets
    delete ec2 DescribeNetworkInterfaces
    delete elasticloadbalancing DeleteLoadBalancer
  `,
  "aws:lb/targetGroup:TargetGroup": `
    create elasticloadbalancing AddTags CreateTargetGroup ModifyTargetGroupAttributes
    read elasticloadbalancing DescribeTags DescribeTargetGroupAttributes DescribeTargetGroups
    update elasticloadbalancing AddTags ModifyTargetGroup ModifyTargetGroupAttributes RemoveTags
    delete elasticloadbalancing DeleteTargetGroup
  `,

  // rds: a database that manages its password has a secret, and both are encrypted with keys.
  // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html
  "aws:rds/instance:Instance": `
    create iam CreateServiceLinkedRole
    create kms CreateGrant Decrypt DescribeKey GenerateDataKey
    create rds AddTagsToResource CreateDBInstance ModifyDBInstance RebootDBInstance
    create secretsmanager CreateSecret TagResource
    read rds DescribeDBInstances ListTagsForResource
    update kms CreateGrant Decrypt DescribeKey GenerateDataKey
    update rds AddTagsToResource ModifyDBInstance RebootDBInstance RemoveTagsFromResource
    update secretsmanager CreateSecret RotateSecret TagResource
    delete rds AddTagsToResource CreateDBSnapshot DeleteDBInstance ModifyDBInstance
  `,
  "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication": `
    create kms CreateGrant DescribeKey
    create rds StartDBInstanceAutomatedBackupsReplication
    read rds DescribeDBInstanceAutomatedBackups
    delete rds DescribeDBInstances StopDBInstanceAutomatedBackupsReplication
  `,
  "aws:rds/parameterGroup:ParameterGroup": `
    create rds AddTagsToResource CreateDBParameterGroup ModifyDBParameterGroup
    read rds DescribeDBParameterGroups DescribeDBParameters ListTagsForResource
    update rds AddTagsToResource ModifyDBParameterGroup RemoveTagsFromResource ResetDBParameterGroup
    delete rds DeleteDBParameterGroup
  `,
  "aws:rds/subnetGroup:SubnetGroup": `
    create rds AddTagsToResource CreateDBSubnetGroup
    read rds DescribeDBSubnetGroups ListTagsForResource
    update rds AddTagsToResource ModifyDBSubnetGroup RemoveTagsFromResource
    delete rds DeleteDBSubnetGroup
  `,

  // route53: a signing key is used with the permissions of the caller who signs the zone.
  "aws:route53/healthCheck:HealthCheck": `
    create cloudwatch DescribeAlarms
    create route53 ChangeTagsForResource CreateHealthCheck
    read route53 GetHealthCheck ListTagsForResource
    update cloudwatch DescribeAlarms
    update route53 ChangeTagsForResource UpdateHealthCheck
    delete route53 DeleteHealthCheck
  `,
  "aws:route53/hostedZoneDnsSec:HostedZoneDnsSec": `
    create kms CreateGrant DescribeKey GetPublicKey Sign
    create route53 EnableHostedZoneDNSSEC
    read route53 GetChange GetDNSSEC
    update route53 DisableHostedZoneDNSSEC EnableHostedZoneDNSSEC
    delete route53 DisableHostedZoneDNSSEC
  `,
  "aws:route53/keySigningKey:KeySigningKey": `
    create kms CreateGrant DescribeKey GetPublicKey Sign
    create route53 CreateKeySigningKey
    read route53 GetChange GetDNSSEC
    update route53 ActivateKeySigningKey DeactivateKeySigningKey
    delete route53 DeactivateKeySigningKey DeleteKeySigningKey
  `,
  "aws:route53/queryLog:QueryLog": `
    create route53 CreateQueryLoggingConfig
    read route53 GetQueryLoggingConfig
    delete route53 DeleteQueryLoggingConfig
  `,
  "aws:route53/record:Record": `
    create route53 ChangeResourceRecordSets
    read route53 GetChange GetHostedZone ListResourceRecordSets
    update route53 ChangeResourceRecordSets
    delete route53 ChangeResourceRecordSets
  `,
  "aws:route53/zone:Zone": `
    create route53 ChangeTagsForResource CreateHostedZone UpdateHostedZoneFeatures
    read route53 GetChange GetHostedZone ListTagsForResource
    update route53 ChangeTagsForResource UpdateHostedZoneComment UpdateHostedZoneFeatures
    delete route53 DeleteHostedZone
  `,

  // s3: a read of a bucket reads every optional configuration of it.
  "aws:s3/bucket:Bucket": `
    create s3 CreateBucket PutBucketTagging TagResource
    read s3 GetAccelerateConfiguration GetBucketAcl GetBucketCORS GetBucketLocation GetBucketLogging
      GetBucketObjectLockConfiguration GetBucketPolicy GetBucketRequestPayment GetBucketTagging
      GetBucketVersioning GetBucketWebsite GetEncryptionConfiguration GetLifecycleConfiguration
      GetReplicationConfiguration ListBucket ListTagsForResource
    update s3 PutBucketTagging TagResource UntagResource
    delete s3 DeleteBucket DeleteObject DeleteObjectVersion ListBucketVersions
  `,
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": `
    create s3 PutLifecycleConfiguration
    read s3 GetLifecycleConfiguration
    update s3 PutLifecycleConfiguration
    delete s3 PutLifecycleConfiguration
  `,
  "aws:s3/bucketObjectv2:BucketObjectv2": `
    create s3 PutObject PutObjectTagging
    read s3 GetObject GetObjectTagging ListBucket
    update s3 DeleteObjectTagging PutObject PutObjectTagging
    delete s3 DeleteObject DeleteObjectVersion ListBucketVersions
  `,
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": `
    create s3 PutBucketOwnershipControls
    read s3 GetBucketOwnershipControls
    update s3 PutBucketOwnershipControls
    delete s3 PutBucketOwnershipControls
  `,
  "aws:s3/bucketPolicy:BucketPolicy": `
    create s3 PutBucketPolicy
    read s3 GetBucketPolicy
    update s3 PutBucketPolicy
    delete s3 DeleteBucketPolicy
  `,
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": `
    create s3 PutBucketPublicAccessBlock
    read s3 GetBucketPublicAccessBlock
    update s3 PutBucketPublicAccessBlock
    delete s3 PutBucketPublicAccessBlock
  `,
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": `
    create s3 PutEncryptionConfiguration
    read s3 GetEncryptionConfiguration
    update s3 PutEncryptionConfiguration
    delete s3 PutEncryptionConfiguration
  `,
  "aws:s3/bucketVersioning:BucketVersioning": `
    create s3 PutBucketVersioning
    read s3 GetBucketVersioning
    update s3 PutBucketVersioning
    delete s3 PutBucketVersioning
  `,
  "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration": `
    create s3 PutBucketWebsite
    read s3 GetBucketLocation GetBucketWebsite
    update s3 PutBucketWebsite
    delete s3 DeleteBucketWebsite
  `,

  // scheduler
  "aws:scheduler/schedule:Schedule": `
    create iam PassRole
    create scheduler CreateSchedule
    read scheduler GetSchedule
    update iam PassRole
    update scheduler UpdateSchedule
    delete scheduler DeleteSchedule
  `,

  // secretsmanager: a read of a secret also reads its policy, although it has none here.
  // https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/secretsmanager/secret.go
  "aws:secretsmanager/secret:Secret": `
    create secretsmanager CreateSecret ReplicateSecretToRegions TagResource
    read secretsmanager DescribeSecret GetResourcePolicy
    update secretsmanager RemoveRegionsFromReplication ReplicateSecretToRegions TagResource
      UntagResource UpdateSecret
    delete secretsmanager DeleteSecret RemoveRegionsFromReplication
  `,
  // https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/secretsmanager/secret_version.go
  "aws:secretsmanager/secretVersion:SecretVersion": `
    create secretsmanager PutSecretValue
    read secretsmanager GetSecretValue
    update secretsmanager ListSecretVersionIds UpdateSecretVersionStage
    delete secretsmanager UpdateSecretVersionStage
  `,

  // sns
  "aws:sns/topic:Topic": `
    create sns CreateTopic SetTopicAttributes TagResource
    read sns GetTopicAttributes ListTagsForResource
    update sns SetTopicAttributes TagResource UntagResource
    delete sns DeleteTopic
  `,
  "aws:sns/topicPolicy:TopicPolicy": `
    create sns SetTopicAttributes
    read sns GetTopicAttributes
    update sns SetTopicAttributes
    delete sns SetTopicAttributes
  `,
  "aws:sns/topicSubscription:TopicSubscription": `
    create sns Subscribe
    read sns GetSubscriptionAttributes
    update sns SetSubscriptionAttributes
    delete sns Unsubscribe
  `,

  // sqs
  "aws:sqs/queue:Queue": `
    create sqs CreateQueue TagQueue
    read sqs GetQueueAttributes ListQueueTags
    update sqs SetQueueAttributes TagQueue UntagQueue
    delete sqs DeleteQueue
  `,

  // Look-ups of the program while it runs.
  "aws:ec2/getManagedPrefixList:getManagedPrefixList":
    "read ec2 DescribeManagedPrefixLists GetManagedPrefixListEntries",
  "aws:ec2/getNetworkInterface:getNetworkInterface": "read ec2 DescribeNetworkInterfaces",
  "aws:index/getCallerIdentity:getCallerIdentity": "read sts GetCallerIdentity",
  // A public file, https://ip-ranges.amazonaws.com/ip-ranges.json.
  "aws:index/getIpRanges:getIpRanges": "",
  "aws:index/getRegion:getRegion": "",
  "aws:route53/getZone:getZone": "read route53 GetHostedZone ListHostedZones ListTagsForResource",
  "aws:secretsmanager/getRandomPassword:getRandomPassword": "read secretsmanager GetRandomPassword",
  "aws:ssm/getParameter:getParameter": "read ssm GetParameter",
  "pulumi:providers:aws": "read sts GetCallerIdentity",
};

/** Additional calls of `failover preflight`, made by its checks. */
export const preflightCalls = `
  read acm DescribeCertificate ListCertificates
  read ec2 DescribeAddresses DescribeInstanceTypeOfferings DescribeInstances
    DescribeInternetGateways DescribeNatGateways DescribeNetworkInterfaces DescribeSubnets
    DescribeVpcs
  read elasticache DescribeCacheEngineVersions DescribeReservedCacheNodesOfferings
  read iam GetAccountSummary GetPolicy SimulatePrincipalPolicy
  read organizations DescribeEffectivePolicy DescribeOrganization DescribePolicy ListParents
    ListPoliciesForTarget
  read rds DescribeDBInstances DescribeOrderableDBInstanceOptions
  read route53 GetAccountLimit GetDNSSEC GetHostedZone GetHostedZoneLimit ListHostedZonesByName
    ListResourceRecordSets
  read s3 ListAllMyBuckets ListBucket
  read servicequotas GetServiceQuota
  read ssm GetParameter
  read sts GetCallerIdentity
`;

/** The calls of `failover status`, without those to the gate (gateStatements.ts). */
export const statusCalls = `
  read cloudwatch DescribeAlarms
  read ec2 DescribeAddresses DescribeInstances DescribeRegions
  read elasticloadbalancing DescribeInstanceHealth DescribeListeners DescribeLoadBalancers
    DescribeTargetGroups DescribeTargetHealth
  read route53 GetHealthCheckStatus GetHostedZone ListCidrBlocks ListHealthChecks
    ListHostedZonesByName ListResourceRecordSets ListTagsForResources TestDNSAnswer
  read sts GetCallerIdentity
`;

/**
 * Actions that cannot be limited to a resource, according to the service authorization reference. A
 * test compares them with it.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export const withoutResource = `
  any acm ListCertificates RequestCertificate
  any autoscaling DescribeAutoScalingGroups DescribeInstanceRefreshes
    DescribeLoadBalancerTargetGroups DescribePolicies DescribeScalingActivities
  any cloudfront CreateDistribution CreateFunction CreateOriginAccessControl
    CreateResponseHeadersPolicy
  any cloudwatch GetMetricWidgetImage
  any ec2 DescribeAddresses DescribeAddressesAttribute DescribeCapacityReservations
    DescribeEgressOnlyInternetGateways DescribeIamInstanceProfileAssociations DescribeImages
    DescribeInstanceCreditSpecifications DescribeInstanceStatus DescribeInstanceTypeOfferings
    DescribeInstanceTypes DescribeInstances DescribeInternetGateways
    DescribeLaunchTemplateVersions DescribeLaunchTemplates DescribeManagedPrefixLists
    DescribeNatGateways DescribeNetworkAcls DescribeNetworkInterfaces DescribePrefixLists
    DescribeRegions DescribeRouteTables DescribeSecurityGroupRules DescribeSecurityGroups
    DescribeSubnets DescribeTags DescribeVolumes DescribeVolumesModifications DescribeVpcEndpoints DescribeVpcs
    InjectApiError
  any elasticache DescribeCacheEngineVersions DescribeReservedCacheNodesOfferings
  any elasticloadbalancing DescribeCapacityReservation DescribeInstanceHealth
    DescribeListenerAttributes DescribeListeners DescribeLoadBalancerAttributes DescribeLoadBalancers DescribeTags
    DescribeTargetGroupAttributes DescribeTargetGroups DescribeTargetHealth
  any fis ListExperimentTemplates ListExperiments
  any iam GetAccountSummary
  any kms CreateKey
  any logs CreateLogDelivery DeleteResourcePolicy DescribeLogGroups DescribeResourcePolicies
    PutResourcePolicy
  any organizations DescribeOrganization
  any rds DescribeOrderableDBInstanceOptions
  any route53 CreateHealthCheck CreateHostedZone GetAccountLimit ListHealthChecks
    ListHostedZones ListHostedZonesByName TestDNSAnswer
  any s3 ListAllMyBuckets
  any secretsmanager GetRandomPassword
  any ssmmessages CreateControlChannel CreateDataChannel OpenControlChannel OpenDataChannel
  any sts GetCallerIdentity
  any tag GetResources
`;
