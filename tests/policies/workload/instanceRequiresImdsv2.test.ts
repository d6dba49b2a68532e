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
      title: "with version 2 only",
      sample: one(types.instance, { metadataOptions: { httpTokens: "required" } }),
    },
    {
      title: "with no metadata at all",
      sample: one(types.launchTemplate, { metadataOptions: { httpEndpoint: "disabled" } }),
    },
  ],
  violates: [
    {
      title: "an instance that says nothing",
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
      title: "a launch configuration that says nothing",
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
      title: "options that are not known yet",
      sample: one(types.instance, {}).hide("it", "metadataOptions"),
      finds: ["unknown: metadataOptions: it: it is not known before deployment"],
    },
    {
      title: "a token option that is not known yet",
      sample: one(types.instance, { metadataOptions: { httpTokens: new Unknown("computed") } }),
      finds: ["unknown: metadataOptions: it: it is not known before deployment"],
    },
  ],
  configuration: [],
});
