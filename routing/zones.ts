import { isWithin, parentOf } from "./domainName";
import type { Dns, DnsZone, RecordSet } from "./model";

/** Where the question comes from: a client that queries the name, a public checker, or a VPC. */
export type Asking = "client" | "public" | "private";

/** What was found at a name. */
export interface ZoneAnswer {
  /** Records of all types; empty where no zone that was read answers. */
  readonly records: readonly RecordSet[];
  /**
   * The zone that covers the name and has no record of it; absent where no zone that was read
   * covers it, or where that zone delegates the name. Of several, one that was not read as a whole.
   */
  readonly missingIn?: DnsZone;
  /** All zones that have the name, where several have it and none takes precedence. */
  readonly equals?: readonly DnsZone[];
}

/**
 * The hosted zones that were read: which one answers for a name, and with which records (N2 to N4).
 */
export class Zones {
  private readonly byId: ReadonlyMap<string, DnsZone>;
  private readonly recordsNamed: (name: string) => readonly RecordSet[];
  private readonly ownNames: () => Iterable<string>;
  private readonly found = new Map<string, ZoneAnswer>();
  private below: ReadonlyMap<string, readonly string[]> | undefined;

  /** @param chosen the zone that a client queries, even where others have the name; default: N4 */
  constructor(
    dns: Dns,
    private readonly chosen?: DnsZone,
  ) {
    this.byId = new Map((dns.zones ?? []).map((zone) => [zone.id, zone]));
    const index = dns.recordsNamed ? undefined : recordsByName(dns.records);
    this.recordsNamed = dns.recordsNamed ?? ((name) => index?.get(name) ?? []);
    this.ownNames = () => dns.names ?? index?.keys() ?? [];
  }

  /** Whether a zone is private; a zone that was not read is assumed to be public. */
  isPrivate(zoneId: string): boolean {
    return this.byId.get(zoneId)?.isPrivate === true;
  }

  /** The records of a zone with exactly this name. */
  at(zoneId: string, name: string): readonly RecordSet[] {
    return this.recordsNamed(name).filter((record) => record.zoneId === zoneId);
  }

  /** The records that answer for a name, wildcards included. */
  find(name: string, asking: Asking): ZoneAnswer {
    const key = `${asking} ${name}`;
    const known = this.found.get(key) ?? this.look(name, asking);
    this.found.set(key, known);
    return known;
  }

  private look(name: string, asking: Asking): ZoneAnswer {
    let missingIn: DnsZone | undefined;
    for (const tier of this.tiersFor(name, asking)) {
      const found = tier.flatMap((zone) => {
        const records = this.recordsOf(zone, name);
        return records.length > 0 ? [{ zone, records }] : [];
      });
      const [first] = found;
      if (first) {
        const { records } = first;
        return { records, ...(found.length > 1 ? { equals: found.map(({ zone }) => zone) } : {}) };
      }
      const holding = tier.filter((zone) => this.holds(zone, name));
      missingIn ??= holding.find(({ isWhole }) => !isWhole) ?? holding[0];
    }
    return { records: [], ...(missingIn ? { missingIn } : {}) };
  }

  /** The zones that may answer, in the order in which they are queried (N4). */
  private *tiersFor(name: string, asking: Asking): Iterable<readonly DnsZone[]> {
    if (asking === "client" && this.chosen) {
      yield [this.chosen];
      return;
    }
    const covering = [...this.byId.values()].filter((zone) => covers(zone, name));
    const hidden = longest(covering.filter(({ isPrivate }) => isPrivate));
    // Where a private zone covers the name, queries from its VPC reach no other zone.
    if (asking === "private" && hidden.length > 0) {
      yield hidden;
      return;
    }
    yield longest(covering.filter(({ isPrivate }) => !isPrivate));
    yield this.foreignZones(name);
    if (asking === "client") yield hidden;
  }

  /** Zones with only a known id, found by their records. */
  private foreignZones(name: string): readonly DnsZone[] {
    const ids = new Set<string>();
    const collect = (at: string): void => {
      for (const { zoneId } of this.recordsNamed(at)) {
        if (this.byId.get(zoneId)?.name === undefined) ids.add(zoneId);
      }
    };
    collect(name);
    for (let at = parentOf(name); at !== undefined; at = parentOf(at)) collect(`*.${at}`);
    return [...ids].map((id) => this.zoneOf(id));
  }

  /** The name's own records, else those of the wildcard at its closest encloser (N3, RFC 4592). */
  private recordsOf(zone: DnsZone, name: string): readonly RecordSet[] {
    if (this.handsOver(zone, name)) return [];
    const own = this.at(zone.id, name);
    if (own.length > 0 || this.hasBelow(zone, name)) return own;
    for (let at = parentOf(name); at !== undefined; at = parentOf(at)) {
      const wildcard = this.at(zone.id, `*.${at}`);
      if (wildcard.length > 0) return wildcard;
      const isEncloser =
        at === zone.name || this.at(zone.id, at).length > 0 || this.hasBelow(zone, at);
      if (isEncloser) return [];
    }
    return [];
  }

  /** Whether a zone would contain a record of the name, if one existed. */
  private holds(zone: DnsZone, name: string): boolean {
    return covers(zone, name) && !this.handsOver(zone, name);
  }

  /** Whether a name is at or below one that the zone delegates to other name servers. */
  private handsOver(zone: DnsZone, name: string): boolean {
    return this.delegationIn(zone, name) !== undefined;
  }

  /** The name at or above a name that a zone delegates to other name servers. */
  delegationIn(zone: Pick<DnsZone, "id" | "name">, name: string): string | undefined {
    for (let at: string | undefined = name; at !== undefined; at = parentOf(at)) {
      if (at === zone.name) return undefined;
      const types = this.at(zone.id, at).map(({ type }) => type);
      if (types.includes("SOA")) return undefined;
      if (types.includes("NS")) return at;
    }
    return undefined;
  }

  /** The zones that have records of exactly this name and type, whether or not they answer. */
  having(name: string, type: string): readonly DnsZone[] {
    const records = this.recordsNamed(name).filter((record) => record.type === type);
    const ids = new Set(records.map(({ zoneId }) => zoneId));
    return [...ids].map((id) => this.zoneOf(id));
  }

  private zoneOf(id: string): DnsZone {
    return this.byId.get(id) ?? { id, label: id, isPrivate: false };
  }

  /** Whether a zone has a record below a name, so that the name exists without its own records. */
  private hasBelow(zone: DnsZone, name: string): boolean {
    this.below ??= namesBelow(this.ownNames());
    return (this.below.get(name) ?? []).some((one) => this.at(zone.id, one).length > 0);
  }
}

function covers(zone: DnsZone, name: string): boolean {
  return zone.name !== undefined && isWithin(name, zone.name);
}

/** The zones with the longest name. */
function longest(zones: readonly DnsZone[]): readonly DnsZone[] {
  const length = Math.max(...zones.map((zone) => zone.name?.length ?? 0));
  return zones.filter((zone) => zone.name?.length === length);
}

function recordsByName(records: readonly RecordSet[]): ReadonlyMap<string, readonly RecordSet[]> {
  const index = new Map<string, RecordSet[]>();
  for (const record of records) {
    const known = index.get(record.name);
    if (known) known.push(record);
    else index.set(record.name, [record]);
  }
  return index;
}

/** For each name the names below it, whether or not it has records itself. */
function namesBelow(names: Iterable<string>): ReadonlyMap<string, readonly string[]> {
  const below = new Map<string, string[]>();
  for (const name of names) {
    for (let at = parentOf(name); at !== undefined; at = parentOf(at)) {
      const known = below.get(at);
      if (known) known.push(name);
      else below.set(at, [name]);
    }
  }
  return below;
}
