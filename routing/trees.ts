import type { Group, HealthCheck, RecordSet } from "./model";
import { aliasedName, unreadType } from "./model";
import type { Route53 } from "./route53";

/** A name and type that clients query: no other record leads to it, and it is no unused tier. */
export interface Root {
  readonly name: string;
  readonly type: string;
}

/** The types of records that clients of a name connect to. */
const addressTypes = ["A", "AAAA"];

/**
 * The trees that the records of a zone form: what is above a name, what is below it, and which
 * records a health check decides. Records of a tree with a cycle have no root.
 */
export class Trees {
  /** The names that clients query. */
  readonly queried: readonly Root[];
  /** Those whose answers change with health or by weight. */
  readonly roots: readonly Root[];
  private readonly above = new Map<Group, RecordSet[]>();
  private readonly byCheck = new Map<string, RecordSet[]>();

  /**
   * @param publicNames the names that clients query, according to the stack. A name below one of
   *   them that is not in the list belongs to a tier; if nothing leads to it, the tier is unused.
   *   Without a list, every name that nothing leads to counts as a public name.
   */
  constructor(
    private readonly route53: Route53,
    publicNames: readonly string[] = [],
  ) {
    for (const record of route53.dns.records) {
      for (const next of this.groupsAfter(record)) append(this.above, next, record);
      for (const check of this.checksOf(record)) append(this.byCheck, check.id, record);
    }
    this.queried = route53
      .allGroups()
      .flatMap((group) => this.rootOf(group) ?? [])
      .filter((root) => !isTier(root.name, publicNames));
    this.roots = this.queried.filter((root) => this.chooses(root));
  }

  /** The groups that a record leads to, for a client that queries an address. */
  private groupsAfter(record: RecordSet): ReadonlySet<Group> {
    const types = record.type === "CNAME" ? addressTypes : [record.type];
    const groups = types.map((type) => this.route53.next(record, type));
    return new Set(groups.filter((group) => group !== undefined));
  }

  /**
   * The name and type under which clients query a group that nothing leads to; a CNAME is queried
   * for addresses. Undefined for records that another zone hides from clients (N4).
   */
  private rootOf(group: Group): Root | undefined {
    const [first] = group;
    if (!first || this.above.has(group)) return undefined;
    const { name } = first;
    // No client connects to another type: a TXT record says something, and is no endpoint.
    const types = first.type === "CNAME" ? addressTypes : isAnswer(first) ? [first.type] : [];
    const type = types.find((each) => this.route53.group(name, each) === group);
    return type === undefined ? undefined : { name, type };
  }

  /** The aliases and CNAMEs that lead to a name and type. */
  leadingTo(name: string, type: string): readonly RecordSet[] {
    return this.above.get(this.route53.group(name, type) ?? []) ?? [];
  }

  /** A name, and all names above it whose health depends on it. */
  namesAbove(name: string, type: string): readonly string[] {
    const found = new Set<Group>();
    const open = [this.route53.group(name, type) ?? []];
    for (let group = open.pop(); group; group = open.pop()) {
      if (found.has(group)) continue;
      found.add(group);
      const above = (this.above.get(group) ?? []).map((record) => this.route53.groupOf(record));
      open.push(...above.reverse());
    }
    return [...new Set([name, ...[...found].flatMap(([first]) => first?.name ?? [])])];
  }

  /** All records below a name, its own included; a missing target is left out. */
  recordsBelow(name: string, type: string): readonly RecordSet[] {
    return this.recordsFrom(this.route53.group(name, type) ?? [], type);
  }

  /** The same for records that were found already. */
  recordsFrom(group: Group, type: string): readonly RecordSet[] {
    return this.below(group, type, (all) => all);
  }

  /** The records below a name that contain the answer themselves. */
  leavesBelow(name: string, type: string): readonly RecordSet[] {
    return this.leavesFrom(this.route53.group(name, type) ?? [], type);
  }

  /** The same for records that were found already. */
  leavesFrom(group: Group, type: string): readonly RecordSet[] {
    return this.recordsFrom(group, type).filter((record) => this.isLeaf(record, type));
  }

  /**
   * The record itself where it contains the answer, else the records at the end of its alias or
   * CNAME.
   */
  leavesOf(record: RecordSet, type = record.type): readonly RecordSet[] {
    const next = this.route53.next(record, type);
    return next ? this.leavesFrom(next, type) : [record].filter((one) => this.isLeaf(one, type));
  }

  /**
   * What answers when everything else is unhealthy: the secondary of the secondary, down to its
   * leaves.
   */
  lastTier(name: string, type: string): readonly RecordSet[] {
    return this.lastRecords(name, type).filter((record) => this.isLeaf(record, type));
  }

  /** The records on the way to the last tier, from a name down to the leaves. */
  lastRecords(name: string, type: string): readonly RecordSet[] {
    return this.below(this.route53.group(name, type) ?? [], type, lastOf);
  }

  /**
   * Whether a record is the last answer of every query for a name, whichever branch the query
   * takes: then no tier is left that it could hide.
   */
  alwaysEndsIn(leaf: RecordSet, { name, type }: Root): boolean {
    const known = new Map<Group, boolean>();
    const endsIn = (group: Group | undefined): boolean => {
      if (group === undefined) return false;
      const before = known.get(group);
      if (before !== undefined) return before;
      // A cycle has no end.
      known.set(group, false);
      const ends = group.filter(
        ({ policy }) => policy.kind !== "failover" || policy.role === "SECONDARY",
      );
      const isLast =
        ends.length > 0 &&
        ends.every((record) => record === leaf || endsIn(this.route53.next(record, type)));
      known.set(group, isLast);
      return isLast;
    };
    return endsIn(this.route53.group(name, type));
  }

  /** Whether a record itself contains the answer for a client that queries a type. */
  isLeaf(record: RecordSet, type: string): boolean {
    return aliasedName(record) === undefined && this.route53.next(record, type) === undefined;
  }

  /** The followed records of a group and of all groups below it; a missing target is left out. */
  private below(
    root: Group,
    type: string,
    followed: (group: Group) => Group,
  ): readonly RecordSet[] {
    const found = new Set<RecordSet>();
    const open = [...followed(root)].reverse();
    for (let record = open.pop(); record; record = open.pop()) {
      if (found.has(record)) continue;
      found.add(record);
      open.push(...[...followed(this.route53.next(record, type) ?? [])].reverse());
    }
    return [...found];
  }

  /** The records whose health a check decides, directly or as a child of a calculated check. */
  guardedBy(checkId: string): readonly RecordSet[] {
    return this.byCheck.get(checkId) ?? [];
  }

  /** The check of a record, and the children of a calculated one. */
  checksOf({ checkId }: RecordSet): readonly HealthCheck[] {
    const check = checkId === undefined ? undefined : this.route53.checks.get(checkId);
    if (check?.kind !== "calculated") return check ? [check] : [];
    const children = check.children.flatMap((id) => this.route53.checks.get(id) ?? []);
    return [...new Set([check, ...children])];
  }

  private chooses({ name, type }: Root): boolean {
    return this.recordsBelow(name, type).some(({ policy }) => policy.kind !== "simple");
  }
}

/**
 * The members of a group that come last. In a weighted group no member does, but its branches have
 * their own last tiers.
 */
function lastOf(group: Group): Group {
  return group.filter(({ policy, target }) => {
    switch (policy.kind) {
      case "failover":
        return policy.role === "SECONDARY";
      case "weighted":
        return target.kind === "alias" && target.target.kind === "record";
      case "simple":
        return true;
      default:
        return false;
    }
  });
}

/** Whether a record may answer with an address; one whose type is not known may. */
function isAnswer({ type }: RecordSet): boolean {
  return addressTypes.includes(type) || type === unreadType;
}

function isTier(name: string, publicNames: readonly string[]): boolean {
  return !publicNames.includes(name) && publicNames.some((above) => name.endsWith(`.${above}`));
}

function append<K>(map: Map<K, RecordSet[]>, key: K, record: RecordSet): void {
  const known = map.get(key);
  if (known) known.push(record);
  else map.set(key, [record]);
}
