import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { KeyPolicyStatement } from "./encryptionKey";

/**
 * Closes a bucket: only principals with explicit permission can read it, and its contents are
 * encrypted with S3's own key. Makes `<name>-ownership`, `<name>-access` and `<name>-encryption`.
 *
 * @returns the resource that further changes of the bucket's access must wait for
 */
export function closedBucket(
  name: string,
  { bucket }: aws.s3.Bucket,
  opts: pulumi.CustomResourceOptions,
): aws.s3.BucketPublicAccessBlock {
  const ownership = new aws.s3.BucketOwnershipControls(
    `${name}-ownership`,
    { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
    opts,
  );
  new aws.s3.BucketServerSideEncryptionConfiguration(
    `${name}-encryption`,
    { bucket, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] },
    opts,
  );
  return new aws.s3.BucketPublicAccessBlock(
    `${name}-access`,
    {
      bucket,
      blockPublicAcls: true,
      ignorePublicAcls: true,
      blockPublicPolicy: true,
      restrictPublicBuckets: true,
    },
    // S3 rejects two concurrent changes of a bucket's access. The provider retries
    // (s3/service_package.go: OperationAborted); sequential changes need no retry.
    { ...opts, dependsOn: [ownership] },
  );
}

/** The statement of a bucket's policy that denies plain HTTP. */
export function nobodyComesInTheClear({ arn }: aws.s3.Bucket): KeyPolicyStatement {
  return {
    Sid: "NobodyComesInTheClear",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [arn, pulumi.interpolate`${arn}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}
