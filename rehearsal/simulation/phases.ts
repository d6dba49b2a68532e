import type { Fault } from "../../routing/graph/faults";
import type { Observed } from "../../routing/graph/observed";
import type { StackModel } from "../../routing/graph/stackModel";
import { booleans } from "../../routing/logic";
import type { Death } from "./plan";

/** A fault, its failure mode, and who sees it. */
export interface ActiveFault {
  readonly fault: Fault;
  readonly death: Death;
  /** The checker regions that see it, unlike clients; absent: it is seen from everywhere. */
  readonly seenFrom?: readonly string[];
}

/** The faults that apply from a time on, in the order in which they occurred. */
export interface FaultPhase {
  readonly startMs: number;
  readonly happenings: readonly ActiveFault[];
  /** Ids of checks that new ones replace at its start. */
  readonly renewed?: readonly string[];
}

/** How each phase looks from each place, by the model; what was not read is at rest. */
export class PhaseStates {
  private readonly observed = new Map<string, Observed<boolean>>();
  private readonly ids = new Map<Fault, number>();

  constructor(
    private readonly model: StackModel,
    readonly phases: readonly FaultPhase[],
  ) {}

  /** As clients see it. */
  seenByClients(phase: number): Observed<boolean> {
    return this.under(this.happening(phase).map(({ fault }) => fault));
  }

  /** The faults of a phase as a checker region or a client sees them. */
  happening(phase: number, region?: string): readonly ActiveFault[] {
    return (this.phases[phase] as FaultPhase).happenings.filter(
      ({ seenFrom }) =>
        seenFrom === undefined || (region !== undefined && seenFrom.includes(region)),
    );
  }

  /**
   * How a condition fails in a phase: the death of the first fault that makes it false.
   * Undefined if the condition is true.
   */
  deathOf(
    phase: number,
    region: string | undefined,
    holds: (observed: Observed<boolean>) => boolean,
  ): Death | undefined {
    const happening = this.happening(phase, region);
    const faults = happening.map(({ fault }) => fault);
    if (holds(this.under(faults))) return undefined;
    const first = happening.findIndex((_, index) => !holds(this.under(faults.slice(0, index + 1))));
    return happening[first]?.death ?? "failed";
  }

  private under(faults: readonly Fault[]): Observed<boolean> {
    const key = faults.map((fault) => this.idOf(fault)).join(" ");
    let observed = this.observed.get(key);
    if (!observed) {
      observed = this.model
        .under(faults)
        .under(booleans, (what) => this.model.isHealthyAtRest(what));
      this.observed.set(key, observed);
    }
    return observed;
  }

  private idOf(fault: Fault): number {
    const id = this.ids.get(fault) ?? this.ids.size;
    this.ids.set(fault, id);
    return id;
  }
}
