import type { Properties, Resource, Value } from "../../routing/graph/resource";
import { Unknown } from "../../routing/graph/resource";
import { awsTypes } from "../../routing/graph/types";
import { isList, textOf, valueOf } from "../../routing/graph/values";
import type { RecordSet } from "../../routing/model";
import { aliasedName, canonicalNameOf } from "../../routing/model";
import { Trees } from "../../routing/trees";
import type { Assessment } from "./assess";
import type { PropertyChange } from "./edits";

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
  const endpoints = trees
    .leavesOf(record)
    .flatMap((leaf) => model.endpointsOf(leaf))
    .map(({ urn }) => urn);
  const name = nameBehind(record);
  return graph.ofType(awsTypes.healthCheck).flatMap((resource): readonly UsableCheck[] => {
    const check = route53.checks.get(resource.urn);
    if (!check || check.id === record.checkId) return [];
    const isOrphan = trees.guardedBy(check.id).length === 0 && !children.has(check.id);
    const watched =
      check.kind === "endpoint" && isOfFamily(record, check.ipAddress)
        ? model.endpointOfCheck(check)?.urn
        : undefined;
    const isNear =
      (watched !== undefined && endpoints.includes(watched)) ||
      (check.kind === "endpoint" && name !== undefined && check.fullyQualifiedDomainName === name);
    return isOrphan || isNear ? [{ check: resource, isOrphan }] : [];
  });
}

/** Whether an address has the IP version of a record; a check by name is IPv4 only (H13). */
function isOfFamily({ type }: RecordSet, address = ""): boolean {
  return (type === "AAAA") === address.includes(":");
}

/** The name that a record leads to. */
function nameBehind(record: RecordSet): string | undefined {
  return aliasedName(record) ?? canonicalNameOf(record);
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

/** New checks for a record alone, each with the probe settings of an existing one; similar ones first. */
export function createdChecks(assessment: Assessment, record: RecordSet): readonly Resource[] {
  const { model } = assessment;
  const watching = targetFor(assessment, record);
  const resource = model.graph.get(record.id);
  if (!watching || !resource) return [];
  const like = [...model.route53.checks.values()].flatMap((check) =>
    check.kind === "endpoint" && !check.problems ? (model.graph.get(check.id) ?? []) : [],
  );
  // Checks by address for a record with an address; by name for a record that leads to a name.
  const isAlike = (one: Resource): boolean => isByAddress(one) === watching.isAddress;
  const templates = [...like.filter(isAlike), ...like.filter((one) => !isAlike(one))].map(mannerOf);
  const distinct = new Map(
    (templates.length > 0 ? templates : [plain]).map((one) => [JSON.stringify(one), one]),
  );
  return [...distinct.values()].map((properties, index) =>
    newCheck(resource, record.label, index, properties, watching),
  );
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
