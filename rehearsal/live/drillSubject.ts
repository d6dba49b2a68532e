import { serverOf, isProbed } from "./inventory";
import type { Inventory } from "./inventory";
import type { DrillOrder } from "./drillOrder";
import type { DrillPrediction, DrillSubject } from "./drillRun";
import type { DrillServers } from "./servers";
import { recordTree } from "./recordTree";
import { faultsOffered } from "./faultsOffered";
import { differencesOf } from "./differences";

/** What a drill is of, as the page and a saved run have it. */
export function drillSubjectOf(
  order: DrillOrder,
  inventory: Inventory,
  servers: DrillServers,
  predictions: readonly DrillPrediction[],
  nameServer: DrillSubject["nameServer"],
): DrillSubject {
  const { model, title, name, type, speed, seed } = order;
  return {
    schemaVersion: 1,
    ...{ title, name, type, speed, seed },
    startedAt: order.startedAt.toISOString(),
    nameServer: { address: nameServer.address, port: nameServer.port },
    tree: recordTree(model.route53, inventory.root, type, (record, value) =>
      serverOf(model, { record, value }),
    ),
    endpoints: inventory.servers.map(({ id, label, declared, availabilityZone, region }) => ({
      ...{ id, label, declared },
      ...(availabilityZone === undefined ? {} : { availabilityZone }),
      ...(region === undefined ? {} : { region }),
      address: servers.addressOf(id) ?? "",
      port: servers.port,
    })),
    checks: inventory.checks.map((check) => ({
      id: check.id,
      label: check.label,
      isProbed: isProbed(check),
    })),
    faults: faultsOffered(model, inventory, order.regionNames),
    predictions,
    objectives: [...order.objectives].map(([objective, targetSeconds]) => ({
      name: objective,
      targetSeconds,
    })),
    differences: [...order.unread, ...differencesOf(model, inventory, speed)],
  };
}
