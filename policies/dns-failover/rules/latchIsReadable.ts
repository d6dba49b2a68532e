import type { EndpointHealthCheck, RecordSet } from "../../../routing/model";
import type { Subject } from "../../fields";
import type { Finding } from "../../finding";
import { reasonWord, unknown, violation } from "../../finding";
import { parseDocument, iamStatementsOf } from "../../iamDocument";
import { stackRule } from "../../rule";
import type { Stack } from "../../stack";
import { offenderOf } from "../../stack";
import { types } from "../../types";
import { regionsOf } from "../places";
import { developerGuide } from "../route53";
import { treeChecks } from "../trees";

export const latchIsReadable = stackRule({
  name: "latch-is-readable",
  description: "Checkers can read the latch object, which is outside the guarded region.",
  severity: "critical",
  level: "mandatory",
  why: "Checkers are anonymous. If the bucket denies them access, they get 403 with and without the object, the inverted check is always healthy, and the latch has no effect.",
  source: "H6, H9, H16; Amazon S3 User Guide, the meaning of public",
  remediationSteps:
    "Allow s3:GetObject on the latch's key to the checkers' published ranges (aws:SourceIp) in the bucket policy, encrypt with S3 managed keys, search the regional endpoint's answer for a marker, and use no dots in the bucket name.",
  url: developerGuide("dns-failover-router-firewall-rules"),
  types: [types.healthCheck],
  config: {},
  find: (stack) =>
    [...treeChecks(stack)].flatMap(([check, records]): readonly Finding[] => {
      if (check.kind !== "endpoint" || !check.inverted || check.byAddress) return [];
      const subject = stack.subjectOf(check);
      const [bucket] = stack.follow(subject, "fqdn", types.bucket);
      if (!bucket) return [];
      return [
        ...checkFindings(check, subject, bucket),
        ...placeFindings(stack, check, records, bucket),
        ...accessFindings(stack, check, bucket),
      ];
    }),
});

/** The consequence if the check sees no difference with and without the latch object. */
const neverSet = "the latch always looks released, and failback is automatic";

function checkFindings(
  check: EndpointHealthCheck,
  subject: Subject,
  bucket: Subject,
): readonly Finding[] {
  const findings: Finding[] = [];
  if (!check.type.endsWith("_STR_MATCH")) {
    findings.push(
      violation(offenderOf(check), "type", {
        must: "must search the object for a marker",
        got: check.type,
        so: "any 2xx or 3xx looks like a set latch, and keeps the region out",
        remedy: "use a type that ends in STR_MATCH",
      }),
    );
  }
  const reason = subject.unknownAt("fqdn");
  const host = reason ? undefined : subject.text("fqdn");
  const region = bucket.resource.region ?? "";
  if (host !== undefined && !host.includes(`.s3.${region}.`)) {
    findings.push(
      violation(offenderOf(check), "fqdn", {
        must: `must be the bucket's regional endpoint, with .s3.${region}.`,
        got: host,
        so: "S3 answers requests for a new bucket with a redirect, which looks like a set latch",
        remedy: "use bucketRegionalDomainName",
      }),
    );
  }
  if (bucket.unknownAt("bucket")) return findings;
  const name = bucket.text("bucket", "");
  if (name.includes(".")) {
    findings.push(
      violation(bucket, "bucket", {
        must: "must have no dot in its name",
        got: name,
        so: `its certificate does not match the host name, ${neverSet}`,
        remedy: "use hyphens",
      }),
    );
  }
  return findings;
}

/** The latch must work while the region that it guards is down. */
function placeFindings(
  stack: Stack,
  check: EndpointHealthCheck,
  records: readonly RecordSet[],
  bucket: Subject,
): readonly Finding[] {
  const { region } = bucket.resource;
  const guarded = regionsOf(
    stack,
    records.flatMap((record) => stack.trees.leavesOf(record)),
  );
  if (region === undefined || !guarded.has(region)) return [];
  return [
    violation(bucket, "region", {
      must: `must not be the region that ${check.label} guards`,
      got: region,
      so: `with ${region} partly down, the latch can be neither set nor read`,
      remedy: "create the bucket with a provider of the standby region",
    }),
  ];
}

function accessFindings(
  stack: Stack,
  check: EndpointHealthCheck,
  bucket: Subject,
): readonly Finding[] {
  const [policy] = stack.referringTo(bucket, types.bucketPolicy, "bucket");
  const refuse = (got: string): Finding =>
    violation(offenderOf(check), "resourcePath", {
      must: `must be an object of ${bucket.name} that the checkers' ranges may read`,
      got,
      so: neverSet,
      remedy: "allow s3:GetObject on its key, with a condition on aws:SourceIp",
    });
  const [encryption] = stack.referringTo(bucket, types.bucketEncryption, "bucket");
  const kms = encryption && !encryption.unknownAt("rules") && usesKms(encryption);
  const encrypted = kms
    ? [refuse("an object encrypted by KMS, which anonymous readers cannot read")]
    : [];
  if (!policy) return [...encrypted, refuse("no bucket policy")];
  const reason = policy.unknownAt("policy");
  if (reason) {
    const why = `${reasonWord(reason)}, so whether the checkers may read the latch is not checked`;
    return [...encrypted, unknown(policy, "policy", why)];
  }
  const key = (check.path ?? "/").slice(1);
  const allows = iamStatementsOf(parseDocument(policy.whole("policy"))).some(
    ({ effect, actions, resources, isForAnyone }) =>
      effect === "Allow" &&
      isForAnyone &&
      actions.some((action) => /^s3:(GetObject|Get\*|\*)$/i.test(action)) &&
      resources.some((resource) => resource.endsWith(`/${key}`) || resource.endsWith("/*")),
  );
  return allows ? encrypted : [...encrypted, refuse(`a policy that does not allow ${key}`)];
}

function usesKms(encryption: Subject): boolean {
  return encryption
    .items("rules")
    .flatMap((rule) => rule.object("applyServerSideEncryptionByDefault") ?? [])
    .some((rule) => rule.text("sseAlgorithm", "").startsWith("aws:kms"));
}
