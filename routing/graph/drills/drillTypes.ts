import { awsTypes } from "../types";

/** Type tokens of what drills are made of, strike and are watched by. */
export const drillTypes = {
  ...awsTypes,
  experimentTemplate: "aws:fis/experimentTemplate:ExperimentTemplate",
  compositeAlarm: "aws:cloudwatch/compositeAlarm:CompositeAlarm",
  function: "aws:lambda/function:Function",
  cacheGroup: "aws:elasticache/replicationGroup:ReplicationGroup",
  cacheSubnetGroup: "aws:elasticache/subnetGroup:SubnetGroup",
  table: "aws:dynamodb/table:Table",
} as const;
