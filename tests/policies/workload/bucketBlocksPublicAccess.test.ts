import { types } from "../../../policies/types";
import { bucketBlocksPublicAccess } from "../../../policies/workload/rules/bucketBlocksPublicAccess";
import type { Properties } from "../../../routing/graph/resource";
import { describeRule } from "../describeRule";
import type { Sample } from "../sample";
import { nothing } from "../sample";

const one = (type: string, properties: Properties): Sample =>
  nothing.add({ type, name: "it", properties });
const all = {
  blockPublicAcls: true,
  ignorePublicAcls: true,
  blockPublicPolicy: true,
  restrictPublicBuckets: true,
};
function bucket(block: Properties): Sample {
  return one(types.bucket, { bucket: "b" }).add({
    type: types.publicAccessBlock,
    name: "block",
    properties: { bucket: "b", ...block },
    from: { bucket: ["it"] },
  });
}
function website(action: string): Sample {
  return bucket({ blockPublicAcls: true, ignorePublicAcls: true }).add(
    {
      type: types.bucketWebsite,
      name: "website",
      properties: { bucket: "b" },
      from: { bucket: ["it"] },
    },
    {
      type: types.bucketPolicy,
      name: "policy",
      properties: {
        bucket: "b",
        policy: {
          Statement: [
            {
              Effect: "Allow",
              Principal: "*",
              Action: action,
              Resource: "arn:aws:s3:::b/index.html",
            },
          ],
        },
      },
      from: { bucket: ["it"] },
    },
  );
}

describeRule(bucketBlocksPublicAccess, {
  complies: [
    { title: "with a full block", sample: bucket(all) },
    {
      title: "without a block, which new buckets have by default",
      sample: bucket(all).drop("block"),
    },
    {
      title: "with a block for the whole account",
      sample: one(types.bucket, { bucket: "b", acl: "public-read" }).add({
        type: types.accountPublicAccessBlock,
        name: "account",
        properties: all,
      }),
    },
    {
      title: "with a website through the bucket's own property",
      sample: bucket({ blockPublicAcls: true, ignorePublicAcls: true }).set("it", {
        website: { indexDocument: "index.html" },
      }),
    },
    { title: "with a website that lets everyone read its page", sample: website("s3:GetObject") },
  ],
  violates: [
    {
      title: "no block, if the program must define one",
      sample: bucket(all).drop("block"),
      config: { requireBlock: true },
      finds: [
        "it.blockPublicAcls: must block public access, because the bucket is not a website, got no block, so one wrong ACL or policy exposes the bucket to everyone; set blockPublicAcls, ignorePublicAcls, blockPublicPolicy, restrictPublicBuckets in a BucketPublicAccessBlock",
      ],
    },
    {
      title: "a public ACL of the bucket, and a separate one",
      sample: one(types.bucket, { bucket: "b", acl: "public-read" }).add({
        type: types.bucketAcl,
        name: "acl",
        properties: { bucket: "b", acl: "public-read-write" },
      }),
      finds: [
        "it.acl: must be private, got public-read, so everyone can list the bucket and read its objects; remove it, and publish objects through a policy or a distribution",
        "acl.acl: must be private, got public-read-write, so everyone can list the bucket and read its objects; remove it, and publish objects through a policy or a distribution",
      ],
    },
    {
      title: "a policy that allows everyone",
      sample: website("s3:GetObject").drop("website", "block"),
      finds: [
        "policy.policy: must not allow anything to everyone, got s3:GetObject, so anyone can access the contents of the bucket; name the principals, or add a condition",
      ],
    },
    {
      title: "a block that allows public policies",
      sample: bucket({ ...all, blockPublicPolicy: false }),
      finds: [
        "block.blockPublicPolicy: must block public access, because the bucket is not a website, got no blockPublicPolicy, so one wrong ACL or policy exposes the bucket to everyone; set blockPublicPolicy in a BucketPublicAccessBlock",
      ],
    },
    {
      title: "a website to which anyone can write",
      sample: website("s3:PutObject"),
      finds: [
        "policy.policy: must allow everyone only s3:GetObject, got s3:PutObject, so anyone can list or change what visitors see; remove the other actions",
      ],
    },
    {
      title: "a website that honours public ACLs",
      sample: website("s3:GetObject").set("block", { ignorePublicAcls: false }),
      finds: [
        "block.ignorePublicAcls: must block public ACLs, which a website does not need, got no ignorePublicAcls, so one wrong ACL or policy exposes the bucket to everyone; set ignorePublicAcls in a BucketPublicAccessBlock",
      ],
    },
  ],
  boundary: [
    {
      title: "a website that lets a role write",
      sample: website("s3:GetObject").set("policy", {
        policy: JSON.stringify({
          Statement: [
            {
              Effect: "Allow",
              Principal: { AWS: "arn:aws:iam::1:role/a" },
              Action: "s3:*",
              Resource: "*",
            },
          ],
        }),
      }),
      finds: [],
    },
  ],
  notApplicable: [
    { title: "in an empty stack", sample: nothing },
    { title: "in a stack of something else", sample: one("aws:sqs/queue:Queue", {}) },
  ],
  unknown: [
    {
      title: "an unknown part",
      sample: bucket(all).hide("block", "blockPublicAcls"),
      finds: ["unknown: blockPublicAcls: block: it is not known before deployment"],
    },
    {
      title: "a website's policy that is unknown",
      sample: website("s3:GetObject").hide("policy", "policy"),
      finds: [
        "unknown: policy: policy: it is not known before deployment, so its public permissions are not checked",
      ],
    },
  ],
  configuration: [
    {
      values: { requireBlock: "yes" },
      faults: [
        'bucket-blocks-public-access.requireBlock: must be true or false, got "yes"; it means: whether the program must define a block for each bucket',
      ],
    },
  ],
});
