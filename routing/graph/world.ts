import type { Assumptions } from "../assumptions";
import type { Bound, Change } from "../bound";
import { worstCase } from "../bound";
import { InputError } from "../inputError";
import type {
  AlarmObservation,
  EndpointCheck,
  Observation,
  Observations,
  RecordSet,
  TargetGroup,
} from "../model";
import { Route53 } from "../route53";
import type { Answer, View } from "../view";
import { dnsOf, recordValues } from "./dns";
import type { Endpoint } from "./endpoints";
import {
  detectionOf,
  endpointBehind,
  endpointDeclaredBy,
  endpointOf,
  targetGroupsOf,
} from "./endpoints";
import type { Fault } from "./faults";
import { failedChecks, lossesOf, parseFaults } from "./faults";
import type { Losses } from "./need";
import { isMet } from "./need";
import { objectStatus } from "./objects";
import { Placements } from "./placement";
import { Reliance } from "./reliance";
import type { Resource } from "./resource";
import { StackGraph, valueOf } from "./stackGraph";
import { awsTypes } from "./types";

/** An answer, with what stands behind its value and whether that serves. */
export interface PlacedAnswer extends Answer {
  /** URN of the resource that serves; the record's own where the stack has none. */
  readonly target: string;
  /** The one availability zone that it is in; absent where it is in several or that is not known. */
  readonly availabilityZone?: string;
  readonly region?: string;
  /**
   * Whether what it needs to answer lives; an endpoint outside the stack is taken to live. A web
   * server without its database does live.
   */
  readonly alive: boolean;
  /** URNs of the databases that it uses and that are lost; absent where there are none. */
  readonly withoutDatabases?: readonly string[];
}

export interface PlacedResolution {
  readonly answers: readonly PlacedAnswer[];
  readonly lastResort: boolean;
}

/** Shares are sums and quotients of weights, in floating point. */
const roundingErrorMax = 1e-9;

/** A stack's resources as a world in which things fail and Route 53 answers. */
export class World {
  readonly graph: StackGraph;
  readonly placements: Placements;
  readonly route53: Route53;
  readonly reliance: Reliance;
  private readonly endpoints = new Map<string, Endpoint | undefined>();

  constructor(resources: readonly Resource[], assumptions?: Assumptions) {
    this.graph = new StackGraph(resources);
    this.placements = new Placements(this.graph);
    this.route53 = new Route53(dnsOf(this.graph), assumptions);
    this.reliance = new Reliance(this);
  }

  /** Faults from their names, see `parseFaults`. */
  faults(names: readonly string[]): readonly Fault[] {
    return parseFaults(this.graph, this.placements, names);
  }

  /** What Route 53 decides under the faults, once its checks have settled. */
  under(faults: readonly Fault[]): Situation {
    return new Situation(this, faults);
  }

  /** The worst case of a change of faults for a name: `routing/bound.ts`. */
  worstCase(
    name: string,
    type: string,
    from: readonly Fault[],
    to: readonly Fault[],
    death: Change["death"],
  ): Bound {
    return this.worstCaseBetween(name, type, this.under(from), this.under(to), death);
  }

  /** The same between situations that are there already, as for many names of one stack. */
  worstCaseBetween(
    name: string,
    type: string,
    before: Situation,
    after: Situation,
    death: Change["death"],
  ): Bound {
    const steady = new Map(
      after.resolve(name, type).answers.map(({ value, probability }) => [value, probability]),
    );
    // Where traffic is shared, a living place that still has more than its share is one to leave.
    const isWithinShare = ({ value, probability }: Answer): boolean =>
      probability <= (steady.get(value) ?? 0) + roundingErrorMax;
    // A check that fails on its own says that something behind a living endpoint does not work, as
    // does a lost database.
    const isBehind =
      death === "returns" ||
      after.faults.some(({ kind }) => kind === "check") ||
      this.reliance.isWithout(after, name, type);
    return worstCase(this.route53, {
      name,
      type,
      before: before.observations,
      after: after.observations,
      wavering: this.wavering(name, type, before, after),
      death,
      good: (answer) => (isBehind ? isWithinShare(answer) : after.place(answer).alive),
    });
  }

  /** Checks by name that see a dead answer only until that name has failed over. */
  private wavering(
    name: string,
    type: string,
    before: Situation,
    after: Situation,
  ): readonly string[] {
    return this.nameChecks(name, type)
      .filter(
        ({ id, watched }) =>
          before.observations.observe(id) === after.observations.observe(id) &&
          before.resolve(watched, "A").answers.some((answer) => !after.place(answer).alive),
      )
      .map(({ id }) => id);
  }

  /** The checks behind a name's answer that watch a name of the stack, and not an address. */
  nameChecks(
    name: string,
    type: string,
  ): readonly { readonly id: string; readonly label: string; readonly watched: string }[] {
    const reached = this.route53.reachable(name, type).flatMap(({ checkId }) => {
      const check = checkId === undefined ? undefined : this.route53.checks.get(checkId);
      return check?.kind === "calculated" ? check.children : (check?.id ?? []);
    });
    return [...new Set(reached)].flatMap((id) => {
      const check = this.route53.checks.get(id);
      if (check?.kind !== "endpoint" || check.byAddress) return [];
      const watched = check.fullyQualifiedDomainName ?? "";
      const isOurs = this.route53.group(watched, "A") !== undefined;
      return isOurs ? [{ id, label: check.label, watched }] : [];
    });
  }

  /** What stands behind the values of a record, as far as the stack has it. */
  endpointsOf(record: RecordSet): readonly Endpoint[] {
    return this.answersOf(record).flatMap((answer) => this.endpointOfAnswer(answer) ?? []);
  }

  /** The values of a record as answers, whoever gets them. */
  answersOf(record: RecordSet): readonly Answer[] {
    const { target } = record;
    const values =
      target.kind === "values"
        ? target.values
        : target.target.kind === "record"
          ? []
          : [target.target.dnsName];
    return values.map((value) => ({ value, ttlSeconds: 0, record, probability: 1, path: [] }));
  }

  /**
   * What stands behind one value of a record: a resource of the stack, or what the tags of the
   * record's check declare; undefined where neither says.
   */
  endpointOfAnswer(answer: Answer): Endpoint | undefined {
    const key = `${answer.record.id} ${answer.value}`;
    if (!this.endpoints.has(key)) this.endpoints.set(key, this.findEndpoint(answer));
    return this.endpoints.get(key);
  }

  private findEndpoint({ record, value }: Answer): Endpoint | undefined {
    const { target } = record;
    if (target.kind === "alias") {
      const behind = target.target.kind === "record" ? undefined : target.target.id;
      const found = behind === undefined ? undefined : this.graph.get(behind);
      return found ? endpointOf(this.graph, found) : this.declaredEndpoint(record);
    }
    const owner = this.graph.get(record.id);
    const address = owner && recordValues(owner)[target.values.indexOf(value)];
    const found = owner && endpointBehind(this.graph, owner, "records", address);
    return found ?? this.declaredEndpoint(record);
  }

  private declaredEndpoint({ id, checkId }: RecordSet): Endpoint | undefined {
    const check = checkId === undefined ? undefined : this.graph.get(checkId);
    return check && endpointDeclaredBy(check, id);
  }

  /** What stands behind the address or the AWS name that a check probes. */
  endpointOfCheck(check: EndpointCheck): Endpoint | undefined {
    if (this.endpoints.has(check.id)) return this.endpoints.get(check.id);
    const owner = this.graph.get(check.id);
    const property = check.byAddress ? "ipAddress" : "fqdn";
    const found =
      owner &&
      (endpointBehind(this.graph, owner, property, valueOf(owner, property)) ??
        endpointDeclaredBy(owner, owner.urn));
    this.endpoints.set(check.id, found);
    return found;
  }
}

/** A world under some faults. */
export class Situation {
  readonly observations: Observations;
  private readonly losses: Losses;
  private readonly view: View;
  private readonly asking = new Set<string>();

  constructor(
    private readonly world: World,
    readonly faults: readonly Fault[],
  ) {
    this.losses = lossesOf(world.graph, world.placements, faults);
    const failed = failedChecks(faults);
    this.observations = {
      observe: (id) => this.observe(id),
      forced: (id) => (failed.has(id) ? "unhealthy" : undefined),
      targetGroups: (id) => this.targetGroups(id),
    };
    this.view = world.route53.view(this.observations);
  }

  /** Who answers, and whether they live. */
  resolve(name: string, type: string): PlacedResolution {
    const { answers, lastResort } = this.view.resolve(name, type);
    return { answers: answers.map((answer) => this.place(answer)), lastResort };
  }

  place(answer: Answer): PlacedAnswer {
    const endpoint = this.world.endpointOfAnswer(answer);
    const [availabilityZone, ...others] = endpoint?.availabilityZones ?? [];
    const lost = endpoint ? this.world.reliance.lostTo(endpoint.urn, this.losses) : [];
    return {
      ...answer,
      target: endpoint?.urn ?? answer.record.id,
      alive: endpoint === undefined || isMet(endpoint.need, this.losses),
      ...(lost.length === 0 ? {} : { withoutDatabases: lost }),
      ...(availabilityZone === undefined || others.length > 0 ? {} : { availabilityZone }),
      ...(endpoint?.region === undefined ? {} : { region: endpoint.region }),
    };
  }

  private observe(id: string): AlarmObservation {
    const check = this.world.route53.checks.get(id);
    if (check?.kind === "alarm") return this.observeAlarm(id);
    if (check?.kind !== "endpoint") return "healthy";
    if (this.world.reliance.isLostTo(check, this.losses)) return "unhealthy";
    const name = check.fullyQualifiedDomainName;
    if (!check.byAddress && name !== undefined && this.world.route53.group(name, "A")) {
      return this.observeName(check, name);
    }
    const object = objectStatus(this.world.graph, check);
    if (object !== undefined) return object;
    const endpoint = this.world.endpointOfCheck(check);
    return endpoint === undefined || isMet(endpoint.need, this.losses) ? "healthy" : "unhealthy";
  }

  /**
   * An alarm that is lost with its region has no data: what it watches is written there. What its
   * metric would say of other losses, the resources do not tell.
   */
  private observeAlarm(id: string): AlarmObservation {
    const check = this.world.graph.get(id);
    const alarms =
      check && this.world.graph.follow(check, "cloudwatchAlarmName", [awsTypes.metricAlarm]);
    return alarms?.some(({ urn }) => this.losses.resources.has(urn)) ? "missingData" : "healthy";
  }

  /**
   * A check by name sees what the name answers, over IPv4 (H13). Each checker resolves for itself,
   * so the living answers' share of the queries is the share of checkers that pass (H5).
   */
  private observeName(check: EndpointCheck, name: string): Observation {
    const { id, label } = check;
    const works = ({ alive, withoutDatabases }: PlacedAnswer): boolean =>
      alive && (withoutDatabases === undefined || !this.world.reliance.asksForMore(check));
    if (this.asking.has(id)) {
      throw new InputError(
        `${label}: it watches ${name}, whose answer depends on this very check (H13); let it watch an endpoint of its own`,
      );
    }
    this.asking.add(id);
    try {
      const living = this.resolve(name, "A")
        .answers.filter(works)
        .reduce((sum, { probability }) => sum + probability, 0);
      return living > this.world.route53.assumptions.healthyCheckerShare ? "healthy" : "unhealthy";
    } finally {
      this.asking.delete(id);
    }
  }

  private targetGroups(id: string): readonly TargetGroup[] | undefined {
    const balancer = this.world.graph.get(id);
    if (balancer?.type !== awsTypes.loadBalancer) return undefined;
    return targetGroupsOf(this.world.graph, balancer).map(({ group, targets }) => ({
      id: group.urn,
      targets: targets.map(({ urn }) => ({ id: urn, healthy: !this.losses.resources.has(urn) })),
      ...detectionOf(group),
    }));
  }
}
