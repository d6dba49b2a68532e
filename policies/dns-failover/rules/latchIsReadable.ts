import ipaddr from "ipaddr.js";
import { checkerRanges } from "../../../routing/graph/checkerRanges";
import type { EndpointHealthCheck, RecordSet } from "../../../routing/model";
import type { Subject } from "../../fields";
import type { Finding } from "../../finding";
import { reasonWord, unknown, violation } from "../../finding";
import { parseDocument, iamStatementsOf } from "../../iamDocument";
import type { IamStatement } from "../../iamDocument";
import { stackRule } from "../../rule";
import type { Stack } from "../../stack";
import { offenderOf } from "../../stack";
import { types } from "../../types";
import { regionsOf } from "../places";
import { developerGuide } from "../route53";

export const latchIsReadable = stackRule({
  name: "latch-is-readable",
  description:
    "Route 53's checkers, and nobody else, can read the latch object, which is outside the guarded region.",
  severity: "critical",
  level: "mandatory",
  why: "Checkers are anonymous. If the bucket denies them access, they get 403 with and without the object, the inverted check is always healthy, and the latch has no effect. A policy that is open to everyone is public: the public access block, on by default, turns it into the same 403.",
  source: "H6, H9, H16; Amazon S3 User Guide, the meaning of public",
  remediationSteps:
    "Allow s3:GetObject on the latch's key to the checkers' published ranges (IpAddress of aws:SourceIp, service ROUTE53_HEALTHCHECKS of ip-ranges.json) in the bucket policy, encrypt with S3 managed keys, search the regional endpoint's answer for a marker, and use no dots in the bucket name.",
  url: developerGuide("dns-failover-router-firewall-rules"),
  types: [types.healthCheck],
  config: {},
  find: (stack) =>
    stack.model.route53.dns.checks.flatMap((check): readonly Finding[] => {
      if (check.kind !== "endpoint" || !check.inverted || check.byAddress) return [];
      const subject = stack.subjectOf(check);
      const [bucket] = stack.follow(subject, "fqdn", types.bucket);
      if (!bucket) return [];
      return [
        ...checkFindings(check, subject, bucket),
        // A latch that is not attached yet guards no record.
        ...placeFindings(stack, check, stack.trees.guardedBy(check.id), bucket),
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
  const allowing = iamStatementsOf(parseDocument(policy.whole("policy"))).filter(
    ({ effect, actions, resources, isForAnyone }) =>
      effect === "Allow" &&
      isForAnyone &&
      actions.some((action) => /^s3:(GetObject|Get\*|\*)$/i.test(action)) &&
      resources.some((resource) => resource.endsWith(`/${key}`) || resource.endsWith("/*")),
  );
  const fault =
    allowing.length === 0 ? `a policy that does not allow ${key}` : rangeFault(allowing);
  return fault === undefined ? encrypted : [...encrypted, refuse(fault)];
}

/**
 * Broader ranges count as public, and the public access block denies what is public.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
const shortestPrefixes = { ipv4: 8, ipv6: 32 } as const;

/** Why statements that allow the object do not admit exactly some ranges with all checkers. */
function rangeFault(allowing: readonly IamStatement[]): string | undefined {
  if (allowing.some(({ sourceRanges }) => sourceRanges === undefined)) {
    return "a policy that is open to everyone, which the public access block denies";
  }
  const given = [...new Set(allowing.flatMap(({ sourceRanges = [] }) => sourceRanges))];
  const ranges = given.flatMap((text) => rangeOf(text) ?? []);
  const broad = ranges.find(({ address, bits }) => bits < shortestPrefixes[address.kind()]);
  if (broad) {
    return `a policy for ${broad.text}, which S3 counts as public and the public access block denies`;
  }
  const denied = checkerRanges.filter((text) => !ranges.some((range) => contains(range, text)));
  const [first] = denied;
  return first === undefined
    ? undefined
    : `a policy without ${denied.length} of the checkers' ${checkerRanges.length} ranges, such as ${first}`;
}

interface AddressRange {
  readonly text: string;
  readonly address: ipaddr.IPv4 | ipaddr.IPv6;
  readonly bits: number;
}

/** A range, or a single address. */
function rangeOf(text: string): AddressRange | undefined {
  if (ipaddr.isValid(text)) {
    const address = ipaddr.parse(text);
    return { text, address, bits: address.kind() === "ipv4" ? 32 : 128 };
  }
  if (!ipaddr.isValidCIDR(text)) return undefined;
  const [address, bits] = ipaddr.parseCIDR(text);
  return { text, address, bits };
}

function contains({ address, bits }: AddressRange, text: string): boolean {
  const inner = rangeOf(text);
  return (
    inner !== undefined &&
    inner.address.kind() === address.kind() &&
    inner.bits >= bits &&
    inner.address.match(address, bits)
  );
}

function usesKms(encryption: Subject): boolean {
  return encryption
    .items("rules")
    .flatMap((rule) => rule.object("applyServerSideEncryptionByDefault") ?? [])
    .some((rule) => rule.text("sseAlgorithm", "").startsWith("aws:kms"));
}
