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
  textOf: (resource: Resource, model: StackModel) => string | undefined,
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

/** What decides when an alarm fires, and with it the check that watches its data (K5). */
const alarmProperties = [
  ...["threshold", "comparisonOperator", "metricName", "namespace"],
  ...["statistic", "extendedStatistic", "datapointsToAlarm"],
].map((name): ToldProperty => ["watched", name, (one) => knownText(valueOf(one, name))]);

const toldOf = new Map<string, readonly ToldProperty[]>([
  [awsTypes.distribution, distributionProperties],
  [awsTypes.metricAlarm, alarmProperties],
  // The settings of a check that the model does not have: one only costs, and one decides what a server answers (H10).
  [
    awsTypes.healthCheck,
    [
      ["size", "measureLatency", (one) => knownText(valueOf(one, "measureLatency") ?? false)],
      ["watched", "enableSni", (one) => knownText(valueOf(one, "enableSni"))],
      ["watched", "alarm", alarmText],
    ],
  ],
]);

/** Whether a change of a resource may concern answers or cost: of alarms, only those that a check watches. */
function isTold({ graph }: StackModel, resource: Resource): boolean {
  return (
    resource.type !== awsTypes.metricAlarm ||
    graph.referringTo(resource, awsTypes.healthCheck, "cloudwatchAlarmName").length > 0
  );
}

/** The alarm that a check watches; undefined if it watches none that was read. */
function alarmText(check: Resource, { graph }: StackModel): string | undefined {
  return graph.follow(check, "cloudwatchAlarmName", [awsTypes.metricAlarm])[0]?.name;
}

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
    if (!isTold(after, is)) return [];
    return (toldOf.get(is.type) ?? sizes).flatMap(
      ([kind, property, textOf]): readonly DeclaredChange[] => {
        const [old, today] = [was && textOf(was, before), textOf(is, after)];
        if (old === undefined || today === undefined || old === today) return [];
        const what = changeText(spaced(property), old, today);
        return [{ kind, what, subject: is.name, resource: is.name }];
      },
    );
  });
}
