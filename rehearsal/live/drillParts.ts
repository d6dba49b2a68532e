import { checkerRegions } from "../../routing/graph/checkerRegions";
import { DrillAddresses } from "./addresses";
import { DrillClock } from "./clock";
import type { DrillOrder } from "./drillOrder";
import type { DrillPrediction } from "./drillRun";
import { drillFaultsOf } from "./drillFaults";
import type { DrillGate } from "./gate/drillGate";
import { drillGateOf, gateQuestions } from "./gate/drillGate";
import type { Inventory } from "./inventory";
import { drillInventoryOf } from "./inventory";
import { lampNoticesLaterSeconds, lampPlansOf } from "./lamp/lampServers";
import { needLampPrograms } from "./lamp/programs";
import { Predictor } from "./predictions";
import { PresentFaults } from "./presentFaults";
import { Replies } from "./replies";
import { DrillServers } from "./servers";

/** What a drill consists of before it begins: its servers listen. */
export interface DrillParts {
  readonly inventory: Inventory;
  readonly predictor: Predictor;
  /** Of each fault alone. */
  readonly predictions: readonly DrillPrediction[];
  readonly clock: DrillClock;
  readonly faults: PresentFaults;
  readonly replies: Replies;
  readonly servers: DrillServers;
  readonly addresses: DrillAddresses;
  /** Absent for a stack without an attached gate. */
  readonly drillGate?: DrillGate;
}

/**
 * Predicts each fault and opens the servers.
 *
 * @throws InputError if the records have faults, or the addresses and ports cannot be used
 */
export async function openedParts(order: DrillOrder): Promise<DrillParts> {
  const { model, seed } = order;
  const addresses = new DrillAddresses(order.address);
  const drillGate = drillGateOf(model, order);
  const inventory = drillInventoryOf(model, order, drillGate ? gateQuestions(drillGate) : []);
  const real = order.app === "lamp" ? lampPlansOf(inventory.servers) : [];
  if (real.length > 0) needLampPrograms();
  const offered = drillFaultsOf(model, inventory, order.regionNames);
  const predictor = new Predictor({
    ...{ model, drilled: { name: order.name, type: order.type }, seed },
    noticesLaterSeconds: real.length > 0 ? lampNoticesLaterSeconds(order.speed) : 0,
  });
  const predictions = predictor.alone(offered.flatMap(({ name }) => model.faults([name])));
  const clock = new DrillClock(order.speed);
  const faults = new PresentFaults(model);
  const regions = new Map(
    checkerRegions.map((region, number) => [addresses.of("checkers", number), region]),
  );
  const replies = new Replies(model, faults, (address) => regions.get(address), drillGate);
  const servers = new DrillServers(inventory.servers, real, addresses, clock, replies);
  try {
    await servers.open(order.port);
    await servers.openApplication(model);
  } catch (error) {
    clock.stop();
    await servers.stop();
    throw error;
  }
  return {
    ...{ inventory, predictor, predictions, clock, faults, replies, servers, addresses },
    ...(drillGate ? { drillGate } : {}),
  };
}
