import { everyFaultOf } from "../../routing/graph/everyFault";
import type { FaultNames } from "../../routing/graph/faultNames";
import type { Fault } from "../../routing/graph/faults";
import type { StackModel } from "../../routing/graph/stackModel";
import type { Situation } from "./faultSpace";

/** A situation in words. */
export function situationText({ faults, unknown }: Situation, names: FaultNames): string {
  const parts = [...faults.map((fault) => names.of(fault)), ...assumptionsOf(unknown)];
  return parts.length > 0 ? parts.join(" + ") : "nothing failed";
}

/** The command that shows the answers of a name in a situation. */
export function replayCommand(
  names: FaultNames,
  { faults, unknown }: Situation,
  name: string,
  type: string,
  source: string,
): string {
  const assumed = [...unknown, ...healthyOutside(names.model, faults, name, type)];
  const options = [
    ...(faults.length > 0 ? [`--fail ${faults.map((fault) => names.of(fault)).join(",")}`] : []),
    ...(assumed.length > 0 ? [`--assume ${assumptionsOf(new Map(assumed)).join(",")}`] : []),
  ];
  return ["failover resolve", name, type, source, ...options].join(" ");
}

/** What a proof takes for healthy because its fault has not happened, and `resolve` for unknown. */
function healthyOutside(
  model: StackModel,
  faults: readonly Fault[],
  name: string,
  type: string,
): readonly (readonly [name: string, isHealthy: boolean])[] {
  const state = model.under(faults);
  const fallible = new Set(
    everyFaultOf(model, name, type).flatMap((fault) =>
      fault.kind === "outside" ? fault.name : [],
    ),
  );
  return model
    .askersOf(name, type)
    .flatMap((asker) => state.unknownsOf(name, type, asker))
    .filter(({ outside }) => outside !== undefined && fallible.has(outside))
    .map((unknown) => [unknown.name, true] as const);
}

/** What was not read, in the form that `--assume` accepts. */
function assumptionsOf(unknown: Situation["unknown"]): readonly string[] {
  return [...unknown].map(([name, healthy]) => `${name}=${healthy ? "healthy" : "unhealthy"}`);
}
