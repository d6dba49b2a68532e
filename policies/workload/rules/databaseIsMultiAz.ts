import type { Subject } from "../../fields";
import type { Finding } from "../../finding";
import { unknownsOf, violation } from "../../finding";
import { resourceRule } from "../../rule";
import { types } from "../../types";

/** The setting of each kind that makes it survive a zone. */
const flags: Readonly<Record<string, readonly string[]>> = {
  [types.databaseInstance]: ["multiAz"],
  [types.cacheGroup]: ["multiAzEnabled", "automaticFailoverEnabled"],
};

export const databaseIsMultiAz = resourceRule({
  name: "database-is-multi-az",
  description: "Databases and caches survive the loss of an availability zone.",
  severity: "high",
  level: "advisory",
  why: "Both zones of a region share the database. In a single zone its loss takes the whole region down, and the zone tier is useless.",
  source: "Amazon RDS User Guide, Multi-AZ DB instance deployments",
  remediationSteps: "Set `multiAz`, or `multiAzEnabled` and `automaticFailoverEnabled`.",
  url: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZSingleStandby.html",
  types: Object.keys(flags),
  config: {},
  find: (subject) => (flags[subject.type] ?? []).flatMap((flag) => flagFindings(subject, flag)),
});

function flagFindings(subject: Subject, flag: string): readonly Finding[] {
  const unknowns = unknownsOf(subject, flag);
  if (unknowns.length > 0 || subject.flag(flag) === true) return unknowns;
  return [
    violation(subject, flag, {
      must: "must be true",
      got: subject.has(flag) ? "false" : "none",
      so: "the loss of one zone takes the data away from the whole region",
      remedy: "set it",
    }),
  ];
}
