import type { Resource } from "../../../routing/graph/resource";

const versioningType = "aws:s3/bucketVersioning:BucketVersioning";

/** A resource that exists in the account. A replacement is another one with the same URN. */
export interface Live {
  readonly resource: Resource;
  /** The order of creation, as a growing number: it identifies one of several with the same URN. */
  readonly serial: number;
  /** The resources that it refers to, by the input whose value came from there. */
  readonly references: ReadonlyMap<string, readonly Live[]>;
  /** Its dependencies, including references. */
  readonly dependencies: readonly Live[];
  /** For an S3 object: whether its bucket surely kept versions when it was written. */
  readonly isVersioned: boolean;
}

/** The contents of an account that others made and no program declares. */
export interface Surroundings {
  /** URNs of hosted zones whose DS record is still at the parent. */
  readonly dsAtParent?: readonly string[];
  /** URNs of buckets to which others wrote. */
  readonly written?: readonly string[];
  /** URNs of hosted zones with records of others. */
  readonly foreignRecords?: readonly string[];
  /** Names of database snapshots that exist. */
  readonly snapshots?: readonly string[];
}

/** An account of AWS: what exists, the newest of each URN last. */
export class Account {
  readonly #live = new Map<string, readonly Live[]>();
  readonly #byType = new Map<string, ReadonlySet<Live>>();
  #serial = 0;
  readonly dsAtParent: Set<string>;
  /** Buckets that are not empty: the program does not own their contents. */
  readonly filled: Set<string>;
  /** Buckets that keep versions, or did: suspending versioning removes none. */
  readonly versioned = new Set<string>();
  readonly foreignRecords: Set<string>;
  readonly snapshots: Set<string>;

  constructor(surroundings: Surroundings = {}) {
    this.dsAtParent = new Set(surroundings.dsAtParent);
    this.filled = new Set(surroundings.written);
    this.foreignRecords = new Set(surroundings.foreignRecords);
    this.snapshots = new Set(surroundings.snapshots);
  }

  /** An independent account in the same state. */
  copy(): Account {
    const copy = new Account({
      dsAtParent: [...this.dsAtParent],
      written: [...this.filled],
      foreignRecords: [...this.foreignRecords],
      snapshots: [...this.snapshots],
    });
    for (const [urn, live] of this.#live) copy.#live.set(urn, live);
    for (const [type, live] of this.#byType) copy.#byType.set(type, live);
    for (const urn of this.versioned) copy.versioned.add(urn);
    copy.#serial = this.#serial;
    return copy;
  }

  get all(): readonly Live[] {
    return [...this.#live.values()].flat();
  }

  ofType(type: string): readonly Live[] {
    return [...(this.#byType.get(type) ?? [])];
  }

  /** The resource of a URN that the program knows: the newest. */
  current(urn: string): Live | undefined {
    return this.#live.get(urn)?.at(-1);
  }

  /** Adds a resource, or replaces `old` if it is the same one, changed. */
  put(resource: Resource, old?: Live): Live {
    const isVersioned = old?.isVersioned ?? this.#isSurelyVersioned(resource);
    const live = {
      resource,
      serial: old?.serial ?? ++this.#serial,
      references: this.#references(resource),
      dependencies: this.#existing(resource.dependencies),
      isVersioned,
    };
    this.#change(resource, (all) => [...all.filter((one) => one !== old), live]);
    if (resource.type === versioningType) {
      for (const bucket of live.references.get("bucket") ?? []) {
        this.versioned.add(bucket.resource.urn);
      }
    }
    return live;
  }

  remove({ resource, serial }: Live): void {
    this.#change(resource, (all) => all.filter((one) => one.serial !== serial));
  }

  #change({ urn, type }: Resource, change: (all: readonly Live[]) => readonly Live[]): void {
    const before = this.#live.get(urn) ?? [];
    const after = change(before);
    if (after.length > 0) this.#live.set(urn, after);
    else this.#live.delete(urn);
    const others = this.ofType(type).filter((one) => !before.includes(one));
    this.#byType.set(type, new Set([...others, ...after]));
  }

  /** The resources of some types that refer to a resource. */
  users(live: Live, types: readonly string[]): readonly Live[] {
    const all = types.flatMap((type) => this.ofType(type));
    return all.filter((user) => user.serial !== live.serial && isUsedBy(live, user));
  }

  #existing(urns: readonly string[]): readonly Live[] {
    return urns.map((urn) => this.current(urn)).filter((live) => live !== undefined);
  }

  #references({ propertyDependencies }: Resource): Live["references"] {
    return new Map(
      Object.entries(propertyDependencies).map(([property, urns]) => [
        property,
        this.#existing(urns),
      ]),
    );
  }

  /** A resource that does not wait for versioning may be written before it is on. */
  #isSurelyVersioned(resource: Resource): boolean {
    const seen = new Set<string>();
    const waits = (urns: readonly string[]): boolean =>
      urns.some((urn) => {
        if (seen.has(urn)) return false;
        seen.add(urn);
        const found = this.current(urn)?.resource;
        if (found === undefined) return false;
        return (
          (found.type === versioningType && found.inputs["bucket"] === resource.inputs["bucket"]) ||
          waits(found.dependencies)
        );
      });
    return resource.type.startsWith("aws:s3/bucketObject") && waits(resource.dependencies);
  }
}

/** A value that came from several resources may name only some of them: the subnets of one kind. */
function isUsedBy({ serial }: Live, { resource, references }: Live): boolean {
  return [...references].some(([property, sources]) => {
    const text = JSON.stringify(resource.inputs[property] ?? null);
    const named = sources.filter(({ resource: { id } }) => id !== undefined && text.includes(id));
    return (named.length > 0 ? named : sources).some((source) => source.serial === serial);
  });
}
