import type { Drill } from "../drill";
import type { DrillControl } from "./control";

/** A real drill, as its page and its terminal see and control it. */
export function liveControl(drill: Drill): DrillControl {
  return {
    run: () => ({ drill: drill.subject, events: drill.events }),
    subscribe: (listener) =>
      drill.subscribe(() => {
        listener();
      }),
    fail: (name, death) => drill.fail([name], death),
    giveBack: (name) => drill.return([name]),
    hold: (reason) => drill.hold(reason),
    release: (reason) => drill.release(reason),
  };
}
