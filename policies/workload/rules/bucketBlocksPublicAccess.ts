import type { Subject } from "../../fields";
import type { Finding } from "../../finding";
import { reasonWord, unknown, unknownsOf, violation } from "../../finding";
import { parseDocument, statementsOf } from "../../iamDocument";
import { stackRule } from "../../rule";
import type { Stack } from "../../stack";
import { types } from "../../types";

/** The four settings of the block. */
const parts = ["blockPublicAcls", "ignorePublicAcls", "blockPublicPolicy", "restrictPublicBuckets"];
/** The settings that a website leaves open: its page is public by a policy, never by an ACL. */
const websiteParts = ["blockPublicAcls", "ignorePublicAcls"];

export const bucketBlocksPublicAccess = stackRule({
  name: "bucket-blocks-public-access",
  description:
    "Every bucket blocks public access, except a website that lets anyone read its page.",
  severity: "critical",
  level: "mandatory",
  why: "One object with a public ACL is enough for a leak. Everyone must be able to read a maintenance page; its policy exposes nothing else, and permits no listing or writing.",
  source: "Amazon S3 User Guide, blocking public access to your Amazon S3 storage",
  remediationSteps:
    "Add a `BucketPublicAccessBlock` with all four settings. For a website leave only the two policy settings open, and allow only s3:GetObject in its policy.",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
  types: [types.bucket],
  config: {},
  find: (stack) => stack.subjects(types.bucket).flatMap((bucket) => bucketFindings(stack, bucket)),
});

function bucketFindings(stack: Stack, bucket: Subject): readonly Finding[] {
  const [block] = stack.referringTo(bucket, types.publicAccessBlock, "bucket");
  const isWebsite = stack.referringTo(bucket, types.bucketWebsite, "bucket").length > 0;
  const wanted = isWebsite ? websiteParts : parts;
  const hidden = wanted.filter((part) => block?.unknownAt(part) !== undefined);
  const open = wanted.filter((part) => !hidden.includes(part) && block?.flag(part) !== true);
  return [
    ...(block ? hidden.flatMap((part) => unknownsOf(block, part)) : []),
    ...(open.length > 0 ? [openFinding(block ?? bucket, open, isWebsite)] : []),
    ...(isWebsite ? policyFindings(stack, bucket) : []),
  ];
}

function openFinding(offender: Subject, open: readonly string[], isWebsite: boolean): Finding {
  return violation(offender, open[0] ?? "", {
    must: isWebsite
      ? "must block public ACLs, which a website does not need"
      : "must block public access, because the bucket is not a website",
    got: offender.type === types.bucket ? "no block" : `no ${open.join(", ")}`,
    so: "one wrong ACL or policy exposes the bucket to everyone",
    remedy: `set ${open.join(", ")} in a BucketPublicAccessBlock`,
  });
}

/** The public permission of a website's policy: get objects, and nothing else. */
function policyFindings(stack: Stack, bucket: Subject): readonly Finding[] {
  return stack
    .referringTo(bucket, types.bucketPolicy, "bucket")
    .flatMap((policy): readonly Finding[] => {
      const reason = policy.unknownAt("policy");
      if (reason) {
        const why = `${reasonWord(reason)}, so its public permissions are not checked`;
        return [unknown(policy, "policy", why)];
      }
      const beyond = statementsOf(parseDocument(policy.whole("policy")))
        .filter(({ effect, isForAnyone }) => effect === "Allow" && isForAnyone)
        .flatMap(({ actions }) => actions)
        .filter((action) => action.toLowerCase() !== "s3:getobject");
      if (beyond.length === 0) return [];
      return [
        violation(policy, "policy", {
          must: "must allow everyone only s3:GetObject",
          got: beyond.join(", "),
          so: "anyone can list or change what customers see in an outage",
          remedy: "remove the other actions",
        }),
      ];
    });
}
