import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { closedBucket } from "../common/closedBucket";
import type { KeyPolicyStatement } from "../common/encryptionKey";
import { disposable, tagged } from "../common/tags";
import type { Tags } from "../common/tags";

export interface ReleaseBucketArgs {
  /** The application as one file, named by the hash of its content. */
  readonly release: { readonly base64: string; readonly sha256: string };
  readonly tags: Tags;
}

/**
 * A region's own copy of the application, which its instances fetch at boot, so that no region
 * depends on another. The provider is given by `providers`.
 * Children: `<name>-bucket` with `-ownership`, `-access`, `-encryption`, and `<name>-release`.
 */
export class ReleaseBucket extends pulumi.ComponentResource {
  readonly bucketName: pulumi.Output<string>;
  /** The bucket and permissions for instances; not an output of the resource. */
  readonly statements: readonly KeyPolicyStatement[];

  constructor(name: string, args: ReleaseBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super("failover:index:ReleaseBucket", name, {}, opts);
    const parent = { parent: this };
    const tags = (role: string): Tags => tagged(args.tags, "region", `${name}-${role}`);
    const bucket = new aws.s3.Bucket(
      `${name}-bucket`,
      { forceDestroy: true, tags: { ...tags("bucket"), ...disposable } },
      parent,
    );
    closedBucket(`${name}-bucket`, bucket, parent);
    const { base64, sha256 } = args.release;
    const object = new aws.s3.BucketObjectv2(
      `${name}-release`,
      {
        bucket: bucket.bucket,
        key: `${sha256}.tar.gz`,
        contentBase64: base64,
        contentType: "application/gzip",
        tags: tags("release"),
      },
      // A group that rolls back boots from the previous release.
      { ...parent, retainOnDelete: true },
    );
    // Derived from the object, so that no machine boots before it exists.
    this.bucketName = object.bucket;
    this.statements = [
      {
        Sid: "Releases",
        Effect: "Allow",
        Action: ["s3:GetObject"],
        Resource: pulumi.interpolate`${bucket.arn}/*`,
      },
    ];
    this.registerOutputs({ bucketName: this.bucketName });
  }
}
