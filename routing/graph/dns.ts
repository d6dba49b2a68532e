import type {
  Dns,
  HealthCheck,
  DnsZone,
  RecordSet,
  RecordSetTarget,
  RoutingPolicy,
} from "../model";
import { unreadType } from "../model";
import { aliasOf, websiteProblems } from "./alias";
import { healthCheckOf } from "./healthCheck";
import { hostedZonesOf } from "./hostedZones";
import { notModelled, placePolicyOf } from "./placePolicy";
import { recordNameOf, zoneIdOf } from "./recordName";
import type { Resource, Value } from "./resource";
import { Unknown } from "./resource";
import { secretPlaceOf, secretText } from "./secrets";
import type { StackGraph } from "./stackGraph";
import { awsTypes } from "./types";
import {
  fieldOf,
  flagOf,
  isList,
  isGivenUnknown,
  isNotKnown,
  isTrue,
  listOf,
  mustBeKnown,
  numberIn,
  numberOf,
  textOf,
  valueOf,
} from "./values";

/**
 * The Route 53 part of a stack. Identities are URNs, so they do not change with the deployment. A
 * record is read when its name is queried.
 */
export function dnsOf(graph: StackGraph): Dns {
  return new StackDns(graph);
}

class StackDns implements Dns {
  readonly checks: readonly HealthCheck[];
  readonly zones: readonly DnsZone[];
  readonly recordsNamed: NonNullable<Dns["recordsNamed"]>;
  private readonly named: readonly Named[];
  private readonly secret: readonly Resource[];
  readonly names: ReadonlySet<string>;
  private readonly known = new Map<Named, RecordSet>();

  constructor(private readonly graph: StackGraph) {
    this.checks = graph
      .ofType(awsTypes.healthCheck)
      .map((resource) => healthCheckOf(graph, resource));
    const records = graph.ofType(awsTypes.record);
    this.named = records.flatMap((resource) => {
      const name = recordNameOf(graph, resource);
      return name === undefined ? [] : [{ resource, name }];
    });
    this.secret = records.filter(
      (resource) => isSecret(resource, "name") && recordNameOf(graph, resource) === undefined,
    );
    const groups = new Map<string, Named[]>();
    for (const one of this.named) {
      const group = groups.get(one.name);
      if (group) group.push(one);
      else groups.set(one.name, [one]);
    }
    this.names = new Set(groups.keys());
    this.recordsNamed = (name) => (groups.get(name) ?? []).map((one) => this.recordOf(one));
    this.zones = hostedZonesOf(graph);
  }

  get records(): readonly RecordSet[] {
    return this.named.map((one) => this.recordOf(one));
  }

  /**
   * Records with a secret name, which may be any name; a computed name is assumed to be a new one.
   */
  get nameless(): readonly RecordSet[] {
    return this.secret.map((resource) => ({
      ...recordSetOf(this.graph, { resource, name: "" }, this.names),
      secretName: secretPlaceOf(resource),
    }));
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
  const problems = [
    ...encryptedProblems(resource),
    ...absenceProblems(resource),
    ...websiteProblems(graph, resource),
  ];
  return {
    id: resource.urn,
    label: resource.name,
    zoneId: zoneIdOf(graph, resource),
    name,
    type: textOf(resource, "type") ?? unreadType,
    policy: policyOf(graph, resource),
    target: targetOf(graph, resource, names),
    ...(setIdentifier === undefined ? {} : { setIdentifier }),
    ...(checkId === undefined ? {} : { checkId }),
    ...(problems.length === 0 ? {} : { problems }),
  };
}

/** The URN of a record's check; the bare id where no check in the stack has it. */
function checkIdOf(graph: StackGraph, resource: Resource): string | undefined {
  const value = valueOf(resource, "healthCheckId");
  if (value === undefined || value === null || value === "") return undefined;
  const [check] = graph.follow(resource, "healthCheckId", [awsTypes.healthCheck]);
  if (check) return check.urn;
  return typeof value === "string" ? value : `healthCheckId of ${resource.name}`;
}

function policyOf(graph: StackGraph, resource: Resource): RoutingPolicy {
  const byPlace = placePolicyOf(graph, resource);
  if (byPlace) return byPlace;
  const [failover] = listOf(resource, "failoverRoutingPolicies");
  const role = fieldOf(failover, "type");
  if (role === "PRIMARY" || role === "SECONDARY") return { kind: "failover", role };
  if (failover !== undefined) return notModelled("failover", `failover ${show(role)}`);
  const [weighted] = listOf(resource, "weightedRoutingPolicies");
  const weight = numberIn(fieldOf(weighted, "weight"));
  if (weight !== undefined) return { kind: "weighted", weight };
  if (weighted !== undefined)
    return notModelled("weighted", `weight ${show(fieldOf(weighted, "weight"))}`);
  return flagOf(resource, "multivalueAnswerRoutingPolicy")
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
      evaluateTargetHealth: isTrue(fieldOf(alias, "evaluateTargetHealth")),
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

/**
 * The text of a value in answers: the value, or the name of the resource that it will come from.
 */
function show(value: Value | undefined, resource?: Resource): string {
  if (value instanceof Unknown) {
    const [source] = resource?.propertyDependencies.records ?? [];
    return source === undefined ? "<unknown>" : `<${source.split("::").at(-1) ?? source}>`;
  }
  return typeof value === "string" ? value : JSON.stringify(value ?? null);
}

/** Properties without which Route 53 would refuse a record. */
function absenceProblems(resource: Resource): readonly string[] {
  const { name } = resource;
  const problems: string[] = [];
  if (isAbsent(resource, "type")) {
    problems.push(`${name}: it has no type; Route 53 refuses a record without one, so add it`);
  }
  const values = valueOf(resource, "records");
  if (isList(values) && values.includes(null)) {
    problems.push(`${name}: one of its records is null; give it a value, or remove it`);
  }
  const isAlias = !isAbsent(resource, "aliases");
  if (!isAlias && isAbsent(resource, "records")) {
    problems.push(
      `${name}: it has neither records nor an alias; Route 53 refuses a record without either, so add one of them`,
    );
  }
  if (!isAlias && isAbsent(resource, "ttl")) {
    problems.push(`${name}: it has no ttl; Route 53 refuses values without one, so add it`);
  }
  if (!isAlias && isGivenUnknown(resource, "ttl")) {
    problems.push(`${name}.ttl: ${mustBeKnown}`);
  }
  if (isNotKnown(fieldOf(listOf(resource, "aliases")[0], "evaluateTargetHealth"))) {
    problems.push(`${name}.aliases[0].evaluateTargetHealth: ${mustBeKnown}`);
  }
  return problems;
}

/** Whether a property is absent, which differs from unknown. */
function isAbsent(resource: Resource, property: string): boolean {
  const value = valueOf(resource, property) ?? "";
  return value === "" || (isList(value) && value.length === 0);
}

function isSecret(resource: Resource, property: string): boolean {
  const value = valueOf(resource, property);
  return value instanceof Unknown && value.reason === "encrypted";
}

/** Why a record cannot be judged: a value is a secret. */
function encryptedProblems(resource: Resource): readonly string[] {
  return (
    Object.entries(resource.unknown)
      .filter(([path, reason]) => reason === "encrypted" && path.startsWith("outputs."))
      // The check may stay unknown: then both of its statuses are possible.
      .filter(([path]) => path !== "outputs.healthCheckId")
      .map(
        ([path]) => `${resource.name}: ${path.slice("outputs.".length)} is ${secretText(resource)}`,
      )
  );
}
