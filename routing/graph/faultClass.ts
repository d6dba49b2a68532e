import type { Fault } from "./faults";
import type { StackModel } from "./stackModel";
import { awsTypes } from "./types";

/** Classes of faults, by what fails. */
export type FaultClass = "region" | "availabilityZone" | "endpoint" | "database" | "check";

const databaseTypes: readonly string[] = [awsTypes.database, awsTypes.databaseCluster];

/** The class of a fault: what is at an address or name that no resource stands for is an endpoint. */
export function faultClassOf(model: StackModel, fault: Fault): FaultClass {
  if (fault.kind === "outside") return "endpoint";
  if (fault.kind !== "resource") return fault.kind;
  const types = fault.urns.map((urn) => model.graph.get(urn)?.type);
  return types.some((type) => type !== undefined && databaseTypes.includes(type))
    ? "database"
    : "endpoint";
}
