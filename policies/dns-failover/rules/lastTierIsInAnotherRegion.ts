import { aliasedName } from "../../../routing/model";
import type { Finding } from "../../finding";
import { violation } from "../../finding";
import { stackRule } from "../../rule";
import { offenderOf } from "../../stack";
import { types } from "../../types";
import { common, regionsOf } from "../places";
import { developerGuide } from "../route53";
import { treesOf } from "../trees";

export const lastTierIsInAnotherRegion = stackRule({
  name: "last-tier-is-in-another-region",
  description: "The last tier is in a separate region.",
  severity: "high",
  level: "advisory",
  why: "The last tier exists for the loss of a region; in that region it would be lost as well.",
  source: "AWS Fault Isolation Boundaries, regional services",
  remediationSteps: "Create the bucket with a provider of a third region.",
  url: developerGuide("dns-failover-complex-configs"),
  types: [types.record],
  config: {},
  find: (stack) =>
    treesOf(stack).flatMap(({ root, inner, last }) => {
      const serving = regionsOf(stack, inner);
      return last
        .filter((record) => aliasedName(record) === undefined)
        .flatMap((record): readonly Finding[] => {
          const [shared] = common(regionsOf(stack, [record]), serving);
          if (shared === undefined) return [];
          return [
            violation(offenderOf(record), "region", {
              must: `must be none of ${[...serving].join(", ")}, where the other tiers of ${root.name} are`,
              got: shared,
              so: `with ${shared} lost, the last tier of ${root.name} is lost too`,
              remedy: "move it to a third region",
            }),
          ];
        });
    }),
});
