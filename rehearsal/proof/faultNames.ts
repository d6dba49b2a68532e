import { everyFaultOf } from "../../routing/graph/everyFault";
import type { Fault } from "../../routing/graph/faults";
import { awsTypes } from "../../routing/graph/types";
import type { StackModel } from "../../routing/graph/stackModel";
import type { Situation } from "./faultSpace";

/**
 * Faults by the names that `failover resolve --fail` accepts: a resource's name if it is unique in the
 * stack, else its URN.
 */
export class FaultNames {
  private readonly counts = new Map<string, number>();

  constructor(private readonly model: StackModel) {
    for (const { name } of model.graph.resources) {
      this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
    }
  }

  of(fault: Fault): string {
    if (!("urns" in fault)) return fault.name;
    const [urn = fault.name] = fault.urns;
    if (fault.kind === "resource") return this.isOnly(urn) ? this.nameOf(urn) : urn;
    const check = this.isOnlyCheck(urn) ? this.nameOf(urn) : urn;
    return `check:${check}${fault.says === "healthy" ? "=healthy" : ""}`;
  }

  /** The command that shows the answers of a name in a situation. */
  replay({ faults, unknown }: Situation, name: string, type: string, source: string): string {
    const assumed = [...unknown, ...this.healthyOutside(faults, name, type)];
    const options = [
      ...(faults.length > 0 ? [`--fail ${faults.map((fault) => this.of(fault)).join(",")}`] : []),
      ...(assumed.length > 0 ? [`--assume ${assumptionsOf(new Map(assumed)).join(",")}`] : []),
    ];
    return ["failover resolve", name, type, source, ...options].join(" ");
  }

  /** What a proof takes for healthy because its fault has not happened, and `resolve` for unknown. */
  private healthyOutside(
    faults: readonly Fault[],
    name: string,
    type: string,
  ): readonly (readonly [name: string, isHealthy: boolean])[] {
    const state = this.model.under(faults);
    const fallible = new Set(
      everyFaultOf(this.model, name, type).flatMap((fault) =>
        fault.kind === "outside" ? fault.name : [],
      ),
    );
    return this.model
      .askersOf(name, type)
      .flatMap((asker) => state.unknownsOf(name, type, asker))
      .filter(({ outside }) => outside !== undefined && fallible.has(outside))
      .map((unknown) => [unknown.name, true] as const);
  }

  private nameOf(urn: string): string {
    return this.model.graph.get(urn)?.name ?? urn;
  }

  private isOnly(urn: string): boolean {
    const name = this.nameOf(urn);
    const { placements, outsideNames } = this.model;
    return (
      this.counts.get(name) === 1 &&
      placements.kindOf(name) === undefined &&
      !outsideNames.has(name)
    );
  }

  private isOnlyCheck(urn: string): boolean {
    const name = this.nameOf(urn);
    const checks = this.model.graph.ofType(awsTypes.healthCheck);
    return checks.filter((check) => check.name === name).length === 1;
  }
}

/** What was not read, in the form that `--assume` accepts. */
export function assumptionsOf(unknown: Situation["unknown"]): readonly string[] {
  return [...unknown].map(([name, healthy]) => `${name}=${healthy ? "healthy" : "unhealthy"}`);
}
