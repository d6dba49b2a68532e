import type { Fault } from "./faults";
import type { StackModel } from "./stackModel";
import { awsTypes } from "./types";

/**
 * Faults by the names that `failover resolve --fail` accepts: a resource's name if it is unique in the
 * stack, else its URN.
 */
export class FaultNames {
  private readonly counts = new Map<string, number>();

  constructor(readonly model: StackModel) {
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
