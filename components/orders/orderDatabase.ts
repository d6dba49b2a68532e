import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { dataAccess } from "./dataAccess";
import type { Weekday } from "./weekday";
import type { DataNetwork } from "./dataAccess";
import { encryptedLogGroup } from "../common/encryptedLogGroup";
import { encryptionKey } from "../common/encryptionKey";
import { tagged } from "../common/tags";
import type { Tags } from "../common/tags";

/** What a region's database is, and how well it is kept; plain, so that a preview can be judged. */
export interface DatabaseSize {
  /** Class of the instance, such as `db.t4g.micro`. */
  readonly instanceClass: string;
  /** Disk to begin with, in GiB, 20 at least; RDS makes it larger by itself, up to five times. */
  readonly storageGibibytes: number;
  /** Connections that are admitted: 29 for each web server, as app/boot/etc/fpm.conf has workers. */
  readonly connectionsMax: number;
}

export interface OrderDatabaseArgs extends DatabaseSize {
  /** The name that RDS knows it by, unique in account and region. */
  readonly identifier: string;
  readonly network: DataNetwork;
  /** The one zone that it is in, and is lost with. Default: both, by a standby in the other. */
  readonly availabilityZone?: string;
  /** Whether it is kept at any price: not deleted, backed up for the longest time, a last snapshot. */
  readonly isProtected: boolean;
  /** When AWS may upgrade it. */
  readonly maintenanceDay: Weekday;
  readonly tags: Tags;
}

/** A region's database, as its users need it. */
export interface OrderDatabase {
  readonly address: pulumi.Output<string>;
  readonly databaseName: string;
  /** ARN of the secret with `username` and `password`, which RDS made and changes every week. */
  readonly secretArn: pulumi.Output<string>;
  /** ARN of the key that the secret is encrypted with. */
  readonly keyArn: pulumi.Output<string>;
}

/** The LTS release: standard support of 8.0 ended on 2026-07-31, and each hour after that costs extra. */
const engine = { version: "8.4", family: "mysql8.4" };
export const databasePort = 3306;
export const databaseName = "orders";
/** The longest that RDS keeps automatic backups, and long enough to notice over a weekend. */
const backupDays = { protected: 35, other: 7 };

/**
 * What every connection gets, whoever opens it. The mode is what `TRADITIONAL` stands for, which the
 * application asks for as well: a value that does not fit is refused and never cut.
 *
 * @see https://dev.mysql.com/doc/refman/8.4/en/sql-mode.html#sqlmode_traditional
 */
const parameters: Readonly<Record<string, string>> = {
  require_secure_transport: "1",
  sql_mode:
    "STRICT_TRANS_TABLES,STRICT_ALL_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION",
  // On disk before a commit is answered: RDS's defaults, said because every 201 rests on them.
  innodb_flush_log_at_trx_commit: "1",
  sync_binlog: "1",
};

/**
 * A region's MySQL: encrypted, by TLS only, in subnets that the internet does not reach, its password
 * made and kept by RDS in Secrets Manager, so that no state and no user data ever holds one.
 *
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
    // RDS and Secrets Manager act in the name of whoever calls them, whom the account's policies permit.
    {
      description: `Orders and database account of ${identifier}`,
      statements: [],
      tags: tags("-key"),
    },
    opts,
  );
  const errors = encryptedLogGroup(
    `${name}-log`,
    // Made before RDS would make it, which keeps lines for ever and in the clear. Not the log of slow
    // statements: those have customers' names in them.
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
      // Old releases are to fail loudly and not to cost more in silence.
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
    // Its zone counts when it is made: another one would mean another database, and an empty one.
    { ...opts, dependsOn: [errors], ignoreChanges: ["availabilityZone"] },
  );
  return {
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
  const values = { ...parameters, max_connections: String(connectionsMax) };
  return new aws.rds.ParameterGroup(
    name,
    {
      family: engine.family,
      description: "TLS and strict mode",
      parameters: Object.entries(values).map(([key, value]) => ({
        name: key,
        value,
        // All of these are dynamic, and so take effect without a restart.
        applyMethod: "immediate",
      })),
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
 * Insight into what the database does, where the class has room for it; 7 days of it cost nothing.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PerfInsights.Overview.Engines.html
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

/** Logs, backups, upgrades and the end. Windows are in UTC and apart, at night on both sides of the Atlantic. */
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
          // A snapshot stays, and RDS deletes no database whose snapshot would have its name. The key
          // is another one each time, and the snapshot can be read for as long as that is there.
          finalSnapshotIdentifier: pulumi.interpolate`${identifier}-final-${keyId}`,
        }
      : { skipFinalSnapshot: true }),
  };
}

function secretArnOf(secrets: readonly { readonly secretArn: string }[]): string {
  const [secret] = secrets;
  if (secret !== undefined) return secret.secretArn;
  throw new Error("masterUserSecrets: must have a secret, got none; look at what RDS made");
}
