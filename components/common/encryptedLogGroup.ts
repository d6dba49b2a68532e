import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { encryptionKey } from "./encryptionKey";
import type { Tags } from "./tags";

export interface EncryptedLogGroupArgs {
  /** Name of the group; plain and explicit, because the key's policy names it before it exists. */
  readonly logGroupName: string;
  /** Retention in days; one of CloudWatch's values. */
  readonly retentionDays: 7 | 14 | 30 | 60 | 90 | 180 | 365;
  readonly tags: Tags;
}

/**
 * A log group, encrypted with a key for this group only. Makes `<name>` and `<name>-key`.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export function encryptedLogGroup(
  name: string,
  { logGroupName, retentionDays, tags }: EncryptedLogGroupArgs,
  opts: pulumi.CustomResourceOptions,
): aws.cloudwatch.LogGroup {
  const { accountId } = aws.getCallerIdentityOutput({}, opts);
  const { region } = aws.getRegionOutput({}, opts);
  const key = encryptionKey(
    `${name}-key`,
    {
      description: `Lines of the log group ${logGroupName}`,
      statements: [
        {
          Sid: "LogsEncrypt",
          Effect: "Allow",
          Principal: { Service: pulumi.interpolate`logs.${region}.amazonaws.com` },
          Action: [
            "kms:Decrypt",
            "kms:Describe*",
            "kms:Encrypt",
            "kms:GenerateDataKey*",
            "kms:ReEncrypt*",
          ],
          Resource: "*",
          Condition: {
            ArnEquals: {
              "kms:EncryptionContext:aws:logs:arn": pulumi.interpolate`arn:aws:logs:${region}:${accountId}:log-group:${logGroupName}`,
            },
          },
        },
      ],
      tags,
    },
    opts,
  );
  return new aws.cloudwatch.LogGroup(
    name,
    {
      name: logGroupName,
      retentionInDays: retentionDays,
      kmsKeyId: key.arn,
      tags: { ...tags, Name: name },
    },
    opts,
  );
}
