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
  | { readonly kind: "hold" | "release"; readonly identity: string; readonly reason: string }
);
