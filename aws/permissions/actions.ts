import { preflightCalls, providerCalls, withoutResource } from "./providerCalls";

/** What a provider does with a resource. */
export const operations = ["create", "read", "update", "delete"] as const;
export type Operation = (typeof operations)[number];

/** Actions by operation, each with the service's prefix. */
export type TypeActions = Readonly<Record<Operation, readonly string[]>>;

/** Types that make nothing in AWS. */
const nothing: TypeActions = { create: [], read: [], update: [], delete: [] };

/** What a type takes; undefined for one that nobody has looked at. */
export function actionsOf(type: string): TypeActions | undefined {
  const text = providerCalls[type];
  if (text !== undefined) return parsed(text);
  return type.startsWith("aws:") ? undefined : nothing;
}

/** All actions that an update of resources of these types takes, in the order of the alphabet. */
export function actionsFor(types: readonly string[]): readonly string[] {
  const kinds = [...new Set(types)].map((type) => actionsOf(type) ?? nothing);
  return sorted(kinds.flatMap((kind) => operations.flatMap((operation) => kind[operation])));
}

/** Of types and look-ups, those that nobody has looked at: they have no line in the table. */
export function unknownTypes(types: readonly string[]): readonly string[] {
  return sorted(types.filter((type) => actionsOf(type) === undefined));
}

/** What `failover preflight` asks, beside what the provider reads. */
export const preflightActions: readonly string[] = actionsIn(preflightCalls, "read");

/** Actions that no resource can be named for. */
export const takesNoResource: ReadonlySet<string> = new Set(actionsIn(withoutResource, "any"));

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

/** The actions of one kind; a table has a line for each kind and service, which may go on below. */
function actionsIn(text: string, kind: string): readonly string[] {
  const lines = text.trim().split(/\n(?=\s*[a-z]+ [a-z0-9-]+ )/);
  return lines.flatMap((line) => {
    const [word, service, ...names] = line.trim().split(/\s+/);
    return word === kind ? names.map((name) => `${service ?? ""}:${name}`) : [];
  });
}
