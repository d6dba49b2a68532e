import { everyFaultOf } from "../../routing/graph/everyFault";
import { faultClassOf } from "../../routing/graph/faultClass";
import { FaultNames } from "../../routing/graph/faultNames";
import type { Fault } from "../../routing/graph/faults";
import type { StackModel } from "../../routing/graph/stackModel";
import { titled } from "../story/wording";
import type { DrillFault } from "./drillRun";
import type { DrilledName } from "./inventory";

/**
 * What can be made to fail: places, databases, endpoints, and checks that report unhealthy. What only a check
 * watches, such as an alarm or its region, is left out: its check can be made to fail.
 *
 * @param regionNames the name of each region, by its code
 */
export function drillFaultsOf(
  model: StackModel,
  { name, type }: DrilledName,
  regionNames: ReadonlyMap<string, string>,
): readonly DrillFault[] {
  const names = new FaultNames(model);
  const served = new Set(
    model.route53
      .reachable(name, type)
      .flatMap((record) => model.endpointsOf(record))
      .flatMap(({ urn }) => [urn, ...model.reliance.databasesOf(urn)]),
  );
  const regionAt = (urn: string | undefined): string | undefined => {
    const resource = urn === undefined ? undefined : model.graph.get(urn);
    return resource && model.placements.of(resource).region;
  };
  const regions = new Set([...served].map(regionAt));
  const faults = everyFaultOf(model, name, type).filter(
    (fault) =>
      (fault.kind !== "check" || fault.says !== "healthy") &&
      (fault.kind !== "resource" || fault.urns.some((urn) => served.has(urn))) &&
      (fault.kind !== "region" || regions.has(fault.name)),
  );
  const regionOf = (fault: Fault): string | undefined =>
    "urns" in fault ? regionAt(fault.urns[0]) : undefined;
  const kindOf = (fault: Fault): DrillFault["kind"] => faultClassOf(model, fault);
  const isOnlyDatabase = (region: string): boolean =>
    faults.filter((one) => kindOf(one) === "database" && regionOf(one) === region).length === 1;
  const labelOf = (fault: Fault): string => {
    const named = (code: string): string => titled(regionNames.get(code) ?? code);
    if (fault.kind === "region" && regionNames.has(fault.name)) {
      return `${named(fault.name)} (${fault.name})`;
    }
    const region = regionOf(fault);
    if (kindOf(fault) === "database" && region !== undefined && isOnlyDatabase(region)) {
      return `${named(region)}'s database`;
    }
    return names.of(fault).replace(/^check:/, "");
  };
  return faults.map((fault) => ({
    name: names.of(fault),
    label: labelOf(fault),
    kind: kindOf(fault),
  }));
}
