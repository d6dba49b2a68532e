import { gateEventOf } from "./events";
import { gateFunctionSettingsOf } from "./settings";
import type { GateState } from "./state";

/** The Lambda handler, invoked every minute, by alerts, and by `failover hold` and `release`. */
export function handler(event: unknown): Promise<GateState> {
  const settings = gateFunctionSettingsOf(process.env);
  gateEventOf(event, settings.tickTopicArns);
  return Promise.reject(new Error("the run follows"));
}
