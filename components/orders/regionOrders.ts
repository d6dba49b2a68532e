import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as dataRules from "../../constraints/dataRules";
import * as rules from "../../constraints/rules";
import type { AlarmSpec } from "../alerts/alarm";
import { check, refuse } from "../common/argumentFaults";
import type { ArgumentFault } from "../common/argumentFaults";
import { encryptedLogGroup } from "../common/encryptedLogGroup";
import type { KeyPolicyStatement } from "../common/encryptionKey";
import { regionOf, tagged } from "../common/tags";
import type { Tags } from "../common/tags";
import { gatewayEndpoints } from "../network/gatewayEndpoints";
import { orderAlarms } from "./orderAlarms";
import { databaseName, databasePort, orderDatabase } from "./orderDatabase";
import type { DatabaseSize, OrderDatabase } from "./orderDatabase";
import type { TablesUse } from "./orderTables";
import { backupCopy } from "./backupCopy";
import { cachePort, sessionCache } from "./sessionCache";
import type { SessionCache } from "./sessionCache";
import { storeAlarms } from "./storeAlarms";
import type { Weekday } from "./weekday";

/** The order stores of a region; plain, so that a preview can be checked. */
export interface OrdersSettings {
  readonly database: DatabaseSize;
  /** Class of each cache node, such as `cache.t4g.micro`. */
  readonly cacheNodeType: string;
  /**
   * Whether database and cache span both zones. Otherwise they are in the second: losing the first
   * zone then affects only the web servers; losing the second takes the region down.
   */
  readonly inBothZones: boolean;
  /** Whether the database is protected, see `OrderDatabaseArgs`. */
  readonly isProtected: boolean;
  /** Days on which AWS may upgrade and restart each; different from the other region's. */
  readonly maintenance: { readonly database: Weekday; readonly cache: Weekday };
  /** See `OrderAlarmsArgs`. */
  readonly quietHoursMax?: number;
  /** Copies of the database's backups. Default: none. */
  readonly backupCopies?: BackupCopies;
}

export interface BackupCopies {
  /** Provider of a region other than the database's. */
  readonly provider: aws.Provider;
  /** Retention of the copies, 1 to 35. */
  readonly days: number;
}

/** The network of a region's data. */
export interface OrdersNetwork {
  readonly vpcId: pulumi.Input<string>;
  /** Subnets without internet access, one in each zone. */
  readonly isolatedSubnetIds: pulumi.Input<pulumi.Input<string>[]>;
  readonly routeTableIds: pulumi.Input<pulumi.Input<string>[]>;
  readonly webSecurityGroupId: pulumi.Input<string>;
}

export interface RegionOrdersArgs {
  /** Name of database and cache in AWS, and of the log group; unique in account and region. */
  readonly identifier: string;
  /** The region's two zones, the one that serves first. */
  readonly availabilityZones: readonly [string, string];
  readonly network: OrdersNetwork;
  /** The tables that both regions share, from this region's side. */
  readonly tables: TablesUse;
  readonly settings: OrdersSettings;
  readonly tags: Tags;
}

/** The order settings of an instance: `OrdersOptions` of app/boot. They contain no secret. */
export interface OrdersUse {
  readonly database: {
    readonly host: pulumi.Output<string>;
    readonly port: number;
    readonly name: string;
    readonly secretId: pulumi.Output<string>;
  };
  readonly redis: { readonly host: pulumi.Output<string>; readonly port: number };
  readonly journalTable: pulumi.Output<string>;
  readonly sessionsTable: pulumi.Output<string>;
}

/**
 * Placeholders in user data for values that are known once a region's stores exist: `OrdersOptions`
 * of app/boot, filled in by `filledIn`.
 */
export const ordersToFillIn = {
  database: {
    host: "{{database.host}}",
    port: databasePort,
    name: databaseName,
    secretId: "{{database.secretId}}",
  },
  redis: { host: "{{redis.host}}", port: cachePort },
  journalTable: "{{journalTable}}",
  sessionsTable: "{{sessionsTable}}",
} as const;

/** User data with the placeholders of `ordersToFillIn` filled in. */
export function filledIn(
  text: pulumi.Input<string>,
  { database, redis, journalTable, sessionsTable }: OrdersUse,
): pulumi.Output<string> {
  const to = ordersToFillIn;
  return pulumi
    .all([text, database.host, database.secretId, redis.host, journalTable, sessionsTable])
    .apply(([given, host, secretId, redisHost, journal, sessions]) =>
      given
        .replaceAll(to.database.host, host)
        .replaceAll(to.database.secretId, secretId)
        .replaceAll(to.redis.host, redisHost)
        .replaceAll(to.journalTable, journal)
        .replaceAll(to.sessionsTable, sessions),
    );
}

/**
 * The order stores of one region: its MySQL, its cache, endpoints for the shared tables, and the
 * log that carries its metrics. The provider is given by `providers` or the parent.
 * Children: `<name>-database…`, `<name>-cache…`, `<name>-dynamodb`, `<name>-s3`, `<name>-log…`; in another
 * region `<name>-database-copy…`.
 *
 * @throws pulumi.InputPropertyError or InputPropertiesError when plain arguments are invalid.
 */
export class RegionOrders extends pulumi.ComponentResource {
  /** The settings of the region's web servers; not an output of the resource. */
  readonly use: OrdersUse;
  /** CloudWatch Logs group for the web servers. */
  readonly logGroupName: pulumi.Output<string>;
  /** The permissions that the web servers' role needs for it; not an output of the resource. */
  readonly statements: readonly KeyPolicyStatement[];
  /** The alarms on it; not an output of the resource. */
  readonly alarms: readonly AlarmSpec[];
  /** RDS identifier of the database: the deep check's tag names it as a dependency. */
  readonly databaseIdentifier: string;

  constructor(name: string, args: RegionOrdersArgs, opts?: pulumi.ComponentResourceOptions) {
    refuse(`RegionOrders "${name}"`, argumentFaults(args));
    super("failover:index:RegionOrders", name, {}, opts);
    const { identifier, availabilityZones, network, tables, settings, tags } = args;
    const parent = { parent: this };
    const region = regionOf(availabilityZones[0]);
    const { database, cache } = stores(name, args, parent);
    const { backupCopies } = settings;
    if (backupCopies) {
      const { days, provider } = backupCopies;
      backupCopy(
        `${name}-database-copy`,
        { identifier, databaseArn: database.arn, days, tags },
        { ...parent, provider },
      );
    }
    const { vpcId, routeTableIds } = network;
    gatewayEndpoints(name, { region, vpcId, routeTableIds, tableArns: tables.arns, tags }, parent);
    const log = encryptedLogGroup(
      `${name}-log`,
      {
        logGroupName: `/cafe/${identifier}`,
        retentionDays: 30,
        tags: tagged(tags, "region", `${name}-log`),
      },
      parent,
    );

    this.databaseIdentifier = identifier;
    this.logGroupName = log.name;
    this.use = useOf(database, cache, tables);
    this.statements = [
      ...tables.statements,
      ...accountStatements(region, database),
      {
        Sid: "Log",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: pulumi.interpolate`${log.arn}:*`,
      },
    ];
    this.alarms = [
      ...orderAlarms({ deployment: identifier, region, ...settings }),
      ...storeAlarms({
        databaseIdentifier: identifier,
        database: settings.database,
        cacheNodeIds: cache.nodeIds,
      }),
    ];
    this.registerOutputs({ databaseIdentifier: identifier, logGroupName: this.logGroupName });
  }
}

/** The region's database and cache, in both zones or in the second. */
function stores(
  name: string,
  { identifier, availabilityZones, network, settings, tags }: RegionOrdersArgs,
  parent: pulumi.CustomResourceOptions,
): { readonly database: OrderDatabase; readonly cache: SessionCache } {
  const { vpcId, isolatedSubnetIds: subnetIds, webSecurityGroupId } = network;
  const data = { identifier, network: { vpcId, subnetIds, webSecurityGroupId }, tags };
  const { inBothZones, isProtected, maintenance, cacheNodeType: nodeType } = settings;
  const [, second] = availabilityZones;
  return {
    database: orderDatabase(
      `${name}-database`,
      {
        ...data,
        ...settings.database,
        ...(inBothZones ? {} : { availabilityZone: second }),
        isProtected,
        maintenanceDay: maintenance.database,
      },
      parent,
    ),
    cache: sessionCache(
      `${name}-cache`,
      {
        ...data,
        nodeType,
        availabilityZones: inBothZones ? availabilityZones : [second],
        maintenanceDay: maintenance.cache,
      },
      parent,
    ),
  };
}

function useOf(
  database: OrderDatabase,
  cache: SessionCache,
  { journalTable, sessionsTable }: TablesUse,
): OrdersUse {
  return {
    database: {
      host: database.address,
      port: databasePort,
      name: database.databaseName,
      secretId: database.secretArn,
    },
    redis: { host: cache.address, port: cachePort },
    journalTable,
    sessionsTable,
  };
}

/** Permission to read the one secret, and to decrypt it with its key. */
function accountStatements(region: string, database: OrderDatabase): readonly KeyPolicyStatement[] {
  return [
    {
      Sid: "DatabaseAccount",
      Effect: "Allow",
      Action: ["secretsmanager:GetSecretValue"],
      Resource: database.secretArn,
    },
    {
      Sid: "DatabaseAccountKey",
      Effect: "Allow",
      Action: ["kms:Decrypt"],
      Resource: database.keyArn,
      Condition: {
        StringEquals: {
          "kms:ViaService": `secretsmanager.${region}.amazonaws.com`,
          "kms:EncryptionContext:SecretARN": database.secretArn,
        },
      },
    },
  ];
}

function argumentFaults(args: RegionOrdersArgs): readonly ArgumentFault[] {
  const { identifier, availabilityZones, settings } = args;
  const { database, cacheNodeType, quietHoursMax, backupCopies } = settings;
  return [
    ...check("identifier", identifier, dataRules.dataIdentifier),
    ...availabilityZones.flatMap((zone, index) =>
      check(`availabilityZones[${index}]`, zone, rules.availabilityZone),
    ),
    ...check("settings.database.instanceClass", database.instanceClass, dataRules.databaseClass),
    ...check(
      "settings.database.storageGibibytes",
      database.storageGibibytes,
      dataRules.databaseGibibytes,
    ),
    ...check("settings.database.connectionsMax", database.connectionsMax, dataRules.connections),
    ...check("settings.cacheNodeType", cacheNodeType, dataRules.cacheNodeType),
    ...(quietHoursMax === undefined
      ? []
      : check("settings.quietHoursMax", quietHoursMax, dataRules.quietHours)),
    ...(backupCopies
      ? check("settings.backupCopies.days", backupCopies.days, dataRules.backupDays)
      : []),
  ];
}
