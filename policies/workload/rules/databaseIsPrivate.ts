import type { Finding } from "../../finding";
import { unknownsOf, violation } from "../../finding";
import { resourceRule } from "../../rule";
import { types } from "../../types";

export const databaseIsPrivate = resourceRule({
  name: "database-is-private",
  description: "No database has a public address.",
  severity: "critical",
  level: "mandatory",
  why: "With a public address, one wrong security group exposes the database to password guessing.",
  source: "AWS Well-Architected, SEC05-BP01",
  remediationSteps: "Remove `publiclyAccessible`; connect to the database through Systems Manager.",
  url: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html",
  types: [types.databaseInstance, types.databaseClusterInstance, types.warehouse],
  config: {},
  find: (database): readonly Finding[] => {
    const unknowns = unknownsOf(database, "publiclyAccessible");
    if (unknowns.length > 0 || database.flag("publiclyAccessible") !== true) return unknowns;
    return [
      violation(database, "publiclyAccessible", {
        must: "must not be set",
        got: "true",
        so: "the database can be reached from the internet",
        remedy: "remove it",
      }),
    ];
  },
});
