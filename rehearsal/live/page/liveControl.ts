import { InputError } from "../../../routing/inputError";
import type { Drill } from "../drill";
import type { DrillControl } from "./control";

/** A real drill, as its page sees and controls it. */
export function liveControl(drill: Drill): DrillControl {
  return {
    run: () => ({ drill: drill.subject, events: drill.events }),
    subscribe: (listener) =>
      drill.subscribe(() => {
        listener();
      }),
    fail: (name, death) => drill.fail([name], death),
    giveBack: (name) => drill.return([name]),
    hold: refuseGate,
    release: refuseGate,
  };
}

function refuseGate(): never {
  throw new InputError("gate: this drill has none, so failback can be neither held nor released");
}
