import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { gateBodies, gateNamesOf, gateObjects } from "../../routing/gateNames";
import { check, refuse } from "../common/argumentFaults";
import { closedBucket, nobodyComesInTheClear } from "../common/closedBucket";
import { disposable, tagged } from "../common/tags";
import type { Tags } from "../common/tags";
import { EndpointCheck } from "../zone/endpointCheck";
import { gateBaseName } from "./gateBaseName";

export interface FailbackGateArgs {
  /** The project of the program; plain, because the bucket is named after it. */
  readonly project: string;
  /** Its stack. */
  readonly stack: string;
  readonly tags: Tags;
}

/**
 * The latch of a failback: a bucket that only Route 53's checkers can read, an inverted check that
 * is unhealthy while the object `latch` exists, and a check of an object that always exists, which
 * shows whether the checkers can read the bucket at all. Add `latchCheckId` to the calculated check
 * of the guarded region.
 * Its provider is given by `providers` and must be of another region than the guarded one.
 * The checkers' ranges are read from AWS's ip-ranges.json at each update. A policy limited to fixed
 * ranges is not public, so all of the public access block stays on.
 * Children: `<name>-bucket` with `-ownership`, `-access`, `-encryption` and `-policy`,
 * `<name>-readable`, `<name>-latch-check` (protected) and `<name>-readable-check`.
 *
 * @throws pulumi.InputPropertyError or InputPropertiesError when S3 or Lambda would refuse a name.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 */
export class FailbackGate extends pulumi.ComponentResource {
  readonly bucketName: pulumi.Output<string>;
  /** Id of the check that is healthy while the latch is released. */
  readonly latchCheckId: pulumi.Output<string>;
  /** Id of the check that is unhealthy while the checkers cannot read the bucket. */
  readonly readableCheckId: pulumi.Output<string>;
  /** The checkers' IPv4 ranges that the bucket admits; not an output of the resource. */
  readonly checkerRanges: pulumi.Output<string[]>;
  /** ARN of the bucket; not an output of the resource. */
  readonly bucketArn: pulumi.Output<string>;

  constructor(name: string, args: FailbackGateArgs, opts?: pulumi.ComponentResourceOptions) {
    const { project, stack, tags } = args;
    refuse(`FailbackGate "${name}"`, check("stack", `${project}-${stack}`, gateBaseName));
    super("failover:index:FailbackGate", name, {}, opts);
    const parent = { parent: this };

    const { accountId } = aws.getCallerIdentityOutput({}, parent);
    const bucket = new aws.s3.Bucket(
      `${name}-bucket`,
      {
        bucket: accountId.apply((id) => gateNamesOf({ project, stack, accountId: id }).bucket),
        // The controller's objects are not in Pulumi's state.
        forceDestroy: true,
        tags: { ...tagged(tags, "region", `${name}-bucket`), ...disposable },
      },
      parent,
    );
    const closed = closedBucket(`${name}-bucket`, bucket, parent);
    this.bucketName = bucket.bucket;
    this.bucketArn = bucket.arn;
    // A check by name probes over IPv4 only (H13).
    this.checkerRanges = aws.getIpRangesOutput(
      { services: ["route53_healthchecks"] },
      parent,
    ).cidrBlocks;
    const policy = new aws.s3.BucketPolicy(
      `${name}-bucket-policy`,
      { bucket: bucket.bucket, policy: checkersRead(bucket, this.checkerRanges) },
      { ...parent, dependsOn: [closed] },
    );
    const readable = new aws.s3.BucketObjectv2(
      `${name}-readable`,
      {
        bucket: bucket.bucket,
        key: gateObjects.readable,
        content: gateBodies.readable,
        contentType: "text/plain",
        tags: tagged(tags, "region", `${name}-readable`),
      },
      parent,
    );
    const { region } = aws.getRegionOutput({}, parent);
    const objectCheck = (object: "latch" | "readable", isProtected: boolean): EndpointCheck =>
      new EndpointCheck(
        `${name}-${object}-check`,
        {
          // As bucketRegionalDomainName, which a first preview does not know.
          target: { name: pulumi.interpolate`${bucket.bucket}.s3.${region}.amazonaws.com` },
          probe: {
            scheme: "https",
            path: `/${gateObjects[object]}`,
            token: gateBodies[object],
            intervalSeconds: 10,
            failureThreshold: 2,
          },
          isInverted: object === "latch",
          tags: tagged(tags, "region", `${name}-${object}-check`),
        },
        // Otherwise the first probes would see a bucket that nobody can read.
        { ...parent, protect: isProtected, dependsOn: [policy, readable] },
      );
    this.latchCheckId = objectCheck("latch", true).id;
    this.readableCheckId = objectCheck("readable", false).id;
    const { bucketName, latchCheckId, readableCheckId } = this;
    this.registerOutputs({ bucketName, latchCheckId, readableCheckId });
  }
}

/** Exactly two objects, for the checkers' ranges and over TLS only. */
function checkersRead(
  bucket: aws.s3.Bucket,
  ranges: pulumi.Output<string[]>,
): pulumi.Output<string> {
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "CheckersRead",
        Effect: "Allow",
        Principal: "*",
        Action: "s3:GetObject",
        Resource: [gateObjects.latch, gateObjects.readable].map(
          (key) => pulumi.interpolate`${bucket.arn}/${key}`,
        ),
        Condition: { IpAddress: { "aws:SourceIp": ranges } },
      },
      nobodyComesInTheClear(bucket),
    ],
  });
}
