import * as aws from "@pulumi/aws";
import { expect } from "chai";
import { ReleaseBucket } from "../../../components/region/releaseBucket";
import { promiseOf } from "../promiseOf";
import { named, resourcesOf } from "../pulumiMocks";
import { tags } from "../samples";

const release = { base64: "H4sI", sha256: "0".repeat(64) };
const own = (name: string): object => ({ ...tags, Tier: "region", Name: name });

describe("ReleaseBucket", () => {
  it("stores a release under its hash in a private bucket", async () => {
    const buckets: ReleaseBucket[] = [];
    const made = await resourcesOf(() =>
      buckets.push(new ReleaseBucket("oregon-releases", { release, tags })),
    );
    expect(made.map(({ type, name, parent }) => `${parent} > ${name} ${type}`)).to.deep.equal([
      " > oregon-releases failover:index:ReleaseBucket",
      "oregon-releases > oregon-releases-bucket aws:s3/bucket:Bucket",
      "oregon-releases > oregon-releases-bucket-access aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
      "oregon-releases > oregon-releases-bucket-encryption aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
      "oregon-releases > oregon-releases-bucket-ownership aws:s3/bucketOwnershipControls:BucketOwnershipControls",
      "oregon-releases > oregon-releases-release aws:s3/bucketObjectv2:BucketObjectv2",
    ]);
    const inputsOf = (name: string): object => {
      const { inputs } = named(made, `oregon-releases-${name}`);
      return Object.fromEntries(Object.entries(inputs).filter(([key]) => key !== "bucket"));
    };
    expect(inputsOf("bucket")).to.deep.equal({
      forceDestroy: true,
      tags: {
        ...own("oregon-releases-bucket"),
        Disposable: "an update recreates its contents",
      },
    });
    expect(inputsOf("bucket-access")).to.deep.equal({
      blockPublicAcls: true,
      ignorePublicAcls: true,
      blockPublicPolicy: true,
      restrictPublicBuckets: true,
    });
    expect(inputsOf("bucket-encryption")).to.deep.equal({
      rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
    });
    expect(inputsOf("bucket-ownership")).to.deep.equal({
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
    expect(inputsOf("release")).to.deep.equal({
      key: `${release.sha256}.tar.gz`,
      contentBase64: "H4sI",
      contentType: "application/gzip",
      tags: own("oregon-releases-release"),
    });
    expect(await promiseOf(buckets[0]?.statements ?? [])).to.deep.equal([
      {
        Sid: "Releases",
        Effect: "Allow",
        Action: ["s3:GetObject"],
        Resource: "arn of oregon-releases-bucket/*",
      },
    ]);
  });

  it("gives machines its name only after the release is uploaded", async () => {
    const made = await resourcesOf(
      () => {
        const { bucketName } = new ReleaseBucket("a", { release, tags });
        new aws.ec2.Instance("machine", { userData: bucketName });
      },
      { "aws:s3/bucket:Bucket": { bucket: "bucket-1" } },
    );
    expect(named(made, "machine").inputs["userData"]).to.equal("bucket-1");
    expect(named(made, "machine").dependencies).to.include("a-release");
  });
});
