import { goesByPlace, preferenceOf } from "../../../routing/asker";
import type { Asker } from "../../../routing/asker";
import { canonical } from "../../../routing/domainName";
import { InputError } from "../../../routing/inputError";
import { unreadType } from "../../../routing/model";
import type { Group, RecordSet } from "../../../routing/model";
import type { AnsweringView } from "../../../routing/resolve";
import type { AddressOf } from "./answerSet";
import { AnswerSet, encodedAnswers, encodedRecord } from "./answerSet";
import type { Query } from "./query";
import { dnsRecordOf, UnusableValue } from "./recordData";
import type { FoundName, NameRecords, ServedZone } from "./servedZones";
import { ServedZones } from "./servedZones";
import { classIn, rcodes, typeNameOf, typeNumbers } from "./wire";

/** Where the answers of a name server come from. */
export interface AnswerSource {
  /** What the name server decides now; asked again after `changed`. */
  readonly view: () => AnsweringView;
  /** The address that stands for a declared one, or for an AWS name; undefined: the declared one. */
  readonly addressOf?: AddressOf;
  /**
   * The place that a query comes from, by the address of the client (EDNS client subnet) or of its
   * resolver. Default: only the address is known, and records that need more fail (SERVFAIL).
   */
  readonly askerOf?: (address: string) => Asker;
  /** The id of the one hosted zone to serve; default: all, public ones first (N4). */
  readonly zoneId?: string;
  /** For weighted and multivalue answers. */
  readonly seed: number;
}

/** What was decided for a question. */
export interface DnsDecision {
  readonly rcode: number;
  readonly isAuthoritative: boolean;
  readonly answers: AnswerSet;
  /** For a query that gets no answer: the SOA record, or the servers of a delegated zone. */
  readonly authority: readonly Buffer[];
  readonly additional: readonly Buffer[];
  /** Whether the answer depends on where the query comes from. */
  readonly isByPlace: boolean;
  /** Why there is no answer, for people (RFC 8914). */
  readonly why?: string;
}

const none = AnswerSet.fixed([]);

/** The SOA record of a new hosted zone (DG SOA-NSrecords), with a name server that nobody finds. */
const defaultSoa = {
  ttlSeconds: 900,
  value: "ns.drill.invalid awsdns-hostmaster.amazon.com 1 7200 900 1209600 86400",
};
const defaultNs = { ttlSeconds: 172_800, value: "ns.drill.invalid" };

/** Decides what a question gets: the model's answer, with what DNS adds to it. */
export class Authority {
  private readonly addressOf: AddressOf;
  private readonly askerOf: (address: string) => Asker;
  private view: AnsweringView;
  private zones: ServedZones;
  private isStale = false;
  private answerSets = new WeakMap<Group, Map<string, AnswerSet>>();

  /** @throws InputError where the model has no zone to serve */
  constructor(private readonly source: AnswerSource) {
    this.addressOf = source.addressOf ?? (() => undefined);
    this.askerOf = source.askerOf ?? ((address) => ({ address }));
    this.view = source.view();
    this.zones = new ServedZones(this.view.route53.dns, source.zoneId);
  }

  /** The names at which the served zones begin. */
  get apexes(): readonly string[] {
    return this.zones.apexes;
  }

  /** The next question gets what the source's view decides then. */
  changed(): void {
    this.answerSets = new WeakMap();
    this.isStale = true;
  }

  /** @param address the address that the query comes from */
  decide(query: Query, address: string): DnsDecision {
    if (query.class !== classIn) return errorOf(rcodes.refused);
    switch (query.type) {
      // Route 53 transfers no zones.
      case typeNumbers.AXFR:
      case typeNumbers.IXFR:
        return errorOf(rcodes.refused);
      case typeNumbers.TKEY:
      case typeNumbers.MAILA:
      case typeNumbers.MAILB:
        return errorOf(rcodes.notImplemented);
    }
    try {
      this.refresh();
      const found = this.zones.find(query.name, query.type === typeNumbers.DS);
      return found ? this.decideIn(found, query, address) : errorOf(rcodes.refused);
    } catch (error) {
      // Records that Route 53 would refuse or the model does not know: unknown is said.
      if (error instanceof InputError || error instanceof UnusableValue) {
        return errorOf(rcodes.serverFailure, error.message);
      }
      throw error;
    }
  }

  private refresh(): void {
    if (!this.isStale) return;
    const view = this.source.view();
    if (view.route53 !== this.view.route53) {
      this.zones = new ServedZones(view.route53.dns, this.source.zoneId);
    }
    this.view = view;
    this.isStale = false;
  }

  private decideIn(found: FoundName, query: Query, address: string): DnsDecision {
    const { zone } = found;
    switch (found.kind) {
      case "noSuchName":
        return negative(rcodes.noSuchName, this.soaOf(zone));
      case "delegated":
        return this.referral(found.cut, found.node, zone);
      case "node":
        return this.decideAt(found, query, address);
    }
  }

  private decideAt(
    { node, zone }: Extract<FoundName, { kind: "node" }>,
    query: Query,
    address: string,
  ) {
    const type = typeNameOf(query.type);
    const [any] = node.keys();
    // One record set of any type is enough (RFC 8482, section 4.1).
    const wanted = query.type === typeNumbers.ANY ? (any ?? "SOA") : type;
    const record = [wanted, "CNAME", unreadType]
      .map((one) => node.get(one))
      .find((one) => one !== undefined);
    if (record) return this.decideFor(record, wanted, zone, query, address);
    const own = query.name === zone.apex ? apexRecord(wanted) : undefined;
    const missing = negative(rcodes.noError, this.soaOf(zone));
    return own ? { ...missing, answers: AnswerSet.fixed([own]) } : missing;
  }

  private decideFor(
    record: RecordSet,
    wanted: string,
    zone: ServedZone,
    query: Query,
    address: string,
  ): DnsDecision {
    const group = this.view.route53.groupOf(record);
    const type = record.type === "CNAME" ? "CNAME" : wanted;
    const isByPlace = this.view.route53.dependsOnPlace(group, type);
    const subnet = query.edns?.subnet;
    const from = subnet && subnet.prefixBits > 0 ? subnet.address : address;
    const answers = this.answerSetOf(group, type, isByPlace ? this.askerOf(from) : undefined);
    return { ...negative(rcodes.noError, this.soaOf(zone)), answers, isByPlace };
  }

  private answerSetOf(group: Group, type: string, asker: Asker | undefined): AnswerSet {
    const sets = this.answerSets.get(group) ?? new Map<string, AnswerSet>();
    this.answerSets.set(group, sets);
    const key = asker === undefined ? "" : this.placeKey(group, type, asker);
    let answers = sets.get(key);
    if (!answers) {
      const view = asker === undefined ? this.view : this.view.askedFrom(asker);
      answers = AnswerSet.of(view, group, type, this.addressOf);
      sets.set(key, answers);
    }
    return answers;
  }

  /**
   * Askers for whom every group prefers the same members in the same order get the same answers.
   * There are few such places, and as many askers as a flood of queries makes up.
   */
  private placeKey(root: Group, type: string, asker: Asker): string {
    const { route53 } = this.view;
    const groups = new Set(
      route53
        .reachableFrom(root, type)
        .filter(({ policy }) => goesByPlace(policy))
        .map((record) => route53.groupOf(record)),
    );
    return JSON.stringify(
      [...groups].map((group) => preferenceOf(group, asker)?.map(({ id }) => id) ?? null),
    );
  }

  private referral(cut: string, node: NameRecords, zone: ServedZone): DnsDecision {
    const record = node.get("NS");
    const { target } = record ?? {};
    if (target?.kind !== "values") return errorOf(rcodes.serverFailure);
    const { values, ttlSeconds } = target;
    const servers = values.map((value) => dnsRecordOf(cut, "NS", ttlSeconds, value));
    const glue = values.flatMap((value) => this.glueOf(canonical(value), zone));
    return {
      ...negative(rcodes.noError, encodedAnswers(servers)),
      isAuthoritative: false,
      additional: glue,
    };
  }

  /** Addresses of a name server that is itself within the zone (RFC 9471). */
  private glueOf(name: string, zone: ServedZone): readonly Buffer[] {
    return ["A", "AAAA"].flatMap((type) => {
      const { target } = zone.at(name).get(type) ?? {};
      if (target?.kind !== "values") return [];
      const { values, ttlSeconds } = target;
      return encodedAnswers(
        values.map((value) =>
          dnsRecordOf(name, type, ttlSeconds, this.addressOf(value, type) ?? value),
        ),
      );
    });
  }

  /** The zone's SOA with the TTL of a negative answer (RFC 2308, sections 3 and 5). */
  private soaOf(zone: ServedZone): readonly Buffer[] {
    const { target } = zone.at(zone.apex).get("SOA") ?? {};
    const { values, ttlSeconds } =
      target?.kind === "values"
        ? target
        : { values: [defaultSoa.value], ttlSeconds: defaultSoa.ttlSeconds };
    const soa = dnsRecordOf(zone.apex, "SOA", ttlSeconds, values[0] ?? "");
    if (soa.type !== "SOA") return [];
    return encodedAnswers([{ ...soa, ttl: Math.min(ttlSeconds, soa.data.minimum ?? ttlSeconds) }]);
  }
}

/** What a zone has at its apex though no record of it was read. */
function apexRecord(type: string): Buffer | undefined {
  if (type === "SOA") return encodedRecord(type, defaultSoa.ttlSeconds, defaultSoa.value);
  if (type === "NS") return encodedRecord(type, defaultNs.ttlSeconds, defaultNs.value);
  return undefined;
}

function negative(rcode: number, soa: readonly Buffer[]): DnsDecision {
  return {
    rcode,
    isAuthoritative: true,
    answers: none,
    authority: soa,
    additional: [],
    isByPlace: false,
  };
}

export function errorOf(rcode: number, why?: string): DnsDecision {
  return {
    ...negative(rcode, []),
    isAuthoritative: false,
    ...(why === undefined ? {} : { why }),
  };
}
