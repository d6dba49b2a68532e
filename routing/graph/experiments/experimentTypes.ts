import { awsTypes } from "../types";

/** Type tokens of what experiments are made of, strike and are watched by. */
export const experimentTypes = {
  ...awsTypes,
  experimentTemplate: "aws:fis/experimentTemplate:ExperimentTemplate",
  compositeAlarm: "aws:cloudwatch/compositeAlarm:CompositeAlarm",
  function: "aws:lambda/function:Function",
  cacheGroup: "aws:elasticache/replicationGroup:ReplicationGroup",
  cacheSubnetGroup: "aws:elasticache/subnetGroup:SubnetGroup",
  table: "aws:dynamodb/table:Table",
} as const;
