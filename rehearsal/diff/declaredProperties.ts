import { canonical } from "../../routing/domainName";
import type { Resource, Value } from "../../routing/graph/resource";
import type { StackModel } from "../../routing/graph/stackModel";
import { awsTypes } from "../../routing/graph/types";
import { fieldOf, isList, isNotKnown, valueOf } from "../../routing/graph/values";
import type { DeclaredChange } from "./declaredChange";
import { changeText, keyed, spaced, valueText } from "./declaredChange";

/** Properties that state how large a resource is, or how many there are of it. */
const sizeProperties = [
  "instanceType",
  "instanceClass",
  "nodeType",
  "cacheNodeType",
  "allocatedStorage",
  "desiredCapacity",
  "minSize",
  "maxSize",
  "numCacheClusters",
  "readCapacity",
  "writeCapacity",
] as const;

/** A property whose change is told, and its value in words; undefined where the state does not have or know it. */
type ToldProperty = readonly [
  kind: DeclaredChange["kind"],
  property: string,
  textOf: (resource: Resource) => string | undefined,
];

const sizes: readonly ToldProperty[] = sizeProperties.map((property) => [
  "size",
  property,
  ({ outputs }) => (outputs[property] === undefined ? undefined : valueText(outputs[property])),
]);

/** What decides whom a distribution answers; it answers a name that is none of its aliases with an error. */
const distributionProperties: readonly ToldProperty[] = [
  ["server", "enabled", (one) => knownText(valueOf(one, "enabled"))],
  ["server", "origins", (one) => namesText(valueOf(one, "origins"), "domainName")],
  ["unjudged", "aliases", (one) => namesText(valueOf(one, "aliases"))],
];

const toldOf = new Map<string, readonly ToldProperty[]>([
  [awsTypes.distribution, distributionProperties],
  // The only setting of a check that the model does not have, for it only costs.
  [
    awsTypes.healthCheck,
    [["size", "measureLatency", (one) => knownText(valueOf(one, "measureLatency") ?? false)]],
  ],
]);

function knownText(value: Value | undefined): string | undefined {
  return value === undefined || isNotKnown(value) ? undefined : valueText(value);
}

/** Names in an order of their own, of these or in a field of these; undefined where one is not known. */
function namesText(list: Value | undefined, field?: string): string | undefined {
  if (isNotKnown(list)) return undefined;
  const items = isList(list) ? list : [];
  const names = items.map((one) => (field === undefined ? one : fieldOf(one, field)));
  const known = names.filter((name) => typeof name === "string");
  return known.length < names.length ? undefined : known.map(canonical).sort().join(", ");
}

export function propertyChanges(before: StackModel, after: StackModel): readonly DeclaredChange[] {
  const [then, now] = [before, after].map(({ graph }) =>
    keyed(graph.resources, ({ type, name }) => `${name} ${type}`),
  ) as [ReadonlyMap<string, Resource>, ReadonlyMap<string, Resource>];
  return [...now].flatMap(([key, is]) => {
    const was = then.get(key);
    return (toldOf.get(is.type) ?? sizes).flatMap(
      ([kind, property, textOf]): readonly DeclaredChange[] => {
        const [old, today] = [was && textOf(was), textOf(is)];
        if (old === undefined || today === undefined || old === today) return [];
        const what = changeText(spaced(property), old, today);
        return [{ kind, what, subject: is.name, resource: is.name }];
      },
    );
  });
}
