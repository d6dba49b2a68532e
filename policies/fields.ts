import type { Properties, Resource, UnknownReason, Value } from "../routing/graph/resource";
import { Unknown } from "../routing/graph/resource";
import { isList, isObject, valueOf } from "../routing/graph/values";
import { reasonWord } from "./finding";

/** Thrown when a rule reads an unknown value without checking first: its result is invalid. */
export class UnguardedRead extends Error {
  override readonly name = "UnguardedRead";

  constructor(name: string, property: string, reason: UnknownReason) {
    super(`${name}.${property} was read without a guard, but ${reasonWord(reason)}`);
  }
}

/**
 * An object among a resource's properties, for rules. An unknown value never counts as absent: rules
 * must check `unknownAt` first, because reading an unknown value throws.
 */
export class Fields {
  constructor(
    protected readonly owner: string,
    private readonly read: (key: string) => Value | undefined,
    private readonly path: string,
  ) {}

  /** Why a value, or a part of it, is unknown; undefined if all of it is known. */
  unknownAt(key: string): UnknownReason | undefined {
    return reasonIn(this.read(key));
  }

  /** Why a value as a whole is unknown; if undefined, parts of it may still be unknown. */
  unknownWhole(key: string): UnknownReason | undefined {
    const value = this.read(key);
    return value instanceof Unknown ? value.reason : undefined;
  }

  /** The path from the resource to a field, for messages. */
  pathOf(key: string): string {
    return this.path === "" ? key : `${this.path}.${key}`;
  }

  /** A string that is not empty; otherwise the fallback. */
  text(key: string): string | undefined;
  text(key: string, fallback: string): string;
  text(key: string, fallback?: string): string | undefined {
    const value = this.known(key);
    return typeof value === "string" && value !== "" ? value : fallback;
  }

  /** A number, or a number that a provider gives as a string; otherwise the fallback. */
  number(key: string): number | undefined;
  number(key: string, fallback: number): number;
  number(key: string, fallback?: number): number | undefined {
    const value = this.known(key);
    if (typeof value === "string" && /^\d+$/.test(value)) return Number(value);
    return typeof value === "number" ? value : fallback;
  }

  flag(key: string): boolean | undefined {
    const value = this.known(key);
    if (value === "true" || value === "false") return value === "true";
    return typeof value === "boolean" ? value : undefined;
  }

  /** The strings of a list; a single string counts as a list of one. */
  texts(key: string): readonly string[] {
    const value = this.known(key);
    if (typeof value === "string") return value === "" ? [] : [value];
    if (!isList(value)) return [];
    return value.map((item) => this.refuseUnknown(item, key)).filter(isText);
  }

  /** The number of items of a list, including unknown items. */
  count(key: string): number {
    const value = this.known(key);
    return isList(value) ? value.length : 0;
  }

  /** The keys of a mapping. */
  keys(key: string): readonly string[] {
    const value = this.known(key);
    return isObject(value) ? Object.keys(value) : [];
  }

  /** The objects of a list; a single object counts as a list of one. */
  items(key: string): readonly Fields[] {
    const value = this.known(key);
    if (isObject(value)) return [this.inner(value, this.pathOf(key))];
    if (!isList(value)) return [];
    return value.flatMap((item, index) => {
      this.refuseUnknown(item, key);
      return isObject(item) ? [this.inner(item, `${this.pathOf(key)}[${index}]`)] : [];
    });
  }

  /** An object; the first of a list, because a provider may wrap a single block in a list. */
  object(key: string): Fields | undefined {
    return this.items(key)[0];
  }

  /** Whether a value is neither null nor empty. */
  has(key: string): boolean {
    const value = this.read(key);
    if (value === undefined || value === null || value === "") return false;
    if (isList(value)) return value.length > 0;
    return isObject(value) ? Object.keys(value).length > 0 : true;
  }

  /** The whole value as JSON; throws if a part is unknown. */
  whole(key: string): Value | undefined {
    const reason = this.unknownAt(key);
    if (reason) throw new UnguardedRead(this.owner, this.pathOf(key), reason);
    return this.read(key);
  }

  private known(key: string): Value | undefined {
    return this.refuseUnknown(this.read(key), key);
  }

  private refuseUnknown<T extends Value | undefined>(value: T, key: string): T {
    if (value instanceof Unknown) {
      throw new UnguardedRead(this.owner, this.pathOf(key), value.reason);
    }
    return value;
  }

  private inner(value: Properties, path: string): Fields {
    return new Fields(this.owner, (key) => value[key], path);
  }
}

/** A resource as rules see it: its known properties, deployed or declared. */
export class Subject extends Fields {
  constructor(readonly resource: Resource) {
    super(resource.name, (key) => valueOf(resource, key) ?? unheldIn(resource, key), "");
  }

  get urn(): string {
    return this.resource.urn;
  }

  get name(): string {
    return this.resource.name;
  }

  get type(): string {
    return this.resource.type;
  }
}

/** The mark of a property that the resource's source cannot hold. */
function unheldIn({ unknown }: Resource, key: string): Unknown | undefined {
  const reason = unknown[`inputs.${key}`];
  return reason === "unread" ? new Unknown(reason) : undefined;
}

function isText(value: Value): value is string {
  return typeof value === "string";
}

function reasonIn(value: Value | undefined): UnknownReason | undefined {
  if (value instanceof Unknown) return value.reason;
  const parts = isList(value) ? value : isObject(value) ? Object.values(value) : [];
  for (const part of parts) {
    const reason = reasonIn(part);
    if (reason) return reason;
  }
  return undefined;
}
