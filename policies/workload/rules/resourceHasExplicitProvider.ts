import { nameOf } from "../../../routing/graph/fromExport";
import type { Resource } from "../../../routing/graph/resource";
import type { Finding } from "../../finding";
import { violation } from "../../finding";
import { stackRule } from "../../rule";

/** The engine's name of a default provider: `default`, with or without its version. */
const defaultName = /^default(_|$)/;

export const resourceHasExplicitProvider = stackRule({
  name: "resource-has-explicit-provider",
  description: "Every AWS resource has an explicit provider with a region.",
  severity: "high",
  level: "disabled",
  why: "A default provider takes the region from the environment of the update. The standby may then be created in the region of the primary, and no one notices until that region is lost.",
  source: "Pulumi, default provider configuration; pulumi:disable-default-providers",
  remediationSteps:
    "Create one `aws.Provider` per region, pass it down, and set `pulumi:disable-default-providers: [aws]`.",
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
  const hasOwnRegion = typeof resource.inputs["region"] === "string";
  const isExplicit =
    hasOwnRegion || (provider !== undefined && !defaultName.test(nameOf(provider)));
  if (isExplicit && region !== undefined) return [];
  return [
    violation(resource, isExplicit ? "region" : "provider", {
      must: isExplicit ? "must be known from its provider" : "must be created by the program",
      got: provider === undefined || isExplicit ? "none" : nameOf(provider),
      so: "the resource is created in the region of the update's environment",
      remedy: "pass a provider with a region",
    }),
  ];
}
