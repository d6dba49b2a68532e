import { isBalancer, targetGroupsOf } from "../../routing/graph/targetGroups";
import type { StackModel } from "../../routing/graph/stackModel";
import type { RecordSet } from "../../routing/model";
import { documentedMembers } from "../../routing/weights";
import type { FaultSpace } from "./faultSpace";

/** What AWS does not document and the aliases of a name evaluate, in words. */
export function usedAssumptions({ model, name, type }: FaultSpace): readonly string[] {
  const found = model.route53.reachable(name, type).flatMap((record) => {
    const { target } = record;
    if (target.kind !== "alias" || !target.evaluateTargetHealth) return [];
    return target.target.kind === "balancer"
      ? emptyBalancer(model, target.target.id)
      : zeroWeight(model, record);
  });
  return [...new Set(found)];
}

function zeroWeight({ route53 }: StackModel, record: RecordSet): readonly string[] {
  const group = route53.aliased(record) ?? [];
  const [first] = group;
  if (!first || documentedMembers(group).length === group.length) return [];
  const { zeroWeightKeepsBranchHealthy: isKept } = route53.assumptions;
  return [
    `${first.name} counts as ${isKept ? "healthy" : "unhealthy"} while only a member of weight 0 is healthy (A2)`,
  ];
}

function emptyBalancer({ graph }: StackModel, id: string | undefined): readonly string[] {
  const balancer = id === undefined ? undefined : graph.get(id);
  return balancer && isBalancer(balancer) && targetGroupsOf(graph, balancer).length === 0
    ? [`${balancer.name}, which has no target group, counts as healthy (A7)`]
    : [];
}
