import type { Observed } from "../../routing/graph/observed";
import type { StackModel } from "../../routing/graph/stackModel";
import type { ActiveFault } from "../simulation/phases";
import { PhaseStates } from "../simulation/phases";
import type { Death } from "../simulation/plan";

/** The faults of a drill at this moment, and how the stack is under them, by the model. */
export class PresentFaults {
  private phaseStates: PhaseStates;
  /** What all is well means, with what was not read assumed healthy. */
  readonly steady: Observed<boolean>;

  constructor(private readonly model: StackModel) {
    this.phaseStates = this.phaseStatesOf([]);
    this.steady = this.truth;
  }

  set(faults: readonly ActiveFault[]): void {
    this.phaseStates = this.phaseStatesOf(faults);
  }

  /** The stack as clients find it. */
  get truth(): Observed<boolean> {
    return this.phaseStates.seenByClients(0);
  }

  /**
   * How a condition fails, for a client or for a checker's region; undefined if it holds. What has not failed
   * in the drill and does not hold, such as the object of a released latch, is `failed`.
   */
  deathOf(
    region: string | undefined,
    holds: (seen: Observed<boolean>) => boolean,
  ): Death | undefined {
    return this.phaseStates.deathOf(0, region, holds);
  }

  /** How a region is lost, for a client or for a checker's region; undefined while it lives. */
  lossOf(lost: string | undefined, region?: string): Death | undefined {
    return this.phaseStates
      .happening(0, region)
      .find(({ fault }) => fault.kind === "region" && fault.name === lost)?.death;
  }

  private phaseStatesOf(happenings: readonly ActiveFault[]): PhaseStates {
    return new PhaseStates(this.model, [{ startMs: 0, happenings }]);
  }
}
