import type { Properties, Value } from "../../../../routing/graph/resource";
import type { Made } from "../../sample";
import { made } from "../parts";
import { aurora, mysql } from "../partsOfData";
import type { Fault, Scenario } from "../scenario";
import { fault, scenario } from "../scenario";

const west = "us-west-2";

const set =
  (name: string, changes: Readonly<Record<string, Value | undefined>>): Fault["apply"] =>
  (sample) =>
    sample.set(name, changes);
const one = (type: string, name: string, properties: Properties): readonly Made[] => [
  made(type, name, properties),
];

/** Databases, caches and search. */
export const databaseStacks: readonly Scenario[] = [
  scenario(
    "MySQL in two zones with a replica in another region",
    [
      mysql("orders", west),
      made(
        "rds/instance:Instance",
        "orders-replica",
        {
          arn: "arn:aws:rds:us-east-1:1:db:orders-replica",
          identifier: "orders-replica",
          engine: "mysql",
          replicateSourceDb: "arn:aws:rds:us-west-2:1:db:orders",
          storageEncrypted: true,
          multiAz: false,
          backupRetentionPeriod: 0,
          skipFinalSnapshot: true,
          deletionProtection: true,
          publiclyAccessible: false,
          parameterGroupName: "orders-parameters",
        },
        "us-east-1",
      ),
    ],
    fault(
      "the database is public",
      set("orders", { publiclyAccessible: true }),
      "database-is-private at orders",
    ),
    fault(
      "the replica is public",
      set("orders-replica", { publiclyAccessible: true }),
      "database-is-private at orders-replica",
    ),
    fault(
      "it is not encrypted",
      set("orders", { storageEncrypted: false }),
      "data-is-encrypted-at-rest at orders",
    ),
    fault(
      "it has no backups",
      set("orders", { backupRetentionPeriod: 0 }),
      "database-has-backups at orders",
    ),
    fault("it is in one zone", set("orders", { multiAz: false }), "database-is-multi-az at orders"),
    fault(
      "it may be deleted",
      set("orders", { deletionProtection: false }),
      "data-is-protected-from-deletion at orders",
    ),
    fault(
      "clients need no TLS",
      set("orders-parameters", { parameters: [] }),
      "database-requires-tls at orders-parameters",
    ),
  ),
  scenario(
    "PostgreSQL that requires TLS",
    [
      made("rds/parameterGroup:ParameterGroup", "pg", {
        name: "pg",
        family: "postgres14",
        parameters: [{ name: "rds.force_ssl", value: "1" }],
      }),
      made("rds/instance:Instance", "app-db", {
        identifier: "app-db",
        engine: "postgres",
        engineVersion: "14.9",
        parameterGroupName: "pg",
        multiAz: true,
        storageEncrypted: true,
        backupRetentionPeriod: 14,
        deletionProtection: true,
        publiclyAccessible: false,
      }),
    ],
    fault(
      "it does not require TLS",
      set("pg", { parameters: [{ name: "rds.force_ssl", value: "0" }] }),
      "database-requires-tls at pg",
    ),
    fault(
      "it has the group of version 14, which does not require TLS",
      set("app-db", { parameterGroupName: "default.postgres14" }),
      "database-requires-tls at app-db",
    ),
  ),
  scenario(
    "PostgreSQL 16 with its defaults, which require TLS",
    one("rds/instance:Instance", "new-db", {
      identifier: "new-db",
      engine: "postgres",
      engineVersion: "16.3",
      parameterGroupName: "default.postgres16",
      multiAz: true,
      storageEncrypted: true,
      backupRetentionPeriod: 7,
      deletionProtection: true,
    }),
    fault("it is in one zone", set("new-db", { multiAz: false }), "database-is-multi-az at new-db"),
  ),
  scenario(
    "Aurora with two instances",
    [aurora("ledger", west)],
    fault(
      "it has one instance",
      (sample) => sample.drop("ledger-1"),
      "database-is-multi-az at ledger",
    ),
    fault(
      "it is not encrypted",
      set("ledger", { storageEncrypted: false }),
      "data-is-encrypted-at-rest at ledger",
    ),
    fault(
      "an instance is public",
      set("ledger-0", { publiclyAccessible: true }),
      "database-is-private at ledger-0",
    ),
    fault(
      "it may be deleted",
      set("ledger", { deletionProtection: false }),
      "data-is-protected-from-deletion at ledger",
    ),
    fault(
      "clients need no TLS",
      set("ledger-parameters", { parameters: [] }),
      "database-requires-tls at ledger-parameters",
    ),
  ),
  scenario(
    "a cache replication group",
    one("elasticache/replicationGroup:ReplicationGroup", "sessions", {
      engine: "redis",
      automaticFailoverEnabled: true,
      multiAzEnabled: true,
      atRestEncryptionEnabled: true,
      transitEncryptionEnabled: true,
      numCacheClusters: 2,
    }),
    fault(
      "it is in one zone",
      set("sessions", { multiAzEnabled: false }),
      "database-is-multi-az at sessions",
    ),
    fault(
      "its disks are not encrypted",
      set("sessions", { atRestEncryptionEnabled: false }),
      "data-is-encrypted-at-rest at sessions",
    ),
    fault(
      "its connections are not encrypted",
      set("sessions", { transitEncryptionEnabled: false }),
      "traffic-is-encrypted-in-transit at sessions",
    ),
  ),
  scenario(
    "a memcached cluster in two zones",
    one("elasticache/cluster:Cluster", "pages", {
      engine: "memcached",
      azMode: "cross-az",
      numCacheNodes: 2,
      transitEncryptionEnabled: true,
    }),
    fault(
      "it is one Redis node",
      set("pages", { engine: "redis", azMode: "single-az", numCacheNodes: 1 }),
      "database-is-multi-az at pages",
    ),
    fault(
      "its connections are not encrypted",
      set("pages", { transitEncryptionEnabled: false }),
      "traffic-is-encrypted-in-transit at pages",
    ),
  ),
  scenario(
    "DocumentDB with two instances",
    [
      made("docdb/cluster:Cluster", "documents", {
        clusterIdentifier: "documents",
        engine: "docdb",
        storageEncrypted: true,
        backupRetentionPeriod: 7,
        deletionProtection: true,
      }),
      ...[0, 1].map((index) =>
        made("docdb/clusterInstance:ClusterInstance", `documents-${index}`, {
          clusterIdentifier: "documents",
        }),
      ),
    ],
    fault(
      "it is not encrypted",
      set("documents", { storageEncrypted: false }),
      "data-is-encrypted-at-rest at documents",
    ),
    fault(
      "it has one instance",
      (sample) => sample.drop("documents-1"),
      "database-is-multi-az at documents",
    ),
    fault(
      "it may be deleted",
      set("documents", { deletionProtection: false }),
      "data-is-protected-from-deletion at documents",
    ),
  ),
  scenario(
    "a Redshift cluster",
    one("redshift/cluster:Cluster", "warehouse", {
      clusterIdentifier: "warehouse",
      nodeType: "ra3.large",
      encrypted: "true",
      publiclyAccessible: false,
      automatedSnapshotRetentionPeriod: 7,
    }),
    fault(
      "it is public",
      set("warehouse", { publiclyAccessible: true }),
      "database-is-private at warehouse",
    ),
    fault(
      "it is not encrypted",
      set("warehouse", { encrypted: "false" }),
      "data-is-encrypted-at-rest at warehouse",
    ),
  ),
  scenario(
    "an OpenSearch domain in three zones",
    one("opensearch/domain:Domain", "search", {
      engineVersion: "OpenSearch_2.11",
      clusterConfig: {
        instanceType: "m6g.large.search",
        instanceCount: 3,
        zoneAwarenessEnabled: true,
      },
      encryptAtRest: { enabled: true },
      nodeToNodeEncryption: { enabled: true },
      domainEndpointOptions: {
        enforceHttps: true,
        tlsSecurityPolicy: "Policy-Min-TLS-1-2-PFS-2023-10",
      },
    }),
    fault(
      "its disks are not encrypted",
      set("search", { encryptAtRest: { enabled: false } }),
      "data-is-encrypted-at-rest at search",
    ),
    fault(
      "it is in one zone",
      set("search", { clusterConfig: { instanceCount: 1, zoneAwarenessEnabled: false } }),
      "database-is-multi-az at search",
    ),
    fault(
      "it serves plain HTTP",
      set("search", { domainEndpointOptions: { enforceHttps: false } }),
      "traffic-is-encrypted-in-transit at search",
    ),
  ),
  scenario(
    "a queue with the default encryption",
    one("sqs/queue:Queue", "jobs", { name: "jobs", sqsManagedSseEnabled: true }),
    fault(
      "encryption is disabled",
      set("jobs", { sqsManagedSseEnabled: false }),
      "data-is-encrypted-at-rest at jobs",
    ),
  ),
  scenario(
    "a server whose account encrypts disks by default",
    [
      made("ebs/encryptionByDefault:EncryptionByDefault", "ebs", { enabled: true }, west),
      made("ec2/instance:Instance", "worker", {
        instanceType: "t3.small",
        metadataOptions: { httpTokens: "required" },
      }),
    ],
    fault(
      "the account does not encrypt",
      (sample) => sample.drop("ebs"),
      "data-is-encrypted-at-rest at worker",
    ),
    fault(
      "the account encrypts in another region",
      (sample) => sample.move("ebs", "eu-west-1"),
      "data-is-encrypted-at-rest at worker",
    ),
    fault(
      "IMDSv1 is allowed",
      set("worker", { metadataOptions: { httpTokens: "optional" } }),
      "instance-requires-imdsv2 at worker",
    ),
  ),
  scenario(
    "a template of workers",
    one("ec2/launchTemplate:LaunchTemplate", "template", {
      instanceType: "t3.small",
      metadataOptions: { httpTokens: "required" },
      blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { encrypted: "true" } }],
    }),
    fault(
      "IMDSv1 is allowed",
      set("template", { metadataOptions: undefined }),
      "instance-requires-imdsv2 at template",
    ),
    fault(
      "its disk is not encrypted",
      set("template", { blockDeviceMappings: [{ ebs: { encrypted: "false" } }] }),
      "data-is-encrypted-at-rest at template",
    ),
  ),
  scenario(
    "files on EFS",
    one("efs/fileSystem:FileSystem", "files", { encrypted: true }),
    fault(
      "they are not encrypted",
      set("files", { encrypted: false }),
      "data-is-encrypted-at-rest at files",
    ),
  ),
  scenario(
    "a DynamoDB table",
    one("dynamodb/table:Table", "carts", {
      pointInTimeRecovery: { enabled: true },
      deletionProtectionEnabled: true,
    }),
    fault(
      "it cannot be restored",
      set("carts", { pointInTimeRecovery: { enabled: false } }),
      "database-has-backups at carts",
    ),
    fault(
      "it may be deleted",
      set("carts", { deletionProtectionEnabled: false }),
      "data-is-protected-from-deletion at carts",
    ),
  ),
  scenario(
    "an experiment with a stop condition",
    [
      made("cloudwatch/metricAlarm:MetricAlarm", "errors", {
        arn: "arn:aws:cloudwatch:us-west-2:1:alarm:errors",
        name: "errors",
        namespace: "Shop",
        metricName: "Errors",
        comparisonOperator: "GreaterThanThreshold",
        threshold: 5,
        statistic: "Sum",
        period: 60,
        evaluationPeriods: 1,
      }),
      made("fis/experimentTemplate:ExperimentTemplate", "stop-instances", {
        description: "stop one instance",
        stopConditions: [
          { source: "aws:cloudwatch:alarm", value: "arn:aws:cloudwatch:us-west-2:1:alarm:errors" },
        ],
        actions: [
          {
            name: "stop",
            actionId: "aws:ec2:stop-instances",
            target: { key: "Instances", value: "some" },
          },
        ],
        targets: [
          {
            name: "some",
            resourceType: "aws:ec2:instance",
            selectionMode: "COUNT(1)",
            resourceTags: [{ key: "Chaos", value: "yes" }],
          },
        ],
      }),
    ],
    fault(
      "it has no stop condition",
      set("stop-instances", { stopConditions: [{ source: "none" }] }),
      "experiment-stops-on-harm-elsewhere at stop-instances",
    ),
  ),
];
