import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { StaticFallbackTier } from "../../../components";
import type { StaticFallbackTierArgs } from "../../../components";
import { contentSecurityPolicy } from "../../../components/fallback/cloudFrontFallback";
import { maintenanceFunction } from "../../../components/fallback/maintenanceFunction";
import { promiseOf } from "../promiseOf";
import { named, refusalOf, resourcesOf } from "../pulumiMocks";
import type { Made } from "../pulumiMocks";
import { tags } from "../samples";

const hostnames = ["orders.cafe.com", "shop.cafe.com"];
const form = {
  kind: "cloudFront",
  certificateArn: "arn:certificate",
  retryAfterSeconds: 300,
  isHttps: true,
} as const;
const args: StaticFallbackTierArgs = { hostnames, form, pageHtml: "<p>Back soon</p>", tags };
const own = (name: string): Record<string, string> => ({
  Project: "failover",
  Tier: "static",
  Name: name,
});

async function built(given = args): Promise<{ tier: StaticFallbackTier; made: readonly Made[] }> {
  const tiers: StaticFallbackTier[] = [];
  const made = await resourcesOf(() => tiers.push(new StaticFallbackTier("m", given)));
  const [tier] = tiers;
  if (!tier) throw new Error("no tier was made");
  return { tier, made };
}

describe("StaticFallbackTier on CloudFront", () => {
  it("has exactly these resources", async () => {
    const { made } = await built();
    expect(made.map(({ type, name }) => `${name} ${type}`)).to.deep.equal([
      "m failover:index:StaticFallbackTier",
      "m-distribution aws:cloudfront/distribution:Distribution",
      "m-function aws:cloudfront/function:Function",
      "m-headers aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy",
      "m-origin aws:s3/bucket:Bucket",
      "m-origin-access aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
      "m-origin-encryption aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
      "m-origin-identity aws:cloudfront/originAccessControl:OriginAccessControl",
      "m-origin-ownership aws:s3/bucketOwnershipControls:BucketOwnershipControls",
      "m-origin-page aws:s3/bucketObjectv2:BucketObjectv2",
      "m-origin-policy aws:s3/bucketPolicy:BucketPolicy",
      "m-origin-versioning aws:s3/bucketVersioning:BucketVersioning",
    ]);
  });

  it("uses wildcards for more hostnames than fit in a certificate", async () => {
    const many = ["orders.cafe.com", ...Array.from({ length: 99 }, (_, n) => `shop${n}.cafe.com`)];
    const { made, tier } = await built({ ...args, hostnames: many });
    expect(named(made, "m-distribution").inputs["aliases"]).to.deep.equal([
      "orders.cafe.com",
      "*.cafe.com",
    ]);
    expect(tier.websites.map(({ hostname }) => hostname)).to.deep.equal(many);
  });

  it("serves all hostnames over HTTPS and IPv6, from the bucket through the function", async () => {
    const { made } = await built();
    expect(named(made, "m-distribution").inputs).to.deep.equal({
      enabled: true,
      comment: "Maintenance page of orders.cafe.com",
      aliases: hostnames,
      isIpv6Enabled: true,
      httpVersion: "http2and3",
      priceClass: "PriceClass_100",
      origins: [
        {
          originId: "index.html",
          domainName: "domain of m-origin",
          originAccessControlId: "id of m-origin-identity",
        },
      ],
      defaultCacheBehavior: {
        targetOriginId: "index.html",
        viewerProtocolPolicy: "redirect-to-https",
        allowedMethods: ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"],
        cachedMethods: ["GET", "HEAD"],
        cachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
        compress: true,
        responseHeadersPolicyId: "id of m-headers",
        functionAssociations: [
          { eventType: "viewer-request", functionArn: "arn of m-function" },
          { eventType: "viewer-response", functionArn: "arn of m-function" },
        ],
      },
      restrictions: { geoRestriction: { restrictionType: "none" } },
      viewerCertificate: {
        acmCertificateArn: "arn:certificate",
        sslSupportMethod: "sni-only",
        minimumProtocolVersion: "TLSv1.2_2021",
      },
      tags: own("m-distribution"),
    });
    expect(named(made, "m-function").inputs).to.deep.equal({
      runtime: "cloudfront-js-2.0",
      comment: "Answers every request with the maintenance page and status 503",
      code: maintenanceFunction({ pageKey: "index.html", retryAfterSeconds: 300 }),
      publish: true,
      tags: own("m-function"),
    });
  });

  it("lets only the distribution read the bucket", async () => {
    const { made } = await built();
    const bucket = "id of m-origin";
    expect(named(made, "m-origin").inputs).to.deep.equal({
      forceDestroy: true,
      tags: { ...own("m-origin"), Disposable: "an update recreates its contents" },
    });
    expect({ ...named(made, "m-origin-access").inputs, bucket }).to.deep.equal({
      bucket,
      blockPublicAcls: true,
      ignorePublicAcls: true,
      blockPublicPolicy: true,
      restrictPublicBuckets: true,
    });
    expect(JSON.parse(String(named(made, "m-origin-policy").inputs["policy"]))).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "TheDistributionGetsThePage",
          Effect: "Allow",
          Principal: { Service: "cloudfront.amazonaws.com" },
          Action: "s3:GetObject",
          Resource: "arn of m-origin/index.html",
          Condition: { StringEquals: { "AWS:SourceArn": "arn of m-distribution" } },
        },
      ],
    });
    expect(named(made, "m-origin-identity").inputs).to.include({
      originAccessControlOriginType: "s3",
      signingBehavior: "always",
      signingProtocol: "sigv4",
    });
  });

  it("writes the page after versioning, and the policy after the bucket is closed", async () => {
    const { made } = await built();
    expect(named(made, "m-origin-page").dependencies).to.include("m-origin-versioning");
    expect(named(made, "m-origin-policy").dependencies).to.include("m-origin-access");
  });

  it("redirects browsers to HTTPS, for a year, only if the tiers above serve it", async () => {
    const { made } = await built();
    const plain = await built({ ...args, form: { ...form, isHttps: false } });
    const policy = (of: readonly Made[]): unknown => [
      (named(of, "m-distribution").inputs["defaultCacheBehavior"] as Record<string, unknown>)[
        "viewerProtocolPolicy"
      ],
      named(of, "m-headers").inputs["securityHeadersConfig"],
    ];
    const headers = {
      contentSecurityPolicy: {
        contentSecurityPolicy:
          "default-src 'none'; img-src data:; style-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        override: true,
      },
      contentTypeOptions: { override: true },
      frameOptions: { frameOption: "DENY", override: true },
      referrerPolicy: { referrerPolicy: "no-referrer", override: true },
    };
    expect(policy(made)).to.deep.equal([
      "redirect-to-https",
      {
        ...headers,
        strictTransportSecurity: { accessControlMaxAgeSec: 31_536_000, override: true },
      },
    ]);
    expect(policy(plain.made)).to.deep.equal(["allow-all", headers]);
  });

  it("yields a route of both families to each hostname, without evaluation", async () => {
    const { tier } = await built();
    for (const hostname of hostnames) {
      expect(await promiseOf(tier.routeOf(hostname))).to.deep.equal({
        kind: "static",
        target: {
          kind: "resource",
          dnsName: "domain of m-distribution",
          zoneId: "zone of m-distribution",
          families: ["A", "AAAA"],
          evaluateTargetHealth: false,
        },
      });
    }
    expect(tier.websites.map(({ hostname }) => hostname)).to.deep.equal(hostnames);
  });

  it("refuses an invalid Retry-After", () => {
    const wrong = { ...args, form: { ...form, retryAfterSeconds: 0 } };
    const { errors } = refusalOf(() => new StaticFallbackTier("m", wrong));
    expect(errors).to.deep.equal([
      {
        propertyPath: "form.retryAfterSeconds",
        reason:
          "must be a whole number of seconds from 1 to 3600, got 0; write the bare number, such as 300",
      },
    ]);
  });
});

describe("the content security policy of the maintenance page", () => {
  it("allows each style by its hash", () => {
    // printf 'p{color:red}' | openssl dgst -sha256 -binary | base64
    expect(contentSecurityPolicy("<style>p{color:red}</style>")).to.contain(
      "style-src 'sha256-p0bF+un5yUb9MBO6xRb8kPHlY2BdpHVtLiFkDrZPF64='",
    );
  });

  it("fits the page of this repository: no script, no style attribute, no external content", () => {
    const html = readFileSync(join(__dirname, "../../../app/maintenance/index.html"), "utf8");
    expect(html).to.not.match(/<script|\sstyle=|\son[a-z]+=|<form/);
    const sources = [...html.matchAll(/(?:src|<link[^>]*href)="([^"]*)"/gs)].map(([, url]) => url);
    expect(sources.filter((url) => url?.startsWith("data:") !== true)).to.deep.equal([]);
  });
});
