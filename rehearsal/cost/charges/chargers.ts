import type { Charger } from "./charge";
import {
  backupCopyCharges,
  cacheCharges,
  databaseCharges,
  secretCharges,
  tableCharges,
} from "./databases";
import { bucketCharges, distributionCharges, edgeFunctionCharges } from "./edge";
import { groupCharges, instanceCharges, reservationCharges, volumeChargesOf } from "./machines";
import { checkCharges, zoneCharges } from "./names";
import { addressCharges, balancerCharges, endpointCharges, natCharges } from "./networks";
import {
  alarmCharges,
  certificateCharges,
  compositeAlarmCharges,
  dashboardCharges,
  functionCharges,
  keyCharges,
  logGroupCharges,
  parameterCharges,
  queueCharges,
  scheduleCharges,
  subscriptionCharges,
  topicCharges,
} from "./operations";

/** The charges of each resource type. A type that is missing here is listed as free, or unknown. */
export const chargers: ReadonlyMap<string, Charger> = new Map([
  ["aws:ec2/instance:Instance", instanceCharges],
  ["aws:autoscaling/group:Group", groupCharges],
  ["aws:ec2/capacityReservation:CapacityReservation", reservationCharges],
  ["aws:ebs/volume:Volume", volumeChargesOf],
  ["aws:ec2/eip:Eip", addressCharges],
  ["aws:lb/loadBalancer:LoadBalancer", balancerCharges],
  ["aws:ec2/natGateway:NatGateway", natCharges],
  ["aws:ec2/vpcEndpoint:VpcEndpoint", endpointCharges],
  ["aws:rds/instance:Instance", databaseCharges],
  [
    "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication",
    backupCopyCharges,
  ],
  ["aws:elasticache/replicationGroup:ReplicationGroup", cacheCharges],
  ["aws:dynamodb/table:Table", tableCharges],
  ["aws:secretsmanager/secret:Secret", secretCharges],
  ["aws:route53/zone:Zone", zoneCharges],
  ["aws:route53/healthCheck:HealthCheck", checkCharges],
  ["aws:cloudwatch/metricAlarm:MetricAlarm", alarmCharges],
  ["aws:cloudwatch/compositeAlarm:CompositeAlarm", compositeAlarmCharges],
  ["aws:cloudwatch/dashboard:Dashboard", dashboardCharges],
  ["aws:cloudwatch/logGroup:LogGroup", logGroupCharges],
  ["aws:kms/key:Key", keyCharges],
  ["aws:lambda/function:Function", functionCharges],
  ["aws:scheduler/schedule:Schedule", scheduleCharges],
  ["aws:sns/topic:Topic", topicCharges],
  ["aws:sns/topicSubscription:TopicSubscription", subscriptionCharges],
  ["aws:sqs/queue:Queue", queueCharges],
  ["aws:ssm/parameter:Parameter", parameterCharges],
  ["aws:acm/certificate:Certificate", certificateCharges],
  ["aws:cloudfront/distribution:Distribution", distributionCharges],
  ["aws:cloudfront/function:Function", edgeFunctionCharges],
  ["aws:s3/bucket:Bucket", bucketCharges],
  ["aws:s3/bucketV2:BucketV2", bucketCharges],
]);
