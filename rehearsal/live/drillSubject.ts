import { serverOf, isProbed } from "./inventory";
import type { Inventory } from "./inventory";
import type { DrillOrder } from "./drillOrder";
import type { DrillCheck, DrillPrediction, DrillSubject } from "./drillRun";
import type { DrillServers } from "./servers";
import { drillTreeOf } from "./drillTree";
import { drillFaultsOf } from "./drillFaults";
import { differencesOf } from "./differences";

/** What a drill is of, as the page and a saved run have it. */
export function drillSubjectOf(
  order: DrillOrder,
  inventory: Inventory,
  servers: DrillServers,
  predictions: readonly DrillPrediction[],
  nameServer: DrillSubject["nameServer"],
): DrillSubject {
  const { model, title, name, type, app, speed, seed } = order;
  return {
    schemaVersion: 1,
    ...{ title, name, type, app, speed, seed },
    startedAt: order.startedAt.toISOString(),
    nameServer: { address: nameServer.address, port: nameServer.port },
    tree: drillTreeOf(model, inventory, (record, value) => serverOf(model, { record, value })),
    endpoints: inventory.servers.map(({ id, label, declared, availabilityZone, region }) => ({
      ...{ id, label, declared },
      ...(availabilityZone === undefined ? {} : { availabilityZone }),
      ...(region === undefined ? {} : { region }),
      address: servers.addressOf(id) ?? "",
      port: servers.port,
    })),
    checks: drillChecksOf(inventory),
    faults: drillFaultsOf(model, inventory, order.regionNames),
    predictions,
    objectives: [...order.objectives].map(([objective, targetSeconds]) => ({
      name: objective,
      targetSeconds,
    })),
    ...(order.unread.length > 0 ? { unread: order.unread } : {}),
    differences: [...order.unread, ...differencesOf(model, inventory, order)],
  };
}

/** The checks behind the answers, with whether checkers probe for each. */
export function drillChecksOf({ checks }: Inventory): readonly DrillCheck[] {
  return checks.map((check) => ({ id: check.id, label: check.label, isProbed: isProbed(check) }));
}
