import { types } from "../../../policies/types";
import { databaseRequiresTls } from "../../../policies/workload/rules/databaseRequiresTls";
import type { Properties } from "../../../routing/graph/resource";
import { describeRule } from "../describeRule";
import type { Sample } from "../sample";
import { nothing } from "../sample";

const one = (type: string, properties: Properties): Sample =>
  nothing.add({ type, name: "it", properties });
/** A MySQL database with a parameter group. */
function database(value: string): Sample {
  return one(types.databaseInstance, { engine: "mysql", parameterGroupName: "pg" }).add({
    type: types.parameterGroup,
    name: "group",
    properties: { name: "pg", parameters: [{ name: "require_secure_transport", value }] },
  });
}

describeRule(databaseRequiresTls, {
  complies: [
    { title: "with a parameter group that requires TLS", sample: database("1") },
    { title: "with another engine", sample: one(types.databaseInstance, { engine: "oracle-ee" }) },
    {
      title: "with a PostgreSQL version that requires TLS by default",
      sample: one(types.databaseInstance, { engine: "postgres", engineVersion: "16.3" }),
    },
    {
      title: "with a cluster that requires TLS",
      sample: one(types.databaseCluster, {
        engine: "aurora-mysql",
        dbClusterParameterGroupName: "pg",
      }).add({
        type: types.clusterParameterGroup,
        name: "group",
        properties: { name: "pg", parameters: [{ name: "require_secure_transport", value: "ON" }] },
      }),
    },
  ],
  violates: [
    {
      title: "a group that does not require TLS",
      sample: database("0"),
      finds: [
        "group.parameters: must set require_secure_transport to 1, got 0, so a client that forgets TLS sends passwords and data in plain text; set it in the parameter group",
      ],
    },
    {
      title: "no group",
      sample: one(types.databaseInstance, { engine: "mysql" }),
      finds: [
        "it.parameterGroupName: must set require_secure_transport to 1, got none, so a client that forgets TLS sends passwords and data in plain text; set it in the parameter group",
      ],
    },
    {
      title: "the default group",
      sample: one(types.databaseInstance, {
        engine: "mysql",
        parameterGroupName: "default.mysql8.0",
      }),
      finds: [
        "it.parameterGroupName: must set require_secure_transport to 1, got none, so a client that forgets TLS sends passwords and data in plain text; set it in the parameter group",
      ],
    },
    {
      title: "a group with other parameters",
      sample: database("1").set("group", { parameters: [{ name: "time_zone", value: "UTC" }] }),
      finds: [
        "group.parameters: must set require_secure_transport to 1, got none, so a client that forgets TLS sends passwords and data in plain text; set it in the parameter group",
      ],
    },
  ],
  boundary: [{ title: "a word instead of the number", sample: database("ON"), finds: [] }],
  notApplicable: [
    { title: "in an empty stack", sample: nothing },
    { title: "in a stack of something else", sample: one("aws:sqs/queue:Queue", {}) },
  ],
  unknown: [
    {
      title: "an unknown engine",
      sample: database("1").hide("it", "engine"),
      finds: ["unknown: engine: it: it is not known before deployment"],
    },
    {
      title: "unknown parameters",
      sample: database("1").hide("group", "parameters"),
      finds: ["unknown: parameters: group: it is not known before deployment"],
    },
    {
      title: "a group of another stack",
      sample: database("1").drop("group"),
      finds: [
        "unknown: parameterGroupName: it: its parameter group is outside this stack, so whether it requires TLS is not checked",
      ],
    },
  ],
  configuration: [],
});
