import { isWithin, parentOf } from "../../../routing/domainName";
import { InputError } from "../../../routing/inputError";
import type { Dns, RecordSet } from "../../../routing/model";

/** The records of one name in a zone, by type; one record stands for its group. */
export type NameRecords = ReadonlyMap<string, RecordSet>;

/** What a zone has for a name (RFC 1034, section 4.3.2). */
export type FoundName =
  /** The name exists; without records where only names below it have some. */
  | { readonly kind: "node"; readonly zone: ServedZone; readonly node: NameRecords }
  /** Other name servers answer for the name. */
  | {
      readonly kind: "delegated";
      readonly zone: ServedZone;
      readonly cut: string;
      readonly node: NameRecords;
    }
  | { readonly kind: "noSuchName"; readonly zone: ServedZone };

const noRecords: NameRecords = new Map();

/** The records of one hosted zone by name. */
export class ServedZone {
  readonly apex: string;
  private readonly nodes = new Map<string, Map<string, RecordSet>>();
  /** Every name that has a record or is above one that has (N3). */
  private readonly existing = new Set<string>();

  /** @param name undefined where the zone itself was not read: the names of its records show it */
  constructor(
    readonly isPrivate: boolean,
    name: string | undefined,
    records: readonly RecordSet[],
  ) {
    for (const record of records) {
      const node = this.nodes.get(record.name) ?? new Map<string, RecordSet>();
      if (!node.has(record.type)) node.set(record.type, record);
      this.nodes.set(record.name, node);
    }
    this.apex = name ?? this.commonName();
    this.existing.add(this.apex);
    for (const one of this.nodes.keys()) {
      for (let at: string | undefined = one; at !== undefined; at = parentOf(at)) {
        if (this.existing.has(at)) break;
        if (isWithin(at, this.apex)) this.existing.add(at);
      }
    }
  }

  /** The longest name that all records are at or below, where a zone can begin. */
  private commonName(): string {
    const [first = "", ...others] = [...this.nodes.keys()].map((name) => name.replace(/^\*\./, ""));
    let common = first;
    const isApex = (name: string): boolean =>
      others.every((one) => isWithin(one, name)) && !this.at(name).has("CNAME");
    for (let above = parentOf(common); above !== undefined && !isApex(common);) {
      common = above;
      above = parentOf(above);
    }
    return common;
  }

  at(name: string): NameRecords {
    return this.nodes.get(name) ?? noRecords;
  }

  /** @param asksParent whether the zone above a delegation answers, as for DS (RFC 4035, 3.1.4.1) */
  find(name: string, asksParent: boolean): FoundName {
    const cut = this.cutAbove(name, asksParent);
    if (cut !== undefined) return { kind: "delegated", zone: this, cut, node: this.at(cut) };
    if (this.existing.has(name)) return { kind: "node", zone: this, node: this.at(name) };
    let encloser = parentOf(name);
    while (encloser !== undefined && !this.existing.has(encloser)) encloser = parentOf(encloser);
    const wildcard = this.nodes.get(`*.${encloser ?? ""}`);
    return wildcard
      ? { kind: "node", zone: this, node: wildcard }
      : { kind: "noSuchName", zone: this };
  }

  /** The highest name at or above one that the zone delegates (N4). */
  private cutAbove(name: string, asksParent: boolean): string | undefined {
    let cut: string | undefined;
    for (let at: string | undefined = name; at !== undefined; at = parentOf(at)) {
      if (at === this.apex) break;
      const node = this.at(at);
      if (node.has("NS") && !node.has("SOA") && !(asksParent && at === name)) cut = at;
    }
    return cut;
  }
}

/** The zones of a model as a name server looks a name up in them. */
export class ServedZones {
  private readonly byApex = new Map<string, ServedZone[]>();

  /**
   * @param only the id of the one zone to serve; default: all of them
   * @throws InputError where there are no records
   */
  constructor(dns: Dns, only?: string) {
    const known = new Map((dns.zones ?? []).map((zone) => [zone.id, zone]));
    const records = new Map<string, RecordSet[]>();
    for (const { id, name } of known.values()) if (name !== undefined) records.set(id, []);
    for (const record of dns.records) {
      // Zones that were not read may have the same text in place of their ids.
      const { name } = known.get(record.zoneId) ?? {};
      const key =
        name === undefined
          ? `${record.zoneId} ${record.name.split(".").at(-1) ?? ""}`
          : record.zoneId;
      const some = records.get(key) ?? [];
      some.push(record);
      records.set(key, some);
    }
    for (const [key, some] of records) {
      const id = some[0]?.zoneId ?? key;
      if (only !== undefined && id !== only) continue;
      const { name, isPrivate = false } = known.get(id) ?? {};
      const zone = new ServedZone(isPrivate, name, some);
      const equals = this.byApex.get(zone.apex) ?? [];
      equals.push(zone);
      this.byApex.set(zone.apex, equals);
    }
    if (this.byApex.size === 0) {
      throw new InputError("the stack has no hosted zone to serve; name a stack that has records");
    }
  }

  /** The names at which the zones begin. */
  get apexes(): readonly string[] {
    return [...this.byApex.keys()];
  }

  /**
   * What the zones have for a name; undefined outside them. A private zone answers only for what no
   * public one has records of (N4).
   */
  find(name: string, asksParent = false): FoundName | undefined {
    let first: FoundName | undefined;
    for (const isPrivate of [false, true]) {
      for (const zone of this.longestAt(name, isPrivate, asksParent)) {
        const found = zone.find(name, asksParent);
        if (found.kind === "node" && found.node.size > 0) return found;
        first ??= found;
      }
    }
    return first;
  }

  /** The zones with the longest name at or above one; for DS above it, if there is one (RFC 4035). */
  private longestAt(name: string, isPrivate: boolean, asksParent: boolean): readonly ServedZone[] {
    const [own = [], above = []] = [...suffixesOf(name)]
      .map((at) => (this.byApex.get(at) ?? []).filter((zone) => zone.isPrivate === isPrivate))
      .filter(({ length }) => length > 0);
    return asksParent && own[0]?.apex === name && above.length > 0 ? above : own;
  }
}

function* suffixesOf(name: string): Iterable<string> {
  for (let at: string | undefined = name; at !== undefined; at = parentOf(at)) yield at;
}
