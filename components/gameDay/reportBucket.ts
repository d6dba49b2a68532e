import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { closedBucket, nobodyComesInTheClear } from "../common/closedBucket";
import { tagged } from "../common/tags";
import type { Tags } from "../common/tags";

/** The prefixes of logs and reports in the bucket. */
export const reportPrefixes = { logs: "logs", reports: "reports" } as const;

/** A year and a month: last year's experiment stays available for comparison. */
const keptDays = 396;

/**
 * A bucket for logs and reports of experiments. Makes `<name>` with `-ownership`, `-access`,
 * `-encryption`, `-expiry` and `-policy`. Reports are evidence: all of it stays in the account, as
 * closed as it was, when game days end or the stack is destroyed. S3 deletes no bucket that
 * contains something, so the update would fail otherwise.
 * The policy lets CloudWatch deliver the logs of this account's experiments, and denies plain HTTP.
 * AWS would add the first statement itself, and every preview would remove it.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-S3.html
 */
export function reportBucket(
  name: string,
  tags: Tags,
  parent: pulumi.CustomResourceOptions,
): aws.s3.Bucket {
  const opts = { ...parent, retainOnDelete: true };
  const bucket = new aws.s3.Bucket(name, { tags: tagged(tags, "region", name) }, opts);
  const closed = closedBucket(name, bucket, opts);
  new aws.s3.BucketLifecycleConfiguration(
    `${name}-expiry`,
    {
      bucket: bucket.bucket,
      rules: [
        {
          id: "expiry",
          status: "Enabled",
          filter: { prefix: "" },
          expiration: { days: keptDays },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
        },
      ],
    },
    opts,
  );
  new aws.s3.BucketPolicy(
    `${name}-policy`,
    { bucket: bucket.bucket, policy: deliveryPolicy(bucket, opts) },
    { ...opts, dependsOn: [closed] },
  );
  return bucket;
}

function deliveryPolicy(
  bucket: aws.s3.Bucket,
  opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const { arn } = bucket;
  const { accountId } = aws.getCallerIdentityOutput({}, opts);
  const { region } = aws.getRegionOutput({}, opts);
  const Principal = { Service: "delivery.logs.amazonaws.com" };
  const ofThisAccount = {
    StringEquals: { "aws:SourceAccount": accountId },
    ArnLike: { "aws:SourceArn": pulumi.interpolate`arn:aws:logs:${region}:${accountId}:*` },
  };
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "LogsAreDelivered",
        Effect: "Allow",
        Principal,
        Action: "s3:PutObject",
        Resource: pulumi.interpolate`${arn}/${reportPrefixes.logs}/AWSLogs/${accountId}/*`,
        Condition: {
          ...ofThisAccount,
          StringEquals: {
            ...ofThisAccount.StringEquals,
            "s3:x-amz-acl": "bucket-owner-full-control",
          },
        },
      },
      {
        Sid: "DeliveryLooksFirst",
        Effect: "Allow",
        Principal,
        Action: ["s3:GetBucketAcl", "s3:ListBucket"],
        Resource: arn,
        Condition: ofThisAccount,
      },
      nobodyComesInTheClear(bucket),
    ],
  });
}
