import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Tags } from "./tags";

/** Days in which the deletion of a key can be cancelled: KMS's maximum. */
export const keyDeletionWindowDays = 30;

/** A policy statement. */
export type KeyPolicyStatement = Readonly<Record<string, unknown>>;

export interface EncryptionKeyArgs {
  /** Purpose of the key, shown in the console. */
  readonly description: string;
  /** Permissions to use it; the account always administers it. */
  readonly statements: readonly KeyPolicyStatement[];
  readonly tags: Tags;
}

/** A symmetric KMS key with yearly rotation. Makes `<name>`. */
export function encryptionKey(
  name: string,
  { description, statements, tags }: EncryptionKeyArgs,
  opts: pulumi.CustomResourceOptions,
): aws.kms.Key {
  return new aws.kms.Key(
    name,
    {
      description,
      enableKeyRotation: true,
      deletionWindowInDays: keyDeletionWindowDays,
      policy: keyPolicy(statements, opts),
      tags: { ...tags, Name: name },
    },
    opts,
  );
}

/**
 * A key policy that leaves administration to the account's IAM policies: a key whose policy names
 * no principal could never be changed or deleted again.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export function keyPolicy(
  statements: readonly KeyPolicyStatement[],
  opts: pulumi.InvokeOptions,
): pulumi.Output<string> {
  const { accountId } = aws.getCallerIdentityOutput({}, opts);
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "AccountAdministers",
        Effect: "Allow",
        Principal: { AWS: pulumi.interpolate`arn:aws:iam::${accountId}:root` },
        Action: "kms:*",
        Resource: "*",
      },
      ...statements,
    ],
  });
}
