import { awsTypes } from "../routing/graph/types";

/** Type tokens of the resources that rules use, including those of the Route 53 model. */
export const types = {
  ...awsTypes,
  securityGroup: "aws:ec2/securityGroup:SecurityGroup",
  securityGroupRule: "aws:ec2/securityGroupRule:SecurityGroupRule",
  securityGroupIngressRule: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  capacityReservation: "aws:ec2/capacityReservation:CapacityReservation",
  launchTemplate: "aws:ec2/launchTemplate:LaunchTemplate",
  launchConfiguration: "aws:ec2/launchConfiguration:LaunchConfiguration",
  volume: "aws:ebs/volume:Volume",
  topic: "aws:sns/topic:Topic",
  topicSubscription: "aws:sns/topicSubscription:TopicSubscription",
  queue: "aws:sqs/queue:Queue",
  bucketPolicy: "aws:s3/bucketPolicy:BucketPolicy",
  bucketEncryption:
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  publicAccessBlock: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
  databaseInstance: "aws:rds/instance:Instance",
  databaseCluster: "aws:rds/cluster:Cluster",
  databaseClusterInstance: "aws:rds/clusterInstance:ClusterInstance",
  backupReplication:
    "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication",
  parameterGroup: "aws:rds/parameterGroup:ParameterGroup",
  clusterParameterGroup: "aws:rds/clusterParameterGroup:ClusterParameterGroup",
  cacheGroup: "aws:elasticache/replicationGroup:ReplicationGroup",
  cacheCluster: "aws:elasticache/cluster:Cluster",
  table: "aws:dynamodb/table:Table",
  fileSystem: "aws:efs/fileSystem:FileSystem",
  role: "aws:iam/role:Role",
  rolePolicy: "aws:iam/rolePolicy:RolePolicy",
  userPolicy: "aws:iam/userPolicy:UserPolicy",
  groupPolicy: "aws:iam/groupPolicy:GroupPolicy",
  policy: "aws:iam/policy:Policy",
} as const;
