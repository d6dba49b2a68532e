import type { Use } from "../simulation/population";
import type { ClientKind } from "./format";
import { clientShares } from "./format";
import type { CapacityChange } from "./compileEvents";
import type { Scenario } from "./readScenario";
import type { Found, AnswersByPhase } from "./answersByPhase";

/** Seconds of an average customer, by the state of service they found. */
export interface Seconds {
  readonly served: number;
  /** Slow, overloaded, or without its database. */
  readonly degraded: number;
  /** The static page: it informs customers, who cannot order. */
  readonly page: number;
  readonly dead: number;
}

/** The effect of a scenario, averaged over all customers. */
export interface ScenarioEffect {
  readonly seconds: Seconds;
  readonly places: readonly ({ readonly place: string } & Seconds)[];
  /** The seconds of each kind of clients, with its share of all clients. */
  readonly clients: readonly ({ readonly kind: ClientKind; readonly share: number } & Seconds)[];
  readonly orders: {
    readonly placed: number;
    /** Not placed, because the customer could not order. */
    readonly missed: number;
    /** Placed while no other region could receive a copy. */
    readonly atRisk: number;
  };
  /** Share of the customers that obey the TTL who are on a dead answer at the end. */
  readonly deadAtEnd: number;
}

const kinds = Object.keys(clientShares) as readonly ClientKind[];

/** How long the clients of one kind used one value, by second. A use of hours costs no more than one of seconds. */
class UsedSeconds {
  /** The time within the seconds in which a use begins or ends, in milliseconds. */
  private readonly partsMs: Float64Array;
  /** By how much the number of uses that last a whole second changes from the second before. */
  private readonly changes: Float64Array;
  private clientsCount = 1;

  constructor(secondsCount: number) {
    this.partsMs = new Float64Array(secondsCount);
    this.changes = new Float64Array(secondsCount + 1);
  }

  /** @param outOf the number of all clients, the same for every use */
  add({ fromMs, toMs }: Use, outOf: number): void {
    this.clientsCount = outOf;
    const [first, last] = [Math.floor(fromMs / 1_000), Math.floor(toMs / 1_000)];
    if (first === last) {
      this.addPart(first, toMs - fromMs);
      return;
    }
    this.addPart(first, (first + 1) * 1_000 - fromMs);
    this.change(first + 1, 1);
    this.change(last, -1);
    // A use that ends on the second has no part of the next one, which may be after the end.
    if (toMs > last * 1_000) this.addPart(last, toMs - last * 1_000);
  }

  private addPart(second: number, ms: number): void {
    this.partsMs[second] = (this.partsMs[second] as number) + ms;
  }

  private change(second: number, by: number): void {
    this.changes[second] = (this.changes[second] as number) + by;
  }

  /** The average of all clients, by second. */
  averages(): Float64Array {
    let whole = 0;
    return this.partsMs.map((partMs, second) => {
      whole += this.changes[second] as number;
      return (partMs / 1_000 + whole) / this.clientsCount;
    });
  }
}

/** Sums the use of each value per second, because all clients together make up a place's load. */
export class UsageTotals {
  /** By value (the last entry: no answer) and kind. */
  private readonly used: readonly UsedSeconds[][];

  constructor(
    private readonly scenario: Scenario,
    private readonly stage: AnswersByPhase,
  ) {
    this.used = [...stage.actors, undefined].map(() =>
      kinds.map(() => new UsedSeconds(scenario.durationSeconds)),
    );
  }

  /** @param outOf the number of clients of that kind in all runs */
  add(kind: ClientKind, uses: readonly Use[], outOf: number): void {
    const number = kinds.indexOf(kind);
    for (const use of uses) this.used.at(use.value)?.[number]?.add(use, outOf);
  }

  account(): ScenarioEffect {
    const { durationSeconds, clients, ordersPerMinute } = this.scenario;
    const places = new Map<string, Sum>();
    const byKind = kinds.map((kind) => ({ kind, share: clients[kind], sum: new Sum() }));
    const all = new Sum();
    let [placed, missed, atRisk, deadAtEnd] = [0, 0, 0, 0];
    const values = [-1, ...this.stage.actors.keys()];
    const capacitiesAt = this.capacities();
    const averages = this.used.map((byKindOfValue) => byKindOfValue.map((one) => one.averages()));
    for (let second = 0; second < durationSeconds; second += 1) {
      const phase = this.stage.phaseAt(second * 1_000);
      const capacities = capacitiesAt(second);
      const loads = capacities.size === 0 ? new Map() : this.loadsAt(second, averages);
      for (const value of values) {
        const used = averages.at(value) ?? [];
        if (used.every((seconds) => seconds[second] === 0)) continue;
        const actor = this.stage.actors[value];
        const found: Found = actor?.found[phase] ?? "dead";
        const overload = capacities.size === 0 ? 0 : this.overloadOf(value, loads, capacities);
        const isAlone = this.stage.isAlone(value, phase);
        for (const [number, { kind, sum }] of byKind.entries()) {
          const share = used[number]?.[second] as number;
          if (share === 0) continue;
          const weight = share * clients[kind];
          sum.add(found, overload, share);
          all.add(found, overload, weight);
          if (actor) sumOf(places, actor.place).add(found, overload, weight);
          const ordered = found === "serves" || found === "slow" ? weight * (1 - overload) : 0;
          placed += ordered;
          missed += weight - ordered;
          if (isAlone) atRisk += ordered;
          if (second === durationSeconds - 1 && kind === "obeys" && found === "dead") {
            deadAtEnd += share;
          }
        }
      }
    }
    const orders = (seconds: number): number => Math.round((seconds * ordersPerMinute) / 60);
    return {
      seconds: all.seconds(),
      places: [...places].map(([place, sum]) => ({ place, ...sum.seconds() })),
      clients: byKind
        .filter(({ share }) => share > 0)
        .map(({ kind, share, sum }) => ({ kind, share, ...sum.seconds() })),
      orders: { placed: orders(placed), missed: orders(missed), atRisk: orders(atRisk) },
      deadAtEnd: Math.round(deadAtEnd * 1_000) / 1_000,
    };
  }

  /** The share of all load on each zone and region in a second. */
  private loadsAt(
    second: number,
    averages: readonly (readonly Float64Array[])[],
  ): ReadonlyMap<string, number> {
    const loads = new Map<string, number>();
    this.stage.actors.forEach(({ availabilityZone, region }, value) => {
      const used = averages[value];
      const load = kinds.reduce(
        (sum, kind, number) =>
          sum + (used?.[number]?.[second] as number) * this.scenario.clients[kind],
        0,
      );
      for (const place of [availabilityZone, region]) {
        if (place !== undefined) loads.set(place, (loads.get(place) ?? 0) + load);
      }
    });
    return loads;
  }

  /** The capacity of each place in a second; callers must ask in ascending order. */
  private capacities(): (second: number) => ReadonlyMap<string, number> {
    const changes: readonly CapacityChange[] = this.scenario.played.capacities;
    const known = new Map<string, number>();
    let next = 0;
    return (second) => {
      for (let change = changes[next]; change && change.atSeconds <= second;) {
        known.set(change.place, change.share);
        next += 1;
        change = changes[next];
      }
      return known;
    };
  }

  /** The share of a value's load that its zone or region cannot carry. */
  private overloadOf(
    value: number,
    loads: ReadonlyMap<string, number>,
    capacities: ReadonlyMap<string, number>,
  ): number {
    const { availabilityZone, region } = this.stage.actors[value] ?? {};
    const places = [availabilityZone, region].flatMap((place) => place ?? []);
    const shares = places.map((place) => {
      const [capacity, load] = [capacities.get(place), loads.get(place) as number];
      return capacity === undefined || load <= capacity ? 0 : 1 - capacity / load;
    });
    return Math.max(0, ...shares);
  }
}

function sumOf(sums: Map<string, Sum>, place: string): Sum {
  const sum = sums.get(place) ?? new Sum();
  sums.set(place, sum);
  return sum;
}

class Sum {
  private readonly by = { served: 0, degraded: 0, page: 0, dead: 0 };

  /** @param overload the share that the place cannot carry */
  add(found: Found, overload: number, weight: number): void {
    switch (found) {
      case "serves":
        this.by.served += weight * (1 - overload);
        this.by.degraded += weight * overload;
        break;
      case "page":
        this.by.page += weight;
        break;
      case "dead":
        this.by.dead += weight;
        break;
      default:
        this.by.degraded += weight;
    }
  }

  seconds(): Seconds {
    const tenths = (value: number): number => Math.round(value * 10) / 10;
    const { served, degraded, page, dead } = this.by;
    return {
      served: tenths(served),
      degraded: tenths(degraded),
      page: tenths(page),
      dead: tenths(dead),
    };
  }
}
