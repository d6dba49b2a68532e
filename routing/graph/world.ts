import type { Assumptions } from "../assumptions";
import type { Affected, Bound } from "../bound";
import { Transition } from "../bound";
import { Diagram } from "../diagram";
import type { Node } from "../diagram";
import type { Fraction } from "../fraction";
import { fractionOf } from "../fraction";
import { guardsOf } from "../guards";
import type { EndpointCheck, RecordSet, UnknownStatus } from "../model";
import type { Answer } from "../resolve";
import { Route53 } from "../route53";
import { valuesOf } from "../view";
import { Circles } from "./circles";
import { dnsOf, recordValues } from "./dns";
import type { Endpoint } from "./endpoints";
import { endpointBehind, endpointDeclaredBy, endpointOf } from "./endpoints";
import type { Fault } from "./faults";
import { parseFaults } from "./faults";
import type { Observed } from "./observed";
import { Placements } from "./placement";
import { Reliance } from "./reliance";
import type { Resource } from "./resource";
import type { Assumed } from "./situation";
import { Situation } from "./situation";
import { StackGraph, valueOf } from "./stackGraph";
import { watchedName } from "./watchedName";

export type { PlacedAnswer, PlacedResolution } from "./situation";
export { Situation } from "./situation";

/** A change between two situations, in the logic that sees every order of noticing. */
interface ObservedTransition {
  readonly transition: Transition;
  readonly after: Observed<Node>;
}

/** A stack's resources as a world in which things fail and Route 53 answers. */
export class World {
  readonly graph: StackGraph;
  readonly placements: Placements;
  readonly route53: Route53;
  readonly reliance: Reliance;
  readonly circles: Circles;
  /** More than this share of the checkers keeps a check healthy (H5). */
  readonly healthyShare: Fraction;
  private readonly endpoints = new Map<string, Endpoint | undefined>();
  private readonly transitions = new WeakMap<Situation, WeakMap<Situation, ObservedTransition>>();

  constructor(resources: readonly Resource[], assumptions?: Assumptions) {
    this.graph = new StackGraph(resources);
    this.placements = new Placements(this.graph);
    this.route53 = new Route53(dnsOf(this.graph), assumptions);
    this.healthyShare = fractionOf(this.route53.assumptions.healthyCheckerShare);
    this.reliance = new Reliance(this);
    this.circles = new Circles(this);
  }

  /** Faults from their names, see `parseFaults`. */
  faults(names: readonly string[]): readonly Fault[] {
    return parseFaults(this.graph, this.placements, names);
  }

  /** What Route 53 decides under the faults, once its checks have settled. */
  under(faults: readonly Fault[], assumed?: Assumed): Situation {
    return new Situation(this, faults, assumed);
  }

  /** The worst case of a change of faults for a name: `routing/bound.ts`. */
  worstCase(
    name: string,
    type: string,
    from: readonly Fault[],
    to: readonly Fault[],
    death: Affected["death"],
  ): Bound {
    return this.worstCaseBetween(name, type, this.under(from), this.under(to), death);
  }

  /** The same between situations that are there already, as for many names of one stack. */
  worstCaseBetween(
    name: string,
    type: string,
    before: Situation,
    after: Situation,
    death: Affected["death"],
  ): Bound {
    const { transition, after: observed } = this.transition(before, after);
    // A check that fails on its own says that something behind a living endpoint does not work, as
    // does a lost database. Where traffic is shared, a living place that still has more than its
    // share is one to leave.
    const isBehind =
      death === "returns" ||
      after.faults.some(({ kind }) => kind === "check") ||
      this.reliance.isWithout(after, name, type);
    return transition.worstCase({
      name,
      type,
      death,
      ...(isBehind ? {} : { good: (leaf, value) => observed.isAlive(leaf, value) }),
    });
  }

  private transition(before: Situation, after: Situation): ObservedTransition {
    const known = this.transitions.get(before) ?? new WeakMap<Situation, ObservedTransition>();
    this.transitions.set(before, known);
    let found = known.get(after);
    if (!found) {
      found = this.newTransition(before, after);
      known.set(after, found);
    }
    return found;
  }

  private newTransition(before: Situation, after: Situation): ObservedTransition {
    const diagram = new Diagram();
    const unknowns = new Map<string, Node>();
    const unread = ({ name }: UnknownStatus): Node => {
      const known = unknowns.get(name) ?? diagram.variable();
      unknowns.set(name, known);
      return known;
    };
    const [was, is] = [before.under(diagram, unread), after.under(diagram, unread)];
    const wavering = new Map<string, boolean>();
    const wavers = (id: string): boolean => {
      const known = wavering.get(id) ?? this.wavers(id, was, is);
      wavering.set(id, known);
      return known;
    };
    const change = { diagram, before: was, after: is, wavers };
    return { transition: new Transition(this.route53, change), after: is };
  }

  /** Whether a check by name may see a dead answer until that name has failed over. */
  private wavers(id: string, before: Observed<Node>, after: Observed<Node>): boolean {
    const check = this.route53.checks.get(id);
    const watched = check && watchedName(this, check);
    if (watched === undefined || before.passes(id) !== after.passes(id)) return false;
    const { logic } = before.view;
    return guardsOf(before.view, watched, "A").answers.some(({ leaf, guard }) =>
      valuesOf(leaf).some(
        (value) =>
          logic.known(logic.and(guard, () => logic.not(after.isAlive(leaf, value)))) !== false,
      ),
    );
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
    return valuesOf(record).map((value) => ({
      value,
      ttlSeconds: 0,
      record,
      probability: 1,
      path: [],
    }));
  }

  /**
   * What stands behind one value of a record: a resource of the stack, or what the tags of the
   * record's check declare; undefined where neither says.
   */
  endpointOfAnswer({ record, value }: Answer): Endpoint | undefined {
    return this.endpointOfValue(record, value);
  }

  /** The same for a value that nobody has asked for. */
  endpointOfValue(record: RecordSet, value: string): Endpoint | undefined {
    const key = `${record.id} ${value}`;
    if (!this.endpoints.has(key)) this.endpoints.set(key, this.findEndpoint(record, value));
    return this.endpoints.get(key);
  }

  private findEndpoint(record: RecordSet, value: string): Endpoint | undefined {
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
