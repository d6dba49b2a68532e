import type { CheckerState, ProbeResult } from "../../routing/checker";
import { afterProbe, aggregate, secondsToNextProbe } from "../../routing/checker";
import { checkerRegions } from "../../routing/graph/checkerRegions";
import type { EndpointHealthCheck } from "../../routing/model";
import type { Assumptions } from "../../routing/assumptions";
import type { Draws } from "../simulation/random";
import type { DrillClock } from "./clock";

/** How many checkers of a check consider it healthy. */
export interface CheckerCount {
  readonly healthy: number;
  readonly all: number;
}

/** What the checkers of a check need. */
export interface CheckersOrder {
  readonly check: EndpointHealthCheck;
  readonly assumptions: Pick<Assumptions, "checkersPerRegion" | "healthyCheckerShare">;
  /** Whether the endpoint is well at the start. */
  readonly startsHealthy: boolean;
  /** A probe of a checker, by its region. */
  readonly probe: (region: string) => Promise<ProbeResult>;
  /** Told after each probe that changed a checker's opinion. */
  readonly onChange: () => void;
}

/** The checkers of a check: they probe until the clock stops (H1 to H5). */
export class LiveCheckers {
  private readonly states: CheckerState[];
  private readonly regions: readonly string[];

  constructor(
    private readonly order: CheckersOrder,
    private readonly clock: DrillClock,
  ) {
    this.regions = order.check.regions ?? checkerRegions;
    const count = this.regions.length * order.assumptions.checkersPerRegion;
    this.states = Array.from({ length: count }, () => settled(order.startsHealthy));
  }

  /** Each checker begins at a random time of its round. */
  start(draws: Draws): void {
    this.states.forEach((_, checker) => {
      this.clock.after(draws.share() * this.order.check.intervalSeconds, () => {
        void this.probe(checker);
      });
    });
  }

  get count(): CheckerCount {
    const healthy = this.states.filter((one) => one.healthy).length;
    return { healthy, all: this.states.length };
  }

  get passes(): boolean {
    const { healthy, all } = this.count;
    return aggregate(healthy, all, this.order.assumptions.healthyCheckerShare);
  }

  /**
   * Whether every checker has an opinion, and no result in memory that contradicts it and would shorten a change.
   *
   * @param withinSeconds the changes that count: those that results in memory could bring about so soon
   */
  areSettledAt(isHealthy: boolean, withinSeconds = Infinity): boolean {
    const { failureThreshold, intervalSeconds } = this.order.check;
    // The first of the results that are missing may come at once.
    const soonestSeconds = (contradictions: number): number =>
      (failureThreshold - contradictions - 1) * intervalSeconds;
    return this.states.every(
      ({ healthy, contradictions }) =>
        healthy === isHealthy &&
        (contradictions === 0 || soonestSeconds(contradictions) > withinSeconds),
    );
  }

  /** A new check is healthy until there is enough data (H15). */
  renew(): void {
    this.states.fill(settled(true));
    this.order.onChange();
  }

  private async probe(checker: number): Promise<void> {
    const { check, onChange } = this.order;
    const region = this.regions[checker % this.regions.length] as string;
    const sentSeconds = this.clock.nowSeconds();
    const result = await this.order.probe(region);
    const before = this.states[checker] as CheckerState;
    const after = afterProbe(before, result.passed, check.failureThreshold);
    this.states[checker] = after;
    if (after.healthy !== before.healthy) onChange();
    const dueSeconds = sentSeconds + secondsToNextProbe(check.intervalSeconds, result);
    this.clock.after(dueSeconds - this.clock.nowSeconds(), () => {
      void this.probe(checker);
    });
  }
}

function settled(healthy: boolean): CheckerState {
  return { healthy, contradictions: 0 };
}
