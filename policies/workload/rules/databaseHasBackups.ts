import type { Subject } from "../../fields";
import type { Finding } from "../../finding";
import { reasonWord, unknown, violation } from "../../finding";
import { resourceRule } from "../../rule";
import { types } from "../../types";

/** Clusters, which by default keep backups for one day (API:CreateDBCluster). */
const clusters: readonly string[] = [
  types.databaseCluster,
  types.documentCluster,
  types.graphCluster,
];

export const databaseHasBackups = resourceRule({
  name: "database-has-backups",
  description: "Databases and tables can be restored to a point in time.",
  severity: "high",
  level: "mandatory",
  why: "A replica repeats a wrong DELETE within a second. Only a backup has the earlier data.",
  source: "AWS Well-Architected, REL09-BP03",
  remediationSteps:
    "Set `backupRetentionPeriod` of a database, and `pointInTimeRecovery` of a table. A read replica is exempt: its source is backed up.",
  url: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html",
  types: [types.databaseInstance, ...clusters, types.table],
  config: {
    minDays: {
      type: "integer",
      minimum: 1,
      maximum: 35,
      default: 1,
      looser: "less",
      description: "The minimum number of days back that a database can be restored",
    },
  },
  find: (subject, { minDays }): readonly Finding[] =>
    subject.type === types.table ? tableFindings(subject) : retentionFindings(subject, minDays),
});

function retentionFindings(database: Subject, minDays: number): readonly Finding[] {
  if (database.has("replicateSourceDb")) return [];
  const reason = database.unknownAt("backupRetentionPeriod");
  if (reason) return [unknown(database, "backupRetentionPeriod", reasonWord(reason))];
  const days = database.number("backupRetentionPeriod", clusters.includes(database.type) ? 1 : 0);
  if (days >= minDays) return [];
  return [
    violation(database, "backupRetentionPeriod", {
      must: `must be at least ${minDays} day${minDays === 1 ? "" : "s"}`,
      got: `${days}`,
      so:
        days === 0
          ? "deleted data cannot be restored"
          : `data deleted more than ${days} days ago is lost permanently`,
      remedy: `set it to ${minDays}`,
    }),
  ];
}

function tableFindings(table: Subject): readonly Finding[] {
  const whole = table.unknownWhole("pointInTimeRecovery");
  const recovery = whole ? undefined : table.object("pointInTimeRecovery");
  const reason = whole ?? recovery?.unknownAt("enabled");
  if (reason) return [unknown(table, "pointInTimeRecovery", reasonWord(reason))];
  if (recovery?.flag("enabled") === true) return [];
  return [
    violation(table, "pointInTimeRecovery.enabled", {
      must: "must be true",
      got: recovery ? "false" : "none",
      so: "data deleted by mistake is gone from all replicas within a second",
      remedy: "set it",
    }),
  ];
}
