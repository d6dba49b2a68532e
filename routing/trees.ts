import type { Group, HealthCheck, RecordSet } from "./model";
import { aliasedName } from "./model";
import type { Route53 } from "./route53";

/** A name and type that people ask for: no other record leads to it, and it is no tier that waits. */
export interface Root {
  readonly name: string;
  readonly type: string;
}

/** The types of records that clients of a name connect to. */
const addressTypes = ["A", "AAAA"];

/**
 * The trees that the records of a zone form, asked from any side: what is above a name, what is
 * below it, and what a health check decides. Records of a tree that goes in a circle have no root.
 */
export class Trees {
  /** The names that people ask for, of which some answer changes with health or by weight. */
  readonly roots: readonly Root[];
  private readonly above = new Map<Group, RecordSet[]>();
  private readonly byCheck = new Map<string, RecordSet[]>();

  /**
   * @param publicNames what the stack says that people ask for. A name below one of them that is not
   *   among them is a tier's, and where nothing leads to it, one that waits to be used. None are said:
   *   every name that nothing leads to is taken for one that people ask for.
   */
  constructor(
    private readonly route53: Route53,
    publicNames: readonly string[] = [],
  ) {
    for (const record of route53.dns.records) {
      for (const next of this.groupsAfter(record)) append(this.above, next, record);
      for (const check of this.checksOf(record)) append(this.byCheck, check.id, record);
    }
    this.roots = route53
      .allGroups()
      .flatMap((group) => this.rootOf(group) ?? [])
      .filter((root) => !isTier(root.name, publicNames) && this.chooses(root));
  }

  /** The groups that a record leads to, for a client who asks for an address. */
  private groupsAfter(record: RecordSet): ReadonlySet<Group> {
    const types = record.type === "CNAME" ? addressTypes : [record.type];
    const groups = types.map((type) => this.route53.next(record, type));
    return new Set(groups.filter((group) => group !== undefined));
  }

  /**
   * What people ask for where nothing leads to a group: a CNAME is no answer to any question. Records that
   * another zone's hide from clients are nobody's (N4).
   */
  private rootOf(group: Group): Root | undefined {
    const [first] = group;
    if (!first || this.above.has(group)) return undefined;
    const { name } = first;
    const types = first.type === "CNAME" ? addressTypes : [first.type];
    const type = types.find((each) => this.route53.group(name, each) === group);
    return type === undefined ? undefined : { name, type };
  }

  /** The aliases and CNAMEs that lead to a name and type. */
  leadingTo(name: string, type: string): readonly RecordSet[] {
    return this.above.get(this.route53.group(name, type) ?? []) ?? [];
  }

  /** A name and all names above it, to which its health matters. */
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

  /** All records below a name, its own included; as far as they are there. */
  recordsBelow(name: string, type: string): readonly RecordSet[] {
    return this.recordsFrom(this.route53.group(name, type) ?? [], type);
  }

  /** The same for records that are found already. */
  recordsFrom(group: Group, type: string): readonly RecordSet[] {
    return this.below(group, type, (all) => all);
  }

  /** The records below a name that answer by themselves. */
  leavesBelow(name: string, type: string): readonly RecordSet[] {
    return this.leavesFrom(this.route53.group(name, type) ?? [], type);
  }

  /** The same for records that are found already. */
  leavesFrom(group: Group, type: string): readonly RecordSet[] {
    return this.recordsFrom(group, type).filter((record) => this.isLeaf(record, type));
  }

  /** The record itself where it answers by itself, else those at the end of its alias or CNAME. */
  leavesOf(record: RecordSet, type = record.type): readonly RecordSet[] {
    const next = this.route53.next(record, type);
    return next ? this.leavesFrom(next, type) : [record].filter((one) => this.isLeaf(one, type));
  }

  /** What answers when everything else is unhealthy: the secondary of the secondary, to its end. */
  lastTier(name: string, type: string): readonly RecordSet[] {
    return this.lastRecords(name, type).filter((record) => this.isLeaf(record, type));
  }

  /** The records on the way to the last tier, from a name down to the leaves. */
  lastRecords(name: string, type: string): readonly RecordSet[] {
    return this.below(this.route53.group(name, type) ?? [], type, lastOf);
  }

  /** Whether a record answers by itself a client who asks for a type. */
  isLeaf(record: RecordSet, type: string): boolean {
    return aliasedName(record) === undefined && this.route53.next(record, type) === undefined;
  }

  /** The records of a group and of all below it, as far as they are followed; as far as they are there. */
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

/** The members of a group that come last. Of a weighted group no member does, but its branches have last tiers of their own. */
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

function isTier(name: string, publicNames: readonly string[]): boolean {
  return !publicNames.includes(name) && publicNames.some((above) => name.endsWith(`.${above}`));
}

function append<K>(map: Map<K, RecordSet[]>, key: K, record: RecordSet): void {
  const known = map.get(key);
  if (known) known.push(record);
  else map.set(key, [record]);
}
