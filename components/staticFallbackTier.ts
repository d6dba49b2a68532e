import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { fixed } from "../routing/route";
import type { Static } from "../routing/route";
import { check, refuse } from "./argumentFaults";
import type { ArgumentFault } from "./argumentFaults";
import * as rules from "./rules";
import { tagged } from "./tags";
import type { Tags } from "./tags";

/** Key of the only object: the website's index and its error document. */
const pageKey = "index.html";

export interface StaticFallbackTierArgs {
  /** Public names that fall back to this tier; plain, because each is the name of a bucket. */
  readonly hostnames: readonly string[];
  /** The maintenance page, complete in itself: HTML in UTF-8. */
  readonly pageHtml: pulumi.Input<string>;
  readonly tags: Tags;
}

/** The website of one hostname. */
export interface StaticWebsite {
  readonly hostname: string;
  /** Name of the bucket: the hostname (A11). */
  readonly bucket: pulumi.Output<string>;
  /** DNS name that the alias of the hostname points to. */
  readonly domain: pulumi.Output<string>;
}

/**
 * The static tier: a maintenance page as an S3 website, over HTTP and IPv4, with no check, because
 * nothing comes after it. S3 finds the website by the Host header, so each hostname has a bucket of
 * its own, named like the hostname.
 *
 * Everything but that one page is private: no access lists, and a policy that lets anyone get the
 * page's object and nobody list or write. Its provider comes by `providers` and should be of a region
 * that no other tier uses.
 *
 * Children for each hostname: `<name>-bucket-<hostname>`, `-website-`, `-page-`, `-ownership-`,
 * `-access-`, `-policy-`, `-encryption-`, `-versioning-`.
 *
 * @throws pulumi.InputPropertyError or InputPropertiesError when a hostname cannot name a bucket.
 */
export class StaticFallbackTier extends pulumi.ComponentResource {
  /** The websites, in the order of the hostnames. */
  readonly websites: readonly StaticWebsite[];
  private readonly routes: ReadonlyMap<string, Static<pulumi.Output<string>>>;

  constructor(name: string, args: StaticFallbackTierArgs, opts?: pulumi.ComponentResourceOptions) {
    refuse(`StaticFallbackTier "${name}"`, argumentFaults(args));
    super("failover:index:StaticFallbackTier", name, {}, opts);

    const made = args.hostnames.map((hostname) => this.serve(name, hostname, args));
    this.websites = made.map(({ website }) => website);
    this.routes = new Map(made.map(({ website, route }) => [website.hostname, route]));
    this.registerOutputs({ websites: this.websites });
  }

  /**
   * The way to a hostname's page, to compose into the tree of that hostname.
   *
   * @throws Error when the tier was not made for the hostname.
   */
  routeOf(hostname: string): Static<pulumi.Output<string>> {
    const route = this.routes.get(hostname);
    if (route) return route;
    const known = [...this.routes.keys()].join(", ");
    throw new Error(`routeOf: must be a hostname of the tier, got "${hostname}"; it has ${known}`);
  }

  private serve(
    name: string,
    hostname: string,
    { pageHtml, tags }: StaticFallbackTierArgs,
  ): { readonly website: StaticWebsite; readonly route: Static<pulumi.Output<string>> } {
    const parent = { parent: this };
    const named = (role: string): string => `${name}-${role}-${hostname}`;
    const bucket = new aws.s3.Bucket(
      named("bucket"),
      { bucket: hostname, tags: tagged(tags, "static", named("bucket")) },
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
    makePrivateButForPage(bucket, named, parent);
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
      parent,
    );
    return {
      website: { hostname, bucket: bucket.bucket, domain: website.websiteDomain },
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
}

/**
 * A website endpoint reads without credentials, so a public policy must be possible. What it allows
 * is the page; access lists are off, whatever object or account sets them.
 */
function makePrivateButForPage(
  bucket: aws.s3.Bucket,
  named: (role: string) => string,
  parent: pulumi.CustomResourceOptions,
): void {
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
  new aws.s3.BucketVersioning(
    named("versioning"),
    { bucket: bucket.bucket, versioningConfiguration: { status: "Enabled" } },
    parent,
  );
}

function argumentFaults({ hostnames }: StaticFallbackTierArgs): readonly ArgumentFault[] {
  return hostnames.flatMap((hostname, index) => [
    ...check(`hostnames[${index}]`, hostname, rules.hostname),
    ...(hostnames.indexOf(hostname) === index
      ? []
      : [
          {
            propertyPath: `hostnames[${index}]`,
            reason: rules.reasonOf(
              { must: "there once", remedy: "leave out the repetition" },
              hostname,
            ),
          },
        ]),
  ]);
}
