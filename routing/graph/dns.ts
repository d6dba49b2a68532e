import type { Dns, HealthCheck, RecordSet, RecordSetTarget, RoutingPolicy } from "../model";
import { aliasOf, websiteProblems } from "./alias";
import { healthCheckOf } from "./healthCheck";
import { recordNameOf, zoneIdOf } from "./recordName";
import type { Resource, Value } from "./resource";
import { Unknown } from "./resource";
import type { StackGraph } from "./stackGraph";
import { awsTypes } from "./types";
import { fieldOf, isList, listOf, numberOf, textOf, valueOf } from "./values";

/**
 * The Route 53 part of a stack: identities are URNs, so that it is the same before deployment. A record
 * is read when its name is asked for.
 */
export function dnsOf(graph: StackGraph): Dns {
  return new StackDns(graph);
}

class StackDns implements Dns {
  readonly checks: readonly HealthCheck[];
  readonly recordsOf: NonNullable<Dns["recordsOf"]>;
  private readonly named: readonly Named[];
  private readonly names: ReadonlySet<string>;
  private readonly known = new Map<Named, RecordSet>();

  constructor(private readonly graph: StackGraph) {
    this.checks = graph
      .ofType(awsTypes.healthCheck)
      .map((resource) => healthCheckOf(graph, resource));
    this.named = graph.ofType(awsTypes.record).flatMap((resource) => {
      const name = recordNameOf(graph, resource);
      return name === undefined ? [] : [{ resource, name }];
    });
    const groups = new Map<string, Named[]>();
    for (const one of this.named) {
      const group = groups.get(one.name);
      if (group) group.push(one);
      else groups.set(one.name, [one]);
    }
    this.names = new Set(groups.keys());
    this.recordsOf = (name, type) =>
      (groups.get(name) ?? [])
        .map((one) => this.recordOf(one))
        .filter((record) => record.type === type);
  }

  get records(): readonly RecordSet[] {
    return this.named.map((one) => this.recordOf(one));
  }

  private recordOf(named: Named): RecordSet {
    let record = this.known.get(named);
    if (!record) {
      record = recordSetOf(this.graph, named, this.names);
      this.known.set(named, record);
    }
    return record;
  }
}

/** A record whose name is known. */
interface Named {
  readonly resource: Resource;
  readonly name: string;
}

function recordSetOf(
  graph: StackGraph,
  { resource, name }: Named,
  names: ReadonlySet<string>,
): RecordSet {
  const setIdentifier = textOf(resource, "setIdentifier");
  const checkId = checkIdOf(graph, resource);
  const problems = [...encryptedProblems(resource), ...websiteProblems(graph, resource)];
  return {
    id: resource.urn,
    label: resource.name,
    zoneId: zoneIdOf(graph, resource),
    name,
    type: textOf(resource, "type") ?? "unknown",
    policy: policyOf(resource),
    target: targetOf(graph, resource, names),
    ...(setIdentifier === undefined ? {} : { setIdentifier }),
    ...(checkId === undefined ? {} : { checkId }),
    ...(problems.length === 0 ? {} : { problems }),
  };
}

/** The URN of a record's check; the bare id where no check of the stack has it. */
function checkIdOf(graph: StackGraph, resource: Resource): string | undefined {
  const value = valueOf(resource, "healthCheckId");
  if (value === undefined || value === null || value === "") return undefined;
  const [check] = graph.follow(resource, "healthCheckId", [awsTypes.healthCheck]);
  if (check) return check.urn;
  return typeof value === "string" ? value : `healthCheckId of ${resource.name}`;
}

/** Policies that Route 53 has and the model has not, by the property that asks for them. */
const unsupportedPolicies: Readonly<Record<string, string>> = {
  latencyRoutingPolicies: "latency",
  geolocationRoutingPolicies: "geolocation",
  geoproximityRoutingPolicy: "geoproximity",
  cidrRoutingPolicy: "CIDR",
};

function policyOf(resource: Resource): RoutingPolicy {
  for (const [property, policy] of Object.entries(unsupportedPolicies)) {
    const value = valueOf(resource, property);
    if (isList(value) ? value.length > 0 : value !== undefined && value !== null) {
      return { kind: "unsupported", policy };
    }
  }
  const [failover] = listOf(resource, "failoverRoutingPolicies");
  const role = fieldOf(failover, "type");
  if (role === "PRIMARY" || role === "SECONDARY") return { kind: "failover", role };
  if (failover !== undefined) return { kind: "unsupported", policy: `failover ${show(role)}` };
  const [weighted] = listOf(resource, "weightedRoutingPolicies");
  const weight = fieldOf(weighted, "weight");
  if (typeof weight === "number") return { kind: "weighted", weight };
  if (weighted !== undefined) return { kind: "unsupported", policy: `weight ${show(weight)}` };
  return valueOf(resource, "multivalueAnswerRoutingPolicy") === true
    ? { kind: "multivalue" }
    : { kind: "simple" };
}

function targetOf(
  graph: StackGraph,
  resource: Resource,
  names: ReadonlySet<string>,
): RecordSetTarget {
  const [alias] = listOf(resource, "aliases");
  if (alias !== undefined) {
    return {
      kind: "alias",
      evaluateTargetHealth: fieldOf(alias, "evaluateTargetHealth") === true,
      target: aliasOf(graph, resource, alias, names),
    };
  }
  return {
    kind: "values",
    values: recordValues(resource).map((value) => show(value, resource)),
    ttlSeconds: numberOf(resource, "ttl") ?? 0,
  };
}

/** A record's values; one unknown value where the list itself is not known. */
export function recordValues(resource: Resource): readonly Value[] {
  const value = valueOf(resource, "records");
  if (value instanceof Unknown) return [value];
  return isList(value) ? value : [];
}

/** What stands for a value in answers: itself, or what it will be known from. */
function show(value: Value | undefined, resource?: Resource): string {
  if (value instanceof Unknown) {
    const [source] = resource?.propertyDependencies.records ?? [];
    return source === undefined ? "<unknown>" : `<${source.split("::").at(-1) ?? source}>`;
  }
  return typeof value === "string" ? value : JSON.stringify(value ?? null);
}

/** What keeps a record from being judged: a value that is encrypted in the export. */
function encryptedProblems(resource: Resource): readonly string[] {
  return (
    Object.entries(resource.unknown)
      .filter(([path, reason]) => reason === "encrypted" && path.startsWith("outputs."))
      // Which check it is may be open: then both of its statuses are.
      .filter(([path]) => path !== "outputs.healthCheckId")
      .map(
        ([path]) =>
          `${resource.name}: ${path.slice("outputs.".length)} is encrypted in the export; run \`pulumi stack export --show-secrets\` and keep the file safe`,
      )
  );
}
