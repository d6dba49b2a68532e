import type { Subject } from "../../fields";
import type { Finding } from "../../finding";
import { reasonWord, unknown, unknownsOf, violation } from "../../finding";
import { parseDocument, statementsOf } from "../../iamDocument";
import { stackRule } from "../../rule";
import type { Stack } from "../../stack";
import { types } from "../../types";

/** The four parts of the block. */
const parts = ["blockPublicAcls", "ignorePublicAcls", "blockPublicPolicy", "restrictPublicBuckets"];
/** The parts that a website does without: its page is public by a policy, never by an access list. */
const websiteParts = ["blockPublicAcls", "ignorePublicAcls"];

export const bucketBlocksPublicAccess = stackRule({
  name: "bucket-blocks-public-access",
  description:
    "Every bucket blocks public access, but for a website that lets anyone get its page.",
  severity: "critical",
  level: "mandatory",
  why: "One object with a public access list is enough for a leak. A maintenance page is to be read by all, and by its policy nothing else is, and nothing can be listed or written.",
  source: "Amazon S3 User Guide, blocking public access to your Amazon S3 storage",
  remediationSteps:
    "Add a `BucketPublicAccessBlock` with all four parts. For a website leave only the two for policies open, and let its policy allow s3:GetObject alone.",
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
      ? "must block public access lists, as a website does without them"
      : "must block public access, as the bucket is no website",
    got: offender.type === types.bucket ? "no block" : `no ${open.join(", ")}`,
    so: "one mistaken access list or policy exposes the bucket to everyone",
    remedy: `set ${open.join(", ")} in a BucketPublicAccessBlock`,
  });
}

/** What a website's policy lets anyone do: get objects, and nothing else. */
function policyFindings(stack: Stack, bucket: Subject): readonly Finding[] {
  return stack
    .referringTo(bucket, types.bucketPolicy, "bucket")
    .flatMap((policy): readonly Finding[] => {
      const reason = policy.unknownAt("policy");
      if (reason) {
        const why = `${reasonWord(reason)}, so what it lets anyone do is not judged`;
        return [unknown(policy, "policy", why)];
      }
      const beyond = statementsOf(parseDocument(policy.whole("policy")))
        .filter(({ effect, isForAnyone }) => effect === "Allow" && isForAnyone)
        .flatMap(({ actions }) => actions)
        .filter((action) => action.toLowerCase() !== "s3:getobject");
      if (beyond.length === 0) return [];
      return [
        violation(policy, "policy", {
          must: "must let anyone do nothing but s3:GetObject",
          got: beyond.join(", "),
          so: "anyone can list or change what customers see in an outage",
          remedy: "leave out the other actions",
        }),
      ];
    });
}
