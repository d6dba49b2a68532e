import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { encryptionKey } from "../common/encryptionKey";
import { tagged } from "../common/tags";
import type { Tags } from "../common/tags";

export interface BackupCopyArgs {
  /** The database's name, for people. */
  readonly identifier: string;
  readonly databaseArn: pulumi.Input<string>;
  /** For how long the copies are kept, in days, 1 to 35. */
  readonly days: number;
  readonly tags: Tags;
}

/**
 * RDS copies each backup of a database, and its log of changes, to the region of the provider in `opts`,
 * which is another than the database's: there it can be set back to any second while its own region is
 * gone, or whatever was done to it and its backups there. Makes `<name>` and `<name>-key`.
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
    // RDS copies a database to a region once, so that a second replication waits for the end of the first.
    { ...opts, deleteBeforeReplace: true },
  );
}
