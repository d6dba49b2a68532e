import type { Properties, Resource, Value } from "../../routing/graph/resource";

/** How far each kind of edit departs from the stack's intent: enabling what exists costs less than adding. */
export const costs = {
  asDeclared: 1,
  evaluate: 2,
  useOrphan: 2,
  figure: 3,
  use: 4,
  create: 5,
  swap: 6,
  dropCheck: 7,
} as const;

/** One property of one resource, set to another value. */
export interface PropertyChange {
  readonly urn: string;
  readonly property: string;
  /** Absent: the property is removed. */
  readonly value?: Value;
  /** URNs of the resources that the value comes from. */
  readonly from?: readonly string[];
}

/** A change of a stack's resources, as one decision. */
export interface Edit {
  /** In words: "give www-primary the check web-a". */
  readonly text: string;
  /** Of `costs`. */
  readonly cost: number;
  readonly changes: readonly PropertyChange[];
  /** Resources to create. */
  readonly created?: readonly Resource[];
  /** What of it is a guess, and what to do about it; absent if nothing is. */
  readonly guess?: string;
}

/** An edit in words, with what of it is a guess. */
export function editText({ text, guess }: Edit): string {
  return guess === undefined ? text : `${text}; ${guess}`;
}

/** The resources after some edits. */
export function edited(
  resources: readonly Resource[],
  edits: readonly Edit[],
): readonly Resource[] {
  const changes = new Map<string, PropertyChange[]>();
  for (const change of edits.flatMap((edit) => edit.changes)) {
    changes.set(change.urn, [...(changes.get(change.urn) ?? []), change]);
  }
  return [...resources, ...edits.flatMap(({ created = [] }) => created)].map((resource) =>
    (changes.get(resource.urn) ?? []).reduce(changed, resource),
  );
}

function changed(resource: Resource, { property, value, from = [] }: PropertyChange): Resource {
  const propertyDependencies = without(resource.propertyDependencies, property);
  const unknown = Object.fromEntries(
    Object.entries(resource.unknown).filter(([path]) => !isBelow(path, property)),
  );
  return {
    ...resource,
    inputs: withValue(resource.inputs, property, value),
    outputs: withValue(resource.outputs, property, value),
    propertyDependencies:
      from.length > 0 ? { ...propertyDependencies, [property]: from } : propertyDependencies,
    unknown,
  };
}

/** Whether a path such as `outputs.records[0]` belongs to a property. */
function isBelow(path: string, property: string): boolean {
  const [, name] = /^(?:inputs|outputs)\.([^.[]+)/.exec(path) ?? [];
  return name === property;
}

function withValue(properties: Properties, property: string, value: Value | undefined): Properties {
  const others = without(properties, property);
  return value === undefined ? others : { ...others, [property]: value };
}

function without<V>(values: Readonly<Record<string, V>>, key: string): Readonly<Record<string, V>> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => name !== key));
}

/** A key of an edit's effect, to merge edits with the same effect. */
export function keyOf({ changes, created = [] }: Edit): string {
  return JSON.stringify([
    changes.map(({ urn, property, value }) => [urn, property, value ?? null]),
    created.map(({ type, outputs }) => [type, outputs]),
  ]);
}

/** The most names listed in an edit's text. */
const namesShown = 3;

export function namesText(names: readonly string[]): string {
  const more = names.length - namesShown;
  return names.slice(0, namesShown).join(", ") + (more > 0 ? ` and ${more} more` : "");
}
