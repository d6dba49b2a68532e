import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { dataAccess } from "./dataAccess";
import type { Weekday } from "./weekday";
import type { DataNetwork } from "./dataAccess";
import { encryptedLogGroup } from "../common/encryptedLogGroup";
import { encryptionKey } from "../common/encryptionKey";
import { tagged } from "../common/tags";
import type { Tags } from "../common/tags";

/** Size and protection of a region's database; plain, so that a preview can be checked. */
export interface DatabaseSize {
  /** Class of the instance, such as `db.t4g.micro`. */
  readonly instanceClass: string;
  /** Initial disk size in GiB, at least 20; RDS extends it automatically, up to five times. */
  readonly storageGibibytes: number;
  /**
   * Maximum number of connections: 29 for each web server, the workers in app/boot/etc/fpm.conf.
   */
  readonly connectionsMax: number;
}

export interface OrderDatabaseArgs extends DatabaseSize {
  /** Its RDS identifier, unique in account and region. */
  readonly identifier: string;
  readonly network: DataNetwork;
  /** The one zone that it is in, and is lost with. Default: both, with a standby in the other. */
  readonly availabilityZone?: string;
  /** Whether it is protected: no deletion, longest backups, a final snapshot. */
  readonly isProtected: boolean;
  /** When AWS may upgrade it. */
  readonly maintenanceDay: Weekday;
  readonly tags: Tags;
}

/** A region's database, for its clients. */
export interface OrderDatabase {
  readonly arn: pulumi.Output<string>;
  readonly address: pulumi.Output<string>;
  readonly databaseName: string;
  /** ARN of the secret with `username` and `password`, which RDS creates and rotates every week. */
  readonly secretArn: pulumi.Output<string>;
  /** ARN of the key that the secret is encrypted with. */
  readonly keyArn: pulumi.Output<string>;
}

/**
 * The LTS release: standard support of 8.0 ended on 2026-07-31, and each hour after that costs
 * extra.
 */
const engine = { version: "8.4", family: "mysql8.4" };
export const databasePort = 3306;
export const databaseName = "orders";
/** RDS's maximum for automatic backups. */
const backupDays = { protected: 35, other: 7 };

/**
 * Settings that a database has from its first start. The mode is the expansion of `TRADITIONAL`, which the application
 * requests as well: an invalid value is rejected and never truncated.
 *
 * @see https://dev.mysql.com/doc/refman/8.4/en/sql-mode.html#sqlmode_traditional
 */
const parameters: Readonly<Record<string, string>> = {
  require_secure_transport: "1",
  sql_mode:
    "STRICT_TRANS_TABLES,STRICT_ALL_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION",
  // On disk before a commit returns: RDS's defaults, explicit because every 201 depends on them.
  innodb_flush_log_at_trx_commit: "1",
  sync_binlog: "1",
};

/**
 * A region's MySQL: encrypted, TLS only, in subnets without internet access, with a password that
 * RDS creates and keeps in Secrets Manager, so no state and no user data contains one.
 * Makes `<name>` (the instance), `<name>-key`, `<name>-subnets`, `<name>-parameters`, `<name>-log`,
 * and `<name>-access` with its rules.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html
 */
export function orderDatabase(
  name: string,
  args: OrderDatabaseArgs,
  opts: pulumi.CustomResourceOptions,
): OrderDatabase {
  const { identifier, network } = args;
  const tags = (role: string): Tags => tagged(args.tags, "region", `${name}${role}`);
  const key = encryptionKey(
    `${name}-key`,
    // RDS and Secrets Manager act on behalf of their callers, whose permissions the account's
    // policies define.
    {
      description: `Orders and database credentials of ${identifier}`,
      statements: [],
      tags: tags("-key"),
    },
    opts,
  );
  const errors = encryptedLogGroup(
    `${name}-log`,
    // Created before RDS would create it, unencrypted and without expiry. No slow query log: its
    // statements contain customers' names.
    {
      logGroupName: `/aws/rds/instance/${identifier}/error`,
      retentionDays: 30,
      tags: tags("-log"),
    },
    opts,
  );
  const access = dataAccess(
    `${name}-access`,
    { port: databasePort, network, tags: args.tags },
    opts,
  );
  const subnets = new aws.rds.SubnetGroup(
    `${name}-subnets`,
    { subnetIds: network.subnetIds, description: "Isolated", tags: tags("-subnets") },
    opts,
  );
  const settings = parameterGroup(`${name}-parameters`, args, opts);
  const instance = new aws.rds.Instance(
    name,
    {
      identifier,
      engine: "mysql",
      engineVersion: engine.version,
      // Old releases must fail visibly instead of costing more silently.
      engineLifecycleSupport: "open-source-rds-extended-support-disabled",
      ...sizeArgs(args),
      ...insightsArgs(args, key.arn),
      dbName: databaseName,
      username: "orders",
      manageMasterUserPassword: true,
      masterUserSecretKmsKeyId: key.arn,
      storageEncrypted: true,
      kmsKeyId: key.arn,
      dbSubnetGroupName: subnets.name,
      vpcSecurityGroupIds: [access.id],
      publiclyAccessible: false,
      port: databasePort,
      parameterGroupName: settings.name,
      ...keepingArgs(args, key.keyId),
      tags: tags(""),
    },
    // The zone counts at creation only: another zone would mean another, empty database.
    { ...opts, dependsOn: [errors], ignoreChanges: ["availabilityZone"] },
  );
  return {
    arn: instance.arn,
    address: instance.address,
    databaseName,
    secretArn: instance.masterUserSecrets.apply(secretArnOf),
    keyArn: key.arn,
  };
}

function parameterGroup(
  name: string,
  { connectionsMax, tags }: OrderDatabaseArgs,
  opts: pulumi.CustomResourceOptions,
): aws.rds.ParameterGroup {
  const fixed = Object.entries(parameters).map(([key, value]) => ({
    name: key,
    value,
    // RDS ignores a method that comes with a value that the parameter has already, such as its
    // default, and goes on reporting this one: with `immediate`, every update would change it again
    // (terraform-provider-aws, docs/r/db_parameter_group, NOTE).
    applyMethod: "pending-reboot",
  }));
  return new aws.rds.ParameterGroup(
    name,
    {
      family: engine.family,
      description: "TLS and strict mode",
      parameters: [
        ...fixed,
        // Dynamic: it takes effect without a restart.
        { name: "max_connections", value: String(connectionsMax), applyMethod: "immediate" },
      ],
      tags: tagged(tags, "region", name),
    },
    opts,
  );
}

function sizeArgs({
  instanceClass,
  storageGibibytes,
  availabilityZone,
}: OrderDatabaseArgs): { readonly instanceClass: string } & Omit<
  aws.rds.InstanceArgs,
  "instanceClass"
> {
  return {
    instanceClass,
    storageType: "gp3",
    allocatedStorage: storageGibibytes,
    maxAllocatedStorage: 5 * storageGibibytes,
    ...(availabilityZone === undefined ? { multiAz: true } : { multiAz: false, availabilityZone }),
  };
}

/**
 * Performance Insights, if the class supports it; 7 days are free.
 *
 * @see
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PerfInsights.Overview.Engines.html
 */
function insightsArgs(
  { instanceClass }: DatabaseSize,
  keyArn: pulumi.Input<string>,
): Pick<
  aws.rds.InstanceArgs,
  | "performanceInsightsEnabled"
  | "performanceInsightsKmsKeyId"
  | "performanceInsightsRetentionPeriod"
> {
  if (/\.(micro|small)$/.test(instanceClass)) return {};
  return {
    performanceInsightsEnabled: true,
    performanceInsightsKmsKeyId: keyArn,
    performanceInsightsRetentionPeriod: 7,
  };
}

/**
 * Logs, backups, upgrades and deletion. Windows are in UTC and do not overlap, at night on both
 * sides of the Atlantic.
 */
function keepingArgs(
  { identifier, isProtected, maintenanceDay: day }: OrderDatabaseArgs,
  keyId: pulumi.Output<string>,
): Omit<aws.rds.InstanceArgs, "instanceClass"> {
  return {
    enabledCloudwatchLogsExports: ["error"],
    backupRetentionPeriod: isProtected ? backupDays.protected : backupDays.other,
    backupWindow: "08:00-08:30",
    copyTagsToSnapshot: true,
    deleteAutomatedBackups: !isProtected,
    maintenanceWindow: `${day}:09:00-${day}:09:30`,
    autoMinorVersionUpgrade: true,
    // A change that restarts the database waits for its window.
    applyImmediately: false,
    deletionProtection: isProtected,
    ...(isProtected
      ? {
          skipFinalSnapshot: false,
          // A final snapshot remains, and RDS deletes no database whose final snapshot name is
          // taken. The key differs each time, and the snapshot is readable as long as its key
          // exists.
          finalSnapshotIdentifier: pulumi.interpolate`${identifier}-final-${keyId}`,
        }
      : { skipFinalSnapshot: true }),
  };
}

function secretArnOf(secrets: readonly { readonly secretArn: string }[]): string {
  const [secret] = secrets;
  if (secret !== undefined) return secret.secretArn;
  throw new Error(
    "masterUserSecrets: must have a secret, got none; check the instance that RDS created",
  );
}
