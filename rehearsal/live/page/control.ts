import type { DrillDeath } from "../deaths";
import type { DrillRun } from "../drillRun";

/** The longest reason for a command to the gate. */
export const gateReasonCharactersMax = 200;

/** A drill in progress, as its page and its terminal see and control it. */
export interface DrillControl {
  /** The run so far. Events are appended to it, never changed or removed. */
  run(): DrillRun;
  /**
   * Calls back after each new event.
   *
   * @returns ends it
   */
  subscribe(listener: () => void): () => void;
  /** Breaks something by the name of its fault; default: the drill's. */
  fail(name: string, death?: DrillDeath): Promise<void> | void;
  /** Brings something back. */
  giveBack(name: string): Promise<void> | void;
  /** Holds failback at the gate. @throws InputError where there is no gate */
  hold(reason: string): Promise<void> | void;
  /** Releases failback. @throws InputError where there is no gate */
  release(reason: string): Promise<void> | void;
}
