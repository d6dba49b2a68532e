import { awsType } from "../../../rehearsal/engine/awsOutputs";
import { autoName } from "../../../rehearsal/engine/identifiers";
import { Unknown } from "../../../routing/graph/resource";
import type { Properties, Resource, Value } from "../../../routing/graph/resource";
import { Account } from "./account";
import type { Live } from "./account";
import { isRetained, isIgnored } from "./options";
import { isKnown, replacedFor, textOf } from "./replacements";
import { leftBehind, refusedCreation, refusedDeletion, usersOf } from "./refusals";

export type Action = "create" | "update" | "replace" | "delete";

/** An action of the engine on a resource, and the properties that cause it. */
export interface Step {
  readonly action: Action;
  readonly resource: Resource;
  readonly properties: readonly string[];
}

/** The outcome of an update: the account is in the state that the steps leave. */
export interface Outcome {
  readonly steps: readonly Step[];
  /** What AWS or the provider refused, as `<name>: <why>`; the engine would have stopped there. */
  readonly refused: readonly string[];
  /** The resources that stay in the account without a program. */
  readonly left: readonly string[];
}

/** The resources that an update excludes, and the region that does not answer it. */
export interface UpdateOptions {
  /** URNs, or patterns of them, as `pulumi up --exclude` takes them. Default: none. */
  readonly exclude?: readonly string[];
  /** A region whose API does not respond. Default: all respond. */
  readonly gone?: string;
}

/**
 * Updates an account to a program's declaration, as the engine does: in the order of registration
 * it creates, changes and replaces resources, then it deletes those no longer needed, users first.
 * A replacement creates before it deletes, unless the name is the program's own
 * (pulumi-terraform-bridge, nameRequiresDeleteBeforeReplace). A refusal by AWS is recorded, and the
 * update continues, so that one run finds everything.
 */
export function update(
  account: Account,
  to: readonly Resource[],
  options: UpdateOptions = {},
): Outcome {
  return new Planner(account, options).run(
    to.filter(({ custom, type }) => custom && type.startsWith("aws:")),
  );
}

/** Outputs that an update of their resource changes, and so their dependents. */
const changedByUpdate: Readonly<Record<string, boolean>> = {
  // ec2/ec2_launch_template.go: CustomizeDiff makes latest_version unknown with any change.
  "aws:ec2/launchTemplate:LaunchTemplate": true,
};

/**
 * Outputs that stay the same after a replacement. ACM's record of a name is the account's:
 * https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
 */
const staysTheSame: Readonly<Record<string, boolean>> = {
  "aws:acm/certificate:Certificate": true,
};

/**
 * The inputs in the state after creation: the values that the provider reads back, without what it
 * adds.
 */
function stateOf({ inputs, outputs }: Resource): Properties {
  return Object.fromEntries(
    Object.entries(inputs).map(([key, input]) => [key, given(input, outputs[key] ?? input)]),
  );
}

/** The part of a read value that was given. */
function given(input: Value, read: Value): Value {
  if (Array.isArray(input) && Array.isArray(read) && input.length === read.length) {
    return input.map((one: Value, index) => given(one, (read as readonly Value[])[index] ?? null));
  }
  if (!isObject(input) || !isObject(read)) return read;
  return Object.fromEntries(
    Object.entries(input).map(([key, one]) => [key, given(one, read[key] ?? one)]),
  );
}

function isObject(value: Value): value is { readonly [key: string]: Value } {
  return (
    value !== null &&
    typeof value === "object" &&
    !Array.isArray(value) &&
    !(value instanceof Unknown)
  );
}

const states = new WeakMap<Resource, Properties>();

function stateOnce(resource: Resource): Properties {
  const state = states.get(resource) ?? stateOf(resource);
  states.set(resource, state);
  return state;
}

class Planner {
  readonly #steps: Step[] = [];
  readonly #refused: string[] = [];
  readonly #left: string[] = [];
  readonly #replaced = new Set<number>();
  readonly #updated = new Set<number>();
  readonly #kept = new Set<number>();
  readonly #condemned: Live[] = [];
  readonly #deletedFirst = new Set<string>();
  readonly #isExcluded: (resource: Resource) => boolean;
  readonly #gone: string | undefined;

  constructor(
    readonly account: Account,
    { exclude = [], gone }: UpdateOptions,
  ) {
    const patterns = exclude.map(exclusion);
    this.#isExcluded = ({ urn }) => patterns.some((pattern) => pattern.test(urn));
    this.#gone = gone;
  }

  run(to: readonly Resource[]): Outcome {
    const goal = new Set(to.map(({ urn }) => urn));
    // An excluded resource keeps its state, and its declaration is ignored.
    for (const resource of to) if (!this.#isExcluded(resource)) this.#reach(resource);
    const removed = this.account.all.filter(
      ({ resource }) => !goal.has(resource.urn) && !this.#isExcluded(resource),
    );
    this.#deleteAll([...removed, ...this.#condemned]);
    return { steps: this.#steps, refused: this.#refused, left: this.#left };
  }

  #reach(resource: Resource): void {
    const { urn, type } = resource;
    if (!isKnown(type)) throw new Error(`${type}: the table of replacements lacks it`);
    const old = this.account.current(urn);
    if (old === undefined) {
      if (this.#isUnanswered(resource)) return;
      const action = this.#deletedFirst.has(urn) ? "replace" : "create";
      this.#make(resource, action, []);
      return;
    }
    const changed = this.#changed(old, resource);
    if (changed.size === 0) {
      // An unchanged resource keeps its references, by now to the newest.
      this.account.put(resource, old);
      return;
    }
    if (this.#isUnanswered(resource)) return;
    const before = stateOnce(old.resource);
    const reasons = replacedFor(type, changed, before, resource.inputs);
    if (reasons.length > 0) this.#replace(old, resource, reasons);
    else {
      this.#updated.add(old.serial);
      this.#step("update", resource, [...changed]);
      this.#refuse(resource, refusedCreation(this.account.put(resource, old), this.account));
    }
  }

  /** Inputs that differ from the state, or come from a resource that has been replaced. */
  #changed(old: Live, next: Resource): ReadonlySet<string> {
    const before = stateOnce(old.resource);
    const properties = new Set([...Object.keys(before), ...Object.keys(next.inputs)]);
    return new Set(
      [...properties].filter((property) => {
        if (isIgnored(next, property)) return false;
        if (textOf(before[property]) !== textOf(next.inputs[property])) return true;
        return (old.references.get(property) ?? []).some((source) =>
          this.#isNew(source, textOf(next.inputs[property])),
        );
      }),
    );
  }

  /** Whether a value from a resource has changed since this update began. */
  #isNew({ serial, resource: { id, type } }: Live, text: string): boolean {
    if (this.#updated.has(serial)) return changedByUpdate[type] === true;
    if (!this.#replaced.has(serial)) return false;
    return staysTheSame[type] !== true || (id !== undefined && text.includes(id));
  }

  #replace(old: Live, next: Resource, reasons: readonly string[]): void {
    this.#replaced.add(old.serial);
    if (hasOwnName(next)) {
      const dependents = this.#replacedWith(old);
      for (const { serial, resource } of dependents) {
        this.#replaced.add(serial);
        this.#deletedFirst.add(resource.urn);
      }
      this.#deleteAll([...dependents, old], true);
    } else this.#condemned.push(old);
    this.#make(next, "replace", reasons);
  }

  /** The resources that refer to one by a property that replaces, and those that refer to them. */
  #replacedWith(old: Live): readonly Live[] {
    const direct = this.account.all.filter(({ references, resource }) => {
      const properties = [...references].filter(([, all]) =>
        all.some(({ serial }) => serial === old.serial),
      );
      const changed = new Set(properties.map(([property]) => property));
      if (changed.size === 0) return false;
      return replacedFor(resource.type, changed, resource.inputs, resource.inputs).length > 0;
    });
    return [...new Set(direct.flatMap((live) => [live, ...this.#replacedWith(live)]))];
  }

  #make(resource: Resource, action: Action, properties: readonly string[]): void {
    this.#step(action, resource, properties);
    this.#refuse(resource, refusedCreation(this.account.put(resource), this.account));
  }

  /** Deletes resources after their users. */
  #deleteAll(condemned: readonly Live[], isReplacement = false): void {
    const waiting = new Map(condemned.map((live) => [live.serial, live]));
    while (waiting.size > 0) {
      const needed = new Set(
        [...waiting.values()].flatMap(({ dependencies, references }) =>
          [...dependencies, ...[...references.values()].flat()].map(({ serial }) => serial),
        ),
      );
      const free = [...waiting.values()].filter(({ serial }) => !needed.has(serial));
      if (free.length === 0) throw new Error("deletion: resources wait for each other");
      for (const live of free.reverse()) {
        waiting.delete(live.serial);
        this.#delete(live, isReplacement);
      }
    }
  }

  #delete(live: Live, isReplacement: boolean): void {
    const { resource } = live;
    if (this.#isUnanswered(resource)) return;
    if (!isReplacement && !this.#replaced.has(live.serial)) this.#step("delete", resource, []);
    if (isRetained(resource)) {
      this.#left.push(`${resource.name}: kept`);
      this.#fill(live);
      this.account.remove(live);
      return;
    }
    const refused = refusedDeletion(live, this.account);
    if (refused !== undefined) {
      // A resource that is kept by a refused one is no news.
      const users = usersOf(live, this.account);
      const isNews = users.length === 0 || users.some(({ serial }) => !this.#kept.has(serial));
      if (isNews) this.#refuse(resource, refused);
      this.#kept.add(live.serial);
      return;
    }
    this.account.remove(live);
    const snapshot = resource.inputs["finalSnapshotIdentifier"];
    if (typeof snapshot === "string") this.account.snapshots.add(snapshot);
    const left = leftBehind(live);
    if (left !== undefined) this.#left.push(left);
    if (resource.type.startsWith("aws:s3/bucketObject") && this.#leavesMarker(live))
      this.#fill(live);
  }

  /**
   * An object that was written before versioning was on has no version in the state, and the
   * provider then deletes without one (s3/object.go, resourceObjectDelete): what is left is a
   * delete marker.
   */
  #leavesMarker({ isVersioned, references }: Live): boolean {
    const buckets = references.get("bucket") ?? [];
    return !isVersioned && buckets.some(({ resource }) => this.account.versioned.has(resource.urn));
  }

  /** Marks the bucket or zone in which something stays behind, because it may be deleted later. */
  #fill({ references, resource: { inputs } }: Live): void {
    for (const { resource } of references.get("bucket") ?? [])
      this.account.filled.add(resource.urn);
    for (const { resource } of this.account.ofType("aws:route53/zone:Zone"))
      if (resource.id === inputs["zoneId"]) this.account.foreignRecords.add(resource.urn);
  }

  /** Whether a change needs an answer from a region that is gone. */
  #isUnanswered(resource: Resource): boolean {
    const { region, type, name } = resource;
    if (this.#gone === undefined || region !== this.#gone || isGlobal(type)) return false;
    this.#refused.push(`${name}: no answer from ${region}`);
    return true;
  }

  #step(action: Action, resource: Resource, properties: readonly string[]): void {
    this.#steps.push({ action, resource, properties });
  }

  #refuse({ name }: Resource, refused: string | undefined): void {
    if (refused !== undefined) this.#refused.push(`${name}: ${refused}`);
  }
}

/** Whether a type's API is not in the region of its provider but in us-east-1. */
function isGlobal(type: string): boolean {
  return /^aws:(cloudfront|iam|route53)\//.test(type);
}

/** A pattern of URNs: `*` matches anything but a colon, `**` matches anything. */
function exclusion(pattern: string): RegExp {
  const parts = pattern.split("**").map((part) =>
    part
      .split("*")
      .map((text) => text.replace(/[\\^$.|?+()[\]{}]/g, "\\$&"))
      .join("[^:]*"),
  );
  return new RegExp(`^${parts.join(".*")}$`);
}

/** Types that Pulumi can name, but whose names this program always chooses. */
const alsoNamed: Readonly<Record<string, string>> = {
  "aws:lb/loadBalancer:LoadBalancer": "name",
  "aws:lb/targetGroup:TargetGroup": "name",
};

/** Whether the program chose the name; otherwise Pulumi adds a random suffix. */
function hasOwnName({ type, name, urn, inputs }: Resource): boolean {
  const property = awsType(type)?.autoName ?? alsoNamed[type];
  const given = property === undefined ? undefined : inputs[property];
  return given !== undefined && given !== autoName(name, urn);
}

/** What an update from one declaration to another replaces. */
export function replacedBetween(
  from: readonly Resource[],
  to: readonly Resource[],
): readonly Step[] {
  const account = new Account();
  update(account, from);
  return update(account, to).steps.filter(({ action }) => action === "replace");
}
