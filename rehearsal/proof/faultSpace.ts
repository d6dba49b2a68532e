import type { Diagram, DiagramNode } from "../../routing/diagram";
import type { EveryFault, Variable } from "../../routing/graph/everyFault";
import { decidersOf, everyFaultFor, everyFaultOf } from "../../routing/graph/everyFault";
import type { Fault } from "../../routing/graph/faults";
import { latchBucket } from "../../routing/graph/objects";
import type { StackModel } from "../../routing/graph/stackModel";
import type { GuardedAnswers } from "../../routing/guards";
import { MinimalSets } from "../../routing/minimalSets";
import type { Asker } from "../../routing/asker";
import type { Group, HealthCheck, RecordSet } from "../../routing/model";
import { valuesOf } from "../../routing/view";

/** A set of faults, and the health that unread resources must have for something to happen. */
export interface Situation {
  readonly faults: readonly Fault[];
  /** Whether each unread resource is healthy, by its name. */
  readonly unknown: ReadonlyMap<string, boolean>;
}

/** A latch that decides a name's answer. */
export interface Latch {
  readonly check: HealthCheck;
  /** The region of its bucket, which is to serve while the latch is set. */
  readonly region: string | undefined;
  /** The fault that its check reports unhealthy, which is the same as a set latch. */
  readonly fault: Fault;
  /** True while the latch is set, whatever else fails. */
  readonly isSet: DiagramNode;
}

/** The smallest ways in which something happens. */
export interface SmallestSets {
  /** The smallest sets of faults, ordered by size, up to the requested number. */
  readonly sets: readonly Situation[];
  /** The number of sets of each size: index 2 counts the pairs. */
  readonly countBySize: readonly number[];
}

/** A part of an answer, and whether it is true before anything fails. */
interface Decision {
  readonly node: DiagramNode;
  readonly before: boolean;
}

/** A name under every set of its possible faults, as functions in one diagram. */
export class FaultSpace {
  readonly answers: GuardedAnswers<DiagramNode>;
  /** When some query gets no answer (N5, C19). */
  readonly unanswered: DiagramNode;
  readonly diagram: Diagram;
  /** The latches of an attached gate; empty for a name without one. */
  readonly latches: readonly Latch[];
  private readonly everyFault: EveryFault;
  private readonly minimalSets: MinimalSets;
  private decisions: readonly Decision[] | undefined;
  /** The nodes of decisions that depend on something that was not read. */
  private openNodes: readonly DiagramNode[] | undefined;

  /**
   * @param faults The possible faults; default: all of them.
   * @param asker Where queries come from; default: the answer does not depend on it.
   * @throws InputError if the name's tree is inconsistent or the diagram grows too large
   */
  constructor(
    readonly model: StackModel,
    readonly name: string,
    readonly type: string,
    readonly faults: readonly Fault[] = everyFaultOf(model, name, type),
    readonly asker: Asker = {},
  ) {
    this.everyFault = everyFaultFor(model, this.faults, { name, type, asker });
    this.diagram = this.everyFault.diagram;
    this.answers = this.everyFault.answers(name, type, asker);
    this.unanswered = this.diagram.not(
      this.diagram.some(this.answers.answers, ({ leaf, guard }) =>
        this.isDeadEnd(leaf) ? this.diagram.constant(false) : guard,
      ),
    );
    this.minimalSets = new MinimalSets(this.diagram);
    this.latches = this.latchesOf();
  }

  private latchesOf(): readonly Latch[] {
    const { graph } = this.model;
    return decidersOf(this.model, this.name, this.type).checks.flatMap(
      (check): readonly Latch[] => {
        const bucket = latchBucket(graph, check);
        const fault = this.faults.find(
          (one) => one.kind === "check" && one.says === undefined && one.urns.includes(check.id),
        );
        if (!bucket || !fault) return [];
        const isSet = this.everyFault.happens(fault);
        return [{ check, region: bucket.region, fault, isSet }];
      },
    );
  }

  get variables(): readonly Variable[] {
    return this.everyFault.variables;
  }

  /** The records that answer with values, whether or not any set of faults selects them. */
  leaves(): readonly RecordSet[] {
    return this.leavesBelow(this.model.route53.reachable(this.name, this.type));
  }

  /** The leaves below a record; the record itself if it is a leaf. */
  leavesOf(record: RecordSet): readonly RecordSet[] {
    const next = this.next(record);
    return this.leavesBelow(next ? this.model.route53.reachableFrom(next, this.type) : [record]);
  }

  /** The records that a record leads to, by its alias or CNAME. */
  next(record: RecordSet): Group | undefined {
    return this.model.route53.next(record, this.type);
  }

  private leavesBelow(records: readonly RecordSet[]): readonly RecordSet[] {
    return records.filter((record) => valuesOf(record).length > 0 && !this.next(record));
  }

  private isDeadEnd(record: RecordSet): boolean {
    return this.model.route53.isDeadEnd(record, this.type);
  }

  /**
   * True when every value that a record answers with is alive: Route 53 gives all of them, and a
   * client takes any (C23).
   */
  isAlive(leaf: RecordSet): DiagramNode {
    return this.diagram.every(valuesOf(leaf), (value) => this.isValueAlive(leaf, value));
  }

  isValueAlive(leaf: RecordSet, value: string): DiagramNode {
    return this.everyFault.observed.isAlive(leaf, value, this.name);
  }

  /** True when no server that the record answers with has lost a database. */
  private hasDatabases(leaf: RecordSet): DiagramNode {
    return this.diagram.every(valuesOf(leaf), (value) => this.hasDatabase(leaf, value));
  }

  private hasDatabase(leaf: RecordSet, value: string): DiagramNode {
    const { losses } = this.everyFault.observed;
    return this.diagram.not(
      this.model.reliance.isServerWithout(this.serverOf(leaf, value), losses),
    );
  }

  /** True when some server that the record answers with lives without its database. */
  lacksDatabase(leaf: RecordSet): DiagramNode {
    return this.diagram.some(valuesOf(leaf), (value) =>
      this.diagram.and(this.isValueAlive(leaf, value), () =>
        this.diagram.not(this.hasDatabase(leaf, value)),
      ),
    );
  }

  /** Whether any of the servers that a record answers with uses a database. */
  usesDatabases(leaf: RecordSet): boolean {
    return this.serversOf(leaf).some((one) => this.model.reliance.databasesOf(one).length > 0);
  }

  private serversOf(leaf: RecordSet): readonly string[] {
    return valuesOf(leaf).map((value) => this.serverOf(leaf, value));
  }

  private serverOf(leaf: RecordSet, value: string): string {
    return this.model.endpointOfValue(leaf, value)?.urn ?? leaf.id;
  }

  /** True when the record answers, and every value of it is alive and has its database. */
  works(leaf: RecordSet): DiagramNode {
    if (this.isDeadEnd(leaf)) return this.diagram.constant(false);
    return this.diagram.and(this.isAlive(leaf), () => this.hasDatabases(leaf));
  }

  /** True when the record answers, and some value of it is alive and has its database. */
  worksInPart(leaf: RecordSet): DiagramNode {
    if (this.isDeadEnd(leaf)) return this.diagram.constant(false);
    return this.diagram.some(valuesOf(leaf), (value) => this.valueWorks(leaf, value));
  }

  /** True when a value is alive and has its database. */
  valueWorks(leaf: RecordSet, value: string): DiagramNode {
    return this.diagram.and(this.isValueAlive(leaf, value), () => this.hasDatabase(leaf, value));
  }

  /** True when Route 53 considers a record healthy. */
  isHealthy(record: RecordSet): DiagramNode {
    return this.everyFault.observed.view.recordHealthy(record);
  }

  checkHealthy(id: string): DiagramNode {
    return this.everyFault.observed.view.checkHealthy(id);
  }

  targetHealthy(record: RecordSet): DiagramNode {
    return this.everyFault.observed.view.targetHealthy(record);
  }

  /** Restricts a function to cases in which no check lies. */
  withoutLies(node: DiagramNode): DiagramNode {
    return this.diagram.restrict(node, (level) =>
      faultAt(this.variables, level)?.kind === "check" ? false : undefined,
    );
  }

  /** A function while every check reports what it sees, except that a latch is set or not. */
  withLatch(node: DiagramNode, { fault }: Latch, isSet: boolean): DiagramNode {
    return this.withoutLies(
      this.diagram.restrict(node, (level) =>
        faultAt(this.variables, level) === fault ? isSet : undefined,
      ),
    );
  }

  /** A function while nothing has failed; what was not read stays unknown. */
  withoutFaults(node: DiagramNode): DiagramNode {
    return this.diagram.restrict(node, (level) =>
      faultAt(this.variables, level) === undefined ? undefined : false,
    );
  }

  /**
   * The smallest sets of faults for which a function is true.
   *
   * @param whatever "some": for at least one possible health of what was not read; "every": for all of them
   */
  smallestSets(
    node: DiagramNode,
    limit: number,
    whatever: "some" | "every" = "some",
  ): SmallestSets {
    const possible = this.quantified(node, whatever);
    return {
      sets: this.minimalSets
        .smallest(possible, limit)
        .map((levels) => this.situationOf(node, levels, whatever)),
      countBySize: this.minimalSets.countBySize(possible),
    };
  }

  /** Reduces a function to one of faults alone. */
  private quantified(node: DiagramNode, whatever: "some" | "every"): DiagramNode {
    const { diagram } = this;
    const levels = this.unknownLevels(node);
    return whatever === "some"
      ? diagram.exists(node, levels)
      : diagram.not(diagram.exists(diagram.not(node), levels));
  }

  private unknownLevels(node: DiagramNode): readonly number[] {
    return this.diagram
      .support([node])
      .filter((level) => this.variables[level]?.kind === "unknown");
  }

  /** Exactly these faults, with values of the unknowns that make the function true. */
  private situationOf(
    node: DiagramNode,
    levels: readonly number[],
    whatever: "some" | "every",
  ): Situation {
    const faults = levels.flatMap((level) => faultAt(this.variables, level) ?? []);
    if (whatever === "every") return { faults, unknown: new Map() };
    const happening = new Set(levels);
    const open = this.diagram.restrict(node, (level) =>
      this.variables[level]?.kind === "fault" ? happening.has(level) : undefined,
    );
    const unknown = new Map<string, boolean>();
    for (const [level, isHealthy] of this.sufficientFor(open)) {
      const variable = this.variables[level];
      if (variable?.kind === "unknown") unknown.set(variable.unknown.name, isHealthy);
    }
    return { faults, unknown };
  }

  /** Values, healthy where they may be, that make a function true; none of them can be left out. */
  private sufficientFor(node: DiagramNode): ReadonlyMap<number, boolean> {
    const { diagram } = this;
    const values = new Map<number, boolean>();
    let open = node;
    while (diagram.known(open) === undefined) {
      const [level, low, high] = diagram.partsOf(open);
      const isHigh = diagram.known(high) !== false;
      values.set(level, isHigh);
      open = isHigh ? high : low;
    }
    for (const [level, value] of [...values]) {
      values.delete(level);
      const left = diagram.restrict(node, (other) => values.get(other));
      if (diagram.known(left) !== true) values.set(level, value);
    }
    return values;
  }

  /** Whether a function is true in a situation; what the situation omits is at rest. */
  holdsIn(node: DiagramNode, { faults, unknown }: Situation): boolean {
    const happening = new Set(faults);
    return this.diagram.evaluate(node, (level) => {
      const variable = this.variables[level];
      return variable?.kind === "unknown"
        ? (unknown.get(variable.unknown.name) ?? this.model.isHealthyAtRest(variable.unknown))
        : variable !== undefined && happening.has(variable.fault);
    });
  }

  /** Whether a single fault changes who answers or what works; what was not read is at rest. */
  changesAnswer(fault: Fault): boolean {
    const changed = this.variables.findIndex(
      (_, level) => faultAt(this.variables, level) === fault,
    );
    this.decisions ??= this.findDecisions();
    return this.decisions.some(
      ({ node, before }) =>
        this.diagram.evaluate(node, (level) => level === changed || this.isHealthyAtRest(level)) !==
        before,
    );
  }

  /**
   * What was not read and decides who answers or what works, by name: under a single fault, or under none.
   */
  unreadUnder(fault: Fault | undefined): readonly string[] {
    const { diagram, variables } = this;
    this.openNodes ??= this.decidingNodes().filter((node) => this.unknownLevels(node).length > 0);
    const open = this.openNodes.map((node) =>
      diagram.restrict(node, (level) =>
        this.isUnknown(level) ? undefined : faultAt(variables, level) === fault,
      ),
    );
    return diagram.support(open).flatMap((level) => {
      const variable = variables[level];
      return variable?.kind === "unknown" ? variable.unknown.name : [];
    });
  }

  private isUnknown(level: number): boolean {
    return this.variables[level]?.kind === "unknown";
  }

  private isHealthyAtRest(level: number): boolean {
    const variable = this.variables[level];
    return variable?.kind === "unknown" && this.model.isHealthyAtRest(variable.unknown);
  }

  private findDecisions(): readonly Decision[] {
    return this.decidingNodes().map((node) => ({
      node,
      before: this.diagram.evaluate(node, (level) => this.isHealthyAtRest(level)),
    }));
  }

  /** Everything that an answer is made of: which records a query reaches, and what works there. */
  private decidingNodes(): readonly DiagramNode[] {
    const { losses } = this.everyFault.observed;
    const { answers, groups } = this.answers;
    const nodes = [
      ...groups.flatMap(({ group, guard }) =>
        this.choicesOf(group).members.map((one) => this.diagram.and(guard, () => one.guard)),
      ),
      ...answers.flatMap(({ leaf, guard }) =>
        [
          ...valuesOf(leaf).map((value) => this.isValueAlive(leaf, value)),
          ...this.serversOf(leaf).map((one) => this.model.reliance.isServerWithout(one, losses)),
        ].map((one) => this.diagram.and(guard, () => one)),
      ),
    ];
    return [...new Set(nodes)];
  }

  /** The members of a group, when each answers, and when none is healthy. */
  choicesOf(group: Group): ReturnType<EveryFault["observed"]["view"]["choicesOf"]> {
    return this.everyFault.observed.view.askedFrom(this.asker).choicesOf(group);
  }
}

/** The fault of a variable; undefined for a variable of something that was not read. */
export function faultAt(variables: readonly Variable[], level: number): Fault | undefined {
  const variable = variables[level];
  return variable?.kind === "fault" ? variable.fault : undefined;
}
