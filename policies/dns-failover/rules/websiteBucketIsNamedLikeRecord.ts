import type { RecordSet } from "../../../routing/model";
import type { Finding } from "../../finding";
import { reasonWord, unknown, violation } from "../../finding";
import { stackRule } from "../../rule";
import type { Stack } from "../../stack";
import { offenderOf } from "../../stack";
import { types } from "../../types";
import { developerGuide } from "../route53";
import { recordGroupsOf } from "../trees";

export const websiteBucketIsNamedLikeRecord = stackRule({
  name: "website-bucket-is-named-like-record",
  description: "A record that points to an S3 website has the name of its bucket.",
  severity: "critical",
  level: "mandatory",
  why: "All websites of a region share an address, and S3 selects the bucket by the requested name: under another name customers see `NoSuchBucket` instead of the page.",
  source: "A11",
  remediationSteps:
    "Name the bucket after the public name, and point that name's own record to it.",
  url: developerGuide("resource-record-sets-values-alias-common"),
  types: [types.record],
  config: {},
  find: (stack) =>
    recordGroupsOf(stack)
      .flat()
      .filter(({ target }) => target.kind === "alias" && target.target.kind === "s3Website")
      .flatMap((record) => bucketFindings(stack, record)),
});

function bucketFindings(stack: Stack, record: RecordSet): readonly Finding[] {
  const websites = websitesOf(stack, record);
  const buckets: string[] = [];
  for (const website of websites) {
    const reason = website.unknownAt("bucket");
    if (reason) return [unknown(website, "bucket", reasonWord(reason))];
    buckets.push(website.text("bucket", "").toLowerCase());
  }
  if (buckets.length === 0) return [];
  return askedNames(stack, record)
    .filter((name) => !buckets.includes(name))
    .map((name) =>
      violation(offenderOf(record), "aliases[0].name", {
        must: `must point to a website whose bucket is named ${name}`,
        got: buckets.join(", "),
        so: `customers of ${name} see NoSuchBucket instead of the page, during the outage that it exists for`,
        remedy:
          name === record.name
            ? `name the bucket ${name}`
            : `point ${name} itself to a bucket of that name`,
      }),
    );
}

/** The names that clients may have requested; S3 sees them in the Host header. */
function askedNames(stack: Stack, { name, type }: RecordSet): readonly string[] {
  const { trees } = stack;
  return trees.namesAbove(name, type).filter((above) => trees.leadingTo(above, type).length === 0);
}

/** The possible websites of an alias: those that it depends on, or else all at its address. */
function websitesOf(stack: Stack, record: RecordSet): ReturnType<Stack["subjects"]> {
  const owner = stack.subjectOf(record);
  const linked = stack.graph
    .dependenciesOf(owner.resource, "aliases", [types.bucketWebsite])
    .map((resource) => stack.subject(resource));
  if (linked.length > 0 || record.target.kind !== "alias") return linked;
  const { target } = record.target;
  if (target.kind !== "s3Website") return [];
  return stack.graph
    .byValue(target.dnsName, [types.bucketWebsite])
    .map((resource) => stack.subject(resource));
}
