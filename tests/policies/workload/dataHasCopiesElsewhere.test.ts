import { types } from "../../../policies/types";
import { dataHasCopiesElsewhere } from "../../../policies/workload/rules/dataHasCopiesElsewhere";
import type { Properties } from "../../../routing/graph/resource";
import { describeRule } from "../describeRule";
import type { Sample } from "../sample";
import { nothing } from "../sample";

const arn = "arn:aws:rds:us-west-2:123456789012:db:orders";
const database = nothing.add({
  type: types.databaseInstance,
  name: "it",
  properties: { identifier: "orders", arn },
});
const table = (properties: Properties): Sample =>
  nothing.add({ type: types.table, name: "it", properties });
const so =
  "so if its region is lost or its backups there are deleted, there is nothing left to restore";

describeRule(dataHasCopiesElsewhere, {
  complies: [
    {
      title: "with a database whose backups are replicated",
      sample: database.add({
        type: types.backupReplication,
        name: "copy",
        region: "us-east-2",
        properties: { sourceDbInstanceArn: arn },
        from: { sourceDbInstanceArn: ["it"] },
      }),
    },
    {
      title: "with a table that can be restored in two regions",
      sample: table({ replicas: [{ regionName: "eu-west-1", pointInTimeRecovery: true }] }),
    },
  ],
  violates: [
    {
      title: "a database whose backups stay in its region",
      sample: database,
      finds: [
        `it.identifier: must have its automated backups replicated to another region, got no InstanceAutomatedBackupsReplication for it, ${so}; add one, with a provider of that region`,
      ],
    },
    {
      title: "a copy of another database",
      sample: database.add({
        type: types.backupReplication,
        name: "copy",
        region: "us-east-2",
        properties: { sourceDbInstanceArn: `${arn}-of-others` },
      }),
      finds: [
        `it.identifier: must have its automated backups replicated to another region, got no InstanceAutomatedBackupsReplication for it, ${so}; add one, with a provider of that region`,
      ],
    },
    {
      title: "a table in one region",
      sample: table({}),
      finds: [`it.replicas: must include one with pointInTimeRecovery, got none, ${so}; set it`],
    },
  ],
  boundary: [
    {
      title: "a replica that cannot be restored, and one that can",
      sample: table({
        replicas: [
          { regionName: "eu-west-1" },
          { regionName: "us-east-2", pointInTimeRecovery: true },
        ],
      }),
      finds: [],
    },
    {
      title: "a replica that cannot be restored",
      sample: table({ replicas: [{ regionName: "eu-west-1", pointInTimeRecovery: false }] }),
      finds: [
        `it.replicas: must include one with pointInTimeRecovery, got 1 without it, ${so}; set it`,
      ],
    },
  ],
  notApplicable: [
    { title: "in an empty stack", sample: nothing },
    {
      title: "in a stack of something else",
      sample: nothing.add({ type: "aws:sqs/queue:Queue", name: "it" }),
    },
  ],
  unknown: [
    {
      title: "unknown replicas",
      sample: table({}).hide("it", "replicas"),
      finds: ["unknown: replicas: it: it is not known before deployment"],
    },
  ],
  configuration: [],
});
