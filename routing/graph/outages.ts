import type { Bound } from "../bound";
import type { FailureMode } from "../checker";
import type { Trees } from "../trees";
import type { Fault } from "./faults";
import type { PlacedAnswer, FaultState, StackModel } from "./stackModel";

/** Something that goes wrong for a name: what has failed before, and what has failed then. */
export interface Outage {
  /** What the objectives call it. */
  readonly cause: "zoneOrRegion" | "database";
  readonly from: readonly Fault[];
  readonly to: readonly Fault[];
}

/** A bound of a name, with what it is for. */
export interface OutageBound extends Outage {
  readonly death: FailureMode;
  readonly bound: Bound;
}

/**
 * What can happen to the names of a stack, and how long each takes at worst. Situations are shared
 * among all names, since what fails is the same for all.
 */
export class Outages {
  private readonly states = new Map<string, FaultState>();

  constructor(
    private readonly model: StackModel,
    private readonly trees: Trees,
  ) {}

  /** The stack under some faults. */
  under(faults: readonly Fault[]): FaultState {
    const key = JSON.stringify(faults.map(({ kind, name }) => [kind, name]));
    let state = this.states.get(key);
    if (!state) {
      state = this.model.under(faults);
      this.states.set(key, state);
    }
    return state;
  }

  /**
   * Every outage that a name is to survive: each availability zone and region that it is served
   * from, the regions one after the other and together, and what each check by name finds behind
   * living web servers, which is what a dead database looks like.
   *
   * @throws InputError where the name's tree does not hold together
   */
  of(name: string, type: string): readonly Outage[] {
    const { zones, regions } = this.placesOf(name, type);
    const order = this.regionsInOrder(name, type, regions);
    const [first, both] = [order.slice(0, 1), order.slice(0, 2)] as const;
    const { reliance } = this.model;
    const outage = (from: readonly Fault[], to: readonly Fault[]): Outage => ({
      // A database that is lost with its zone is one whose web servers live in another.
      cause: reliance.isWithout(this.under(to), name, type) ? "database" : "zoneOrRegion",
      from,
      to,
    });
    return [
      ...[...zones, ...regions].map((fault) => outage([], [fault])),
      ...(both.length > 1 ? [outage(first, both), outage([], both)] : []),
      ...reliance
        .faults(name, type)
        .map((fault): Outage => ({ cause: "database", from: [], to: [fault] })),
    ];
  }

  /** The worst case of an outage for a name, for one way of dying. */
  worstCase(name: string, type: string, { from, to }: Outage, death: FailureMode): Bound {
    return this.model.worstCaseBetween(name, type, this.under(from), this.under(to), death);
  }

  /** Where the tiers of a name serve, all but its last, as faults that take them away. */
  private placesOf(
    name: string,
    type: string,
  ): { readonly zones: readonly Fault[]; readonly regions: readonly Fault[] } {
    const last = this.trees.lastTier(name, type);
    const served = this.trees.leavesBelow(name, type).filter((record) => !last.includes(record));
    const endpoints = served.flatMap((record) => this.model.endpointsOf(record));
    const zones = endpoints.flatMap(({ availabilityZones }) =>
      availabilityZones.length === 1 ? availabilityZones : [],
    );
    return {
      zones: faultsOf("availabilityZone", zones),
      regions: faultsOf(
        "region",
        endpoints.flatMap(({ region }) => region ?? []),
      ),
    };
  }

  /** The regions in the order in which they serve, as one after the other is lost. */
  private regionsInOrder(name: string, type: string, regions: readonly Fault[]): readonly Fault[] {
    const order: Fault[] = [];
    // Where it depends on the place, the order is another for each: that of one place is as good as any.
    const [asker] = this.model.askersOf(name, type);
    for (;;) {
      const { region } = leaderOf(this.under(order).resolve(name, type, asker).answers);
      const next = regions.find((fault) => fault.name === region);
      if (!next || order.includes(next)) return order;
      order.push(next);
    }
  }
}

function faultsOf(kind: "availabilityZone" | "region", names: readonly string[]): readonly Fault[] {
  return [...new Set(names)].map((name) => ({ kind, name }));
}

/** The answer that most queries get. */
function leaderOf(answers: readonly PlacedAnswer[]): Partial<PlacedAnswer> {
  return [...answers].sort((a, b) => b.probability - a.probability)[0] ?? {};
}
