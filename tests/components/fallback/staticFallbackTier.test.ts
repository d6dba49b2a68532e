import { expect } from "chai";
import { StaticFallbackTier } from "../../../components";
import { promiseOf } from "../promiseOf";
import { named, refusalOf, resourcesOf } from "../pulumiMocks";
import type { Made } from "../pulumiMocks";
import { tags } from "../samples";

const hostname = "orders.cafe.com";
const args = {
  hostnames: [hostname],
  form: { kind: "s3Website" },
  pageHtml: "<p>Back soon</p>",
  tags,
} as const;
const own = (name: string): Record<string, string> => ({
  Project: "failover",
  Tier: "static",
  Name: name,
});

async function tierOf(
  hostnames: readonly string[] = [hostname],
): Promise<{ tier: StaticFallbackTier; made: readonly Made[] }> {
  const tiers: StaticFallbackTier[] = [];
  const made = await resourcesOf(() =>
    tiers.push(new StaticFallbackTier("m", { ...args, hostnames })),
  );
  const [tier] = tiers;
  if (!tier) throw new Error("no tier was made");
  return { tier, made };
}

describe("StaticFallbackTier as an S3 website", () => {
  it("is a bucket of the hostname's name, private but for the page", async () => {
    const { made } = await tierOf();
    const bucket = "orders.cafe.com";
    expect(
      made.map(({ type, name, parent, inputs }) => ({ type, name, parent, inputs })),
    ).to.have.deep.members([
      { type: "failover:index:StaticFallbackTier", name: "m", parent: "", inputs: {} },
      {
        type: "aws:s3/bucket:Bucket",
        name: "m-bucket-orders.cafe.com",
        parent: "m",
        inputs: {
          bucket,
          forceDestroy: true,
          tags: {
            ...own("m-bucket-orders.cafe.com"),
            Disposable: "an update recreates its contents",
          },
        },
      },
      {
        type: "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration",
        name: "m-website-orders.cafe.com",
        parent: "m",
        inputs: {
          bucket,
          indexDocument: { suffix: "index.html" },
          errorDocument: { key: "index.html" },
        },
      },
      {
        type: "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
        name: "m-ownership-orders.cafe.com",
        parent: "m",
        inputs: { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
      },
      {
        type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
        name: "m-access-orders.cafe.com",
        parent: "m",
        inputs: {
          bucket,
          blockPublicAcls: true,
          ignorePublicAcls: true,
          blockPublicPolicy: false,
          restrictPublicBuckets: false,
        },
      },
      {
        type: "aws:s3/bucketPolicy:BucketPolicy",
        name: "m-policy-orders.cafe.com",
        parent: "m",
        inputs: {
          bucket,
          policy: JSON.stringify({
            Version: "2012-10-17",
            Statement: [
              {
                Sid: "AnyoneGetsThePage",
                Effect: "Allow",
                Principal: "*",
                Action: "s3:GetObject",
                Resource: "arn of m-bucket-orders.cafe.com/index.html",
              },
            ],
          }),
        },
      },
      {
        type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        name: "m-encryption-orders.cafe.com",
        parent: "m",
        inputs: {
          bucket,
          rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
        },
      },
      {
        type: "aws:s3/bucketVersioning:BucketVersioning",
        name: "m-versioning-orders.cafe.com",
        parent: "m",
        inputs: { bucket, versioningConfiguration: { status: "Enabled" } },
      },
      {
        type: "aws:s3/bucketObjectv2:BucketObjectv2",
        name: "m-page-orders.cafe.com",
        parent: "m",
        inputs: {
          bucket,
          key: "index.html",
          content: "<p>Back soon</p>",
          contentType: "text/html; charset=utf-8",
          cacheControl: "no-store",
          tags: own("m-page-orders.cafe.com"),
        },
      },
    ]);
  });

  it("allows a public policy before it sets one, after the ownership", async () => {
    const { made } = await tierOf();
    const waitsFor = (name: string): readonly string[] => named(made, name).dependencies;
    expect(waitsFor("m-policy-orders.cafe.com")).to.include("m-access-orders.cafe.com");
    expect(waitsFor("m-access-orders.cafe.com")).to.include("m-ownership-orders.cafe.com");
  });

  it("writes the page after versioning", async () => {
    const { made } = await tierOf();
    expect(named(made, "m-page-orders.cafe.com").dependencies).to.include(
      "m-versioning-orders.cafe.com",
    );
  });

  it("yields a route to the website, for A only and without evaluation", async () => {
    const { tier } = await tierOf();
    expect(await promiseOf(tier.routeOf(hostname))).to.deep.equal({
      kind: "static",
      target: {
        kind: "resource",
        dnsName: "domain of m-website-orders.cafe.com",
        zoneId: "zone of m-bucket-orders.cafe.com",
        families: ["A"],
        evaluateTargetHealth: false,
      },
    });
  });

  it("has a website for each hostname", async () => {
    const { tier, made } = await tierOf([hostname, "shop.cafe.com"]);
    expect(await promiseOf([...tier.websites])).to.deep.equal([
      { hostname, bucket: hostname, domain: "domain of m-website-orders.cafe.com" },
      {
        hostname: "shop.cafe.com",
        bucket: "shop.cafe.com",
        domain: "domain of m-website-shop.cafe.com",
      },
    ]);
    expect(made.filter(({ type }) => type === "aws:s3/bucket:Bucket")).to.have.length(2);
  });

  it("has no route to another hostname", async () => {
    const { tier } = await tierOf();
    expect(() => tier.routeOf("shop.cafe.com")).to.throw(
      Error,
      /^routeOf: must be a hostname of the tier, got "shop\.cafe\.com"; it has orders\.cafe\.com$/,
    );
  });

  it("refuses a hostname that cannot name a bucket, and a duplicate", () => {
    const long = `${"a".repeat(60)}.com`;
    const wrong = { ...args, hostnames: [hostname, long, hostname] };
    const { message } = refusalOf(() => new StaticFallbackTier("m", wrong));
    expect(message.split("\n")).to.deep.equal([
      'StaticFallbackTier "m" cannot be made:',
      `hostnames[1]: must be a lower-case DNS name of at most 63 characters, got "${long}"; for example orders.cafe.com; the bucket of its maintenance page has the same name`,
      'hostnames[2]: must be unique, got "orders.cafe.com"; remove the duplicate',
    ]);
  });
});
