import type { Resource, Value } from "./resource";
import { underOneType } from "./synonyms";
import { awsTypes } from "./types";
import { fieldOf, hasUnknown, leaves, listOf, valueOf } from "./values";

/**
 * A stack's resources with the references between them: by value where the value is known, by
 * property dependencies where it is not. Only URNs and types are read in advance, because a stack
 * may have ten thousand resources and an answer depend on twenty.
 */
export class StackGraph {
  private readonly byUrn: ReadonlyMap<string, Resource>;
  private readonly byType = new Map<string, Resource[]>();
  /**
   * By type first: all records of a zone have its id as an identity, and no lookup by that id wants
   * them.
   */
  private readonly byIdentity = new Map<string, ReadonlyMap<string, readonly Resource[]>>();
  private rarest: readonly Resource[] | undefined;
  private ownPlaces: ReadonlyMap<Resource, number> | undefined;
  private children: ReadonlyMap<string, readonly Resource[]> | undefined;
  private readonly referrers = new Map<string, Map<string, Resource[]>>();

  readonly resources: readonly Resource[];

  constructor(given: readonly Resource[]) {
    const resources = given.map(underOneType);
    this.resources = resources;
    this.byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
    for (const resource of resources) append(this.byType, resource.type, resource);
  }

  get(urn: string): Resource | undefined {
    return this.byUrn.get(urn);
  }

  /** The resources of the given types, in the order of the stack. */
  ofType(...types: readonly string[]): readonly Resource[] {
    const [type = "", ...others] = types;
    if (others.length === 0) return this.byType.get(type) ?? [];
    return this.resources.filter((resource) => types.includes(resource.type));
  }

  /** The resources, those of rare types first: a few resources decide most lookups. */
  rarestFirst(): readonly Resource[] {
    this.rarest ??= [...this.byType.values()].sort((a, b) => a.length - b.length).flat();
    return this.rarest;
  }

  /** The resource itself and everything below it. */
  subtree(resource: Resource): readonly Resource[] {
    this.children ??= indexed(this.resources, ({ parent }) => parent ?? []);
    const below = this.children.get(resource.urn) ?? [];
    return [resource, ...below.flatMap((child) => this.subtree(child))];
  }

  /** The resources of the given types that a value refers to, by id, ARN, address or DNS name. */
  byValue(value: Value | undefined, types: readonly string[]): readonly Resource[] {
    if (typeof value !== "string") return [];
    const identity = identityOf(value);
    const byType = types.flatMap((type) => {
      const found = this.identitiesOf(type).get(identity);
      return found ? [found] : [];
    });
    const [first = [], ...others] = byType;
    // In the order of the stack, whatever the order of the types.
    return others.length === 0
      ? first
      : byType.flat().sort((a, b) => this.place(a) - this.place(b));
  }

  private place(resource: Resource): number {
    this.ownPlaces ??= new Map(this.resources.map((each, index) => [each, index]));
    return this.ownPlaces.get(resource) ?? 0;
  }

  private identitiesOf(type: string): ReadonlyMap<string, readonly Resource[]> {
    let identities = this.byIdentity.get(type);
    if (!identities) {
      identities = indexed(this.byType.get(type) ?? [], identitiesOf);
      this.byIdentity.set(type, identities);
    }
    return identities;
  }

  /**
   * The resources of the given types that a property of a resource refers to. A property with
   * several values may refer to several. An unknown value is followed through the property's
   * dependencies, which show the set of resources but not which value is which.
   */
  follow(resource: Resource, property: string, types: readonly string[]): readonly Resource[] {
    const value = valueOf(resource, property);
    const known = leaves(value).flatMap((leaf) => this.byValue(leaf, types));
    if (known.length > 0 && !hasUnknown(value)) return unique(known);
    return unique([...known, ...this.dependenciesOf(resource, property, types)]);
  }

  /** The resources of a type whose property refers to this one: the inverse of `follow`. */
  referringTo(to: Resource, type: string, property: string): readonly Resource[] {
    const key = `${type} ${property} ${to.type}`;
    let index = this.referrers.get(key);
    if (!index) {
      index = new Map();
      for (const from of this.ofType(type)) {
        for (const target of this.follow(from, property, [to.type]))
          append(index, target.urn, from);
      }
      this.referrers.set(key, index);
    }
    return index.get(to.urn) ?? [];
  }

  /** The resources of the given types that a property's value came from. */
  dependenciesOf(
    resource: Resource,
    property: string,
    types: readonly string[],
  ): readonly Resource[] {
    const urns = resource.propertyDependencies[property] ?? [];
    return urns.flatMap((urn) => {
      const found = this.byUrn.get(urn);
      return found && types.includes(found.type) ? [found] : [];
    });
  }
}

/** Outputs by which other resources refer to one; a list contains several. */
const identityOutputs = [
  "arn",
  "publicIp",
  "privateIp",
  "allocationId",
  "ipv6Addresses",
  "dnsName",
  "domainName",
  "bucket",
  "bucketRegionalDomainName",
  "websiteDomain",
  "websiteEndpoint",
  "address",
  "endpoint",
  "readerEndpoint",
  "regionalDomainName",
  "domainNameConfiguration",
  "cname",
  "serviceUrl",
  "dnsEntries",
  "arnSuffix",
  "identifier",
  "clusterIdentifier",
  "zoneId",
  "name",
];

/** Resources do not change, and an edited stack has most of those of the stack before. */
const knownIdentities = new WeakMap<Resource, ReadonlySet<string>>();

function identitiesOf(resource: Resource): ReadonlySet<string> {
  const known = knownIdentities.get(resource) ?? findIdentities(resource);
  knownIdentities.set(resource, known);
  return known;
}

function findIdentities(resource: Resource): ReadonlySet<string> {
  const values = identityOutputs.flatMap((property) => leaves(valueOf(resource, property)));
  // The IPv6 address of a balancer. Its IPv4 addresses are Elastic IPs, which lead to the balancer.
  const mapped = listOf(resource, "subnetMappings").map((one) => fieldOf(one, "ipv6Address"));
  const texts = [resource.id, idInArn(resource), ...values, ...mapped].filter(
    (value): value is string => typeof value === "string" && value !== "",
  );
  return new Set(texts.map(identityOf));
}

/** The engine passes a check's ARN to a policy, not the id by which records refer to it. */
function idInArn({ type, outputs }: Resource): string | undefined {
  const { arn } = outputs;
  if (type !== awsTypes.healthCheck || typeof arn !== "string") return undefined;
  return /^arn:[a-z-]+:route53:::healthcheck\/(.+)$/.exec(arn)?.[1];
}

/** DNS names are equal in any case, with or without a trailing dot. */
function identityOf(value: string): string {
  return value.toLowerCase().replace(/\.$/, "");
}

/** Resources by each of their keys. */
function indexed(
  resources: readonly Resource[],
  keysOf: (resource: Resource) => Iterable<string> | string,
): ReadonlyMap<string, readonly Resource[]> {
  const index = new Map<string, Resource[]>();
  for (const resource of resources) {
    const keys = keysOf(resource);
    for (const key of typeof keys === "string" ? [keys] : keys) append(index, key, resource);
  }
  return index;
}

function append<K>(map: Map<K, Resource[]>, key: K, resource: Resource): void {
  const known = map.get(key);
  if (known) known.push(resource);
  else map.set(key, [resource]);
}

function unique(resources: readonly Resource[]): readonly Resource[] {
  return [...new Set(resources)];
}
