import { groupFaults } from "../../../routing/group";
import type { Finding } from "../../finding";
import { violation } from "../../finding";
import { stackRule } from "../../rule";
import { offenderOf } from "../../stack";
import { types } from "../../types";
import { developerGuide } from "../route53";
import { recordGroupsOf, unknownIn } from "../trees";

export const recordHasOwnSetIdentifier = stackRule({
  name: "record-has-own-set-identifier",
  description: "The records of a name and type have different set identifiers.",
  severity: "high",
  level: "mandatory",
  why: "The set identifier distinguishes the members of a group. Two records with the same one are a single record to Route 53, and each update replaces one with the other.",
  source: "C15; hashicorp/terraform #330",
  remediationSteps: "Give each record a `setIdentifier` for its role, such as `primary`.",
  url: developerGuide("resource-record-sets-values-failover"),
  types: [types.record],
  config: {},
  find: (stack) =>
    recordGroupsOf(stack).flatMap((group): readonly Finding[] => {
      const unknowns = group.flatMap((record) => unknownIn(stack, record, "setIdentifier"));
      if (unknowns.length > 0) return unknowns;
      const offender = new Set(
        groupFaults(group, stack.model.route53)
          .filter(({ rule, message }) => rule === "C15" && message.includes("set identifier"))
          .map(({ subject }) => subject),
      );
      return group
        .filter(({ id }) => offender.has(id))
        .map((record) =>
          violation(offenderOf(record), "setIdentifier", {
            must: `must be unique in ${record.name} ${record.type}`,
            got:
              record.setIdentifier === undefined
                ? "none"
                : `"${record.setIdentifier}" a second time`,
            so: "one record overwrites the other at each update, and half of the tier is missing",
            remedy: "give it a unique one",
          }),
        );
    }),
});
