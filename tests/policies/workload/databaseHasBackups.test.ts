import { types } from "../../../policies/types";
import { databaseHasBackups } from "../../../policies/workload/rules/databaseHasBackups";
import type { Properties } from "../../../routing/graph/resource";
import { describeRule } from "../describeRule";
import type { Sample } from "../sample";
import { nothing } from "../sample";

const one = (type: string, properties: Properties): Sample =>
  nothing.add({ type, name: "it", properties });

describeRule(databaseHasBackups, {
  complies: [
    {
      title: "with a week of backups",
      sample: one(types.databaseInstance, { backupRetentionPeriod: 7 }),
    },
    {
      title: "with a table that can be restored",
      sample: one(types.table, { pointInTimeRecovery: { enabled: true } }),
    },
  ],
  violates: [
    {
      title: "no backups",
      sample: one(types.databaseInstance, {}),
      finds: [
        "it.backupRetentionPeriod: must be at least 1 day, got 0, so deleted data cannot be restored; set it to 1",
      ],
    },
    {
      title: "a table that cannot be restored",
      sample: one(types.table, {}),
      finds: [
        "it.pointInTimeRecovery.enabled: must be true, got none, so data deleted by mistake is gone from all replicas within a second; set it",
      ],
    },
    {
      title: "a table with disabled recovery",
      sample: one(types.table, { pointInTimeRecovery: { enabled: false } }),
      finds: [
        "it.pointInTimeRecovery.enabled: must be true, got false, so data deleted by mistake is gone from all replicas within a second; set it",
      ],
    },
  ],
  boundary: [
    {
      title: "one day less than required",
      sample: one(types.databaseCluster, { backupRetentionPeriod: 6 }),
      config: { minDays: 7 },
      finds: [
        "it.backupRetentionPeriod: must be at least 7 days, got 6, so data deleted more than 6 days ago is lost permanently; set it to 7",
      ],
    },
    {
      title: "exactly the configured days",
      sample: one(types.databaseInstance, { backupRetentionPeriod: 1 }),
      config: { minDays: 1 },
      finds: [],
    },
  ],
  notApplicable: [
    { title: "in an empty stack", sample: nothing },
    { title: "in a stack of something else", sample: one("aws:sqs/queue:Queue", {}) },
  ],
  unknown: [
    {
      title: "an unknown retention",
      sample: one(types.databaseInstance, {}).hide("it", "backupRetentionPeriod"),
      finds: ["unknown: backupRetentionPeriod: it: it is not known before deployment"],
    },
    {
      title: "an unknown recovery setting",
      sample: one(types.table, {}).hide("it", "pointInTimeRecovery"),
      finds: ["unknown: pointInTimeRecovery: it: it is not known before deployment"],
    },
  ],
  configuration: [
    {
      values: { minDays: 0 },
      faults: [
        "database-has-backups.minDays: must be a whole number from 1 to 35, got 0; it means: the minimum number of days back that a database can be restored",
      ],
    },
    {
      values: { minDays: 36 },
      faults: [
        "database-has-backups.minDays: must be a whole number from 1 to 35, got 36; it means: the minimum number of days back that a database can be restored",
      ],
    },
  ],
});
