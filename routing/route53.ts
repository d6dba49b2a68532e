import { goesByPlace } from "./asker";
import type { Assumptions } from "./assumptions";
import { defaultAssumptions } from "./assumptions";
import { checkGroup } from "./group";
import { InputError } from "./inputError";
import { namesThereAre } from "./knownNames";
import type { Dns, Group, HealthCheck, DnsZone, RecordSet, ZoneLookup } from "./model";
import { aliasedName, canonicalNameOf, unreadType } from "./model";
import { descend } from "./descend";
import { Zones } from "./zones";
import type { Asking, ZoneAnswer } from "./zones";

/** What checkers find at a name. */
interface FoundByCheckers extends ZoneAnswer {
  /** The records that have or lead to an IPv4 address for checkers; absent where there are none. */
  readonly group?: Group;
  /** Whether only a private zone has the name, so that checkers cannot query it. */
  readonly isHidden: boolean;
}

/** How a zone is asked. */
export interface Route53Options {
  /** The hosted zone that a client queries; default: the one that answers the public (N4). */
  readonly zone?: DnsZone | undefined;
  /**
   * Whether a check with arguments that Route 53 refuses is taken for what it would do; default: it
   * is refused.
   */
  readonly judgesRefused?: boolean | undefined;
}

/**
 * Route 53 with a zone's records and checks. Faults are reported when a query reaches them, so that
 * one bad name does not affect the others.
 */
export class Route53 implements ZoneLookup {
  readonly checks: ReadonlyMap<string, HealthCheck>;
  private readonly groups = new Map<string, Group>();
  private readonly zones: Zones;
  private readonly checkedGroups = new Map<Group, readonly string[]>();
  private readonly aliasTargets = new Map<RecordSet, Group | undefined>();
  private readonly below = new Map<Group, Map<string, readonly RecordSet[]>>();
  private readonly checkersFind = new Map<string, FoundByCheckers>();

  private readonly judgesRefused: boolean;

  constructor(
    readonly dns: Dns,
    readonly assumptions: Assumptions = defaultAssumptions,
    { zone, judgesRefused = false }: Route53Options = {},
  ) {
    this.judgesRefused = judgesRefused;
    this.checks = new Map(dns.checks.map((check) => [check.id, check]));
    this.zones = new Zones(dns, zone);
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

  /** Every group of every zone: the names in the order of the records, each with all its groups. */
  allGroups(): readonly Group[] {
    const byName = new Map<string, Set<Group>>();
    for (const record of this.dns.records) {
      const groups = byName.get(record.name) ?? new Set();
      byName.set(record.name, groups.add(this.groupOf(record)));
    }
    return [...byName.values()].flatMap((groups) => [...groups]);
  }

  /** A record's check, and the children of a calculated one, as far as they were read. */
  checksOf({ checkId }: RecordSet): readonly HealthCheck[] {
    const check = checkId === undefined ? undefined : this.checks.get(checkId);
    return check ? this.withChildren(check) : [];
  }

  /** A check, and the children of a calculated one. */
  withChildren(check: HealthCheck): readonly HealthCheck[] {
    const children = check.kind === "calculated" ? check.children : [];
    return [check, ...children.flatMap((id) => this.checks.get(id) ?? [])];
  }

  /** The group of a record: the records with its zone, name and type. */
  groupOf({ zoneId, name, type }: RecordSet): Group {
    return this.exactGroup(zoneId, name, type) ?? [];
  }

  /**
   * The records that answer for a name and type, including wildcards and CNAMEs (N3, N5); undefined
   * where there are none.
   */
  group(name: string, type: string): Group | undefined {
    return this.answering(this.zones.find(name, "client"), type);
  }

  /**
   * What checkers find at a name.
   *
   * @param asking where the query comes from: the public internet, or a VPC
   */
  foundByCheckers(name: string, asking: "public" | "private" = "public"): FoundByCheckers {
    const key = `${asking} ${name}`;
    let found = this.checkersFind.get(key);
    if (!found) {
      found = this.findForCheckers(name, asking);
      this.checkersFind.set(key, found);
    }
    return found;
  }

  private findForCheckers(name: string, asking: "public" | "private"): FoundByCheckers {
    const found = this.zones.find(name, asking);
    const group = this.answering(found, "A");
    const isHidden =
      found.records.length === 0 && this.zones.find(name, "private").records.length > 0;
    return { ...found, isHidden, ...(group ? { group } : {}) };
  }

  aliased(record: RecordSet): Group | undefined {
    const known = this.aliasTargets.get(record);
    if (known || this.aliasTargets.has(record)) return known;
    const name = aliasedName(record);
    const group =
      name === undefined ? undefined : this.exactGroup(record.zoneId, name, record.type);
    this.aliasTargets.set(record, group);
    return group;
  }

  /**
   * The records that a record leads to, for a client that queries a type: the target of an alias,
   * or the records that a resolver finds at the name of a CNAME (N5).
   */
  next(record: RecordSet, type: string): Group | undefined {
    return this.behindCname(record, type) ?? this.aliased(record);
  }

  /** The records that a resolver asks for next, at the name of a CNAME; undefined for any other record. */
  behindCname(record: RecordSet, type: string): Group | undefined {
    const name = type === "CNAME" ? undefined : canonicalNameOf(record);
    if (name === undefined) return undefined;
    return this.answering(this.zones.find(name, this.askingBehind(record)), type);
  }

  /**
   * Whether a record leads a client that queries a type nowhere: to a name that has records, but
   * none with an answer for that type, or to one that its zone lacks (H13, N5).
   */
  isDeadEnd(record: RecordSet, type: string): boolean {
    const name = type === "CNAME" ? undefined : canonicalNameOf(record);
    if (name === undefined || this.next(record, type)) return false;
    const asking = this.askingBehind(record);
    const { records, missingIn } = this.zones.find(name, asking);
    return records.length > 0 || (asking === "public" && missingIn?.isWhole === true);
  }

  /** Which zones a resolver queries for the name in a CNAME. */
  private askingBehind({ zoneId }: RecordSet): Asking {
    return this.zones.isPrivate(zoneId) ? "private" : "public";
  }

  private answering({ records }: ZoneAnswer, type: string): Group | undefined {
    const first = [type, "CNAME", unreadType]
      .map((each) => records.find((record) => record.type === each))
      .find((record) => record !== undefined);
    return first && this.groupOf(first);
  }

  besides({ zoneId, name, type }: RecordSet): readonly RecordSet[] {
    return this.zones.at(zoneId, name).filter((other) => ![type, unreadType].includes(other.type));
  }

  namelessIn(zoneId: string): readonly RecordSet[] {
    return (this.dns.nameless ?? []).filter((record) => record.zoneId === zoneId);
  }

  private exactGroup(zoneId: string, name: string, type: string): Group | undefined {
    const key = `${zoneId} ${name} ${type}`;
    let group = this.groups.get(key);
    if (!group) {
      const types = [type, unreadType];
      const records = this.zones.at(zoneId, name).filter((record) => types.includes(record.type));
      group = records.sort(byRank);
      this.groups.set(key, group);
    }
    return group.length > 0 ? group : undefined;
  }

  /**
   * All records that can take part in the answer to a name and type, the name's own first.
   *
   * @throws InputError for a name or type that does not exist, or with all faults of the records:
   *   an alias without a target (A12) or in a cycle, mixed policies (C14), repeated set identifiers
   *   (C15)
   */
  reachable(name: string, type: string): readonly RecordSet[] {
    return this.reachableFrom(this.rootOf(name, type), type);
  }

  /**
   * The records that answer for a name and type.
   *
   * @throws InputError where there are none
   */
  rootOf(name: string, type: string): Group {
    const root = this.group(name, type);
    if (!root) throw new InputError(this.notFound(name, type));
    const { equals } = this.zones.find(name, "client");
    if (equals) {
      const zones = equals.map(({ label }) => label).join(", ");
      throw new InputError(`${name}: several zones have it, got ${zones}; choose one with --zone`);
    }
    return root;
  }

  /**
   * The same for records that were found already.
   *
   * @throws InputError as `reachable` does
   */
  reachableFrom(root: Group, type: string): readonly RecordSet[] {
    const byType = this.below.get(root) ?? new Map<string, readonly RecordSet[]>();
    let records = byType.get(type);
    if (!records) {
      records = this.lookBelow(root, type);
      this.below.set(root, byType.set(type, records));
    }
    return records;
  }

  /** Whether the answer depends on where a query comes from. */
  dependsOnPlace(root: Group, type: string): boolean {
    return this.reachableFrom(root, type).some(({ policy }) => goesByPlace(policy));
  }

  private lookBelow(root: Group, type: string): readonly RecordSet[] {
    const records: RecordSet[] = [];
    const faults = new Set<string>();
    descend(root, {
      nextOf: (record) => this.next(record, type),
      enter: (group) => {
        records.push(...group);
        for (const fault of this.faultsOf(group)) faults.add(fault);
      },
      circle: ({ label, target }, names) => {
        const what = target.kind === "alias" ? "alias" : "CNAME";
        faults.add(
          `${label}: its ${what} points back to itself, got ${names.join(" → ")}; point it to a record below its own`,
        );
      },
    });
    if (faults.size > 0) throw new InputError([...faults]);
    return records;
  }

  private notFound(name: string, type: string): string {
    const names = this.names();
    const known = names.find((entry) => entry.name === name);
    if (known?.types.includes(type)) return this.notAnswered(name, type);
    if (known) return `${name}: no ${type} record; its types are ${known.types.join(", ")}`;
    const listed = names.map((entry) => entry.name).sort(byLikelihood);
    return listed.length > 0
      ? `${name}: no record has this name; ${namesThereAre(name, listed, "the names are")}`
      : `${name}: the stack has no Route 53 records; name a stack that has some`;
  }

  /** Why the records of a name do not answer for it (N4). */
  private notAnswered(name: string, type: string): string {
    const zones = this.zones.having(name, type);
    const [below] = zones.flatMap((zone) => this.zones.delegationIn(zone, name) ?? []);
    return below === undefined
      ? `${name}: no ${type} record in the zone that answers (N4), got one in ${zones.map(({ label }) => label).join(", ")}; choose that zone with --zone`
      : `${name}: other name servers answer for it (N4), got an NS record of ${below}; add the zone of ${below}, or ask for a name outside it`;
  }

  private faultsOf(group: Group): readonly string[] {
    const known = this.checkedGroups.get(group);
    if (known) return known;
    const faults = checkGroup(group, this, this.judgesRefused);
    this.checkedGroups.set(group, faults);
    return faults;
  }
}

/**
 * Primaries first, then the larger weights. Records arrive in the order of their creation, which
 * means nothing and may differ in the next run.
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

/** The most likely names first: short ones, and names that only prove something last. */
function byLikelihood(a: string, b: string): number {
  const isProof = (name: string): number => Number(name.startsWith("_"));
  const labels = (name: string): number => name.split(".").length;
  return isProof(a) - isProof(b) || labels(a) - labels(b);
}
