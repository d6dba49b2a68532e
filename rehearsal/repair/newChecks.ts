import type { Properties, Resource, Value } from "../../routing/graph/resource";
import { Unknown } from "../../routing/graph/resource";
import { awsTypes } from "../../routing/graph/types";
import { isList, textOf, valueOf } from "../../routing/graph/values";
import type { RecordSet } from "../../routing/model";
import { Trees } from "../../routing/trees";
import type { Assessment } from "./assess";
import type { PropertyChange } from "./edits";
import { listenedProbes, nameBehind, watcherOf } from "./endpointProbes";

/** A value, and the resources that it comes from. */
type Sourced = Required<Pick<PropertyChange, "value" | "from">>;

/** How a record or a calculated check refers to a check; before deployment its id is not known. */
export function reference(check: Resource): Sourced {
  return { value: check.id ?? new Unknown("computed"), from: [check.urn] };
}

/** An existing check, and whether it is unused. */
interface UsableCheck {
  readonly check: Resource;
  readonly isOrphan: boolean;
}

/** Checks that a record might use: unused ones, and those that watch its target. */
export function checksWorthUsing({ model }: Assessment, record: RecordSet): readonly UsableCheck[] {
  const { graph, route53 } = model;
  const trees = new Trees(route53);
  const children = new Set(
    [...route53.checks.values()].flatMap((one) => (one.kind === "calculated" ? one.children : [])),
  );
  const isWatcher = watcherOf(model, record);
  return graph.ofType(awsTypes.healthCheck).flatMap((resource): readonly UsableCheck[] => {
    const check = route53.checks.get(resource.urn);
    if (!check || check.id === record.checkId) return [];
    const isOrphan = trees.guardedBy(check.id).length === 0 && !children.has(check.id);
    const isNear =
      check.kind === "endpoint" && isOfFamily(record, check.ipAddress) && isWatcher(check);
    return isOrphan || isNear ? [{ check: resource, isOrphan }] : [];
  });
}

/** Whether an address has the IP version of a record; a check by name is IPv4 only (H13). */
function isOfFamily({ type }: RecordSet, address = ""): boolean {
  return (type === "AAAA") === address.includes(":");
}

/** The target of a record's own check, as properties of a check. */
interface Target {
  readonly isAddress: boolean;
  readonly property: "ipAddress" | "fqdn";
  readonly target: Sourced;
}

/** The target of a record's own check; undefined for several values, and for what is not in the zone. */
export function targetFor({ model }: Assessment, record: RecordSet): Target | undefined {
  const name = nameBehind(record);
  if (name !== undefined) {
    return { isAddress: false, property: "fqdn", target: { value: name, from: [] } };
  }
  const resource = model.graph.get(record.id);
  const values = resource && valueOf(resource, "records");
  const [value, ...others] = isList(values) ? values : [];
  if (!resource || value === undefined || value === null || others.length > 0) return undefined;
  const from = resource.propertyDependencies["records"] ?? [];
  return { isAddress: true, property: "ipAddress", target: { value, from } };
}

/** Route 53's own defaults, for a stack without any check. */
const plain: Properties = {
  type: "HTTP",
  port: 80,
  resourcePath: "/",
  requestInterval: 30,
  failureThreshold: 3,
};

/** How a check probes, independent of its target. */
const manner = [
  "type",
  "port",
  "resourcePath",
  "searchString",
  "requestInterval",
  "failureThreshold",
  "enableSni",
  "measureLatency",
  "regions",
];

export function mannerOf(check: Resource): Properties {
  return Object.fromEntries(
    manner.flatMap((key): [string, Value][] => {
      const value = valueOf(check, key);
      return value === undefined ? [] : [[key, value]];
    }),
  );
}

/** A check that an edit creates. */
export interface NewCheck {
  readonly check: Resource;
  /** What of it nobody knows, and what to do about it; absent if nothing is a guess. */
  readonly guess?: string;
}

/** Settings of a new check. */
interface Settings {
  readonly properties: Properties;
  /** Where the protocol, port and path come from, and why not from the endpoint itself; absent if they do. */
  readonly guessedFrom?: string;
}

/**
 * New checks for a record alone. What its endpoint answers is known from another check of it and from its listeners;
 * then come the settings of other checks, similar ones first, which are a guess.
 */
export function createdChecks(assessment: Assessment, record: RecordSet): readonly NewCheck[] {
  const watching = targetFor(assessment, record);
  const resource = assessment.model.graph.get(record.id);
  if (!watching || !resource) return [];
  const settings = settingsFor(assessment, record, watching);
  // Of equal settings, the first is the one that is known.
  const distinct = new Map(
    [...settings].reverse().map((one) => [JSON.stringify(one.properties), one]),
  );
  return settings
    .filter((one) => distinct.get(JSON.stringify(one.properties)) === one)
    .map(({ properties, guessedFrom }, index) => ({
      check: newCheck(resource, record.label, index, properties, watching),
      ...(guessedFrom === undefined ? {} : { guess: guessText(properties, guessedFrom) }),
    }));
}

function settingsFor(
  { model }: Assessment,
  record: RecordSet,
  { isAddress }: Target,
): readonly Settings[] {
  const readable = [...model.route53.checks.values()].flatMap((check) => {
    const resource = model.graph.get(check.id);
    return check.kind === "endpoint" && !check.problems && resource ? [{ check, resource }] : [];
  });
  const isWatcher = watcherOf(model, record);
  const own = readable.filter(({ check }) => isWatcher(check));
  const others = readable.filter((one) => !own.includes(one)).map(({ resource }) => resource);
  // Checks by address for a record with an address; by name for a record that leads to a name.
  const isAlike = (one: Resource): boolean => isByAddress(one) === isAddress;
  const like = [...others.filter(isAlike), ...others.filter((one) => !isAlike(one))];
  const timing = timingOf(like[0] ? mannerOf(like[0]) : plain);
  const known = [
    ...own.map(({ resource }) => mannerOf(resource)),
    ...listenedProbes(model, record).map((probe) => ({ ...timing, ...probe })),
  ];
  const why =
    known.length > 0
      ? "what was read of this endpoint says otherwise"
      : "neither a listener nor another check of this endpoint was read";
  const guesses = like.map((one) => ({
    properties: mannerOf(one),
    guessedFrom: `as ${one.name} probes another endpoint: ${why}`,
  }));
  const plainly = [{ properties: plain, guessedFrom: `by the defaults of Route 53: ${why}` }];
  return [
    ...known.map((properties) => ({ properties })),
    ...(known.length + guesses.length > 0 ? guesses : plainly),
  ];
}

/** The settings of a check that no endpoint decides. */
function timingOf({ requestInterval, failureThreshold }: Properties): Properties {
  return { requestInterval: requestInterval ?? 30, failureThreshold: failureThreshold ?? 3 };
}

function guessText({ type, port, resourcePath }: Properties, from: string): string {
  const words = [
    [type, ""],
    [port, "on port "],
    [resourcePath, "at "],
  ] as const;
  const probe = words
    .flatMap(([value, before]) =>
      typeof value === "string" || typeof value === "number" ? `${before}${value}` : [],
    )
    .join(" ");
  return `${probe} is a guess, ${from}; set the check's type, port and path to what it answers before you apply this`;
}

function isByAddress(check: Resource): boolean {
  return textOf(check, "ipAddress") !== undefined || valueOf(check, "ipAddress") instanceof Unknown;
}

function newCheck(
  near: Resource,
  label: string,
  index: number,
  manners: Properties,
  { property, target }: Target,
): Resource {
  const name = `${label} check${index === 0 ? "" : ` ${index + 1}`}`;
  const urn = near.urn.replace(
    `::${near.type}::${near.name}`,
    `::${awsTypes.healthCheck}::${name}`,
  );
  const properties = { ...manners, [property]: target.value };
  return {
    urn: urn === near.urn ? `${near.urn}::${name}` : urn,
    type: awsTypes.healthCheck,
    name,
    custom: true,
    id: `<${name}>`,
    inputs: properties,
    outputs: properties,
    ...(near.parent === undefined ? {} : { parent: near.parent }),
    ...(near.provider === undefined ? {} : { provider: near.provider }),
    propertyDependencies: target.from.length > 0 ? { [property]: target.from } : {},
    dependencies: target.from,
    unknown: target.value instanceof Unknown ? { [`inputs.${property}`]: target.value.reason } : {},
  };
}
