import type { Assumptions } from "./assumptions";
import { defaultAssumptions } from "./assumptions";
import { checkGroup } from "./group";
import { InputError } from "./inputError";
import type { Dns, Group, HealthCheck, RecordSet, ZoneLookup } from "./model";
import { aliasedName } from "./model";
import { descend } from "./descend";

/** What is below a name. */
interface Below {
  readonly records: readonly RecordSet[];
  readonly groups: readonly Group[];
}

/**
 * Route 53 with a zone's records and checks. What does not hold together is told when a name that
 * reaches it is asked, so that one bad name does not take the others with it.
 */
export class Route53 implements ZoneLookup {
  readonly checks: ReadonlyMap<string, HealthCheck>;
  private readonly groups = new Map<string, Group>();
  private readonly recordsOf: NonNullable<Dns["recordsOf"]>;
  private readonly checkedGroups = new Map<string, readonly string[]>();
  private readonly below = new Map<string, Below>();

  constructor(
    readonly dns: Dns,
    readonly assumptions: Assumptions = defaultAssumptions,
  ) {
    this.checks = new Map(dns.checks.map((check) => [check.id, check]));
    this.recordsOf = dns.recordsOf ?? recordsIn(dns.records);
  }

  /** Every name with its types, in the order of the records. */
  names(): readonly { readonly name: string; readonly types: readonly string[] }[] {
    const types = new Map<string, string[]>();
    for (const { name, type } of this.dns.records) {
      const known = types.get(name) ?? [];
      if (!known.includes(type)) types.set(name, [...known, type]);
    }
    return [...types].map(([name, all]) => ({ name, types: all }));
  }

  /** The records of a name and type; undefined where there are none. */
  group(name: string, type: string): Group | undefined {
    const key = groupKey(name, type);
    let group = this.groups.get(key);
    if (!group) {
      group = [...this.recordsOf(name, type)].sort(byRank);
      this.groups.set(key, group);
    }
    return group.length > 0 ? group : undefined;
  }

  /**
   * All records that can have a part in the answer to a name and type, the name's own first.
   *
   * @throws InputError for a name or type that does not exist, or with all the faults among the
   *   records: an alias without a target (A12) or in a
   *   cycle, mixed policies (C14), set identifiers that repeat (C15).
   */
  reachable(name: string, type: string): readonly RecordSet[] {
    return this.lookBelow(name, type).records;
  }

  /**
   * The groups below a name, its own included, each after all those that its aliases lead to.
   *
   * @throws InputError as `reachable` does
   */
  groupsBelow(name: string, type: string): readonly Group[] {
    return this.lookBelow(name, type).groups;
  }

  private lookBelow(name: string, type: string): Below {
    const key = groupKey(name, type);
    const known = this.below.get(key);
    if (known) return known;
    const root = this.group(name, type);
    if (!root) throw new InputError(this.notFound(name, type));
    const records: RecordSet[] = [];
    const groups: Group[] = [];
    const faults = new Set<string>();
    const enter = (group: Group): void => {
      records.push(...group);
      for (const fault of this.faultsOf(group)) faults.add(fault);
    };
    descend(root, {
      nextOf: (record) => {
        const next = aliasedName(record);
        return next === undefined ? undefined : this.group(next, type);
      },
      enter,
      leave: (group) => groups.push(group),
      circle: (record, names) =>
        faults.add(
          `${record.label}: its alias points back to itself, got ${names.join(" → ")}; point it to a record below its own`,
        ),
    });
    if (faults.size > 0) throw new InputError([...faults]);
    const below = { records, groups };
    this.below.set(key, below);
    return below;
  }

  private notFound(name: string, type: string): string {
    const names = this.names();
    const known = names.find((entry) => entry.name === name);
    if (known) {
      return `${name}: no ${type} record; its types are ${known.types.join(", ")}`;
    }
    const listed = names.map((entry) => entry.name).sort(byLikelihood);
    return listed.length > 0
      ? `${name}: no record has this name; the names are ${abridge(listed)}`
      : `${name}: the stack has no Route 53 records; name a stack that has some`;
  }

  private faultsOf(group: Group): readonly string[] {
    const [first] = group;
    if (!first) return [];
    const key = groupKey(first.name, first.type);
    const known = this.checkedGroups.get(key);
    if (known) return known;
    const faults = checkGroup(group, this);
    this.checkedGroups.set(key, faults);
    return faults;
  }
}

/**
 * Primaries first, then the larger weights: records come in the order in which they were made, which
 * says nothing and may be another in the next run.
 */
function byRank({ policy: a }: RecordSet, { policy: b }: RecordSet): number {
  return a.kind === b.kind ? rankOf(a) - rankOf(b) : 0;
}

function rankOf(policy: RecordSet["policy"]): number {
  switch (policy.kind) {
    case "failover":
      return Number(policy.role === "SECONDARY");
    case "weighted":
      return -policy.weight;
    default:
      return 0;
  }
}

/** Finds records by name and type. */
function recordsIn(records: readonly RecordSet[]): NonNullable<Dns["recordsOf"]> {
  const groups = new Map<string, RecordSet[]>();
  for (const record of records) {
    const key = groupKey(record.name, record.type);
    const group = groups.get(key);
    if (group) group.push(record);
    else groups.set(key, [record]);
  }
  return (name, type) => groups.get(groupKey(name, type)) ?? [];
}

/** Names that people ask for first: short ones, and not those that only prove something. */
function byLikelihood(a: string, b: string): number {
  const isProof = (name: string): number => Number(name.startsWith("_"));
  const labels = (name: string): number => name.split(".").length;
  return isProof(a) - isProof(b) || labels(a) - labels(b);
}

/** So many names are listed in a message. */
const listedNamesMax = 8;

function abridge(names: readonly string[]): string {
  const more = names.length - listedNamesMax;
  const shown = names.slice(0, listedNamesMax).join(", ");
  return more > 0 ? `${shown} and ${more} more` : shown;
}

function groupKey(name: string, type: string): string {
  return `${name} ${type}`;
}
