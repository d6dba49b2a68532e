import { types } from "../../../policies/types";
import { instanceRequiresImdsv2 } from "../../../policies/workload/rules/instanceRequiresImdsv2";
import type { Properties } from "../../../routing/graph/resource";
import { Unknown } from "../../../routing/graph/resource";
import { describeRule } from "../describeRule";
import type { Sample } from "../sample";
import { nothing } from "../sample";

const one = (type: string, properties: Properties): Sample =>
  nothing.add({ type, name: "it", properties });

describeRule(instanceRequiresImdsv2, {
  complies: [
    {
      title: "with only version 2",
      sample: one(types.instance, { metadataOptions: { httpTokens: "required" } }),
    },
    {
      title: "without a metadata endpoint",
      sample: one(types.launchTemplate, { metadataOptions: { httpEndpoint: "disabled" } }),
    },
  ],
  violates: [
    {
      title: "an instance without metadata options",
      sample: one(types.instance, {}),
      finds: [
        'it.metadataOptions.httpTokens: must be "required", got none, so any process that can be tricked into fetching a URL can obtain the credentials of the instance; set it',
      ],
    },
    {
      title: "a template with both versions",
      sample: one(types.launchTemplate, { metadataOptions: { httpTokens: "optional" } }),
      finds: [
        'it.metadataOptions.httpTokens: must be "required", got optional, so any process that can be tricked into fetching a URL can obtain the credentials of the instance; set it',
      ],
    },
    {
      title: "a launch configuration without metadata options",
      sample: one(types.launchConfiguration, {}),
      finds: [
        'it.metadataOptions.httpTokens: must be "required", got none, so any process that can be tricked into fetching a URL can obtain the credentials of the instance; set it',
      ],
    },
  ],
  boundary: [
    {
      title: "the options as a list of one block",
      sample: one(types.instance, { metadataOptions: [{ httpTokens: "required" }] }),
      finds: [],
    },
  ],
  notApplicable: [
    { title: "in an empty stack", sample: nothing },
    { title: "in a stack of something else", sample: one("aws:sqs/queue:Queue", {}) },
  ],
  unknown: [
    {
      title: "unknown options",
      sample: one(types.instance, {}).hide("it", "metadataOptions"),
      finds: ["unknown: metadataOptions: it: it is not known before deployment"],
    },
    {
      title: "an unknown token option",
      sample: one(types.instance, { metadataOptions: { httpTokens: new Unknown("computed") } }),
      finds: ["unknown: metadataOptions: it: it is not known before deployment"],
    },
  ],
  configuration: [],
});
