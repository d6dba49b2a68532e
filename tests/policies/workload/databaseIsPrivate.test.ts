import { types } from "../../../policies/types";
import { databaseIsPrivate } from "../../../policies/workload/rules/databaseIsPrivate";
import type { Properties } from "../../../routing/graph/resource";
import { describeRule } from "../describeRule";
import type { Sample } from "../sample";
import { nothing } from "../sample";

const one = (type: string, properties: Properties): Sample =>
  nothing.add({ type, name: "it", properties });

describeRule(databaseIsPrivate, {
  complies: [{ title: "without a public address", sample: one(types.databaseInstance, {}) }],
  violates: [
    {
      title: "a public database",
      sample: one(types.databaseInstance, { publiclyAccessible: true }),
      finds: [
        "it.publiclyAccessible: must not be set, got true, so the database can be reached from the internet; remove it",
      ],
    },
    {
      title: "a public instance of a cluster",
      sample: one(types.databaseClusterInstance, { publiclyAccessible: true }),
      finds: [
        "it.publiclyAccessible: must not be set, got true, so the database can be reached from the internet; remove it",
      ],
    },
  ],
  boundary: [
    {
      title: "an explicitly private database",
      sample: one(types.databaseInstance, { publiclyAccessible: false }),
      finds: [],
    },
  ],
  notApplicable: [
    { title: "in an empty stack", sample: nothing },
    { title: "in a stack of something else", sample: one("aws:sqs/queue:Queue", {}) },
  ],
  unknown: [
    {
      title: "an unknown setting",
      sample: one(types.databaseInstance, {}).hide("it", "publiclyAccessible"),
      finds: ["unknown: publiclyAccessible: it: it is not known before deployment"],
    },
  ],
  configuration: [],
});
