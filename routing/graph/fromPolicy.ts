import { nameOf, unknownSentinels } from "./fromExport";
import type { Properties, Resource, UnknownReason, Value } from "./resource";
import { Unknown } from "./resource";
import { awsTypes } from "./types";

/**
 * The fields of a resource in a policy pack (`PolicyResource` of @pulumi/policy) that are read. The
 * engine does not pass its id: property dependencies replace references by id.
 */
export interface PolicyResource {
  readonly type: string;
  readonly urn: string;
  readonly props: Readonly<Record<string, unknown>>;
  readonly opts?: {
    readonly protect?: boolean;
    readonly deleteBeforeReplace?: boolean;
    readonly parent?: string;
  };
  readonly provider?: { readonly urn: string; readonly props: Readonly<Record<string, unknown>> };
  readonly parent?: { readonly urn: string };
  readonly dependencies?: readonly { readonly urn: string }[];
  readonly propertyDependencies?: Readonly<Record<string, readonly { readonly urn: string }[]>>;
}

/**
 * The resources of the stack that a policy pack checks, sorted by URN. The engine passes them in
 * the order of their registration, which varies between runs, and so would the resource of a
 * finding about the first of several.
 */
export function fromPolicy(resources: readonly PolicyResource[]): readonly Resource[] {
  return resources.map(resourceFromPolicy).sort((a, b) => (a.urn < b.urn ? -1 : 1));
}

/** One resource. Its inputs are its properties, because the engine passes no others. */
export function resourceFromPolicy(given: PolicyResource): Resource {
  const { urn, type, provider, opts } = given;
  const unknown: Record<string, UnknownReason> = {};
  const outputs = withoutDefaults(given, propertiesOf(unwrapped(given.props), "outputs", unknown));
  const { id } = outputs;
  const parent = given.parent?.urn ?? opts?.parent ?? "";
  const region = regionOf(outputs["region"]) ?? regionOf(readAt(provider?.props ?? {}, "region"));
  return {
    urn,
    type,
    name: nameOf(urn),
    custom: provider !== undefined || type.startsWith("pulumi:providers:"),
    inputs: outputs,
    outputs,
    propertyDependencies: propertyDependenciesOf(given),
    dependencies: (given.dependencies ?? []).map((dependency) => dependency.urn),
    unknown,
    ...(typeof id === "string" && id !== "" ? { id } : {}),
    ...(parent === "" ? {} : { parent }),
    ...(provider === undefined ? {} : { provider: provider.urn }),
    ...(region === undefined ? {} : { region }),
    ...(opts?.protect === true ? { protect: true } : {}),
    ...(opts?.deleteBeforeReplace === true ? { deleteBeforeReplace: true } : {}),
  };
}

/**
 * The properties without the threshold of a check that no resource's output gives: the provider computes the
 * default in a preview (terraform-provider-aws: internal/service/route53/health_check.go).
 */
function withoutDefaults(
  { type, propertyDependencies = {} }: PolicyResource,
  properties: Properties,
): Properties {
  if (type !== awsTypes.healthCheck) return properties;
  const isGiven = ([property, value]: readonly [string, Value]): boolean =>
    property !== "failureThreshold" ||
    !(value instanceof Unknown) ||
    (propertyDependencies[property] ?? []).length > 0;
  return Object.fromEntries(Object.entries(properties).filter(isGiven));
}

function regionOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" && !unknownSentinels.has(value)
    ? value
    : undefined;
}

function propertyDependenciesOf({
  propertyDependencies = {},
}: PolicyResource): Resource["propertyDependencies"] {
  return Object.fromEntries(
    Object.entries(propertyDependencies).map(([key, all]) => [key, all.map(({ urn }) => urn)]),
  );
}

/**
 * The properties behind the proxy of @pulumi/policy, which throws on unknown values and is ten
 * times slower to read. If the proxy cannot be removed, the values are read through it.
 */
function unwrapped(props: object): object {
  const inner = readAt(props, "__getSpecialProxyTarget");
  return typeof inner === "object" && inner !== null ? inner : props;
}

/** Replaces a value that a proxy refuses to return. */
const refused = Symbol("refused");

function readAt(object: object, key: string): unknown {
  try {
    return (object as Readonly<Record<string, unknown>>)[key];
  } catch {
    return refused;
  }
}

function propertiesOf(
  object: object,
  path: string,
  unknown: Record<string, UnknownReason>,
): Properties {
  const properties: Record<string, Value> = {};
  for (const key of Object.keys(object)) {
    properties[key] = read(readAt(object, key), `${path}.${key}`, unknown);
  }
  return properties;
}

function read(value: unknown, path: string, unknown: Record<string, UnknownReason>): Value {
  if (value === refused || (typeof value === "string" && unknownSentinels.has(value))) {
    unknown[path] = "computed";
    return new Unknown("computed");
  }
  if (Array.isArray(value)) {
    return Array.from({ length: value.length }, (_, index) =>
      read(readAt(value, String(index)), `${path}[${index}]`, unknown),
    );
  }
  if (typeof value === "object" && value !== null) return propertiesOf(value, path, unknown);
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? value
    : null;
}
