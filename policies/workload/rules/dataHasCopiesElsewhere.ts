import type { Subject } from "../../fields";
import type { Finding } from "../../finding";
import { reasonWord, unknown, violation } from "../../finding";
import { stackRule } from "../../rule";
import type { Stack } from "../../stack";
import { types } from "../../types";

const so =
  "if its region is lost or its backups there are deleted, there is nothing left to restore";

export const dataHasCopiesElsewhere = stackRule({
  name: "data-has-copies-elsewhere",
  description: "Databases and tables can be restored in a different region.",
  severity: "high",
  level: "disabled",
  why: "Backups in the region of their database are lost with it, and a mistake there reaches both.",
  source: "AWS Well-Architected, REL13-BP02; Amazon RDS User Guide, USER_ReplicateBackups",
  remediationSteps:
    "Add an `InstanceAutomatedBackupsReplication` of the database in another region, and a replica of the table with `pointInTimeRecovery`.",
  url: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReplicateBackups.html",
  types: [types.databaseInstance, types.table],
  config: {},
  find: (stack) => [
    ...databaseFindings(stack),
    ...stack.subjects(types.table).flatMap((table) => tableFindings(table)),
  ],
});

function databaseFindings(stack: Stack): readonly Finding[] {
  const copied = new Set(
    stack
      .subjects(types.backupReplication)
      .flatMap((copy) => stack.follow(copy, "sourceDbInstanceArn", types.databaseInstance))
      .map(({ urn }) => urn),
  );
  return stack
    .subjects(types.databaseInstance)
    .filter(({ urn }) => !copied.has(urn))
    .map((database) =>
      violation(database, "identifier", {
        must: "must have its automated backups replicated to another region",
        got: "no InstanceAutomatedBackupsReplication for it",
        so,
        remedy: "add one, with a provider of that region",
      }),
    );
}

function tableFindings(table: Subject): readonly Finding[] {
  const reason = table.unknownAt("replicas");
  if (reason) return [unknown(table, "replicas", reasonWord(reason))];
  const replicas = table.items("replicas");
  if (replicas.some((replica) => replica.flag("pointInTimeRecovery") === true)) return [];
  return [
    violation(table, "replicas", {
      must: "must include one with pointInTimeRecovery",
      got: replicas.length === 0 ? "none" : `${replicas.length} without it`,
      so,
      remedy: "set it",
    }),
  ];
}
