import { latchIsReadable } from "../../../policies/dns-failover/rules/latchIsReadable";
import { types } from "../../../policies/types";
import { checkerRanges } from "../../../routing/graph/checkerRanges";
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
    Condition: { IpAddress: { "aws:SourceIp": [...checkerRanges] } },
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
      title: "a policy for everyone",
      sample: policy({ Condition: {} }),
      finds: [
        "latch.resourcePath: must be an object of latch-bucket that the checkers' ranges may read, got a policy that is open to everyone, which the public access block denies, so the latch always looks released, and failback is automatic; allow s3:GetObject on its key, with a condition on aws:SourceIp",
      ],
    },
    {
      title: "a policy for half of the internet",
      sample: policy({
        Condition: { IpAddress: { "aws:SourceIp": ["0.0.0.0/1", "128.0.0.0/1"] } },
      }),
      finds: [
        "latch.resourcePath: must be an object of latch-bucket that the checkers' ranges may read, got a policy for 0.0.0.0/1, which S3 counts as public and the public access block denies, so the latch always looks released, and failback is automatic; allow s3:GetObject on its key, with a condition on aws:SourceIp",
      ],
    },
    {
      title: "a policy for one of the checkers' ranges",
      sample: policy({ Condition: { IpAddress: { "aws:SourceIp": "15.177.0.0/18" } } }),
      finds: [
        "latch.resourcePath: must be an object of latch-bucket that the checkers' ranges may read, got a policy without 16 of the checkers' 17 ranges, such as 107.23.255.0/26, so the latch always looks released, and failback is automatic; allow s3:GetObject on its key, with a condition on aws:SourceIp",
      ],
    },
    {
      title: "a policy for another condition",
      sample: policy({ Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } }),
      finds: [
        "latch.resourcePath: must be an object of latch-bucket that the checkers' ranges may read, got a policy that is open to everyone, which the public access block denies, so the latch always looks released, and failback is automatic; allow s3:GetObject on its key, with a condition on aws:SourceIp",
      ],
    },
    {
      title: "the policy of a latch that is not attached yet",
      sample: cafe
        .set("region-oregon", { childHealthchecks: ["deep-oregon"], childHealthThreshold: 1 })
        .drop("latch-policy"),
      finds: [
        "latch.resourcePath: must be an object of latch-bucket that the checkers' ranges may read, got no bucket policy, so the latch always looks released, and failback is automatic; allow s3:GetObject on its key, with a condition on aws:SourceIp",
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
      title: "ranges in broader ones, in other letters, beside others and IPv6",
      sample: policy({
        Condition: {
          IpAddress: {
            "AWS:sourceIP": [
              "107.0.0.0/8",
              ...checkerRanges.slice(1),
              "192.0.2.1",
              "2600:1f14:fff:f800::/56",
            ],
          },
        },
      }),
      finds: [],
    },
    {
      title: "ranges in two statements",
      sample: cafe.set("latch-policy", {
        policy: JSON.stringify({
          Statement: [checkerRanges.slice(0, 5), checkerRanges.slice(5)].map((ranges) => ({
            Effect: "Allow",
            Principal: "*",
            Action: "s3:GetObject",
            Resource: "arn:aws:s3:::cafe-latch/latch",
            Condition: { IpAddress: { "aws:SourceIp": ranges } },
          })),
        }),
      }),
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
