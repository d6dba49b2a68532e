import { preflightCalls, providerCalls, statusCalls, withoutResource } from "./providerCalls";

/** The operations of a provider on a resource. */
export const operations = ["create", "read", "update", "delete"] as const;
export type Operation = (typeof operations)[number];

/** Actions by operation, each with the service's prefix. */
export type TypeActions = Readonly<Record<Operation, readonly string[]>>;

/** For types that create nothing in AWS. */
const nothing: TypeActions = { create: [], read: [], update: [], delete: [] };

const known = new Map<string, TypeActions>();

/** The actions that a type needs; undefined for an AWS type that is not in the table. */
export function actionsOf(type: string): TypeActions | undefined {
  const text = providerCalls[type];
  if (text === undefined) return type.startsWith("aws:") ? undefined : nothing;
  const actions = known.get(type) ?? parsed(text);
  known.set(type, actions);
  return actions;
}

/** All actions that an update of resources of these types needs, in alphabetical order. */
export function actionsFor(types: readonly string[]): readonly string[] {
  const kinds = [...new Set(types)].map((type) => actionsOf(type) ?? nothing);
  return sorted(kinds.flatMap((kind) => operations.flatMap((operation) => kind[operation])));
}

/** The types and look-ups that have no entry in the table. */
export function unknownTypes(types: readonly string[]): readonly string[] {
  return sorted(types.filter((type) => actionsOf(type) === undefined));
}

/** The calls of `failover preflight`, in addition to the provider's reads. */
export const preflightActions: readonly string[] = actionsIn(preflightCalls, "read");

/** The calls of `failover status`, without those to the gate. */
export const statusActions: readonly string[] = actionsIn(statusCalls, "read");

/** Actions that cannot be limited to a resource. */
export const takesNoResource: ReadonlySet<string> = new Set(actionsIn(withoutResource, "any"));

/**
 * Actions of which a permission for some resources allows only a part: CloudWatch tells about
 * composite alarms only where it is for all.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
 */
const needsAllResources: ReadonlySet<string> = new Set([
  "cloudwatch:DescribeAlarmHistory",
  "cloudwatch:DescribeAlarms",
]);

/** Whether an action can be allowed for all resources only. */
export function isForAllResources(action: string): boolean {
  return takesNoResource.has(action) || needsAllResources.has(action);
}

export function sorted(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort();
}

/** The prefix of an action: `ec2` of `ec2:RunInstances`. */
export function serviceOf(action: string): string {
  return action.split(":")[0] ?? "";
}

function parsed(text: string): TypeActions {
  return {
    create: actionsIn(text, "create"),
    read: actionsIn(text, "read"),
    update: actionsIn(text, "update"),
    delete: actionsIn(text, "delete"),
  };
}

/**
 * The actions of one kind. A table has a line for each kind and service, which may continue on
 * further lines.
 */
function actionsIn(text: string, kind: string): readonly string[] {
  const lines = text.trim().split(/\n(?=\s*[a-z]+ [a-z0-9-]+ )/);
  return lines.flatMap((line) => {
    const [word, service, ...names] = line.trim().split(/\s+/);
    return word === kind ? names.map((name) => `${service ?? ""}:${name}`) : [];
  });
}
