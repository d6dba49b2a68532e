import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { encryptionKey } from "../common/encryptionKey";
import { tagged } from "../common/tags";
import type { Tags } from "../common/tags";

export interface BackupCopyArgs {
  /** The database's name, for the description of the key. */
  readonly identifier: string;
  readonly databaseArn: pulumi.Input<string>;
  /** Retention of the copies in days, 1 to 35. */
  readonly days: number;
  readonly tags: Tags;
}

/**
 * RDS copies each backup of a database, and its transaction logs, to the region of the provider in
 * `opts`, which differs from the database's. There the database can be restored to any second, even
 * if its own region is down, or if it and its backups there are damaged. Makes `<name>` and
 * `<name>-key`.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReplicateBackups.html
 */
export function backupCopy(
  name: string,
  { identifier, databaseArn, days, tags }: BackupCopyArgs,
  opts: pulumi.CustomResourceOptions,
): void {
  const key = encryptionKey(
    `${name}-key`,
    {
      description: `Copies of the backups of ${identifier}`,
      statements: [],
      tags: tagged(tags, "region", `${name}-key`),
    },
    opts,
  );
  new aws.rds.InstanceAutomatedBackupsReplication(
    name,
    { sourceDbInstanceArn: databaseArn, kmsKeyId: key.arn, retentionPeriod: days },
    // RDS replicates a database to a region only once: the old replication must end first.
    { ...opts, deleteBeforeReplace: true },
  );
}
