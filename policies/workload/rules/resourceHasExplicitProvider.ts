import { nameOf } from "../../../routing/graph/fromExport";
import type { Resource } from "../../../routing/graph/resource";
import type { Finding } from "../../finding";
import { violation } from "../../finding";
import { stackRule } from "../../rule";

/** What the engine calls a provider that nobody made: `default`, or with its version. */
const defaultName = /^default(_|$)/;

export const resourceHasExplicitProvider = stackRule({
  name: "resource-has-explicit-provider",
  description: "Every AWS resource is made by a provider that says its region.",
  severity: "high",
  level: "mandatory",
  why: "A default provider takes the region from whoever runs the update. The standby then lands beside the primary, and nothing says so until the region is lost.",
  source: "Pulumi, default provider configuration; pulumi:disable-default-providers",
  remediationSteps:
    "Make one `aws.Provider` for each region, pass it down, and set `pulumi:disable-default-providers: [aws]`.",
  url: "https://www.pulumi.com/docs/iac/concepts/resources/providers/#default-provider-configuration",
  types: [],
  config: {},
  find: (stack) =>
    stack.graph.resources
      .filter(({ type, custom }) => custom && type.startsWith("aws:"))
      .flatMap((resource) => resourceFindings(resource)),
});

function resourceFindings(resource: Resource): readonly Finding[] {
  const { provider, region } = resource;
  const isExplicit = provider !== undefined && !defaultName.test(nameOf(provider));
  if (isExplicit && region !== undefined) return [];
  return [
    violation(resource, isExplicit ? "region" : "provider", {
      must: isExplicit ? "must be known from its provider" : "must be one that the program makes",
      got: provider === undefined || isExplicit ? "none" : nameOf(provider),
      so: "the resource lands in the region of whoever runs the update",
      remedy: "pass a provider with a region",
    }),
  ];
}
