import type { GateFunctionSettings } from "../../../functions/gate/settings";
import { gateFunctionSettingsOf } from "../../../functions/gate/settings";
import type { StackModel } from "../../../routing/graph/stackModel";
import type { ModelGate } from "../../simulation/modelGate";
import { attachedGateOf, controllerVariablesOf } from "../../simulation/modelGate";
import type { DrilledName } from "../inventory";
import { GateBucket } from "./gateBucket";

/** The gate of a drill before its controller runs: as the stack has it, with a bucket of the drill. */
export interface DrillGate {
  readonly gate: ModelGate;
  readonly settings: GateFunctionSettings;
  readonly bucket: GateBucket;
}

/** A drill calls no AWS, so its controller needs no credentials; the settings must have some. */
const noCredentials = { AWS_ACCESS_KEY_ID: "drill", AWS_SECRET_ACCESS_KEY: "drill" };

/**
 * The gate that decides about a name; undefined for a stack without an attached one.
 *
 * @throws InputError if the settings of its function cannot be used
 */
export function drillGateOf(model: StackModel, { name, type }: DrilledName): DrillGate | undefined {
  const gate = attachedGateOf(model, name, type);
  if (!gate) return undefined;
  const variables = Object.fromEntries(controllerVariablesOf(model));
  const settings = gateFunctionSettingsOf({
    ...variables,
    ...noCredentials,
    AWS_REGION: gate.region,
    AWS_LAMBDA_FUNCTION_NAME: gate.functionName,
  });
  return { gate, settings, bucket: new GateBucket() };
}

/** The names that the controller asks for: the drill needs the checks behind their answers. */
export function gateQuestions({ gate }: DrillGate): readonly DrilledName[] {
  const { liveName, regionNames, signalNames } = gate;
  return [
    ...[liveName, ...regionNames.primary, ...regionNames.standby].map((name) => ({
      name,
      type: "A",
    })),
    ...Object.values(signalNames).map((name) => ({ name, type: "TXT" })),
  ];
}
