import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { fixed } from "../../routing/route";
import type { HostnameFallback } from "./hostnameFallback";
import { disposable, tagged } from "../common/tags";
import type { Tags } from "../common/tags";

/** The page as an S3 website: HTTP and IPv4. */
export interface S3WebsiteFallbackArgs {
  readonly kind: "s3Website";
}

/** Key of the only object: the website's index and its error document. */
const pageKey = "index.html";

/**
 * The page of one hostname as an S3 website. S3 finds it by the Host header, so the bucket is named
 * like the hostname (A11). Everything but that one page is private: no access lists, and a policy
 * that lets anyone get the page's object and nobody list or write.
 *
 * Makes `<name>-bucket-<hostname>`, `-website-`, `-page-`, `-ownership-`, `-access-`, `-policy-`,
 * `-encryption-`, `-versioning-`.
 */
export function s3WebsiteFallback(
  name: string,
  hostname: string,
  { pageHtml, tags }: { readonly pageHtml: pulumi.Input<string>; readonly tags: Tags },
  parent: pulumi.CustomResourceOptions,
): HostnameFallback {
  const named = (role: string): string => `${name}-${role}-${hostname}`;
  const bucket = new aws.s3.Bucket(
    named("bucket"),
    // The page is in the repository, and a bucket with versions of it in could not be deleted.
    {
      bucket: hostname,
      forceDestroy: true,
      tags: tagged({ ...tags, ...disposable }, "static", named("bucket")),
    },
    parent,
  );
  const website = new aws.s3.BucketWebsiteConfiguration(
    named("website"),
    {
      bucket: bucket.bucket,
      indexDocument: { suffix: pageKey },
      // Whatever path a customer asks for, the page is the answer.
      errorDocument: { key: pageKey },
    },
    parent,
  );
  const versioning = makePrivateButForPage(bucket, named, parent);
  new aws.s3.BucketObjectv2(
    named("page"),
    {
      bucket: bucket.bucket,
      key: pageKey,
      content: pageHtml,
      contentType: "text/html; charset=utf-8",
      // A browser that keeps the page would show it after the outage as well.
      cacheControl: "no-store",
      tags: tagged(tags, "static", named("page")),
    },
    // Written before, it would have no version in the state, and deleting it would leave a delete
    // marker behind (s3/object.go, resourceObjectDelete).
    { ...parent, dependsOn: [versioning] },
  );
  return {
    hostname,
    bucket: bucket.bucket,
    domain: website.websiteDomain,
    route: fixed({
      kind: "resource",
      dnsName: website.websiteDomain,
      zoneId: bucket.hostedZoneId,
      // An alias to an S3 website exists for A only, and its health is always good (A10).
      families: ["A"],
      evaluateTargetHealth: false,
    }),
  };
}

/**
 * A website endpoint reads without credentials, so a public policy must be possible. What it allows
 * is the page; access lists are off, whatever object or account sets them.
 *
 * @returns what the page is to be written after
 */
function makePrivateButForPage(
  bucket: aws.s3.Bucket,
  named: (role: string) => string,
  parent: pulumi.CustomResourceOptions,
): aws.s3.BucketVersioning {
  const ownership = new aws.s3.BucketOwnershipControls(
    named("ownership"),
    { bucket: bucket.bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
    parent,
  );
  const access = new aws.s3.BucketPublicAccessBlock(
    named("access"),
    {
      bucket: bucket.bucket,
      blockPublicAcls: true,
      ignorePublicAcls: true,
      blockPublicPolicy: false,
      restrictPublicBuckets: false,
    },
    // S3 refuses two changes of a bucket's access at the same time.
    { ...parent, dependsOn: [ownership] },
  );
  new aws.s3.BucketPolicy(
    named("policy"),
    {
      bucket: bucket.bucket,
      policy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "AnyoneGetsThePage",
            Effect: "Allow",
            Principal: "*",
            Action: "s3:GetObject",
            Resource: pulumi.interpolate`${bucket.arn}/${pageKey}`,
          },
        ],
      }),
    },
    // A new bucket refuses public policies until told otherwise.
    { ...parent, dependsOn: [access] },
  );
  new aws.s3.BucketServerSideEncryptionConfiguration(
    named("encryption"),
    {
      bucket: bucket.bucket,
      // Keys of S3 itself: a website endpoint cannot use a key of KMS.
      rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
    },
    parent,
  );
  return new aws.s3.BucketVersioning(
    named("versioning"),
    { bucket: bucket.bucket, versioningConfiguration: { status: "Enabled" } },
    parent,
  );
}
