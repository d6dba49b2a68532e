/* eslint max-lines: off -- a table, written by a program */
/**
 * What AWS's own handlers of a resource type call, by AWS's schemas of CloudFormation's types.
 * Written by tests/aws/handlerActions.py, and compared with it by a test.
 *
 * @see https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html
 */
export const handlerActions: Readonly<Record<string, string>> = {
  "AWS::AutoScaling::AutoScalingGroup": `
    changes autoscaling AttachLoadBalancers AttachLoadBalancerTargetGroups AttachTrafficSources
      CancelInstanceRefresh CreateAutoScalingGroup CreateOrUpdateTags DeleteAutoScalingGroup
      DeleteLifecycleHook DeleteNotificationConfiguration DeleteTags DetachLoadBalancers
      DetachLoadBalancerTargetGroups DetachTrafficSources DisableMetricsCollection
      EnableMetricsCollection PutLifecycleHook PutNotificationConfiguration ResumeProcesses
      StartInstanceRefresh SuspendProcesses UpdateAutoScalingGroup
    changes cloudwatch PutMetricAlarm
    changes ec2 RunInstances
    changes iam CreateServiceLinkedRole PassRole
    changes vpc-lattice DeregisterTargets GetTargetGroup ListTargets RegisterTargets
  `,
  "AWS::AutoScaling::ScalingPolicy": `
    reads autoscaling DescribePolicies
    changes autoscaling DeletePolicy DescribePolicies PutScalingPolicy
    changes cloudwatch GetMetricData
  `,
  "AWS::CertificateManager::Certificate": `
    reads acm DescribeCertificate ListCertificates ListTagsForCertificate
    changes acm AddTagsToCertificate DeleteCertificate DescribeCertificate
      RemoveTagsFromCertificate RequestCertificate UpdateCertificateOptions
    changes acm-pca GetCertificate IssueCertificate
    changes route53 ChangeResourceRecordSets
  `,
  "AWS::CloudFront::Distribution": `
    reads cloudfront GetDistribution GetDistributionConfig ListDistributions ListTagsForResource
    changes cloudfront CreateConnectionGroup CreateDistribution DeleteDistribution
      GetConnectionGroup GetDistribution GetDistributionConfig GetVpcOrigin ListTagsForResource
      TagResource UntagResource UpdateDistribution UpdateDistributionWithStagingConfig
  `,
  "AWS::CloudFront::Function": `
    reads cloudfront DescribeFunction GetFunction ListFunctions ListTagsForResource
    changes cloudfront CreateFunction DeleteFunction DescribeFunction PublishFunction
      TagResource UntagResource UpdateFunction
  `,
  "AWS::CloudFront::OriginAccessControl": `
    reads cloudfront GetOriginAccessControl ListOriginAccessControls
    changes cloudfront CreateOriginAccessControl DeleteOriginAccessControl
      GetOriginAccessControl UpdateOriginAccessControl
  `,
  "AWS::CloudFront::ResponseHeadersPolicy": `
    reads cloudfront GetResponseHeadersPolicy ListResponseHeadersPolicies
    changes cloudfront CreateResponseHeadersPolicy DeleteResponseHeadersPolicy
      GetResponseHeadersPolicy UpdateResponseHeadersPolicy
  `,
  "AWS::CloudWatch::Alarm": `
    reads cloudwatch DescribeAlarms ListTagsForResource
    changes cloudwatch DeleteAlarms DescribeAlarms ListTagsForResource PutMetricAlarm
      TagResource UntagResource
  `,
  "AWS::CloudWatch::CompositeAlarm": `
    reads cloudwatch DescribeAlarms ListTagsForResource
    changes cloudwatch DeleteAlarms DescribeAlarms ListTagsForResource PutCompositeAlarm
      TagResource UntagResource
  `,
  "AWS::CloudWatch::Dashboard": `
    reads cloudwatch GetDashboard ListDashboards ListTagsForResource
    changes cloudwatch DeleteDashboards GetDashboard ListTagsForResource PutDashboard
      TagResource UntagResource
  `,
  "AWS::DynamoDB::GlobalTable": `
    reads cloudwatch PutMetricData
    reads dynamodb GetResourcePolicy ListTables ListTagsOfResource
    reads kms DescribeKey
    changes application-autoscaling DeleteScalingPolicy DeleteScheduledAction
      DeregisterScalableTarget PutScalingPolicy PutScheduledAction RegisterScalableTarget
    changes cloudwatch PutMetricData
    changes dynamodb BatchWriteItem CreateTable CreateTableReplica DeleteItem
      DeleteResourcePolicy DeleteTable DeleteTableReplica DisableKinesisStreamingDestination
      DisassociateTableReplica EnableKinesisStreamingDestination GetItem GetResourcePolicy
      ListTagsOfResource PutItem PutResourcePolicy Query Scan TagResource UntagResource
      UpdateContinuousBackups UpdateContributorInsights UpdateItem
      UpdateKinesisStreamingDestination UpdateTable UpdateTableReplicaAutoScaling
      UpdateTimeToLive
    changes iam CreateServiceLinkedRole
    changes kinesis DescribeStream ListStreams PutRecords
    changes kms CreateGrant Decrypt DescribeKey ListAliases RevokeGrant
  `,
  "AWS::EC2::CapacityReservation": `
    reads ec2 DescribeCapacityReservations
    changes ec2 AssociateCapacityReservationBillingOwner CancelCapacityReservation
      CreateCapacityReservation CreateTags DeleteTags DescribeCapacityReservations
      ModifyCapacityReservation
  `,
  "AWS::EC2::EIP": `
    reads ec2 DescribeAddresses
    changes ec2 AcceptAddressTransfer AllocateAddress AssociateAddress CreateTags DeleteTags
      DescribeAddresses DisassociateAddress ReleaseAddress
  `,
  "AWS::EC2::EIPAssociation": `
    reads ec2 DescribeAddresses
    changes ec2 AssociateAddress DescribeAddresses DisassociateAddress
  `,
  "AWS::EC2::EgressOnlyInternetGateway": `
    reads ec2 DescribeEgressOnlyInternetGateways DescribeTags
    changes ec2 CreateEgressOnlyInternetGateway CreateTags DeleteEgressOnlyInternetGateway
      DeleteTags DescribeEgressOnlyInternetGateways DescribeVpcs
  `,
  "AWS::EC2::Instance": `
    reads ec2 DescribeInstanceAttribute DescribeInstanceCreditSpecifications DescribeInstances
      DescribeLaunchTemplates DescribeNetworkInterfaces DescribeVolumes
    reads ssm DescribeAssociation ListAssociations
    changes ec2 AssociateIamInstanceProfile AttachVolume CreateTags DeleteTags
      DescribeIamInstanceProfileAssociations DescribeInstanceAttribute
      DescribeInstanceCreditSpecifications DescribeInstances DescribeKeyPairs
      DescribeLaunchTemplates DescribeLaunchTemplateVersions DescribeNetworkInterfaces
      DescribeSecurityGroups DescribeSubnets DescribeVolumes DescribeVpcs DetachVolume
      DisassociateIamInstanceProfile ModifyInstanceAttribute ModifyInstanceCreditSpecification
      ModifyInstanceMaintenanceOptions ModifyInstanceMetadataOptions ModifyInstancePlacement
      ModifyPrivateDnsNameOptions MonitorInstances ReplaceIamInstanceProfileAssociation
      RunInstances StartInstances StopInstances TerminateInstances UnmonitorInstances
    changes iam PassRole
    changes ssm CreateAssociation DeleteAssociation DescribeAssociation ListAssociations
  `,
  "AWS::EC2::InternetGateway": `
    reads ec2 DescribeInternetGateways
    changes ec2 CreateInternetGateway CreateTags DeleteInternetGateway DeleteTags
      DescribeInternetGateways
  `,
  "AWS::EC2::LaunchTemplate": `
    reads ec2 DescribeLaunchTemplates
    changes ec2 CreateLaunchTemplate CreateLaunchTemplateVersion CreateTags DeleteLaunchTemplate
      DeleteTags DescribeLaunchTemplates
  `,
  "AWS::EC2::NatGateway": `
    reads ec2 DescribeNatGateways
    changes ec2 AssignPrivateNatGatewayAddress AssociateNatGatewayAddress CreateNatGateway
      CreateTags DeleteNatGateway DeleteTags DescribeNatGateways DisassociateNatGatewayAddress
      UnassignPrivateNatGatewayAddress
  `,
  "AWS::EC2::Route": `
    reads ec2 DescribeRouteTables
    changes ec2 CreateRoute DeleteRoute DescribeNetworkInterfaces DescribeRouteTables
      ReplaceRoute
  `,
  "AWS::EC2::RouteTable": `
    reads ec2 DescribeRouteTables
    changes ec2 CreateRouteTable CreateTags DeleteRouteTable DeleteTags DescribeRouteTables
  `,
  "AWS::EC2::SecurityGroup": `
    reads ec2 DescribeSecurityGroups
    changes ec2 AuthorizeSecurityGroupEgress AuthorizeSecurityGroupIngress CreateSecurityGroup
      CreateTags DeleteSecurityGroup DeleteTags DescribeInstances DescribeSecurityGroups
      RevokeSecurityGroupEgress RevokeSecurityGroupIngress
      UpdateSecurityGroupRuleDescriptionsEgress UpdateSecurityGroupRuleDescriptionsIngress
  `,
  "AWS::EC2::SecurityGroupEgress": `
    reads ec2 DescribeSecurityGroupRules
    changes ec2 AuthorizeSecurityGroupEgress DescribeSecurityGroupRules
      RevokeSecurityGroupEgress UpdateSecurityGroupRuleDescriptionsEgress
  `,
  "AWS::EC2::SecurityGroupIngress": `
    reads ec2 DescribeSecurityGroupRules DescribeSecurityGroups
    changes ec2 AuthorizeSecurityGroupIngress DescribeSecurityGroupRules
      RevokeSecurityGroupIngress UpdateSecurityGroupRuleDescriptionsIngress
  `,
  "AWS::EC2::Subnet": `
    reads ec2 DescribeNetworkAcls DescribeSubnets
    changes ec2 AssociateSubnetCidrBlock CreateSubnet CreateTags DeleteSubnet DeleteTags
      DescribeSubnets DisassociateSubnetCidrBlock ModifySubnetAttribute
  `,
  "AWS::EC2::SubnetRouteTableAssociation": `
    reads ec2 DescribeRouteTables
    changes ec2 AssociateRouteTable DescribeRouteTables DescribeSubnets DisassociateRouteTable
      ReplaceRouteTableAssociation
  `,
  "AWS::EC2::VPC": `
    reads ec2 DescribeNetworkAcls DescribeSecurityGroups DescribeVpcAttribute
      DescribeVpcEncryptionControls DescribeVpcs
    changes ec2 CreateTags CreateVpc CreateVpcEncryptionControl DeleteTags DeleteVpc
      DescribeVpcAttribute DescribeVpcs ModifyVpcAttribute ModifyVpcTenancy
  `,
  "AWS::EC2::VPCEndpoint": `
    reads ec2 DescribeSecurityGroups DescribeSubnets DescribeVpcEndpoints DescribeVpcs
    changes ec2 CreateTags CreateVpcEndpoint DeleteTags DeleteVpcEndpoints
      DescribeSecurityGroups DescribeSubnets DescribeVpcEndpoints DescribeVpcs ModifyVpcEndpoint
    changes vpc-lattice CreateServiceNetworkVpcEndpointAssociation
    changes vpce AllowMultiRegion
  `,
  "AWS::ElastiCache::ReplicationGroup": `
    reads elasticache DescribeReplicationGroups ListTagsForResource
    changes elasticache AddTagsToResource CreateCacheCluster CreateReplicationGroup
      CreateSnapshot DecreaseReplicaCount DeleteCacheCluster DeleteReplicationGroup
      DescribeCacheClusters DescribeReplicationGroups IncreaseReplicaCount ListTagsForResource
      ModifyReplicationGroup ModifyReplicationGroupShardConfiguration RemoveTagsFromResource
    changes firehose PutRecord PutRecordBatch TagDeliveryStream
    changes iam CreateServiceLinkedRole
    changes kms CreateGrant Decrypt DescribeKey Encrypt GenerateDataKey
    changes logs CreateLogDelivery CreateLogStream DeleteLogDelivery GetLogDelivery
      ListLogDeliveries PutLogEvents UpdateLogDelivery
    changes s3 GetObject
  `,
  "AWS::ElastiCache::SubnetGroup": `
    reads elasticache DescribeCacheSubnetGroups ListTagsForResource
    changes elasticache AddTagsToResource CreateCacheSubnetGroup DeleteCacheSubnetGroup
      DescribeCacheSubnetGroups ListTagsForResource ModifyCacheSubnetGroup
      RemoveTagsFromResource
  `,
  "AWS::ElasticLoadBalancingV2::Listener": `
    reads elasticloadbalancing DescribeListenerAttributes DescribeListeners DescribeTags
    changes cognito-idp DescribeUserPoolClient
    changes elasticloadbalancing AddTags CreateListener DeleteListener
      DescribeListenerAttributes DescribeListeners DescribeTags ModifyListener
      ModifyListenerAttributes RemoveTags
  `,
  "AWS::ElasticLoadBalancingV2::LoadBalancer": `
    reads elasticloadbalancing DescribeCapacityReservation DescribeLoadBalancerAttributes
      DescribeLoadBalancers DescribeTags
    changes ec2 DescribeIpamPools
    changes elasticloadbalancing AddTags CreateLoadBalancer DeleteLoadBalancer
      DescribeLoadBalancers ModifyCapacityReservation ModifyIpPools ModifyLoadBalancerAttributes
      RemoveTags SetIpAddressType SetSecurityGroups SetSubnets
  `,
  "AWS::ElasticLoadBalancingV2::TargetGroup": `
    reads elasticloadbalancing DescribeTags DescribeTargetGroupAttributes DescribeTargetGroups
      DescribeTargetHealth
    changes ec2 DescribeVpcs
    changes elasticloadbalancing AddTags CreateTargetGroup DeleteTargetGroup DeregisterTargets
      DescribeTargetGroups DescribeTargetHealth ModifyTargetGroup ModifyTargetGroupAttributes
      RegisterTargets RemoveTags
  `,
  "AWS::FIS::ExperimentTemplate": `
    reads fis GetExperimentTemplate ListExperimentTemplates ListTagsForResource
    changes fis CreateExperimentTemplate DeleteExperimentTemplate TagResource UntagResource
      UpdateExperimentTemplate
    changes iam PassRole
  `,
  "AWS::IAM::InstanceProfile": `
    reads iam GetInstanceProfile ListInstanceProfiles
    changes iam AddRoleToInstanceProfile CreateInstanceProfile DeleteInstanceProfile
      GetInstanceProfile PassRole RemoveRoleFromInstanceProfile
  `,
  "AWS::IAM::Role": `
    reads iam GetRole GetRolePolicy ListAttachedRolePolicies ListRolePolicies ListRoles
    changes iam AttachRolePolicy CreateRole DeleteRole DeleteRolePermissionsBoundary
      DeleteRolePolicy DetachRolePolicy GetRole GetRolePolicy ListAttachedRolePolicies
      ListRolePolicies PutRolePermissionsBoundary PutRolePolicy TagRole UntagRole
      UpdateAssumeRolePolicy UpdateRole UpdateRoleDescription
  `,
  "AWS::IAM::RolePolicy": `
    reads iam GetRolePolicy
    changes iam DeleteRolePolicy GetRolePolicy PutRolePolicy
  `,
  "AWS::KMS::Key": `
    reads kms DescribeKey GetKeyPolicy GetKeyRotationStatus ListKeys ListResourceTags
    changes kms CreateKey DescribeKey DisableKey DisableKeyRotation EnableKey EnableKeyRotation
      ListResourceTags PutKeyPolicy ScheduleKeyDeletion TagResource UntagResource
      UpdateKeyDescription
  `,
  "AWS::Lambda::EventInvokeConfig": `
    reads lambda GetFunctionEventInvokeConfig ListFunctionEventInvokeConfigs
    changes lambda DeleteFunctionEventInvokeConfig PutFunctionEventInvokeConfig
      UpdateFunctionEventInvokeConfig
  `,
  "AWS::Lambda::Function": `
    reads kms Decrypt
    reads lambda GetFunction GetFunctionCodeSigningConfig GetFunctionRecursionConfig
      GetFunctionScalingConfig GetRuntimeManagementConfig ListFunctions
    changes ec2 DescribeNetworkInterfaces DescribeSecurityGroups DescribeSubnets DescribeVpcs
    changes elasticfilesystem DescribeMountTargets
    changes iam PassRole
    changes kms CreateGrant Decrypt DescribeKey Encrypt GenerateDataKey
    changes lambda CreateFunction DeleteFunction DeleteFunctionCodeSigningConfig
      DeleteFunctionConcurrency GetCodeSigningConfig GetFunction GetFunctionCodeSigningConfig
      GetFunctionRecursionConfig GetLayerVersion GetRuntimeManagementConfig PassCapacityProvider
      PublishVersion PutFunctionCodeSigningConfig PutFunctionConcurrency
      PutFunctionRecursionConfig PutFunctionScalingConfig PutRuntimeManagementConfig TagResource
      UntagResource UpdateFunctionCode UpdateFunctionConfiguration
    changes s3 GetObject GetObjectVersion
    changes s3files ListMountTargets
  `,
  "AWS::Logs::LogGroup": `
    reads logs DescribeIndexPolicies DescribeLogGroups DescribeResourcePolicies
      GetDataProtectionPolicy ListTagsForResource
    changes firehose TagDeliveryStream
    changes logs AssociateKmsKey CreateLogDelivery CreateLogGroup DeleteDataProtectionPolicy
      DeleteIndexPolicy DeleteLogGroup DeleteResourcePolicy DeleteRetentionPolicy
      DescribeIndexPolicies DescribeLogGroups DescribeResourcePolicies DisassociateKmsKey
      GetDataProtectionPolicy ListTagsForResource PutBearerTokenAuthentication
      PutDataProtectionPolicy PutIndexPolicy PutLogGroupDeletionProtection PutResourcePolicy
      PutRetentionPolicy TagResource UntagResource
  `,
  "AWS::Logs::ResourcePolicy": `
    reads logs DescribeResourcePolicies
    changes logs DeleteResourcePolicy DescribeResourcePolicies PutResourcePolicy
  `,
  "AWS::RDS::DBInstance": `
    reads ec2 DescribeAccountAttributes DescribeAvailabilityZones DescribeInternetGateways
      DescribeSecurityGroups DescribeSubnets DescribeVpcAttribute DescribeVpcs
    reads rds DescribeDBInstances
    changes ec2 DescribeAccountAttributes DescribeAvailabilityZones DescribeInternetGateways
      DescribeSecurityGroups DescribeSubnets DescribeVpcAttribute DescribeVpcs
    changes iam CreateServiceLinkedRole GetRole ListRoles PassRole
    changes kms CreateGrant DescribeKey
    changes rds AddRoleToDBInstance AddTagsToResource CreateDBInstance
      CreateDBInstanceReadReplica CreateDBSnapshot DeleteDBInstance DescribeDBClusters
      DescribeDBClusterSnapshots DescribeDBEngineVersions DescribeDBInstanceAutomatedBackups
      DescribeDBInstances DescribeDBParameterGroups DescribeDBSnapshots DescribeEvents
      ModifyDBInstance PromoteReadReplica RebootDBInstance RemoveRoleFromDBInstance
      RemoveTagsFromResource RestoreDBInstanceFromDBSnapshot RestoreDBInstanceToPointInTime
      StartDBInstanceAutomatedBackupsReplication StopDBInstanceAutomatedBackupsReplication
    changes secretsmanager CreateSecret TagResource
  `,
  "AWS::RDS::DBParameterGroup": `
    reads rds DescribeDBParameterGroups DescribeDBParameters ListTagsForResource
    changes iam CreateServiceLinkedRole
    changes rds AddTagsToResource CreateDBParameterGroup DeleteDBParameterGroup
      DescribeDBParameterGroups DescribeDBParameters DescribeEngineDefaultParameters
      ListTagsForResource ModifyDBParameterGroup RemoveTagsFromResource ResetDBParameterGroup
  `,
  "AWS::RDS::DBSubnetGroup": `
    reads rds DescribeDBSubnetGroups ListTagsForResource
    changes iam CreateServiceLinkedRole
    changes rds AddTagsToResource CreateDBSubnetGroup DeleteDBSubnetGroup DescribeDBSubnetGroups
      ListTagsForResource ModifyDBSubnetGroup RemoveTagsFromResource
  `,
  "AWS::Route53::DNSSEC": `
    reads route53 GetDNSSEC ListHostedZones
    changes kms CreateGrant DescribeKey GetPublicKey Sign
    changes route53 DisableHostedZoneDNSSEC EnableHostedZoneDNSSEC GetDNSSEC
  `,
  "AWS::Route53::HealthCheck": `
    reads route53 GetHealthCheck ListHealthChecks ListTagsForResource
    changes cloudwatch DescribeAlarms
    changes route53 ChangeTagsForResource CreateHealthCheck DeleteHealthCheck
      ListTagsForResource UpdateHealthCheck
    changes route53-recovery-control-config DescribeRoutingControl
  `,
  "AWS::Route53::HostedZone": `
    reads route53 GetHostedZone ListHostedZones ListQueryLoggingConfigs ListTagsForResource
    changes ec2 DescribeVpcs
    changes route53 AssociateVPCWithHostedZone ChangeTagsForResource CreateHostedZone
      CreateQueryLoggingConfig DeleteHostedZone DeleteQueryLoggingConfig
      DisassociateVPCFromHostedZone GetChange GetHostedZone ListQueryLoggingConfigs
      ListTagsForResource UpdateHostedZoneComment UpdateHostedZoneFeatures
  `,
  "AWS::Route53::KeySigningKey": `
    reads route53 GetDNSSEC ListHostedZones
    changes kms CreateGrant DescribeKey GetPublicKey Sign
    changes route53 ActivateKeySigningKey CreateKeySigningKey DeactivateKeySigningKey
      DeleteKeySigningKey GetDNSSEC
  `,
  "AWS::Route53::RecordSet": `
    reads route53 GetHostedZone ListHostedZones ListResourceRecordSets
    changes route53 ChangeResourceRecordSets GetChange GetHostedZone ListHostedZones
      ListResourceRecordSets
  `,
  "AWS::S3::Bucket": `
    reads s3 GetAccelerateConfiguration GetAnalyticsConfiguration GetBucketAbac GetBucketCORS
      GetBucketLogging GetBucketMetadataTableConfiguration GetBucketNotification
      GetBucketObjectLockConfiguration GetBucketOwnershipControls GetBucketPublicAccessBlock
      GetBucketTagging GetBucketVersioning GetBucketWebsite GetEncryptionConfiguration
      GetIntelligentTieringConfiguration GetInventoryConfiguration GetLifecycleConfiguration
      GetMetricsConfiguration GetReplicationConfiguration ListAllMyBuckets ListBucket
      ListTagsForResource
    changes iam PassRole
    changes s3 CreateBucket CreateBucketMetadataTableConfiguration DeleteBucket
      DeleteBucketMetadataTableConfiguration DeleteBucketWebsite DeleteObject GetBucketAcl
      GetBucketMetadataTableConfiguration ListBucket PutAccelerateConfiguration
      PutAnalyticsConfiguration PutBucketAbac PutBucketAcl PutBucketCORS PutBucketLogging
      PutBucketNotification PutBucketObjectLockConfiguration PutBucketOwnershipControls
      PutBucketPublicAccessBlock PutBucketTagging PutBucketVersioning PutBucketWebsite
      PutEncryptionConfiguration PutIntelligentTieringConfiguration PutInventoryConfiguration
      PutLifecycleConfiguration PutMetricsConfiguration PutObjectAcl PutReplicationConfiguration
      TagResource UntagResource UpdateBucketMetadataAnnotationTableConfiguration
      UpdateBucketMetadataInventoryTableConfiguration
      UpdateBucketMetadataJournalTableConfiguration
    changes s3tables CreateNamespace CreateTable CreateTableBucket GetTable
      GetTableMetadataLocation PutTableBucketPolicy PutTableEncryption PutTablePolicy
      UpdateTableMetadataLocation
  `,
  "AWS::S3::BucketPolicy": `
    reads s3 GetBucketPolicy ListAllMyBuckets
    changes s3 DeleteBucketPolicy GetBucketPolicy PutBucketPolicy
  `,
  "AWS::SNS::Subscription": `
    reads sns GetSubscriptionAttributes ListSubscriptions
    changes iam GetRole PassRole
    changes sns GetSubscriptionAttributes SetSubscriptionAttributes Subscribe Unsubscribe
  `,
  "AWS::SNS::Topic": `
    reads sns GetDataProtectionPolicy GetTopicAttributes ListSubscriptionsByTopic
      ListTagsForResource ListTopics
    changes iam GetRole PassRole
    changes sns CreateTopic DeleteTopic GetDataProtectionPolicy GetTopicAttributes
      ListSubscriptionsByTopic ListTagsForResource PutDataProtectionPolicy SetTopicAttributes
      Subscribe TagResource Unsubscribe UntagResource
  `,
  "AWS::SNS::TopicPolicy": `
    changes sns SetTopicAttributes
  `,
  "AWS::Scheduler::Schedule": `
    reads scheduler GetSchedule ListSchedules
    changes iam PassRole
    changes scheduler CreateSchedule DeleteSchedule GetSchedule UpdateSchedule
  `,
};
