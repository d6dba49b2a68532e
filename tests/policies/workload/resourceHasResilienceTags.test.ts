import { types } from "../../../policies/types";
import { resourceHasResilienceTags } from "../../../policies/workload/rules/resourceHasResilienceTags";
import type { Properties } from "../../../routing/graph/resource";
import { describeRule } from "../describeRule";
import type { Sample } from "../sample";
import { nothing } from "../sample";

const one = (type: string, properties: Properties): Sample =>
  nothing.add({ type, name: "it", properties });

describeRule(resourceHasResilienceTags, {
  complies: [
    {
      title: "with the tags",
      sample: one(types.instance, { tags: { Project: "cafe", Environment: "dev", Name: "web" } }),
    },
    {
      title: "with the tags of an Auto Scaling group, which are a list",
      sample: one(types.autoScalingGroup, {
        tags: [
          { key: "Project", value: "cafe" },
          { key: "Environment", value: "dev" },
        ],
      }),
    },
  ],
  violates: [
    {
      title: "no tags",
      sample: one(types.bucket, {}),
      finds: [
        "it.tags: must have Project, Environment, got no Project, Environment, so experiments miss the resource, and in an outage its owner is unknown; add the missing tags",
      ],
    },
    {
      title: "one of two tags",
      sample: one(types.instance, { tags: { Project: "cafe" } }),
      finds: [
        "it.tags: must have Project, Environment, got no Environment, so experiments miss the resource, and in an outage its owner is unknown; add the missing tags",
      ],
    },
  ],
  boundary: [
    {
      title: "a tag that differs in case",
      sample: one(types.instance, { tags: { project: "cafe", Environment: "dev" } }),
      finds: [
        "it.tags: must have Project, Environment, got no Project, so experiments miss the resource, and in an outage its owner is unknown; add the missing tags",
      ],
    },
    {
      title: "the configured tags",
      sample: one(types.instance, { tags: { Owner: "a" } }),
      config: { required: ["Owner"] },
      finds: [],
    },
  ],
  notApplicable: [
    { title: "in an empty stack", sample: nothing },
    { title: "in a stack of something else", sample: one("aws:sqs/queue:Queue", {}) },
  ],
  unknown: [
    {
      title: "unknown tags",
      sample: one(types.instance, {}).hide("it", "tags"),
      finds: ["unknown: tags: it: it is not known before deployment"],
    },
  ],
  configuration: [
    {
      values: { required: [] },
      faults: [
        "resource-has-resilience-tags.required: must be a list of strings, at least 1, got []; it means: keys of the tags that each resource carries",
      ],
    },
    {
      values: { required: "Project" },
      faults: [
        'resource-has-resilience-tags.required: must be a list of strings, at least 1, got "Project"; it means: keys of the tags that each resource carries',
      ],
    },
    {
      values: { required: [1] },
      faults: [
        "resource-has-resilience-tags.required: must be a list of strings, at least 1, got [1]; it means: keys of the tags that each resource carries",
      ],
    },
  ],
});
