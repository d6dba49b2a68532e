import { expect } from "chai";
import { FailbackGate } from "../../../components/failback/failbackGate";
import type { FailbackGateArgs } from "../../../components/failback/failbackGate";
import { checkerRanges } from "../../../routing/graph/checkerRanges";
import { listOf, policyOf } from "../alerts/alertSamples";
import { promiseOf } from "../promiseOf";
import { named, refusalOf, resourcesOf } from "../pulumiMocks";
import type { Made } from "../pulumiMocks";
import { tags } from "../samples";

const args: FailbackGateArgs = { project: "failover", stack: "prod", tags };
const bucket = "failover-prod-gate-123456789012";
const arn = `arn:aws:s3:::${bucket}`;
const states = { "aws:s3/bucket:Bucket": { arn } };
const gates: FailbackGate[] = [];
const makeGate = (given: FailbackGateArgs = args): unknown =>
  gates.push(new FailbackGate("gate", given));

let built: Promise<readonly Made[]> | undefined;
const made = (): Promise<readonly Made[]> => (built ??= resourcesOf(makeGate, states));

describe("FailbackGate", () => {
  it("has exactly these resources", async () => {
    expect(listOf(await made())).to.deep.equal([
      " > gate failover:index:FailbackGate",
      "gate > gate-bucket aws:s3/bucket:Bucket",
      "gate > gate-bucket-access aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
      "gate > gate-bucket-encryption aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
      "gate > gate-bucket-ownership aws:s3/bucketOwnershipControls:BucketOwnershipControls",
      "gate > gate-bucket-policy aws:s3/bucketPolicy:BucketPolicy",
      "gate > gate-latch-check aws:route53/healthCheck:HealthCheck",
      "gate > gate-readable aws:s3/bucketObjectv2:BucketObjectv2",
      "gate > gate-readable-check aws:route53/healthCheck:HealthCheck",
    ]);
  });

  it("keeps the whole public access block on, and encrypts with S3's own key", async () => {
    expect(named(await made(), "gate-bucket").inputs).to.include({ bucket, forceDestroy: true });
    expect(named(await made(), "gate-bucket-access").inputs).to.include({
      blockPublicAcls: true,
      ignorePublicAcls: true,
      blockPublicPolicy: true,
      restrictPublicBuckets: true,
    });
    expect(named(await made(), "gate-bucket-encryption").inputs["rules"]).to.deep.equal([
      { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } },
    ]);
  });

  it("lets the checkers' present ranges read two objects over TLS, and nobody read anything else", async () => {
    expect(policyOf(await made(), "gate-bucket-policy")).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "CheckersRead",
          Effect: "Allow",
          Principal: "*",
          Action: "s3:GetObject",
          Resource: [`${arn}/latch`, `${arn}/readable`],
          Condition: { IpAddress: { "aws:SourceIp": checkerRanges } },
        },
        {
          Sid: "NobodyComesInTheClear",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: [arn, `${arn}/*`],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    });
    const narrower = await resourcesOf(makeGate, states, {
      "aws:index/getIpRanges:getIpRanges": () => ({ cidrBlocks: ["192.0.2.0/24"] }),
    });
    expect(policyOf(narrower, "gate-bucket-policy")).to.have.nested.property(
      "Statement[0].Condition.IpAddress.aws:SourceIp[0]",
      "192.0.2.0/24",
    );
  });

  it("checks the latch inverted and protected, and a readable object not inverted (H16)", async () => {
    const common = {
      type: "HTTPS_STR_MATCH",
      fqdn: `${bucket}.s3.us-east-2.amazonaws.com`,
      port: 443,
      enableSni: true,
      requestInterval: 10,
      failureThreshold: 2,
    };
    const latch = named(await made(), "gate-latch-check");
    expect(latch.inputs).to.deep.include({
      ...common,
      resourcePath: "/latch",
      searchString: "latched",
      invertHealthcheck: true,
    });
    const readable = named(await made(), "gate-readable-check");
    expect(readable.inputs).to.deep.include({
      ...common,
      resourcePath: "/readable",
      searchString: "readable",
    });
    expect(readable.inputs).not.to.have.property("invertHealthcheck");
    expect([latch.protect, readable.protect]).to.deep.equal([true, false]);
  });

  it("creates the checks once the checkers can read, with an object to read but no latch", async () => {
    for (const check of ["gate-latch-check", "gate-readable-check"]) {
      expect(named(await made(), check).dependencies).to.include.members([
        "gate-bucket-policy",
        "gate-readable",
      ]);
    }
    expect(named(await made(), "gate-bucket-policy").dependencies).to.include("gate-bucket-access");
    expect(named(await made(), "gate-readable").inputs).to.include({
      bucket,
      key: "readable",
      content: "readable",
    });
  });

  it("returns the ids of its checks", async () => {
    await made();
    expect(await promiseOf(gates[0]?.latchCheckId)).to.equal("id of gate-latch-check");
    expect(await promiseOf(gates[0]?.readableCheckId)).to.equal("id of gate-readable-check");
    expect(await promiseOf(gates[0]?.bucketName)).to.equal(bucket);
  });

  it("refuses a name that S3 would not accept, or whose certificate would not match", () => {
    for (const stack of ["Prod", "prod.eu", "p".repeat(40)]) {
      const { errors } = refusalOf(() => makeGate({ ...args, stack }));
      expect(errors).to.deep.equal([
        {
          propertyPath: "stack",
          reason: `must be at most 45 lower-case letters, digits or hyphens, with the project before it, got "failover-${stack}"; name the stack so, or disable the gate: failover:gate mode off`,
        },
      ]);
    }
  });
});
