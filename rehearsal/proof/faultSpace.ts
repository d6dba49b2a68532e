import type { Diagram, DiagramNode } from "../../routing/diagram";
import type { Variable } from "../../routing/graph/everyFault";
import { EveryFault, everyFaultOf } from "../../routing/graph/everyFault";
import type { Fault } from "../../routing/graph/faults";
import type { StackModel } from "../../routing/graph/stackModel";
import type { GuardedAnswers } from "../../routing/guards";
import { MinimalSets } from "../../routing/minimalSets";
import type { Asker } from "../../routing/asker";
import type { Group, RecordSet } from "../../routing/model";
import { valuesOf } from "../../routing/view";

/** Some faults, and what was not read as it has to be for something to happen. */
export interface Situation {
  readonly faults: readonly Fault[];
  /** By the name of what was not read: whether it is healthy. */
  readonly unknown: ReadonlyMap<string, boolean>;
}

/** The smallest ways in which something happens. */
export interface SmallestSets {
  /** The smallest sets of faults, those of fewer faults first, as far as they were asked for. */
  readonly sets: readonly Situation[];
  /** How many there are of each size: at index 2 the pairs. */
  readonly countBySize: readonly number[];
}

/** A name under every set of everything that can go wrong with it, as functions in one diagram. */
export class FaultSpace {
  readonly answers: GuardedAnswers<DiagramNode>;
  /** When some query gets no answer (N5, C19). */
  readonly unanswered: DiagramNode;
  readonly diagram: Diagram;
  private readonly everyFault: EveryFault;
  private readonly minimalSets: MinimalSets;

  /**
   * @param faults What can go wrong; default: everything.
   * @param asker Where queries come from; default: the answer does not depend on it.
   * @throws InputError where the name's tree does not hold together, or the diagram grows too large
   */
  constructor(
    readonly model: StackModel,
    readonly name: string,
    readonly type: string,
    readonly faults: readonly Fault[] = everyFaultOf(model, name, type),
    readonly asker: Asker = {},
  ) {
    this.everyFault = new EveryFault(model, this.faults);
    this.diagram = this.everyFault.diagram;
    this.answers = this.everyFault.answers(name, type, asker);
    this.unanswered = this.diagram.not(
      this.diagram.some(this.answers.answers, ({ leaf, guard }) =>
        this.isDeadEnd(leaf) ? this.diagram.constant(false) : guard,
      ),
    );
    this.minimalSets = new MinimalSets(this.diagram);
  }

  get variables(): readonly Variable[] {
    return this.everyFault.variables;
  }

  /** The records that answer by themselves, whether or not any fault set lets them. */
  leaves(): readonly RecordSet[] {
    return this.leavesBelow(this.model.route53.reachable(this.name, this.type));
  }

  /** Those to which a record leads; itself where it does not lead on. */
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

  /** When everything that a record answers with lives. */
  isAlive(leaf: RecordSet): DiagramNode {
    return this.diagram.every(valuesOf(leaf), (value) =>
      this.everyFault.observed.isAlive(leaf, value),
    );
  }

  /** When none of the servers that it answers with has lost a database. */
  hasDatabases(leaf: RecordSet): DiagramNode {
    const { losses } = this.everyFault.observed;
    return this.diagram.every(this.serversOf(leaf), (server) =>
      this.diagram.not(this.model.reliance.isServerWithout(server, losses)),
    );
  }

  /** Whether any of the servers that a record answers with uses a database. */
  usesDatabases(leaf: RecordSet): boolean {
    return this.serversOf(leaf).some((one) => this.model.reliance.databasesOf(one).length > 0);
  }

  private serversOf(leaf: RecordSet): readonly string[] {
    return valuesOf(leaf).map((value) => this.model.endpointOfValue(leaf, value)?.urn ?? leaf.id);
  }

  /** When it lives and has its databases. */
  works(leaf: RecordSet): DiagramNode {
    return this.diagram.and(this.isAlive(leaf), () => this.hasDatabases(leaf));
  }

  /** When Route 53 would choose a record, were its group asked. */
  isHealthy(record: RecordSet): DiagramNode {
    return this.everyFault.observed.view.recordHealthy(record);
  }

  checkHealthy(id: string): DiagramNode {
    return this.everyFault.observed.view.checkHealthy(id);
  }

  targetHealthy(record: RecordSet): DiagramNode {
    return this.everyFault.observed.view.targetHealthy(record);
  }

  /** A function where every check says what it sees. */
  withoutLies(node: DiagramNode): DiagramNode {
    return this.diagram.restrict(node, (level) =>
      faultAt(this.variables, level)?.kind === "check" ? false : undefined,
    );
  }

  /**
   * The smallest sets of faults for which a function is true.
   *
   * @param whatever "some": for some way in which what was not read may turn out; "every": for all of them
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

  /** A function of faults alone. */
  private quantified(node: DiagramNode, whatever: "some" | "every"): DiagramNode {
    const { diagram } = this;
    return this.unknownLevels(node).reduce((quantified, level) => {
      const [healthy, unhealthy] = [true, false].map((value) =>
        diagram.restrict(quantified, (at) => (at === level ? value : undefined)),
      ) as [DiagramNode, DiagramNode];
      return whatever === "some"
        ? diagram.or(healthy, () => unhealthy)
        : diagram.and(healthy, () => unhealthy);
    }, node);
  }

  private unknownLevels(node: DiagramNode): readonly number[] {
    return this.diagram
      .support([node])
      .filter((level) => this.variables[level]?.kind === "unknown");
  }

  /** Exactly these faults, and the unknowns that make the function true with them. */
  private situationOf(
    node: DiagramNode,
    levels: readonly number[],
    whatever: "some" | "every",
  ): Situation {
    const faults = levels.flatMap((level) => faultAt(this.variables, level) ?? []);
    if (whatever === "every") return { faults, unknown: new Map() };
    const happening = new Set(levels);
    let open = this.diagram.restrict(node, (level) =>
      this.variables[level]?.kind === "fault" ? happening.has(level) : undefined,
    );
    const unknown = new Map<string, boolean>();
    while (this.diagram.known(open) === undefined) {
      const [level, unhealthy, healthy] = this.diagram.partsOf(open);
      const variable = this.variables[level];
      const isHealthy = this.diagram.known(healthy) !== false;
      if (variable?.kind === "unknown") unknown.set(variable.unknown.name, isHealthy);
      open = isHealthy ? healthy : unhealthy;
    }
    return { faults, unknown };
  }

  /** Whether a function is true in a situation; what it says nothing of is healthy. */
  holdsIn(node: DiagramNode, { faults, unknown }: Situation): boolean {
    const happening = new Set(faults);
    return this.diagram.evaluate(node, (level) => {
      const variable = this.variables[level];
      return variable?.kind === "unknown"
        ? (unknown.get(variable.unknown.name) ?? true)
        : variable !== undefined && happening.has(variable.fault);
    });
  }

  /** The members of a group, with those that answer when it is asked, and when none is healthy. */
  choicesOf(group: Group): ReturnType<EveryFault["observed"]["view"]["choicesOf"]> {
    return this.everyFault.observed.view.askedFrom(this.asker).choicesOf(group);
  }
}

/** The fault that a variable stands for; undefined for one of something that was not read. */
export function faultAt(variables: readonly Variable[], level: number): Fault | undefined {
  const variable = variables[level];
  return variable?.kind === "fault" ? variable.fault : undefined;
}
