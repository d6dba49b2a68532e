import { everyFaultOf } from "../../routing/graph/everyFault";
import type { Fault } from "../../routing/graph/faults";
import type { StackModel } from "../../routing/graph/stackModel";

/** The situations in which answers are compared: no fault first, then each alone, then pairs. */
export function situationsOf(
  model: StackModel,
  name: string,
  type: string,
): readonly (readonly Fault[])[] {
  const faults = everyFaultOf(model, name, type).filter(isFailure);
  const losses = faults.filter(({ kind }) => kind !== "check");
  const paired = losses.length <= pairedMax ? losses : losses.filter(isRegion);
  return [[], ...faults.map((fault) => [fault]), ...pairsOf(paired)];
}

/** Up to this many faults, every pair of them is tried; above it, pairs of regions. */
const pairedMax = 40;

/** A check that reports unhealthy stands for an endpoint that the model does not have. */
function isFailure(fault: Fault): boolean {
  return fault.kind !== "check" || fault.says === undefined || fault.says === "unhealthy";
}

function isRegion({ kind }: Fault): boolean {
  return kind === "region";
}

function pairsOf<T>(items: readonly T[]): readonly (readonly T[])[] {
  return items.flatMap((one, index) => items.slice(index + 1).map((other) => [one, other]));
}
