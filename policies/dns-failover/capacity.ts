import { targetGroupsOf } from "../../routing/graph/endpoints";
import type { RecordSet } from "../../routing/model";
import type { Subject } from "../fields";
import type { Stack } from "../stack";
import { types } from "../types";
import { endpointsOf } from "./places";

/** What runs behind a record all the time. */
export interface Capacity {
  /** Instance family, such as `t4g`: sizes compare within one. */
  readonly family: string;
  /** Number of instances times their size, in the unit of the smallest size. */
  readonly size: number;
  readonly words: string;
  /** Why it cannot be told. */
  readonly unknown?: string;
}

/** Sizes that each double the one before (Amazon EC2 instance types). */
const sizes: readonly string[] = ["nano", "micro", "small", "medium", "large", "xlarge"];

/** The running minimum behind a record; undefined where the stack has no servers behind it. */
export function capacityOf(stack: Stack, record: RecordSet): Capacity | undefined {
  const parts = endpointsOf(stack, [record]).flatMap(({ urn }) => {
    const server = stack.graph.get(urn);
    return server ? serverParts(stack, stack.subject(server)) : [];
  });
  if (parts.length === 0) return undefined;
  const unknown = parts.find((part) => part.unknown !== undefined)?.unknown;
  return {
    family: [...new Set(parts.map(({ family }) => family))].join("+"),
    size: parts.reduce((sum, { size }) => sum + size, 0),
    words: parts.map(({ words }) => words).join(" and "),
    ...(unknown === undefined ? {} : { unknown }),
  };
}

function serverParts(stack: Stack, server: Subject): readonly Capacity[] {
  switch (server.type) {
    case types.instance:
      return [instances(server, server, 1)];
    case types.autoScalingGroup:
      return [groupPart(stack, server)];
    case types.loadBalancer:
      return targetGroupsOf(stack.graph, server.resource)
        .flatMap(({ targets }) => targets)
        .flatMap((target) => serverParts(stack, stack.subject(target)));
    default:
      return [];
  }
}

function groupPart(stack: Stack, group: Subject): Capacity {
  if (group.unknownAt("minSize")) {
    return hidden(`the minimum size of ${group.name} is not known`);
  }
  const [template] = ["launchTemplate", "mixedInstancesPolicy", "launchConfiguration"].flatMap(
    (property) => stack.follow(group, property, types.launchTemplate, types.launchConfiguration),
  );
  if (!template) return hidden(`the launch template of ${group.name} is outside this stack`);
  return instances(template, group, group.number("minSize", 0));
}

function instances(of: Subject, server: Subject, count: number): Capacity {
  if (of.unknownAt("instanceType")) {
    return hidden(`the instance type of ${server.name} is not known`);
  }
  const type = of.text("instanceType", "");
  const [family = "", size = ""] = type.split(".");
  const units = unitsOf(size);
  if (units === undefined) return hidden(`the size of instance type ${type} is not known here`);
  return { family, size: count * units, words: `${count} × ${type}` };
}

function unitsOf(size: string): number | undefined {
  const times = /^(\d+)xlarge$/.exec(size)?.[1];
  const at = sizes.indexOf(times === undefined ? size : "xlarge");
  return at < 0 ? undefined : 2 ** at * Number(times ?? 1);
}

function hidden(why: string): Capacity {
  return { family: "", size: 0, words: "", unknown: `${why}, so what it carries is not judged` };
}
