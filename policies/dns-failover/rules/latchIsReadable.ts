import type { EndpointCheck, RecordSet } from "../../../routing/model";
import type { Subject } from "../../fields";
import type { Finding } from "../../finding";
import { reasonWord, unknown, violation } from "../../finding";
import { parseDocument, statementsOf } from "../../iamDocument";
import { stackRule } from "../../rule";
import type { Stack } from "../../stack";
import { offenderOf } from "../../stack";
import { types } from "../../types";
import { regionsOf } from "../places";
import { developerGuide } from "../route53";
import { treeChecks } from "../trees";

export const latchIsReadable = stackRule({
  name: "latch-is-readable",
  description:
    "The object of a latch can be read by the checkers, and lies outside the guarded region.",
  severity: "critical",
  level: "mandatory",
  why: "Checkers are anonymous. Where the bucket refuses them, they get 403 with and without the object, the inverted check is healthy for ever, and the latch silently does nothing.",
  source: "H6, H9, H16; Amazon S3 User Guide, the meaning of public",
  remediationSteps:
    "Let a bucket policy allow s3:GetObject on the latch's key to the checkers' published ranges (aws:SourceIp), encrypt with keys of S3, ask the regional endpoint for a marker, and name the bucket without dots.",
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

/** Why the latch does nothing: what it sees is the same with and without the object. */
const neverSet = "the latch looks released for ever, and the region is taken back by itself";

function checkFindings(
  check: EndpointCheck,
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
        so: "S3 answers a new bucket with a redirect, which looks like a set latch",
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
        so: `its certificate does not fit the name; ${neverSet}`,
        remedy: "use hyphens",
      }),
    );
  }
  return findings;
}

/** The latch must work on the day when the region that it keeps out is gone. */
function placeFindings(
  stack: Stack,
  check: EndpointCheck,
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
      must: `must be another region than the one that ${check.label} keeps out`,
      got: region,
      so: `with ${region} half lost the latch can be neither set nor read`,
      remedy: "make the bucket with a provider of the standby region",
    }),
  ];
}

function accessFindings(stack: Stack, check: EndpointCheck, bucket: Subject): readonly Finding[] {
  const [policy] = stack.referringTo(bucket, types.bucketPolicy, "bucket");
  const refuse = (got: string): Finding =>
    violation(offenderOf(check), "resourcePath", {
      must: `must be an object of ${bucket.name} that anyone from the checkers' ranges may get`,
      got,
      so: neverSet,
      remedy: "allow s3:GetObject on its key, with a condition on aws:SourceIp",
    });
  const [encryption] = stack.referringTo(bucket, types.bucketEncryption, "bucket");
  const kms = encryption && !encryption.unknownAt("rules") && usesKms(encryption);
  const encrypted = kms
    ? [refuse("an object encrypted by KMS, which no anonymous reader gets")]
    : [];
  if (!policy) return [...encrypted, refuse("no bucket policy")];
  const reason = policy.unknownAt("policy");
  if (reason) {
    const why = `${reasonWord(reason)}, so whether the checkers may read the latch is not judged`;
    return [...encrypted, unknown(policy, "policy", why)];
  }
  const key = (check.path ?? "/").slice(1);
  const allows = statementsOf(parseDocument(policy.whole("policy"))).some(
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
