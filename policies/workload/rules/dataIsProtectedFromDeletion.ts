import type { Subject } from "../../fields";
import type { Finding } from "../../finding";
import { unknownsOf, violation } from "../../finding";
import { resourceRule } from "../../rule";
import { types } from "../../types";

/** What must be set, and what must not be, by type. */
const musts: Readonly<Record<string, string>> = {
  [types.databaseInstance]: "deletionProtection",
  [types.databaseCluster]: "deletionProtection",
  [types.table]: "deletionProtectionEnabled",
};
const mustNots: Readonly<Record<string, string>> = {
  [types.databaseInstance]: "skipFinalSnapshot",
  [types.databaseCluster]: "skipFinalSnapshot",
  [types.zone]: "forceDestroy",
  [types.bucket]: "forceDestroy",
};

export const dataIsProtectedFromDeletion = resourceRule({
  name: "data-is-protected-from-deletion",
  description: "Databases, tables, zones and buckets cannot be deleted with what is in them.",
  severity: "high",
  level: "mandatory",
  why: "A renamed resource is a new one and a deletion of the old one; protection turns the loss of all orders into an update that stops.",
  source: "AWS Well-Architected, REL09-BP02",
  remediationSteps:
    "Set `deletionProtection`, and remove `skipFinalSnapshot` and `forceDestroy`; lift them for one update to delete something on purpose.",
  url: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html",
  types: [...new Set([...Object.keys(musts), ...Object.keys(mustNots)])],
  config: {
    disposableTag: {
      type: "string",
      default: "",
      description:
        "Key of a tag by which a bucket says why it may be deleted with what is in it, as an update makes it anew",
    },
  },
  find: (subject, { disposableTag }): readonly Finding[] => [
    ...flagFindings(subject, musts[subject.type], true),
    ...bucketFindings(subject, disposableTag),
  ],
});

/** A bucket that says so may go with its objects; what keeps orders or names never may. */
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
      so: "one update that renames or removes the resource deletes all that is in it",
      remedy: wanted ? "set it" : "remove it",
    }),
  ];
}
