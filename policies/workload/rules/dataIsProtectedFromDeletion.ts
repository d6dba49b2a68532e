import type { Subject } from "../../fields";
import type { Finding } from "../../finding";
import { unknownsOf, violation } from "../../finding";
import { resourceRule } from "../../rule";
import { types } from "../../types";

/** The required and the forbidden settings, by type. */
const musts: Readonly<Record<string, string>> = {
  [types.databaseInstance]: "deletionProtection",
  [types.databaseCluster]: "deletionProtection",
  [types.documentCluster]: "deletionProtection",
  [types.graphCluster]: "deletionProtection",
  [types.table]: "deletionProtectionEnabled",
};
const mustNots: Readonly<Record<string, string>> = {
  [types.databaseInstance]: "skipFinalSnapshot",
  [types.databaseCluster]: "skipFinalSnapshot",
  [types.documentCluster]: "skipFinalSnapshot",
  [types.graphCluster]: "skipFinalSnapshot",
  [types.zone]: "forceDestroy",
  [types.bucket]: "forceDestroy",
};

export const dataIsProtectedFromDeletion = resourceRule({
  name: "data-is-protected-from-deletion",
  description: "Databases, tables, zones and buckets cannot be deleted with their contents.",
  severity: "high",
  level: "advisory",
  why: "Renaming a resource creates a new one and deletes the old one. Protection turns the loss of all data into an update that stops.",
  source: "AWS Well-Architected, REL09-BP02",
  remediationSteps:
    "Set `deletionProtection`, or the option `protect`, and remove `skipFinalSnapshot` and `forceDestroy`; lift the protection for one update to delete something on purpose.",
  url: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html",
  types: [...new Set([...Object.keys(musts), ...Object.keys(mustNots)])],
  config: {
    disposableTag: {
      type: "string",
      default: "",
      description:
        "Key of a tag that states why a bucket may be deleted with its contents, because an update recreates them",
    },
  },
  find: (subject, { disposableTag }): readonly Finding[] =>
    isExempt(subject)
      ? []
      : [
          ...flagFindings(subject, musts[subject.type], true),
          ...bucketFindings(subject, disposableTag),
        ],
});

/**
 * A replica, because its data is in its source and RDS makes no final snapshot of it; or a resource
 * that Pulumi itself refuses to delete.
 */
function isExempt(subject: Subject): boolean {
  return subject.has("replicateSourceDb") || subject.resource.protect === true;
}

/**
 * A bucket with the tag may be deleted with its objects; databases, tables and zones never may.
 */
function bucketFindings(subject: Subject, disposableTag: string): readonly Finding[] {
  const findings = flagFindings(subject, mustNots[subject.type], false);
  if (findings.length === 0 || subject.type !== types.bucket || disposableTag === "") {
    return findings;
  }
  const tags = subject.unknownWhole("tags") ? undefined : subject.object("tags");
  if (!tags || tags.unknownWhole(disposableTag)) {
    const unknowns = unknownsOf(subject, "tags");
    return unknowns.length > 0 ? unknowns : findings;
  }
  return tags.has(disposableTag) ? [] : findings;
}

function flagFindings(
  subject: Subject,
  property: string | undefined,
  wanted: boolean,
): readonly Finding[] {
  if (property === undefined) return [];
  const unknowns = unknownsOf(subject, property);
  if (unknowns.length > 0) return unknowns;
  if ((subject.flag(property) ?? false) === wanted) return [];
  return [
    violation(subject, property, {
      must: wanted ? "must be true" : "must not be set",
      got: wanted ? (subject.has(property) ? "false" : "none") : "true",
      so: "one update that renames or removes the resource deletes its contents",
      remedy: wanted ? "set it" : "remove it",
    }),
  ];
}
