import type { GateCommand } from "../../functions/gate/decision";

/**
 * How a gate's controller runs: each minute; not at all; late, by up to a minute, after which its scheduler
 * drops a run; each run twice; or for the first time, without a state.
 */
export const controllerModes = ["start", "stop", "late", "double", "new"] as const;

/** One of `controllerModes`. */
export type ControllerMode = (typeof controllerModes)[number];

/** Something that happens to a gate in a scenario. */
export type ControllerEvent = { readonly atMs: number } & (
  | { readonly kind: "controller"; readonly mode: ControllerMode }
  /** Whether messages of alarms start runs. */
  | { readonly kind: "alerts"; readonly arrive: boolean }
  | GateCommand
);

/** The scheduler drops a run that is later (`components/common/everyMinute.ts`). */
const lateMsMax = 60_000;
/** A doubled run follows after this time. */
const doubledAfterMs = 1_000;

/** What has happened to a controller so far, and so how it runs. */
export class ControllerCondition {
  private mode: Exclude<ControllerMode, "new"> = "start";
  /** Whether messages of alarms start runs. */
  alertsArrive = true;

  /** @param events of the scenario; one that runs for the first time later does not run before */
  constructor(events: readonly ControllerEvent[] = []) {
    const [first] = events;
    if (first?.kind === "controller" && first.mode === "new") this.mode = "stop";
  }

  get isStopped(): boolean {
    return this.mode === "stop";
  }

  /** Returns the command, if the event is one. */
  happen(event: ControllerEvent): GateCommand | undefined {
    if (event.kind === "controller") this.mode = event.mode === "new" ? "start" : event.mode;
    else if (event.kind === "alerts") this.alertsArrive = event.arrive;
    else return event;
    return undefined;
  }

  /**
   * The runs of a scheduled minute, in milliseconds from it.
   *
   * @param below draws a time below a limit
   */
  runsAfterMs(below: (limitMs: number) => number): readonly number[] {
    switch (this.mode) {
      case "stop":
        return [];
      case "late":
        return [below(lateMsMax)];
      case "double":
        return [0, doubledAfterMs];
      default:
        return [0];
    }
  }
}
