import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as rules from "../../constraints/rules";
import { check, refuse } from "../common/argumentFaults";
import type { KeyPolicyStatement } from "../common/encryptionKey";
import { tagged } from "../common/tags";
import type { Tags } from "../common/tags";

export interface OrderTablesArgs {
  /** The region of the provider; plain, because it is in ARNs. */
  readonly region: string;
  /** The region of the replica. */
  readonly otherRegion: string;
  /** Whether AWS refuses to delete the tables, in both regions. */
  readonly isProtected: boolean;
  readonly tags: Tags;
}

/** The table names and permissions that a region's instances need. */
export interface TablesUse {
  readonly journalTable: pulumi.Output<string>;
  readonly sessionsTable: pulumi.Output<string>;
  /** The application's operations on the tables. */
  readonly statements: readonly KeyPolicyStatement[];
  /** ARNs of the region's own replicas. */
  readonly arns: readonly pulumi.Output<string>[];
}

/** The sparse index of orders that a region has yet to store: `Journal::INDEX` in app/src. */
const undrainedIndex = "undrained";

/** In both tables: items expire automatically (app/src/Journal.php, SessionTable.php). */
const expiryAttribute = "expiresAt";

/**
 * The tables that both regions share: the order journal and the sessions, each a DynamoDB global
 * table with a replica in both regions. The provider is given by `providers`.
 * Children: `<name>-journal` and `<name>-sessions`. Encrypted with the key that DynamoDB owns: with
 * our own key per region, losing a key would be one more way to lose both replicas.
 *
 * @throws pulumi.InputPropertyError or InputPropertiesError when plain arguments are invalid.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GlobalTables.html
 */
export class OrderTables extends pulumi.ComponentResource {
  readonly journalTable: pulumi.Output<string>;
  readonly sessionsTable: pulumi.Output<string>;
  readonly #regions: readonly [string, string];
  readonly #accountId: pulumi.Output<string>;

  constructor(name: string, args: OrderTablesArgs, opts?: pulumi.ComponentResourceOptions) {
    refuse(`OrderTables "${name}"`, argumentFaults(args));
    super("failover:index:OrderTables", name, {}, opts);
    const parent = { parent: this };

    this.journalTable = globalTable(
      `${name}-journal`,
      {
        // Two bodies with one number are two items: neither overwrites the other (docs/adr/0010).
        rangeKey: "bodyHash",
        attributes: [
          { name: "id", type: "S" },
          { name: "bodyHash", type: "S" },
          { name: "undrainedRegion", type: "S" },
          { name: "acceptedMs", type: "N" },
        ],
        globalSecondaryIndexes: [
          {
            name: undrainedIndex,
            keySchemas: [
              { attributeName: "undrainedRegion", keyType: "HASH" },
              { attributeName: "acceptedMs", keyType: "RANGE" },
            ],
            projectionType: "ALL",
          },
        ],
      },
      args,
      parent,
    ).name;
    this.sessionsTable = globalTable(
      `${name}-sessions`,
      { attributes: [{ name: "id", type: "S" }] },
      args,
      parent,
    ).name;
    this.#regions = [args.region, args.otherRegion];
    this.#accountId = aws.getCallerIdentityOutput({}, parent).accountId;
    this.registerOutputs({ journalTable: this.journalTable, sessionsTable: this.sessionsTable });
  }

  /** The tables and permissions for the instances of one region. */
  usedFrom(region: string): TablesUse {
    const [one, two] = this.#regions;
    const other = region === one ? two : one;
    const { journalTable, sessionsTable } = this;
    const [journalHere, sessionsHere] = [journalTable, sessionsTable].map((table) =>
      this.#arn(region, table),
    ) as [pulumi.Output<string>, pulumi.Output<string>];
    const allow = (
      Sid: string,
      actions: readonly string[],
      Resource: unknown,
    ): KeyPolicyStatement => ({
      Sid,
      Effect: "Allow",
      Action: actions.map((action) => `dynamodb:${action}`),
      Resource,
    });
    return {
      journalTable,
      sessionsTable,
      arns: [journalHere, sessionsHere],
      statements: [
        allow("JournalHere", ["GetItem", "PutItem", "Query", "UpdateItem"], journalHere),
        allow(
          "JournalDrain",
          ["Query"],
          pulumi.interpolate`${journalHere}/index/${undrainedIndex}`,
        ),
        // Instances only add orders to the other region's replica; that region drains them itself.
        allow("JournalThere", ["PutItem"], this.#arn(other, journalTable)),
        allow("Sessions", ["GetItem", "PutItem"], [sessionsHere, this.#arn(other, sessionsTable)]),
      ],
    };
  }

  #arn(region: string, table: pulumi.Output<string>): pulumi.Output<string> {
    return pulumi.interpolate`arn:aws:dynamodb:${region}:${this.#accountId}:table/${table}`;
  }
}

/** A table with partition key `id`, on-demand capacity and point-in-time recovery for 35 days. */
function globalTable(
  name: string,
  schema: Pick<aws.dynamodb.TableArgs, "rangeKey" | "attributes" | "globalSecondaryIndexes">,
  { otherRegion, isProtected, tags }: OrderTablesArgs,
  opts: pulumi.CustomResourceOptions,
): aws.dynamodb.Table {
  return new aws.dynamodb.Table(
    name,
    {
      billingMode: "PAY_PER_REQUEST",
      hashKey: "id",
      ...schema,
      // Replication uses the table's stream.
      streamEnabled: true,
      streamViewType: "NEW_AND_OLD_IMAGES",
      ttl: { attributeName: expiryAttribute, enabled: true },
      pointInTimeRecovery: { enabled: true },
      deletionProtectionEnabled: isProtected,
      replicas: [
        {
          regionName: otherRegion,
          pointInTimeRecovery: true,
          deletionProtectionEnabled: isProtected,
          propagateTags: true,
        },
      ],
      tags: tagged(tags, "region", name),
    },
    opts,
  );
}

function argumentFaults({ region, otherRegion }: OrderTablesArgs): Parameters<typeof refuse>[1] {
  return [
    ...check("region", region, rules.region),
    ...check("otherRegion", otherRegion, rules.region),
    ...check("otherRegion", otherRegion, {
      must: "a different region from the first",
      remedy: "a region cannot be its own standby",
      holds: (value) => value !== region,
    }),
  ];
}
