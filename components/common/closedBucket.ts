import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/**
 * Closes a bucket: nobody reads it who is not permitted to by name, and what is in it is encrypted with
 * S3's own key. Makes `<name>-ownership`, `<name>-access` and `<name>-encryption`.
 *
 * @returns what whoever changes the bucket's access further has to wait for
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
    // S3 refuses two changes of a bucket's access at the same time. The provider tries again
    // (s3/service_package.go: OperationAborted), and in order there is nothing to try again.
    { ...opts, dependsOn: [ownership] },
  );
}
