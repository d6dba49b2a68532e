import { createHash } from "node:crypto";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { certifiedNames } from "../../routing/certifiedNames";
import { fixed } from "../../routing/route";
import { closedBucket } from "../common/closedBucket";
import type { HostnameFallback } from "./hostnameFallback";
import { maintenanceFunction, maintenanceRuntime } from "./maintenanceFunction";
import { disposable, tagged } from "../common/tags";
import type { Tags } from "../common/tags";

/** The page behind CloudFront: HTTPS, IPv6, and a 503 that is not cached. */
export interface CloudFrontFallbackArgs {
  readonly kind: "cloudFront";
  /** ARN of an issued certificate in us-east-1 with all hostnames. */
  readonly certificateArn: pulumi.Input<string>;
  /** `Retry-After` for browsers and crawlers, in seconds. */
  readonly retryAfterSeconds: number;
  /**
   * Whether the tiers above serve HTTPS. Only then may browsers be redirected to HTTPS, because
   * they remember that after the outage.
   */
  readonly isHttps: boolean;
}

/** Key of the only object. */
const pageKey = "index.html";

/**
 * How long an edge may serve an older page, in seconds; it also serves its copy while S3 is down.
 */
const edgeMaxAgeSeconds = 300;

/** A year, as the browsers' preload lists require. */
const strictTransportSeconds = 31_536_000;

/**
 * The AWS managed policy "CachingOptimized": only the path and the encodings are part of the cache
 * key.
 *
 * @see
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html
 */
const cachingOptimizedId = "658327ea-f89d-4fab-a63d-7e88639e58f6";

/**
 * One distribution for all hostnames, which are its alternate names (or below them, if there are
 * many: `certifiedNames`), with one private bucket: `<name>-origin`, `-origin-…` for its settings,
 * `-origin-page`, `-origin-identity`, `-function`, `-headers` and `-distribution`. Only the
 * distribution can read the bucket.
 */
export function cloudFrontFallback(
  name: string,
  form: CloudFrontFallbackArgs,
  {
    hostnames,
    pageHtml,
    tags,
  }: {
    readonly hostnames: readonly string[];
    readonly pageHtml: pulumi.Input<string>;
    readonly tags: Tags;
  },
  parent: pulumi.CustomResourceOptions,
): readonly HostnameFallback[] {
  const { bucket, closed } = pageBucket(name, pageHtml, tags, parent);
  const distribution = new aws.cloudfront.Distribution(
    `${name}-distribution`,
    {
      enabled: true,
      comment: `Maintenance page of ${hostnames[0] ?? name}`,
      aliases: [...certifiedNames(hostnames)],
      isIpv6Enabled: true,
      httpVersion: "http2and3",
      // Edges in North America and Europe, near the customers; clients elsewhere can reach them.
      priceClass: "PriceClass_100",
      origins: [
        {
          originId: pageKey,
          domainName: bucket.bucketRegionalDomainName,
          originAccessControlId: originAccess(name, parent).id,
        },
      ],
      defaultCacheBehavior: cacheBehavior(name, form, pageHtml, tags, parent),
      restrictions: { geoRestriction: { restrictionType: "none" } },
      viewerCertificate: {
        acmCertificateArn: form.certificateArn,
        sslSupportMethod: "sni-only",
        minimumProtocolVersion: "TLSv1.2_2021",
      },
      tags: tagged(tags, "static", `${name}-distribution`),
    },
    parent,
  );
  new aws.s3.BucketPolicy(
    `${name}-origin-policy`,
    { bucket: bucket.bucket, policy: readByDistribution(bucket.arn, distribution.arn) },
    { ...parent, dependsOn: [closed] },
  );
  const route = fixed({
    kind: "resource",
    dnsName: distribution.domainName,
    zoneId: distribution.hostedZoneId,
    families: ["A", "AAAA"],
    // Route 53 refuses it for CloudFront (A9).
    evaluateTargetHealth: false,
  });
  return hostnames.map((hostname) => ({
    hostname,
    bucket: bucket.bucket,
    domain: distribution.domainName,
    route,
  }));
}

function cacheBehavior(
  name: string,
  { isHttps, retryAfterSeconds }: CloudFrontFallbackArgs,
  pageHtml: pulumi.Input<string>,
  tags: Tags,
  parent: pulumi.CustomResourceOptions,
): aws.types.input.cloudfront.DistributionDefaultCacheBehavior {
  const edge = new aws.cloudfront.Function(
    `${name}-function`,
    {
      runtime: maintenanceRuntime,
      comment: "Answers every request with the maintenance page and status 503",
      code: maintenanceFunction({ pageKey, retryAfterSeconds }),
      publish: true,
      tags: tagged(tags, "static", `${name}-function`),
    },
    parent,
  );
  return {
    targetOriginId: pageKey,
    viewerProtocolPolicy: isHttps ? "redirect-to-https" : "allow-all",
    // All methods, so that an order reaches the function instead of a plain rejection.
    allowedMethods: ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"],
    cachedMethods: ["GET", "HEAD"],
    cachePolicyId: cachingOptimizedId,
    compress: true,
    responseHeadersPolicyId: securityHeaders(name, isHttps, pageHtml, parent).id,
    functionAssociations: ["viewer-request", "viewer-response"].map((eventType) => ({
      eventType,
      functionArn: edge.arn,
    })),
  };
}

function securityHeaders(
  name: string,
  isHttps: boolean,
  pageHtml: pulumi.Input<string>,
  parent: pulumi.CustomResourceOptions,
): aws.cloudfront.ResponseHeadersPolicy {
  return new aws.cloudfront.ResponseHeadersPolicy(
    `${name}-headers`,
    {
      comment: "Headers of the maintenance page",
      securityHeadersConfig: {
        contentSecurityPolicy: {
          contentSecurityPolicy: pulumi.output(pageHtml).apply(contentSecurityPolicy),
          override: true,
        },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: "DENY", override: true },
        referrerPolicy: { referrerPolicy: "no-referrer", override: true },
        ...(isHttps
          ? {
              strictTransportSecurity: {
                accessControlMaxAgeSec: strictTransportSeconds,
                override: true,
              },
            }
          : {}),
      },
    },
    parent,
  );
}

/** Permits the page's own content, its styles by hash, and nothing else. */
export function contentSecurityPolicy(html: string): string {
  const styles = [...html.matchAll(/<style>(.*?)<\/style>/gs)].map(([, text = ""]) => {
    const digest = createHash("sha256").update(text, "utf8").digest("base64");
    return `'sha256-${digest}'`;
  });
  return [
    "default-src 'none'",
    "img-src data:",
    `style-src ${styles.length > 0 ? styles.join(" ") : "'none'"}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

function originAccess(
  name: string,
  parent: pulumi.CustomResourceOptions,
): aws.cloudfront.OriginAccessControl {
  return new aws.cloudfront.OriginAccessControl(
    `${name}-origin-identity`,
    { originAccessControlOriginType: "s3", signingBehavior: "always", signingProtocol: "sigv4" },
    parent,
  );
}

/** The page's bucket, and the resource that further changes of its access must wait for. */
interface PageBucket {
  readonly bucket: aws.s3.Bucket;
  readonly closed: aws.s3.BucketPublicAccessBlock;
}

/** The page's bucket, with all public access blocked. */
function pageBucket(
  name: string,
  pageHtml: pulumi.Input<string>,
  tags: Tags,
  parent: pulumi.CustomResourceOptions,
): PageBucket {
  const own = `${name}-origin`;
  const bucket = new aws.s3.Bucket(
    own,
    // The page is in the repository, and a bucket that contains versions could not be deleted.
    { forceDestroy: true, tags: tagged({ ...tags, ...disposable }, "static", own) },
    parent,
  );
  const closed = closedBucket(own, bucket, parent);
  const versioning = new aws.s3.BucketVersioning(
    `${own}-versioning`,
    { bucket: bucket.bucket, versioningConfiguration: { status: "Enabled" } },
    parent,
  );
  new aws.s3.BucketObjectv2(
    `${own}-page`,
    {
      bucket: bucket.bucket,
      key: pageKey,
      content: pageHtml,
      contentType: "text/html; charset=utf-8",
      // For the edges only: the function tells browsers not to cache it.
      cacheControl: `max-age=${edgeMaxAgeSeconds}`,
      tags: tagged(tags, "static", `${own}-page`),
    },
    // Written before versioning, it would have no version in the state, and deleting it would leave
    // a delete marker behind (s3/object.go, resourceObjectDelete).
    { ...parent, dependsOn: [versioning] },
  );
  return { bucket, closed };
}

function readByDistribution(
  bucketArn: pulumi.Input<string>,
  distributionArn: pulumi.Input<string>,
): pulumi.Output<string> {
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "TheDistributionGetsThePage",
        Effect: "Allow",
        Principal: { Service: "cloudfront.amazonaws.com" },
        Action: "s3:GetObject",
        Resource: pulumi.interpolate`${bucketArn}/${pageKey}`,
        Condition: { StringEquals: { "AWS:SourceArn": distributionArn } },
      },
    ],
  });
}
