/** Tables, databases and caches. */
import type { Row } from "./kit";
import { as, objectOf, objectsOf, pascal, providersOwn, textOf, without } from "./kit";

const tableNames = {
  name: "TableName",
  attributes: "AttributeDefinitions",
  pointInTimeRecovery: "PointInTimeRecoverySpecification",
  ttl: "TimeToLiveSpecification",
};

const table: Row = (inputs, { region }) => {
  const { attributes, globalSecondaryIndexes, hashKey, rangeKey, replicas, ...others } = inputs;
  const { streamEnabled, streamViewType, ...plain } = others;
  const { Tags, PointInTimeRecoverySpecification, DeletionProtectionEnabled, ...rest } = pascal(
    plain,
    tableNames,
  );
  const { TimeToLiveSpecification, ...created } = rest;
  const recovery = objectOf(PointInTimeRecoverySpecification)["Enabled"];
  const key = (name: unknown, type: string) =>
    typeof name === "string" ? [{ AttributeName: name, KeyType: type }] : [];
  const indexes = objectsOf(globalSecondaryIndexes).map((index) => {
    const { ProjectionType, KeySchemas, ...named } = pascal(index, {
      name: "IndexName",
      attributeName: "AttributeName",
    });
    return { ...named, KeySchema: KeySchemas, Projection: as("ProjectionType", ProjectionType) };
  });
  const definition = {
    ...created,
    AttributeDefinitions: objectsOf(attributes).map((one) =>
      pascal(one, { name: "AttributeName", type: "AttributeType" }),
    ),
    KeySchema: [...key(hashKey, "HASH"), ...key(rangeKey, "RANGE")],
    ...(indexes.length > 0 ? { GlobalSecondaryIndexes: indexes } : {}),
  };
  const recoveryOf = (enabled: typeof recovery) => ({
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: enabled },
  });
  const copies = objectsOf(replicas);
  const own = { DeletionProtectionEnabled, Tags, Region: region, ...recoveryOf(recovery) };
  const TableName = created["TableName"];
  return {
    declaration: {
      type: "AWS::DynamoDB::GlobalTable",
      properties: {
        ...definition,
        ...as("TimeToLiveSpecification", TimeToLiveSpecification),
        StreamSpecification: as("StreamViewType", streamViewType),
        Replicas: [
          own,
          ...copies.map(({ regionName, pointInTimeRecovery, propagateTags, ...more }) => ({
            ...pascal(more),
            Region: regionName,
            ...recoveryOf(pointInTimeRecovery),
            ...(propagateTags === true ? { Tags } : {}),
          })),
        ],
      },
    },
    calls: [
      {
        service: "dynamodb",
        operation: "CreateTable",
        parameters: {
          ...definition,
          DeletionProtectionEnabled,
          Tags,
          StreamSpecification: {
            ...as("StreamEnabled", streamEnabled),
            ...as("StreamViewType", streamViewType),
          },
        },
      },
      ...(TimeToLiveSpecification === undefined
        ? []
        : [
            {
              service: "dynamodb",
              operation: "UpdateTimeToLive",
              parameters: { TableName, TimeToLiveSpecification },
            },
          ]),
      {
        service: "dynamodb",
        operation: "UpdateContinuousBackups",
        parameters: { TableName, ...recoveryOf(recovery) },
      },
      ...copies.map(({ regionName }) => ({
        service: "dynamodb",
        operation: "UpdateTable",
        parameters: {
          TableName,
          ReplicaUpdates: [{ Create: { RegionName: regionName } }],
        },
      })),
    ],
  };
};

const replicationGroup: Row = (inputs) => {
  const properties = pascal(inputs, {
    description: "ReplicationGroupDescription",
    maintenanceWindow: "PreferredMaintenanceWindow",
    multiAzEnabled: "MultiAZEnabled",
    nodeType: "CacheNodeType",
    preferredCacheClusterAzs: "PreferredCacheClusterAZs",
    subnetGroupName: "CacheSubnetGroupName",
    applyImmediately: providersOwn,
  });
  return {
    declaration: { type: "AWS::ElastiCache::ReplicationGroup", properties },
    calls: [
      { service: "elasticache", operation: "CreateReplicationGroup", parameters: properties },
    ],
  };
};

const cacheSubnetGroup: Row = (inputs) => {
  const properties = pascal(inputs, { name: "CacheSubnetGroupName" });
  const { Description, ...rest } = properties;
  return {
    declaration: { type: "AWS::ElastiCache::SubnetGroup", properties },
    calls: [
      {
        service: "elasticache",
        operation: "CreateCacheSubnetGroup",
        parameters: { ...rest, ...as("CacheSubnetGroupDescription", Description) },
      },
    ],
  };
};

const databaseNames = {
  backupWindow: "PreferredBackupWindow",
  dbName: "DBName",
  dbSubnetGroupName: "DBSubnetGroupName",
  enabledCloudwatchLogsExports: "EnableCloudwatchLogsExports",
  identifier: "DBInstanceIdentifier",
  instanceClass: "DBInstanceClass",
  maintenanceWindow: "PreferredMaintenanceWindow",
  multiAz: "MultiAZ",
  parameterGroupName: "DBParameterGroupName",
  performanceInsightsEnabled: "EnablePerformanceInsights",
  performanceInsightsKmsKeyId: "PerformanceInsightsKMSKeyId",
  username: "MasterUsername",
  applyImmediately: providersOwn,
  // These apply when the database is deleted.
  deleteAutomatedBackups: providersOwn,
  finalSnapshotIdentifier: providersOwn,
  skipFinalSnapshot: providersOwn,
};

const database: Row = (inputs) => {
  const all = pascal(inputs, databaseNames);
  const { VpcSecurityGroupIds, MasterUserSecretKmsKeyId, ...rest } = all;
  const { AllocatedStorage, DBInstanceIdentifier } = rest;
  return {
    declaration: {
      type: "AWS::RDS::DBInstance",
      properties: {
        ...rest,
        AllocatedStorage: textOf(AllocatedStorage),
        ...as("VPCSecurityGroups", VpcSecurityGroupIds),
        MasterUserSecret: as("KmsKeyId", MasterUserSecretKmsKeyId),
      },
    },
    calls: [
      {
        service: "rds",
        operation: "CreateDBInstance",
        parameters: all,
      },
      {
        service: "rds",
        operation: "DeleteDBInstance",
        parameters: {
          DBInstanceIdentifier,
          ...as("FinalDBSnapshotIdentifier", inputs["finalSnapshotIdentifier"]),
          ...as("SkipFinalSnapshot", inputs["skipFinalSnapshot"]),
          ...as("DeleteAutomatedBackups", inputs["deleteAutomatedBackups"]),
        },
      },
    ],
  };
};

const parameterGroup: Row = (inputs) => {
  const { Tags, ...rest } = pascal(without(inputs, "parameters"), {
    name: "DBParameterGroupName",
    family: "DBParameterGroupFamily",
  });
  const parameters = objectsOf(inputs["parameters"]);
  const { DBParameterGroupName, DBParameterGroupFamily, Description } = rest;
  return {
    declaration: {
      type: "AWS::RDS::DBParameterGroup",
      properties: {
        DBParameterGroupName,
        Family: DBParameterGroupFamily,
        Description,
        Tags,
        Parameters: Object.fromEntries(parameters.map(({ name, value }) => [textOf(name), value])),
      },
    },
    calls: [
      { service: "rds", operation: "CreateDBParameterGroup", parameters: { ...rest, Tags } },
      {
        service: "rds",
        operation: "ModifyDBParameterGroup",
        parameters: {
          DBParameterGroupName,
          Parameters: parameters.map((one) =>
            pascal(one, { name: "ParameterName", value: "ParameterValue" }),
          ),
        },
      },
    ],
  };
};

const databaseSubnetGroup: Row = (inputs) => {
  const properties = pascal(inputs, {
    name: "DBSubnetGroupName",
    description: "DBSubnetGroupDescription",
  });
  return {
    declaration: { type: "AWS::RDS::DBSubnetGroup", properties },
    calls: [{ service: "rds", operation: "CreateDBSubnetGroup", parameters: properties }],
  };
};

/** In CloudFormation this is a property of the database, which names only the region. */
const backupCopy: Row = ({ sourceDbInstanceArn, kmsKeyId, retentionPeriod }) => ({
  calls: [
    {
      service: "rds",
      operation: "StartDBInstanceAutomatedBackupsReplication",
      parameters: {
        SourceDBInstanceArn: sourceDbInstanceArn,
        KmsKeyId: kmsKeyId,
        BackupRetentionPeriod: retentionPeriod,
      },
    },
  ],
});

const secret: Row = (inputs) => {
  const { Replicas, Name, Description, Tags } = pascal(inputs, {
    recoveryWindowInDays: providersOwn,
    forceOverwriteReplicaSecret: providersOwn,
  });
  return {
    declaration: {
      type: "AWS::SecretsManager::Secret",
      properties: { Name, Description, Tags, ReplicaRegions: Replicas },
    },
    calls: [
      {
        service: "secretsmanager",
        operation: "CreateSecret",
        parameters: {
          Name,
          Description,
          Tags,
          AddReplicaRegions: Replicas,
          ForceOverwriteReplicaSecret: inputs["forceOverwriteReplicaSecret"],
        },
      },
      {
        service: "secretsmanager",
        operation: "DeleteSecret",
        parameters: {
          SecretId: Name,
          // The provider's argument for a window of 0 days.
          ForceDeleteWithoutRecovery: inputs["recoveryWindowInDays"] === 0,
        },
      },
    ],
  };
};

/** In CloudFormation the value is a part of the secret. */
const secretValue: Row = ({ secretId, secretStringWo }) => ({
  calls: [
    {
      service: "secretsmanager",
      operation: "PutSecretValue",
      parameters: { SecretId: secretId, SecretString: secretStringWo },
    },
  ],
});

export const dataRows: Readonly<Record<string, Row>> = {
  "aws:dynamodb/table:Table": table,
  "aws:secretsmanager/secret:Secret": secret,
  "aws:secretsmanager/secretVersion:SecretVersion": secretValue,
  "aws:elasticache/replicationGroup:ReplicationGroup": replicationGroup,
  "aws:elasticache/subnetGroup:SubnetGroup": cacheSubnetGroup,
  "aws:rds/instance:Instance": database,
  "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication": backupCopy,
  "aws:rds/parameterGroup:ParameterGroup": parameterGroup,
  "aws:rds/subnetGroup:SubnetGroup": databaseSubnetGroup,
};
