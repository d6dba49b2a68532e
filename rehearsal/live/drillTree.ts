import type { StackModel } from "../../routing/graph/stackModel";
import { aliasedName, canonicalNameOf } from "../../routing/model";
import type { Group, RecordSet } from "../../routing/model";
import { valuesOf } from "../../routing/view";
import { policyWord } from "../story/tree";
import type { DrillGroup, DrillMember } from "./drillRun";
import type { DrilledName } from "./inventory";

/**
 * The records below a name as a tree, each group in full wherever it occurs.
 *
 * @param endpointOf the id of the endpoint at a value of a record
 */
export function drillTreeOf(
  { route53 }: Pick<StackModel, "route53">,
  { name, type }: DrilledName,
  endpointOf: (record: RecordSet, value: string) => string,
): DrillGroup {
  return groupOf(route53.rootOf(name, type), name, name);

  function groupOf(group: Group, id: string, named: string): DrillGroup {
    return { id, name: named, members: inOrder(group).map((record) => memberOf(record, id)) };
  }

  function memberOf(record: RecordSet, groupId: string): DrillMember {
    const next = route53.next(record, type);
    const named = aliasedName(record) ?? canonicalNameOf(record) ?? record.name;
    const step = record.setIdentifier ?? record.policy.kind;
    return {
      record: record.id,
      role: policyWord(record),
      ...(record.checkId === undefined ? {} : { check: record.checkId }),
      ...(next
        ? { group: groupOf(next, `${groupId}/${step}`, named), endpoints: [] }
        : { endpoints: valuesOf(record).map((value) => endpointOf(record, value)) }),
    };
  }
}

/** The primary first; other groups have no order but that of their records. */
function inOrder(group: Group): Group {
  const isSecondary = ({ policy }: RecordSet): number =>
    policy.kind === "failover" && policy.role === "SECONDARY" ? 1 : 0;
  return [...group].sort((a, b) => isSecondary(a) - isSecondary(b));
}
