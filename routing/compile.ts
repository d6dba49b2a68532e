import { InputError } from "./inputError";
import { familiesOf, isNode } from "./route";
import type { Family, Node, Route, Target } from "./route";

/** The role of a record within its name and type. */
export type MemberPolicy =
  | { readonly kind: "failover"; readonly role: "PRIMARY" | "SECONDARY" }
  | { readonly kind: "weighted"; readonly weight: number };

/** What a record answers with. */
export type RecordTarget<V> =
  | { readonly kind: "addresses"; readonly addresses: readonly V[]; readonly ttlSeconds: number }
  | { readonly kind: "record"; readonly name: string }
  | {
      readonly kind: "resource";
      readonly dnsName: V;
      readonly zoneId: V;
      readonly evaluateTargetHealth: boolean;
    };

/** One Route 53 record of a compiled route. */
export interface RecordSpec<V> {
  /** Unique among a compilation's records, and stable: name, type and set identifier. */
  readonly key: string;
  readonly name: string;
  readonly type: Family;
  readonly setIdentifier: string;
  readonly policy: MemberPolicy;
  readonly target: RecordTarget<V>;
  /** Id of the health check on the record; absent means always healthy (C2). */
  readonly checkId?: V;
}

export interface CompileOptions {
  /** TTL of records that contain addresses, in seconds; an alias has no TTL (T1). */
  readonly ttlSeconds: number;
  /** Families to compile; default: all that every branch of each root can answer. */
  readonly families?: readonly Family[];
}

/** Most weighted records that a name and type can have (DG:DNSLimitations). */
const weightedRecordsMax = 100;
/** Bounds of a weight (API:ResourceRecordSet.Weight); 0 is refused, see `checkWeights`. */
const weightMax = 255;

/**
 * The records that one or more routes compile to, targets before the aliases that point to them.
 *
 * A node that several routes share is compiled once. A `published` node is not compiled.
 *
 * @throws InputError with one line per fault: two different nodes with one name, a name within
 *   itself, a missing check on a primary (C6), repeated set identifiers (C15), weights out of
 *   range, a family that a branch cannot answer.
 */
export function compile<V>(
  roots: readonly Node<V>[],
  options: CompileOptions,
): readonly RecordSpec<V>[] {
  const faults: string[] = [];
  const nodes = collect(roots, faults);
  const records: RecordSpec<V>[] = [];
  for (const [node, families] of nodes.values()) {
    if (node.published) continue;
    faults.push(...checkNode(node, families));
    for (const family of families) {
      records.push(...membersOf(node).map((member) => recordOf(node, member, family, options)));
    }
  }
  if (faults.length > 0) throw new InputError(faults);
  return records;

  /** All nodes by name, children first, each with the families that some root needs from it. */
  function collect(
    from: readonly Node<V>[],
    problems: string[],
  ): Map<string, [Node<V>, readonly Family[]]> {
    const found = new Map<string, [Node<V>, readonly Family[]]>();
    const visit = (node: Node<V>, families: readonly Family[], above: readonly string[]): void => {
      if (above.includes(node.name)) {
        problems.push(
          `${node.name}: a route cannot contain itself; give the inner node another name`,
        );
        return;
      }
      const known = found.get(node.name);
      if (known && !sameContent(known[0], node)) {
        problems.push(`${node.name}: two different routes have this name; give one another name`);
        return;
      }
      for (const { route } of membersOf(node)) {
        if (isNode(route)) visit(route, families, [...above, node.name]);
      }
      const all = (["A", "AAAA"] as const).filter(
        (family) => families.includes(family) || known?.[1].includes(family),
      );
      // `set` keeps the position of a known name, so children stay before parents.
      if (!known) found.set(node.name, [node, all]);
      else known[1] = all;
    };
    for (const root of from) {
      const able = familiesOf(root);
      for (const family of options.families ?? []) {
        if (!able.includes(family)) {
          problems.push(
            `${root.name}: not every branch can answer ${family}; leave ${family} out, or give each branch ${family} addresses`,
          );
        }
      }
      visit(root, options.families ?? able, []);
    }
    return found;
  }
}

interface Member<V> {
  readonly setIdentifier: string;
  readonly policy: MemberPolicy;
  readonly route: Route<V>;
}

/**
 * The members of a node's record group, in order. A set identifier names the member's position, not
 * its target, so re-pointing an alias updates the record and never replaces it.
 */
function membersOf<V>(node: Node<V>): readonly Member<V>[] {
  if (node.kind === "weighted") {
    return node.branches.map(({ key, weight, route }) => ({
      setIdentifier: key,
      policy: { kind: "weighted", weight },
      route,
    }));
  }
  return [
    {
      setIdentifier: "primary",
      policy: { kind: "failover", role: "PRIMARY" },
      route: node.primary,
    },
    {
      setIdentifier: "secondary",
      policy: { kind: "failover", role: "SECONDARY" },
      route: node.secondary,
    },
  ];
}

function recordOf<V>(
  node: Node<V>,
  { setIdentifier, policy, route }: Member<V>,
  type: Family,
  { ttlSeconds }: CompileOptions,
): RecordSpec<V> {
  const checkId = route.kind === "static" ? undefined : route.check?.[type];
  return {
    key: `${node.name}-${type}-${setIdentifier}`,
    name: node.name,
    type,
    setIdentifier,
    policy,
    target: isNode(route)
      ? { kind: "record", name: route.name }
      : targetOf(route.target, type, ttlSeconds),
    ...(checkId === undefined ? {} : { checkId }),
  };
}

function targetOf<V>(target: Target<V>, type: Family, ttlSeconds: number): RecordTarget<V> {
  if (target.kind === "addresses") {
    return { kind: "addresses", addresses: target.addresses[type] ?? [], ttlSeconds };
  }
  const { dnsName, zoneId, evaluateTargetHealth } = target;
  return { kind: "resource", dnsName, zoneId, evaluateTargetHealth };
}

function checkNode<V>(node: Node<V>, families: readonly Family[]): readonly string[] {
  const faults: string[] = [];
  const members = membersOf(node);
  const identifiers = members.map((member) => member.setIdentifier);
  for (const id of new Set(identifiers.filter((id, index) => identifiers.indexOf(id) !== index))) {
    faults.push(
      `${node.name}: two branches have the set identifier "${id}"; give each its own (C15)`,
    );
  }
  if (node.kind === "failover" && !isNode(node.primary) && node.primary.kind !== "static") {
    const { target, check } = node.primary;
    for (const family of families) {
      if (target.kind === "addresses" && check?.[family] === undefined) {
        faults.push(
          `${node.name}: the primary ${family} record has addresses and no health check; Route 53 rejects that (C6), so add one`,
        );
      }
    }
  }
  if (node.kind === "weighted") faults.push(...checkWeights(node.name, members));
  return faults;
}

/** Weight 0 is refused: Route 53 serves a zero-weighted record when the others fail (C10). */
function checkWeights<V>(name: string, members: readonly Member<V>[]): readonly string[] {
  const faults: string[] = [];
  if (members.length > weightedRecordsMax) {
    faults.push(
      `${name}: ${members.length} weighted records; a name and type has at most ${weightedRecordsMax}`,
    );
  }
  for (const { policy, setIdentifier } of members) {
    if (policy.kind !== "weighted") continue;
    const { weight } = policy;
    if (!Number.isInteger(weight) || weight < 1 || weight > weightMax) {
      faults.push(
        `${name}: the weight of "${setIdentifier}" is ${weight}; use a whole number from 1 to ${weightMax}, and omit a branch that gets no traffic`,
      );
    }
  }
  return faults;
}

/**
 * Whether two nodes with one name compile to the same records; their own checks belong to their
 * parents.
 */
function sameContent<V>(a: Node<V>, b: Node<V>): boolean {
  const [ours, theirs] = [membersOf(a), membersOf(b)];
  return (
    a.kind === b.kind &&
    ours.length === theirs.length &&
    ours.every((mine, index) => {
      const other = theirs[index];
      return (
        other !== undefined &&
        mine.setIdentifier === other.setIdentifier &&
        weightOf(mine.policy) === weightOf(other.policy) &&
        sameReference(mine.route, other.route)
      );
    })
  );
}

/**
 * Whether two members refer to the same thing: the same leaf, or nodes with one name and one check.
 */
function sameReference<V>(a: Route<V>, b: Route<V>): boolean {
  if (a === b) return true;
  if (!isNode(a) || !isNode(b)) return false;
  return a.name === b.name && a.check?.A === b.check?.A && a.check?.AAAA === b.check?.AAAA;
}

function weightOf(policy: MemberPolicy): number {
  return policy.kind === "weighted" ? policy.weight : 0;
}
