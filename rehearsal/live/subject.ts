import { decidersOf, everyFaultOf } from "../../routing/graph/everyFault";
import type { Fault } from "../../routing/graph/faults";
import type { StackModel } from "../../routing/graph/stackModel";
import { aliasedName, canonicalNameOf } from "../../routing/model";
import type { Group, RecordSet } from "../../routing/model";
import { valuesOf } from "../../routing/view";
import { FaultNames } from "../proof/faultNames";
import { faultClassOf } from "../proof/faultRates";
import { policyWord } from "../story/tree";
import { titled } from "../story/wording";
import type { DrillCheck, DrillFault, DrillGroup, DrillMember } from "./drillRun";

/** The name and type that a drill asks for. */
export interface DrillQuestion {
  readonly name: string;
  readonly type: string;
}

/**
 * The records below a name as a tree, each group in full wherever it occurs.
 *
 * @param endpointOf the id of the endpoint at a value of a record
 */
export function drillTreeOf(
  { route53 }: Pick<StackModel, "route53">,
  { name, type }: DrillQuestion,
  endpointOf: (record: RecordSet, value: string) => string,
): DrillGroup {
  return groupOf(route53.rootOf(name, type), name, name);

  function groupOf(group: Group, id: string, named: string): DrillGroup {
    return { id, name: named, members: inOrder(group).map((record) => memberOf(record, id)) };
  }

  function memberOf(record: RecordSet, groupId: string): DrillMember {
    const next = route53.next(record, type);
    const named = aliasedName(record) ?? canonicalNameOf(record) ?? record.name;
    const step = record.setIdentifier ?? record.policy.kind;
    return {
      record: record.id,
      role: policyWord(record),
      ...(record.checkId === undefined ? {} : { check: record.checkId }),
      ...(next
        ? { group: groupOf(next, `${groupId}/${step}`, named), endpoints: [] }
        : { endpoints: valuesOf(record).map((value) => endpointOf(record, value)) }),
    };
  }
}

/** The primary first; other groups have no order but that of their records. */
function inOrder(group: Group): Group {
  const isSecondary = ({ policy }: RecordSet): number =>
    policy.kind === "failover" && policy.role === "SECONDARY" ? 1 : 0;
  return [...group].sort((a, b) => isSecondary(a) - isSecondary(b));
}

/** The checks behind the answers of a name, with whether checkers probe for each. */
export function drillChecksOf(
  model: StackModel,
  { name, type }: DrillQuestion,
): readonly DrillCheck[] {
  return decidersOf(model, name, type).checks.map(({ id, label, kind }) => ({
    id,
    label,
    isProbed: kind === "endpoint",
  }));
}

/**
 * What can be made to fail: places, databases, endpoints, and checks that report unhealthy. What only a check
 * watches, such as an alarm, is left out: its check can be made to fail.
 *
 * @param regionNames the name of each region, by its code
 */
export function drillFaultsOf(
  model: StackModel,
  { name, type }: DrillQuestion,
  regionNames: ReadonlyMap<string, string>,
): readonly DrillFault[] {
  const names = new FaultNames(model);
  const served = new Set(
    model.route53
      .reachable(name, type)
      .flatMap((record) => model.endpointsOf(record))
      .flatMap(({ urn }) => [urn, ...model.reliance.databasesOf(urn)]),
  );
  const faults = everyFaultOf(model, name, type).filter(
    (fault) =>
      (fault.kind !== "check" || fault.says !== "healthy") &&
      (fault.kind !== "resource" || fault.urns.some((urn) => served.has(urn))),
  );
  const regionOf = (fault: Fault): string | undefined => {
    const [urn] = "urns" in fault ? fault.urns : [];
    const resource = urn === undefined ? undefined : model.graph.get(urn);
    return resource && model.placements.of(resource).region;
  };
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
