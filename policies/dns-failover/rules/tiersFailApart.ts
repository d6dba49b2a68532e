import type { ServingResource } from "../../../routing/graph/endpoints";
import type { Group, RecordSet } from "../../../routing/model";
import type { Finding } from "../../finding";
import { violation } from "../../finding";
import { stackRule } from "../../rule";
import type { Stack } from "../../stack";
import { offenderOf } from "../../stack";
import { types } from "../../types";
import { common, databasesOf, endpointsOf, ownLeaves, regionsOf, neededResources } from "../places";
import { developerGuide } from "../route53";
import { failoverGroupsOf } from "../trees";

export const tiersFailApart = stackRule({
  name: "tiers-fail-apart",
  description:
    "A primary and its secondary share no endpoint, no availability zone and, across regions, no database.",
  severity: "critical",
  level: "mandatory",
  why: "The loss of a shared resource takes both down: the failover is then from a dead endpoint to another dead one. Two zones of a region may share its database, two regions may not.",
  source: "C4; AWS whitepaper Availability and Beyond, fault isolation",
  remediationSteps:
    "Move the secondary to another availability zone, or give its region its own database.",
  url: developerGuide("dns-failover-types"),
  types: [types.record],
  config: {},
  find: (stack) => failoverGroupsOf(stack).flatMap((group) => groupFindings(stack, group)),
});

/** Types of resources that serve requests. */
const serverTypes: readonly string[] = [
  types.instance,
  types.networkInterface,
  types.loadBalancer,
  types.autoScalingGroup,
];

function groupFindings(stack: Stack, group: Group): readonly Finding[] {
  const [primary, secondary] = (["PRIMARY", "SECONDARY"] as const).map((role) =>
    group.find(({ policy }) => policy.kind === "failover" && policy.role === role),
  );
  if (!primary || !secondary) return [];
  const first = stack.trees.leavesOf(primary);
  const second = stack.trees.leavesOf(secondary);
  const fresh = ownLeaves(first, second);
  if (fresh.length === 0) {
    const isSame = ownLeaves(second, first).length === 0;
    return isSame && first.length > 0 ? [sameFinding(primary, secondary)] : [];
  }
  const [above, below] = [endpointsOf(stack, first), endpointsOf(stack, fresh)];
  return [
    ...sharedFindings(stack, secondary, above, below),
    ...databaseFindings(stack, secondary, [first, fresh], [above, below]),
  ];
}

function sameFinding(primary: RecordSet, secondary: RecordSet): Finding {
  return violation(offenderOf(secondary), "aliases[0].name", {
    must: `must not point to the target of ${primary.label}`,
    got: "the same target",
    so: `${secondary.name} fails over to the target that has just failed`,
    remedy: "point it to another tier",
  });
}

function sharedFindings(
  stack: Stack,
  secondary: RecordSet,
  above: readonly ServingResource[],
  below: readonly ServingResource[],
): readonly Finding[] {
  const serving = (endpoint: ServingResource): readonly string[] => [
    endpoint.urn,
    ...neededResources(stack, endpoint)
      .filter(({ type }) => serverTypes.includes(type))
      .map((resource) => resource.urn),
  ];
  const [urn] = common(above.flatMap(serving), below.flatMap(serving));
  if (urn !== undefined) {
    const name = stack.graph.get(urn)?.name ?? urn;
    return [
      violation(offenderOf(secondary), "records", {
        must: "must not point to its primary's endpoint",
        got: name,
        so: `with ${name} dead, ${secondary.name} fails over to ${name}`,
        remedy: "give the secondary its own endpoint",
      }),
    ];
  }
  const zones = common(
    above.flatMap(({ availabilityZones }) => availabilityZones),
    below.flatMap(({ availabilityZones }) => availabilityZones),
  );
  if (zones.length === 0) return [];
  return [
    violation(offenderOf(secondary), "records", {
      must: "must not be in its primary's availability zones",
      got: zones.join(", "),
      so: `with ${zones.join(", ")} lost, ${secondary.name} has no live answer`,
      remedy: "move the secondary to another zone",
    }),
  ];
}

/** Zones of a region may share its database; tiers in different regions may not. */
function databaseFindings(
  stack: Stack,
  secondary: RecordSet,
  [first, fresh]: readonly [readonly RecordSet[], readonly RecordSet[]],
  [above, below]: readonly [readonly ServingResource[], readonly ServingResource[]],
): readonly Finding[] {
  if (common(regionsOf(stack, first), regionsOf(stack, fresh)).length > 0) return [];
  const shared = common(
    above.flatMap((endpoint) => databasesOf(stack, endpoint)),
    below.flatMap((endpoint) => databasesOf(stack, endpoint)),
  );
  return shared.map((database) =>
    violation(offenderOf(secondary), "records", {
      must: "must not use the database of its primary's region",
      got: database.name,
      so: `with ${database.name} or its region lost, ${secondary.name} has no working answer`,
      remedy: "give each region its own database",
    }),
  );
}
