import type { Finding } from "../../finding";
import { violation } from "../../finding";
import { stackRule } from "../../rule";
import type { Stack } from "../../stack";
import { offenderOf } from "../../stack";
import { types } from "../../types";
import type { Group } from "../../../routing/model";
import { developerGuide } from "../route53";
import { recordGroupsOf } from "../trees";

const property = "geolocationRoutingPolicies";

export const geolocationHasDefault = stackRule({
  name: "geolocation-has-default",
  description: "A name with geolocation records also has a default record.",
  severity: "medium",
  level: "advisory",
  why: "Route 53 cannot place every address. Without a default record, these customers get no answer, and neither do those in countries without a record.",
  source: "C19; DG routing-policy-geo: default record",
  remediationSteps: 'Add a record with `geolocationRoutingPolicies: [{ country: "*" }]`.',
  url: developerGuide("routing-policy-geo"),
  types: [types.record],
  config: {},
  find: (stack) => recordGroupsOf(stack).flatMap((group) => groupFindings(stack, group)),
});

function groupFindings(stack: Stack, group: Group): readonly Finding[] {
  const located = group.filter(({ policy }) => policy.kind === "geolocation");
  const [first] = located;
  if (!first) return [];
  const subjects = group.map((record) => stack.subjectOf(record));
  if (subjects.some((subject) => subject.unknownAt(property))) return [];
  const isDefault = subjects.some((subject) =>
    subject.items(property).some((place) => place.text("country") === "*"),
  );
  if (isDefault) return [];
  return [
    violation(offenderOf(first), property, {
      must: `must include a default, country "*", among the records of ${first.name} ${first.type}`,
      got: `${located.length} without it`,
      so: "customers whose address Route 53 cannot place get no answer",
      remedy: "add a default record",
    }),
  ];
}
