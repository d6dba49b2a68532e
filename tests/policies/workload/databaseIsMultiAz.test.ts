import { types } from "../../../policies/types";
import { databaseIsMultiAz } from "../../../policies/workload/rules/databaseIsMultiAz";
import type { Properties } from "../../../routing/graph/resource";
import { describeRule } from "../describeRule";
import type { Sample } from "../sample";
import { nothing } from "../sample";

const one = (type: string, properties: Properties): Sample =>
  nothing.add({ type, name: "it", properties });

describeRule(databaseIsMultiAz, {
  complies: [
    {
      title: "with a database in two zones",
      sample: one(types.databaseInstance, { multiAz: true }),
    },
    {
      title: "with a cache in two zones",
      sample: one(types.cacheGroup, { multiAzEnabled: true, automaticFailoverEnabled: true }),
    },
  ],
  violates: [
    {
      title: "a database in one zone",
      sample: one(types.databaseInstance, {}),
      finds: [
        "it.multiAz: must be true, got none, so the loss of one zone makes the data unavailable to the whole region; set it",
      ],
    },
    {
      title: "a cache in one zone",
      sample: one(types.cacheGroup, { multiAzEnabled: false }),
      finds: [
        "it.multiAzEnabled: must be true, got false, so the loss of one zone makes the data unavailable to the whole region; set it",
        "it.automaticFailoverEnabled: must be true, got none, so the loss of one zone makes the data unavailable to the whole region; set it",
      ],
    },
  ],
  boundary: [
    {
      title: "a cache in two zones without automatic failover",
      sample: one(types.cacheGroup, { multiAzEnabled: true }),
      finds: [
        "it.automaticFailoverEnabled: must be true, got none, so the loss of one zone makes the data unavailable to the whole region; set it",
      ],
    },
  ],
  notApplicable: [
    { title: "in an empty stack", sample: nothing },
    { title: "in a stack of something else", sample: one("aws:sqs/queue:Queue", {}) },
  ],
  unknown: [
    {
      title: "an unknown setting",
      sample: one(types.databaseInstance, {}).hide("it", "multiAz"),
      finds: ["unknown: multiAz: it: it is not known before deployment"],
    },
  ],
  configuration: [],
});
