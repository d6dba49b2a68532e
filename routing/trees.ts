import type { Group, HealthCheck, RecordSet } from "./model";
import { aliasedName } from "./model";
import type { Route53 } from "./route53";

/** A name and type that people ask for: no other record leads to it, and it is no tier that waits. */
export interface Root {
  readonly name: string;
  readonly type: string;
}

/**
 * The trees that the records of a zone form, asked from any side: what is above a name, what is
 * below it, and what a health check decides. Records of a tree that goes in a circle have no root.
 */
export class Trees {
  /** The names that people ask for, of which some answer changes with health or by weight. */
  readonly roots: readonly Root[];
  private readonly above = new Map<string, RecordSet[]>();
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
      const next = aliasedName(record);
      if (next !== undefined) append(this.above, keyOf(next, record.type), record);
      for (const check of this.checksOf(record)) append(this.byCheck, check.id, record);
    }
    this.roots = route53
      .names()
      .flatMap(({ name, types }) => types.map((type) => ({ name, type })))
      .filter(
        ({ name, type }) =>
          !this.above.has(keyOf(name, type)) &&
          !isTier(name, publicNames) &&
          this.chooses({ name, type }),
      );
  }

  /** The alias records that lead to a name and type. */
  leadingTo(name: string, type: string): readonly RecordSet[] {
    return this.above.get(keyOf(name, type)) ?? [];
  }

  /** A name and all names above it, to which its health matters. */
  namesAbove(name: string, type: string): readonly string[] {
    const found = new Set<string>();
    const visit = (at: string): void => {
      if (found.has(at)) return;
      found.add(at);
      for (const record of this.leadingTo(at, type)) visit(record.name);
    };
    visit(name);
    return [...found];
  }

  /** All records below a name, its own included; as far as they are there. */
  recordsBelow(name: string, type: string): readonly RecordSet[] {
    const found = new Set<RecordSet>();
    const visit = (at: string): void => {
      for (const record of this.route53.group(at, type) ?? []) {
        if (found.has(record)) continue;
        found.add(record);
        const next = aliasedName(record);
        if (next !== undefined) visit(next);
      }
    };
    visit(name);
    return [...found];
  }

  /** The records below a name that answer by themselves. */
  leavesBelow(name: string, type: string): readonly RecordSet[] {
    return this.recordsBelow(name, type).filter((record) => aliasedName(record) === undefined);
  }

  /** The record itself where it answers by itself, else those at the end of its alias. */
  leavesOf(record: RecordSet): readonly RecordSet[] {
    const next = aliasedName(record);
    return next === undefined ? [record] : this.leavesBelow(next, record.type);
  }

  /** What answers when everything else is unhealthy: the secondary of the secondary, to its end. */
  lastTier(name: string, type: string): readonly RecordSet[] {
    return this.lastRecords(name, type).filter((record) => aliasedName(record) === undefined);
  }

  /** The records on the way to the last tier, from a name down to the leaves. */
  lastRecords(name: string, type: string): readonly RecordSet[] {
    const found = new Set<RecordSet>();
    const visit = (at: string): void => {
      for (const record of lastOf(this.route53.group(at, type) ?? [])) {
        if (found.has(record)) continue;
        found.add(record);
        const next = aliasedName(record);
        if (next !== undefined) visit(next);
      }
    };
    visit(name);
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

function keyOf(name: string, type: string): string {
  return `${name} ${type}`;
}

function append(map: Map<string, RecordSet[]>, key: string, record: RecordSet): void {
  const known = map.get(key);
  if (known) known.push(record);
  else map.set(key, [record]);
}
