import { types } from "../../../policies/types";
import { resourceHasExplicitProvider } from "../../../policies/workload/rules/resourceHasExplicitProvider";
import type { Properties, Resource } from "../../../routing/graph/resource";
import { describeRule } from "../describeRule";
import type { Sample } from "../sample";
import { nothing } from "../sample";

const one = (type: string, properties: Properties): Sample =>
  nothing.add({ type, name: "it", properties });
function withoutProvider(resource: Resource): Resource {
  const { provider, ...rest } = resource;
  return provider === undefined ? resource : rest;
}

describeRule(resourceHasExplicitProvider, {
  complies: [
    { title: "with a provider that has a region", sample: one(types.bucket, {}) },
    {
      title: "with resources of other providers",
      sample: nothing.add({ type: "random:index:Id", name: "id", provider: "" }),
    },
  ],
  violates: [
    {
      title: "no provider",
      sample: one(types.bucket, {}).change("it", withoutProvider),
      finds: [
        "it.provider: must be created by the program, got none, so the resource is created in the region of the update's environment; pass a provider with a region",
      ],
    },
    {
      title: "a default provider",
      sample: nothing.add({
        type: types.bucket,
        name: "it",
        provider: "urn:pulumi:test::sample::pulumi:providers:aws::default_7_48_0",
      }),
      finds: [
        "it.provider: must be created by the program, got default_7_48_0, so the resource is created in the region of the update's environment; pass a provider with a region",
      ],
    },
  ],
  boundary: [
    {
      title: "a provider whose name only starts with default",
      sample: nothing.add({
        type: types.bucket,
        name: "it",
        provider: "urn:pulumi:test::sample::pulumi:providers:aws::defaulted",
      }),
      finds: [],
    },
    {
      title: "a provider without a region",
      sample: one(types.bucket, {}).nowhere("it"),
      finds: [
        "it.region: must be known from its provider, got none, so the resource is created in the region of the update's environment; pass a provider with a region",
      ],
    },
  ],
  notApplicable: [{ title: "in an empty stack", sample: nothing }],
  unknown: [
    {
      title: "an unknown input, because a provider is always known",
      sample: one(types.bucket, {}).hide("it", "arn"),
      finds: [],
    },
  ],
  configuration: [],
});
