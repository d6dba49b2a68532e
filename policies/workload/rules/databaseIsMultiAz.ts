import type { Subject } from "../../fields";
import type { Finding } from "../../finding";
import { unknownsOf, violation } from "../../finding";
import { resourceRule } from "../../rule";
import { types } from "../../types";

/** What makes each kind survive its zone. */
const flags: Readonly<Record<string, readonly string[]>> = {
  [types.databaseInstance]: ["multiAz"],
  [types.cacheGroup]: ["multiAzEnabled", "automaticFailoverEnabled"],
};

export const databaseIsMultiAz = resourceRule({
  name: "database-is-multi-az",
  description: "Databases and caches survive the loss of an availability zone.",
  severity: "high",
  level: "mandatory",
  why: "Both zones of a region share the database: in one zone alone it takes the whole region with it, and the zone tier is worth nothing.",
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
      so: "the loss of one zone takes the whole region's orders with it",
      remedy: "set it",
    }),
  ];
}
