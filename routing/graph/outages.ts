import type { Bound } from "../boundParts";
import type { FailureMode } from "../checker";
import type { RecordSet } from "../model";
import type { Trees } from "../trees";
import { valuesOf } from "../view";
import type { Fault } from "./faults";
import { leaderOf } from "./leader";
import type { FaultState, StackModel } from "./stackModel";

/** A failure that affects a name: the faults before it, and the faults after it. */
export interface Outage {
  /** Its name among the objectives. */
  readonly cause: "zoneOrRegion" | "database";
  readonly from: readonly Fault[];
  readonly to: readonly Fault[];
}

/** The bound of a name for one outage and failure mode. */
export interface OutageBound extends Outage {
  readonly death: FailureMode;
  readonly bound: Bound;
}

/**
 * The outages of a stack's names, and their worst-case durations. All names share the fault states,
 * because the faults are the same for all.
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
   * Every outage that a name has to survive: each availability zone and region that serves it, each address
   * and name in an unknown place, the regions one after the other and together, and for each check by name the
   * failure behind living web servers, such as a dead database.
   *
   * @throws InputError where the name's records have faults
   */
  of(name: string, type: string): readonly Outage[] {
    const { zones, regions, outside } = this.placesOf(name, type);
    const order = this.regionsInOrder(name, type, regions);
    const [first, both] = [order.slice(0, 1), order.slice(0, 2)] as const;
    const { reliance } = this.model;
    const outage = (from: readonly Fault[], to: readonly Fault[]): Outage => ({
      // If a database is lost with its zone, its web servers live in another zone.
      cause: reliance.isWithout(this.under(to), name, type) ? "database" : "zoneOrRegion",
      from,
      to,
    });
    return [
      ...[...zones, ...regions, ...outside].map((fault) => outage([], [fault])),
      ...(both.length > 1 ? [outage(first, both), outage([], both)] : []),
      ...reliance
        .faults(name, type)
        .map((fault): Outage => ({ cause: "database", from: [], to: [fault] })),
    ];
  }

  /** The worst case of an outage for a name and one failure mode. */
  worstCase(name: string, type: string, { from, to }: Outage, death: FailureMode): Bound {
    return this.model.worstCaseBetween(name, type, this.under(from), this.under(to), death);
  }

  /** The places of a name's tiers as faults: except the last tier, unless it is the only one. */
  private placesOf(
    name: string,
    type: string,
  ): Readonly<Record<"zones" | "regions" | "outside", readonly Fault[]>> {
    const last = this.trees.lastTier(name, type);
    const all = this.trees.leavesBelow(name, type);
    const before = all.filter((record) => !last.includes(record));
    const served = before.length > 0 ? before : all;
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
      outside: faultsOf(
        "outside",
        served.flatMap((record) => this.unplacedOf(record)),
      ),
    };
  }

  /** The addresses and names of a record whose zone and region are unknown. */
  private unplacedOf(record: RecordSet): readonly string[] {
    const { model } = this;
    return valuesOf(record).flatMap((value) => {
      const endpoint = model.endpointOfValue(record, value);
      return endpoint ? [] : (model.outsideOfValue(record, value) ?? []);
    });
  }

  /** The regions in the order in which they take over as one after the other is lost. */
  private regionsInOrder(name: string, type: string, regions: readonly Fault[]): readonly Fault[] {
    const order: Fault[] = [];
    // If the order depends on the place, it differs between places: the order of one place is used.
    const [asker] = this.model.askersOf(name, type);
    for (;;) {
      const region = leaderOf(this.under(order).resolve(name, type, asker).answers)?.region;
      const next = regions.find((fault) => fault.name === region);
      if (!next || order.includes(next)) return order;
      order.push(next);
    }
  }
}

function faultsOf(
  kind: "availabilityZone" | "region" | "outside",
  names: readonly string[],
): readonly Fault[] {
  return [...new Set(names)].map((name) => ({ kind, name }));
}
