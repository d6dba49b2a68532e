import type { Deciders } from "../../routing/graph/everyFault";
import type { Observed } from "../../routing/graph/observed";
import type { StackModel } from "../../routing/graph/stackModel";
import type { SignalKey } from "./asking";
import type { FaultPhase } from "./phases";
import { PhaseStates } from "./phases";
import type { Death, SignalPlan } from "./plan";

/** The numbered signals and deaths that all parts of a plan share. */
export class PlanParts {
  readonly phaseStates: PhaseStates;
  readonly signals: SignalPlan[] = [];
  readonly keys: SignalKey[] = [];
  readonly deaths: Death[] = [];

  constructor(
    readonly model: StackModel,
    readonly deciders: Deciders,
    readonly phases: readonly FaultPhase[],
  ) {
    this.phaseStates = new PhaseStates(model, phases);
  }

  /** The observations before anything happens. */
  get steady(): Observed<boolean> {
    return this.phaseStates.seenByClients(0);
  }

  phaseNumbers(): readonly number[] {
    return this.phases.map((_, phase) => phase);
  }

  addSignal(key: SignalKey, label: string, initial: boolean): number {
    this.keys.push(key);
    return this.signals.push({ label, initial }) - 1;
  }

  /** The number of a behaviour: 0 if alive, else that of the death. */
  behaviourOf(death: Death | undefined): number {
    if (death === undefined) return 0;
    const same = JSON.stringify(death);
    const known = this.deaths.findIndex((one) => JSON.stringify(one) === same);
    return known >= 0 ? known + 1 : this.deaths.push(death);
  }

  /** Values of a signal by phase; undefined if they are all equal. */
  changing(of: (observed: Observed<boolean>) => boolean): readonly boolean[] | undefined {
    const values = this.phaseNumbers().map((phase) => of(this.phaseStates.seenByClients(phase)));
    return values.some((value) => value !== values[0]) ? values : undefined;
  }
}
