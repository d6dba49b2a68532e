import type { Assumptions } from "../assumptions";
import { descend } from "../descend";
import { canonical } from "../domainName";
import type { Fraction } from "../fraction";
import { fractionOf } from "../fraction";
import type { EndpointHealthCheck, Group, RecordSet, UnknownStatus } from "../model";
import type { Answer } from "../resolve";
import type { Route53Options } from "../route53";
import { Route53 } from "../route53";
import { valuesOf } from "../view";
import { dnsOf, recordValues } from "./dns";
import type { ServingResource } from "./endpoints";
import {
  addressTypes,
  endpointAtSite,
  endpointBehind,
  endpointDeclaredBy,
  endpointNamed,
  endpointOf,
} from "./endpoints";
import { hostedZoneCalled } from "./hostedZones";
import { objectStatus } from "./objects";
import { isAddress, leadsToEndpoints, outsideNameOf } from "./outside";
import { Placements } from "./placement";
import type { Resource } from "./resource";
import { StackGraph } from "./stackGraph";
import { awsTypes } from "./types";
import type { HealthOf } from "./assumedHealth";
import { normalHealth } from "./normalHealth";
import { UnreadNames } from "./unreadNames";
import { valueOf } from "./values";
import { watchedName } from "../watchedName";

/** A check that watches a name of the stack. */
export interface NameCheck {
  readonly id: string;
  readonly label: string;
  /** The records that answer the name. */
  readonly group: Group;
}

/** Resources whose metrics have them as a dimension (CloudWatch User Guide, "Dimensions"). */
const measuredTypes = [
  awsTypes.instance,
  awsTypes.loadBalancer,
  awsTypes.classicBalancer,
  awsTypes.targetGroup,
  awsTypes.autoScalingGroup,
  awsTypes.database,
  awsTypes.databaseCluster,
  awsTypes.lambda,
];

/** The types that a client asks for a name that leads to an endpoint. */
const addressTypesOfNames = ["A", "AAAA"];

/** How a stack's zones are asked. */
export interface InventoryOptions extends Pick<Route53Options, "judgesRefused"> {
  /** The hosted zone that clients query, by name or id; default: the public one (N4). */
  readonly zone?: string | undefined;
}

/** A stack's resources, their places, its DNS records, and the endpoints of records and checks. */
export class StackInventory {
  readonly graph: StackGraph;
  readonly placements: Placements;
  readonly route53: Route53;
  /** More than this share of the checkers keeps a check healthy (H5). */
  readonly healthyShare: Fraction;
  readonly unreadNames: UnreadNames;
  /** By record, value, and the name that was asked for. */
  private readonly endpoints = new Map<RecordSet, Map<string, ServingResource | undefined>>();
  private readonly probed = new Map<string, ServingResource | undefined>();
  private recorded: ReadonlySet<string> | undefined;
  private outside: ReadonlySet<string> | undefined;
  private leading: ReadonlyMap<Group, readonly RecordSet[]> | undefined;
  private resting: HealthOf | undefined;
  private readonly alarms = new Map<string, readonly Resource[]>();
  private readonly measured = new Map<string, readonly Resource[]>();
  private readonly guarded = new Map<string, readonly RecordSet[]>();

  constructor(
    resources: readonly Resource[],
    assumptions?: Assumptions,
    { zone, judgesRefused }: InventoryOptions = {},
  ) {
    this.graph = new StackGraph(resources);
    this.placements = new Placements(this.graph);
    const asked = zone === undefined ? undefined : hostedZoneCalled(this.graph, zone);
    this.route53 = new Route53(dnsOf(this.graph), assumptions, { zone: asked, judgesRefused });
    this.unreadNames = new UnreadNames(this.route53.checks.values());
    this.healthyShare = fractionOf(this.route53.assumptions.healthyCheckerShare);
  }

  /** The checks behind a name's answer that watch a name of the stack instead of an address. */
  nameChecks(name: string, type: string): readonly NameCheck[] {
    return this.nameChecksBelow(this.route53.rootOf(name, type), type);
  }

  /** The same for records that were found already. */
  nameChecksBelow(root: Group, type: string): readonly NameCheck[] {
    const reached = this.route53
      .reachableFrom(root, type)
      .flatMap((record) => this.route53.checksOf(record));
    return [...new Set(reached)].flatMap((check) => {
      const watched = watchedName(this, check);
      return watched?.kind === "answered"
        ? [{ id: check.id, label: check.label, group: watched.group }]
        : [];
    });
  }

  /** The endpoints at the values of a record, as far as the stack contains them. */
  endpointsOf(record: RecordSet): readonly ServingResource[] {
    return this.answersOf(record).flatMap((answer) => this.endpointOfAnswer(answer) ?? []);
  }

  /** The values of a record as answers, whoever gets them. */
  answersOf(record: RecordSet): readonly Answer[] {
    return valuesOf(record).map((value) => ({
      value,
      ttlSeconds: 0,
      record,
      probability: 1,
      path: [],
    }));
  }

  /**
   * The endpoint at one value of a record: a resource of the stack, or the one that the tags of the
   * record's check declare; undefined where neither exists.
   */
  endpointOfAnswer({ record, value, asked }: Answer): ServingResource | undefined {
    return this.endpointOfValue(record, value, asked);
  }

  /**
   * The same for a value outside an answer.
   *
   * @param asked the name that customers ask for (A15); default: any that leads to the record
   */
  endpointOfValue(record: RecordSet, value: string, asked?: string): ServingResource | undefined {
    let known = this.endpoints.get(record);
    if (!known) {
      known = new Map();
      this.endpoints.set(record, known);
    }
    const key = `${value} ${asked ?? ""}`;
    if (!known.has(key)) known.set(key, this.findEndpoint(record, value, asked));
    return known.get(key);
  }

  private findEndpoint(
    record: RecordSet,
    value: string,
    asked: string | undefined,
  ): ServingResource | undefined {
    const { target } = record;
    if (target.kind === "alias") {
      const behind = target.target.kind === "record" ? undefined : target.target.id;
      const found = behind === undefined ? undefined : this.graph.get(behind);
      return found
        ? this.serving(record, endpointOf(this.graph, found), asked)
        : (this.declaredEndpoint(record) ?? endpointNamed(value, record.id));
    }
    const owner = this.graph.get(record.id);
    const address = owner && recordValues(owner)[target.values.indexOf(value)];
    const found = owner && endpointBehind(this.graph, owner, "records", address);
    return found
      ? this.serving(record, found, asked)
      : (this.declaredEndpoint(record) ?? endpointNamed(value, record.id));
  }

  /** An endpoint as customers reach it by the name that they ask for. */
  private serving(record: RecordSet, endpoint: ServingResource, asked?: string): ServingResource {
    const found = this.graph.get(endpoint.urn);
    if (found?.type !== awsTypes.distribution) return endpoint;
    const names: readonly [string, ...string[]] =
      asked === undefined ? [record.name, ...this.namesAbove(record)] : [canonical(asked)];
    return endpointAtSite(this.graph, found, names);
  }

  /** The names whose records lead to one. */
  private namesAbove(record: RecordSet): readonly string[] {
    const open = [this.route53.groupOf(record)];
    const names = new Set<string>();
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      for (const above of this.recordsTo.get(next) ?? []) {
        if (names.has(above.name)) continue;
        names.add(above.name);
        open.push(this.route53.groupOf(above));
      }
    }
    return [...names];
  }

  /** The records that lead to each group, by an alias or as a CNAME. */
  private get recordsTo(): ReadonlyMap<Group, readonly RecordSet[]> {
    if (this.leading) return this.leading;
    const leading = new Map<Group, RecordSet[]>();
    for (const record of this.route53.dns.records) {
      const types = record.type === "CNAME" ? addressTypesOfNames : [record.type];
      for (const group of types.map((type) => this.route53.next(record, type))) {
        if (group) leading.set(group, [...(leading.get(group) ?? []), record]);
      }
    }
    this.leading = leading;
    return leading;
  }

  private declaredEndpoint({ id, checkId }: RecordSet): ServingResource | undefined {
    const check = checkId === undefined ? undefined : this.graph.get(checkId);
    return check && endpointDeclaredBy(check, id);
  }

  /** The endpoint at the address or the AWS name that a check probes. */
  endpointOfCheck(check: EndpointHealthCheck): ServingResource | undefined {
    if (this.probed.has(check.id)) return this.probed.get(check.id);
    const owner = this.graph.get(check.id);
    const property = check.byAddress ? "ipAddress" : "fqdn";
    const found =
      owner &&
      (endpointBehind(this.graph, owner, property, valueOf(owner, property)) ??
        endpointDeclaredBy(owner, owner.urn));
    this.probed.set(check.id, found);
    return found;
  }

  /**
   * The address or name at a value of a record, where no resource stands for it; the record's own name while
   * the value is not known. Undefined where a resource does, for values that lead to no endpoint, and for a
   * CNAME to another record that was read: what fails is behind that.
   */
  outsideOfValue(record: RecordSet, value: string): string | undefined {
    const { target, type, label, id } = record;
    if (target.kind === "values" && !leadsToEndpoints(type)) return undefined;
    if (addressTypesOfNames.some((each) => this.route53.behindCname(record, each)))
      return undefined;
    const endpoint = this.endpointOfValue(record, value);
    // An endpoint that only a tag or an AWS name places has the record's URN.
    if (endpoint && endpoint.urn !== id) return undefined;
    return /[<\s]/.test(value) ? label : outsideNameOf(value);
  }

  /** The addresses and names at all values of a record, and behind them, that no resource stands for. */
  outsideOf(record: RecordSet): readonly string[] {
    return valuesOf(record).flatMap((value) => {
      const at = this.outsideOfValue(record, value) ?? [];
      const { outside: behind = [] } = this.endpointOfValue(record, value) ?? {};
      return [at, behind.filter((name) => !this.hasRecord(name))].flat();
    });
  }

  /** Whether a record that was read answers queries for addresses of a name. */
  hasRecord(name: string): boolean {
    return addressTypesOfNames.some((type) => this.route53.group(name, type) !== undefined);
  }

  /** The address or name that a check probes, where no resource and no record stands for it. */
  outsideOfCheck(check: EndpointHealthCheck): string | undefined {
    const probed = check.byAddress ? check.ipAddress : check.fullyQualifiedDomainName;
    const endpoint = this.endpointOfCheck(check);
    const isKnown =
      (endpoint && endpoint.urn !== check.id) ??
      (watchedName(this, check) !== undefined || objectStatus(this.graph, check) !== undefined);
    return probed === undefined || isKnown ? undefined : outsideNameOf(probed);
  }

  /** Every address and name that a record leads to, and no resource stands for. */
  private get recordedOutside(): ReadonlySet<string> {
    this.recorded ??= new Set(this.route53.dns.records.flatMap((record) => this.outsideOf(record)));
    return this.recorded;
  }

  /**
   * Whether something that was not read is an address or name that a record leads to: then it is
   * healthy until its own fault happens.
   */
  isHealthyAlone({ outside }: UnknownStatus): boolean {
    return outside !== undefined && this.recordedOutside.has(outside);
  }

  /**
   * The health of something that was not read while nothing has happened: each check reports healthy, so the
   * object of a latch is absent.
   */
  isHealthyAtRest(what: UnknownStatus): boolean {
    this.resting ??= normalHealth(this.route53, new Map());
    return this.isHealthyAlone(what) || this.resting.get(what.name) === true;
  }

  /** Every address and name that a record leads to or a check probes, and no resource stands for. */
  get outsideNames(): ReadonlySet<string> {
    this.outside ??= new Set([
      ...this.recordedOutside,
      ...[...this.route53.checks.values()].flatMap((check) =>
        check.kind === "endpoint" ? (this.outsideOfCheck(check) ?? []) : [],
      ),
    ]);
    return this.outside;
  }

  /** The resource that has an address. */
  resourceAt(address: string): Resource | undefined {
    const [found] = isAddress(address) ? this.graph.byValue(address, addressTypes) : [];
    return found && this.graph.get(endpointOf(this.graph, found).urn);
  }

  /** What can fail behind a name of the zones: the resources that serve, and addresses and names outside. */
  partsBehind(name: string): readonly string[] {
    const groups = addressTypesOfNames.flatMap(
      (type) => this.route53.group(canonical(name), type) ?? [],
    );
    const parts = groups
      .flatMap((record) => this.leavesBehind(record))
      .flatMap((leaf) => [
        ...this.endpointsOf(leaf).flatMap(({ urn }) =>
          urn === leaf.id ? [] : (this.graph.get(urn)?.name ?? []),
        ),
        ...this.outsideOf(leaf),
      ]);
    return [...new Set(parts)];
  }

  /** The records with an answer behind a record, itself if it has one. */
  private leavesBehind(record: RecordSet): readonly RecordSet[] {
    const types = record.type === "CNAME" ? addressTypesOfNames : [record.type];
    return types.flatMap((type) => {
      const leaves: RecordSet[] = [];
      descend([record], {
        nextOf: (one) => {
          const next = this.route53.next(one, type);
          // A CNAME of which what it leads to has addresses of the other type only is no answer.
          if (!next && !types.some((other) => this.route53.next(one, other))) leaves.push(one);
          return next;
        },
      });
      return leaves;
    });
  }

  /** The alarms that a check follows. */
  alarmsOf(checkId: string): readonly Resource[] {
    let alarms = this.alarms.get(checkId);
    if (!alarms) {
      const check = this.graph.get(checkId);
      alarms = check ? this.graph.follow(check, "cloudwatchAlarmName", [awsTypes.metricAlarm]) : [];
      this.alarms.set(checkId, alarms);
    }
    return alarms;
  }

  /**
   * The records with an answer behind those about which no other check would decide in the same way: a
   * calculated check that needs all of its children, an endpoint's among them, is unhealthy without it.
   */
  guardedBy(checkId: string): readonly RecordSet[] {
    const { route53 } = this;
    let guarded = this.guarded.get(checkId);
    if (!guarded) {
      const records = route53.dns.records.filter((record) => {
        const [check, ...children] = route53.checksOf(record);
        const others = children.filter(({ id }) => id !== checkId);
        if (check?.kind !== "calculated" || others.length === children.length)
          return check?.id === checkId;
        const needsAll = check.healthThreshold >= check.children.length;
        return !needsAll || others.every(({ kind }) => kind !== "endpoint");
      });
      guarded = [...new Set(records.flatMap((record) => this.leavesBehind(record)))];
      this.guarded.set(checkId, guarded);
    }
    return guarded;
  }

  /** The resources that the metrics of those alarms measure, by their dimensions. */
  measuredBy(checkId: string): readonly Resource[] {
    let measured = this.measured.get(checkId);
    if (!measured) {
      measured = this.alarmsOf(checkId).flatMap((alarm) =>
        this.graph.follow(alarm, "dimensions", measuredTypes),
      );
      this.measured.set(checkId, measured);
    }
    return measured;
  }
}
