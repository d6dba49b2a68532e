import type { StackModel } from "../../routing/graph/stackModel";
import type { DrillFault } from "./drillRun";
import type { Inventory } from "./inventory";

/** What a drill offers to make fail: the places and databases behind the name, its endpoints and checks. */
export function faultsOffered(
  model: StackModel,
  { servers, checks }: Inventory,
  regionNames: ReadonlyMap<string, string>,
): readonly DrillFault[] {
  const regions = [...new Set(servers.flatMap(({ region }) => region ?? []))];
  const zones = [...new Set(servers.flatMap(({ availabilityZone }) => availabilityZone ?? []))];
  const regionWord = (region: string): string => {
    const name = regionNames.get(region);
    return name === undefined ? region : `${name} (${region})`;
  };
  const databases = [
    ...new Set(servers.flatMap((one) => model.reliance.databasesOf(serverUrn(model, one)))),
  ];
  const offered = [
    ...zones.map((name): DrillFault => ({ name, label: name, kind: "availabilityZone" })),
    ...regions.map((name): DrillFault => ({ name, label: regionWord(name), kind: "region" })),
    ...databases.flatMap((urn): DrillFault[] => {
      const database = model.graph.get(urn);
      return database ? [{ name: database.name, label: database.name, kind: "database" }] : [];
    }),
    ...servers.map(({ label }): DrillFault => ({ name: label, label, kind: "endpoint" })),
    ...checks.map(({ label }): DrillFault => ({
      name: `check:${label}`,
      label: `${label} reports unhealthy`,
      kind: "check",
    })),
  ];
  return offered.filter(({ name }, index) => {
    const isFirst = offered.findIndex((one) => one.name === name) === index;
    return isFirst && isKnown(model, name);
  });
}

function serverUrn(model: StackModel, { id, answers }: Inventory["servers"][number]): string {
  const [first] = answers;
  return (first && model.endpointOfValue(first.record, first.value)?.urn) ?? id;
}

/** Whether the stack has a fault of that name: a label may be a text of no resource. */
function isKnown(model: StackModel, name: string): boolean {
  try {
    return model.faults([name]).length > 0;
  } catch {
    return false;
  }
}
