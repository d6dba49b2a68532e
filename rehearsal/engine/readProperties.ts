import type { Resource, UnknownReason } from "../../routing/graph/resource";
import { secretPlaceIn } from "./secretPlaceholders";
import { toProperties } from "./wire";
import type { WireProperties } from "./wire";

/** What a resource has, as far as it can be read, and why the rest cannot. */
export function readProperties(
  stack: string,
  inputs: WireProperties,
  outputs: WireProperties,
): Pick<Resource, "inputs" | "outputs" | "unknown" | "secretPlace"> {
  const unknown: Record<string, UnknownReason> = {};
  const read = {
    inputs: toProperties(inputs, "inputs", unknown),
    outputs: toProperties(outputs, "outputs", unknown),
  };
  return Object.values(unknown).includes("encrypted")
    ? { ...read, unknown, secretPlace: secretPlaceIn(stack, [inputs, outputs]) }
    : { ...read, unknown };
}
