import type { Group, RecordSet } from "../../routing/model";
import type { Route53 } from "../../routing/route53";
import { valuesOf } from "../../routing/view";
import type { DrillGroup, DrillMember } from "./drillRun";

/** The tree of records below a group, with the servers that stand for its values. */
export function recordTree(
  route53: Route53,
  root: Group,
  type: string,
  serverIdOf: (record: RecordSet, value: string) => string,
): DrillGroup {
  const groupOf = (group: Group): DrillGroup => {
    const [first] = group;
    return {
      id: `${first?.name ?? ""} ${first?.type ?? type}`,
      name: first?.name ?? "",
      members: group.map(memberOf),
    };
  };
  const memberOf = (record: RecordSet): DrillMember => {
    const next = route53.next(record, type);
    return {
      record: record.id,
      role: roleOf(record),
      ...(record.checkId === undefined ? {} : { check: record.checkId }),
      ...(next ? { group: groupOf(next) } : {}),
      endpoints: next ? [] : valuesOf(record).map((value) => serverIdOf(record, value)),
    };
  };
  return groupOf(root);
}

function roleOf({ policy, setIdentifier }: RecordSet): string {
  switch (policy.kind) {
    case "failover":
      return policy.role;
    case "weighted":
      return `weight ${policy.weight}`;
    case "multivalue":
      return "one of several";
    case "simple":
      return "the only one";
    default:
      return setIdentifier ?? policy.kind;
  }
}
