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
 * The page of one hostname as an S3 website. S3 selects it by the Host header, so the bucket has
 * the hostname's name (A11). Everything else is private: no ACLs, and a policy that permits reading
 * the page's object, without listing or writing.
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
    // The page is in the repository, and a bucket that contains versions could not be deleted.
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
      // Every path returns the page.
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
      // A browser that caches the page would show it after the outage.
      cacheControl: "no-store",
      tags: tagged(tags, "static", named("page")),
    },
    // Written before versioning, it would have no version in the state, and deleting it would leave
    // a delete marker behind (s3/object.go, resourceObjectDelete).
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
      // An alias to an S3 website exists for A only, and is always healthy (A10).
      families: ["A"],
      evaluateTargetHealth: false,
    }),
  };
}

/**
 * A website endpoint reads without credentials, so a public policy must be possible. The policy
 * permits only the page; ACLs are off, whatever object or account sets them.
 *
 * @returns the resource that the page must be written after
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
    // S3 rejects two concurrent changes of a bucket's access.
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
    // A new bucket rejects public policies by default.
    { ...parent, dependsOn: [access] },
  );
  new aws.s3.BucketServerSideEncryptionConfiguration(
    named("encryption"),
    {
      bucket: bucket.bucket,
      // S3's own keys: a website endpoint cannot use a KMS key.
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
