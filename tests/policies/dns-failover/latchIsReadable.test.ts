import { latchIsReadable } from "../../../policies/dns-failover/rules/latchIsReadable";
import { types } from "../../../policies/types";
import type { Properties } from "../../../routing/graph/resource";
import { cafe } from "../cafe";
import { describeRule } from "../describeRule";
import type { Sample } from "../sample";
import { nothing } from "../sample";

const checkNames = cafe.resources
  .filter(({ type }) => type === types.healthCheck)
  .map(({ name }) => name);
function policy(changes: Properties): Sample {
  const statement = {
    Effect: "Allow",
    Principal: { AWS: "*" },
    Action: ["s3:GetObject"],
    Resource: "arn:aws:s3:::cafe-latch/latch",
    ...changes,
  };
  return cafe.set("latch-policy", { policy: JSON.stringify({ Statement: statement }) });
}

describeRule(latchIsReadable, {
  complies: [{ title: "with an object that the checkers can read", sample: cafe }],
  violates: [
    {
      title: "no policy",
      sample: cafe.drop("latch-policy"),
      finds: [
        "latch.resourcePath: must be an object of latch-bucket that the checkers' ranges may read, got no bucket policy, so the latch always looks released, and failback is automatic; allow s3:GetObject on its key, with a condition on aws:SourceIp",
      ],
    },
    {
      title: "a policy for another object",
      sample: policy({ Resource: "arn:aws:s3:::cafe-latch/other" }),
      finds: [
        "latch.resourcePath: must be an object of latch-bucket that the checkers' ranges may read, got a policy that does not allow latch, so the latch always looks released, and failback is automatic; allow s3:GetObject on its key, with a condition on aws:SourceIp",
      ],
    },
    {
      title: "a policy for a role",
      sample: policy({ Principal: { AWS: "arn:aws:iam::1:role/gate" } }),
      finds: [
        "latch.resourcePath: must be an object of latch-bucket that the checkers' ranges may read, got a policy that does not allow latch, so the latch always looks released, and failback is automatic; allow s3:GetObject on its key, with a condition on aws:SourceIp",
      ],
    },
    {
      title: "an object encrypted by KMS",
      sample: cafe.add({
        type: types.bucketEncryption,
        name: "encryption",
        region: "eu-west-1",
        properties: {
          bucket: "cafe-latch",
          rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" } }],
        },
      }),
      finds: [
        "latch.resourcePath: must be an object of latch-bucket that the checkers' ranges may read, got an object encrypted by KMS, which anonymous readers cannot read, so the latch always looks released, and failback is automatic; allow s3:GetObject on its key, with a condition on aws:SourceIp",
      ],
    },
    {
      title: "a bucket in the guarded region",
      sample: cafe
        .move("latch-bucket", "us-west-2")
        .set("latch-bucket", { bucketRegionalDomainName: "cafe-latch.s3.us-west-2.amazonaws.com" })
        .set("latch", { fqdn: "cafe-latch.s3.us-west-2.amazonaws.com" }),
      finds: [
        "latch-bucket.region: must not be the region that latch guards, got us-west-2, so with us-west-2 partly down, the latch can be neither set nor read; create the bucket with a provider of the standby region",
      ],
    },
    {
      title: "a check without a marker",
      sample: cafe.set("latch", { type: "HTTPS" }),
      finds: [
        "latch.type: must search the object for a marker, got HTTPS, so any 2xx or 3xx looks like a set latch, and keeps the region out; use a type that ends in STR_MATCH",
      ],
    },
    {
      title: "an endpoint that redirects",
      sample: cafe
        .set("latch-bucket", { bucketRegionalDomainName: "cafe-latch.s3.amazonaws.com" })
        .set("latch", { fqdn: "cafe-latch.s3.amazonaws.com" }),
      finds: [
        "latch.fqdn: must be the bucket's regional endpoint, with .s3.eu-west-1., got cafe-latch.s3.amazonaws.com, so S3 answers requests for a new bucket with a redirect, which looks like a set latch; use bucketRegionalDomainName",
      ],
    },
    {
      title: "a bucket with a dot in its name",
      sample: cafe
        .set("latch-bucket", {
          bucket: "cafe.latch",
          bucketRegionalDomainName: "cafe.latch.s3.eu-west-1.amazonaws.com",
        })
        .set("latch", { fqdn: "cafe.latch.s3.eu-west-1.amazonaws.com" })
        .set("latch-policy", { bucket: "cafe.latch" }),
      finds: [
        "latch-bucket.bucket: must have no dot in its name, got cafe.latch, so its certificate does not match the host name, the latch always looks released, and failback is automatic; use hyphens",
      ],
    },
  ],
  boundary: [
    {
      title: "a policy for all objects",
      sample: policy({ Resource: ["arn:aws:s3:::cafe-latch/*"] }),
      finds: [],
    },
    {
      title: "an object encrypted by S3",
      sample: cafe.add({
        type: types.bucketEncryption,
        name: "encryption",
        region: "eu-west-1",
        properties: {
          bucket: "cafe-latch",
          rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
        },
      }),
      finds: [],
    },
    {
      title: "an inverted check of something else",
      sample: cafe.drop("latch-bucket", "latch-policy"),
      finds: [],
    },
  ],
  notApplicable: [
    { title: "without checks", sample: cafe.drop(...checkNames) },
    { title: "in an empty stack", sample: nothing },
  ],
  unknown: [
    {
      title: "an unknown policy",
      sample: cafe.hide("latch-policy", "policy"),
      finds: [
        "unknown: policy: latch-policy: it is not known before deployment, so whether the checkers may read the latch is not checked",
      ],
    },
  ],
  configuration: [],
});
