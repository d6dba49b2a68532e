import type { Subject } from "../../fields";
import type { Finding } from "../../finding";
import { reasonWord, unknown, unknownsOf, violation } from "../../finding";
import { isOpen, parseDocument, iamStatementsOf } from "../../iamDocument";
import { stackRule } from "../../rule";
import type { Stack } from "../../stack";
import { types } from "../../types";

/** The four settings of the block. */
const parts = ["blockPublicAcls", "ignorePublicAcls", "blockPublicPolicy", "restrictPublicBuckets"];
/** The settings that a website needs: its page is public by a policy, never by an ACL. */
const websiteParts = ["blockPublicAcls", "ignorePublicAcls"];

const publicAcl = /^(public-read|public-read-write|authenticated-read)$/;

export const bucketBlocksPublicAccess = stackRule({
  name: "bucket-blocks-public-access",
  description: "No bucket is public, except a website that lets anyone read its page.",
  severity: "critical",
  level: "mandatory",
  why: "One object with a public ACL is enough for a leak. Everyone must be able to read a website; its policy exposes nothing else, and permits no listing or writing.",
  source:
    "Amazon S3 User Guide, blocking public access to your Amazon S3 storage: since April 2023 new buckets block it by default",
  remediationSteps:
    "Leave all four settings of the `BucketPublicAccessBlock` on. For a website open only the two policy settings, and allow only s3:GetObject in its policy.",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
  types: [types.bucket],
  config: {
    requireBlock: {
      type: "boolean",
      default: false,
      looser: false,
      description: "Whether the program must define a block for each bucket",
    },
  },
  find: (stack, { requireBlock }) => {
    const isAccountBlocked = stack.subjects(types.accountPublicAccessBlock).some(isFull);
    return isAccountBlocked && !requireBlock
      ? []
      : stack
          .subjects(types.bucket)
          .flatMap((bucket) => bucketFindings(stack, bucket, requireBlock));
  },
});

function isFull(block: Subject): boolean {
  return parts.every((part) => !block.unknownAt(part) && block.flag(part) === true);
}

function bucketFindings(stack: Stack, bucket: Subject, requireBlock: boolean): readonly Finding[] {
  const [block] = stack.referringTo(bucket, types.publicAccessBlock, "bucket");
  const isWebsite =
    bucket.has("website") || stack.referringTo(bucket, types.bucketWebsite, "bucket").length > 0;
  if (block && isFull(block)) return [];
  return [
    ...(block || requireBlock ? blockFindings(bucket, block, isWebsite) : []),
    ...(block ? [] : aclFindings(stack, bucket)),
    ...policyFindings(stack, bucket, isWebsite),
  ];
}

function blockFindings(
  bucket: Subject,
  block: Subject | undefined,
  isWebsite: boolean,
): readonly Finding[] {
  const wanted = isWebsite ? websiteParts : parts;
  const hidden = wanted.filter((part) => block?.unknownAt(part) !== undefined);
  const open = wanted.filter((part) => !hidden.includes(part) && block?.flag(part) !== true);
  return [
    ...(block ? hidden.flatMap((part) => unknownsOf(block, part)) : []),
    ...(open.length > 0 ? [openFinding(block ?? bucket, open, isWebsite)] : []),
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

/** A public ACL of the bucket, as a property or as a separate resource. */
function aclFindings(stack: Stack, bucket: Subject): readonly Finding[] {
  const owners = [bucket, ...stack.referringTo(bucket, types.bucketAcl, "bucket")];
  return owners
    .filter((owner) => !owner.unknownAt("acl") && publicAcl.test(owner.text("acl", "")))
    .map((owner) =>
      violation(owner, "acl", {
        must: "must be private",
        got: owner.text("acl", ""),
        so: "everyone can list the bucket and read its objects",
        remedy: "remove it, and publish objects through a policy or a distribution",
      }),
    );
}

/** Everyone may only get the objects of a website. */
function policyFindings(stack: Stack, bucket: Subject, isWebsite: boolean): readonly Finding[] {
  return stack
    .referringTo(bucket, types.bucketPolicy, "bucket")
    .flatMap((policy): readonly Finding[] => {
      const reason = policy.unknownAt("policy");
      if (reason) {
        const why = `${reasonWord(reason)}, so its public permissions are not checked`;
        return [unknown(policy, "policy", why)];
      }
      const beyond = iamStatementsOf(parseDocument(policy.whole("policy")))
        .filter(isOpen)
        .flatMap(({ actions }) => actions)
        .filter((action) => !isWebsite || action.toLowerCase() !== "s3:getobject");
      if (beyond.length === 0) return [];
      return [
        violation(policy, "policy", {
          must: isWebsite
            ? "must allow everyone only s3:GetObject"
            : "must not allow anything to everyone",
          got: beyond.join(", "),
          so: isWebsite
            ? "anyone can list or change what visitors see"
            : "anyone can access the contents of the bucket",
          remedy: isWebsite
            ? "remove the other actions"
            : "name the principals, or add a condition",
        }),
      ];
    });
}
