import { rm } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { TwoRegions } from "../harness/twoRegions";
import type { StoredRow } from "./ledger";
import type { SideName } from "./plan";

/** Destroys a whole region: web, database with its files, cache and journal replica. */
export async function destroy(side: SideName, two: TwoRegions): Promise<SideName> {
  const survivor: SideName = side === "oregon" ? "dublin" : "oregon";
  two.replication.linkIsUp = false;
  two[survivor].there.mode = "refused";
  const gone = two[side];
  gone.here.mode = gone.there.mode = "refused";
  await Promise.all([
    gone.region.killWeb(),
    gone.region.database.kill(),
    gone.region.redis.kill(),
    gone.dynamo.destroy(),
  ]);
  await rm(gone.region.database.dataFolder, { recursive: true, force: true });
  return survivor;
}

/** Drains the orders that the surviving region has not stored yet. */
export async function drainOut(two: TwoRegions, survivor: SideName): Promise<void> {
  for (let pass = 0; pass < 60; pass++) {
    // A pass fails while a breaker is still open.
    const report = await two[survivor].region.drain().catch(() => undefined);
    if (report?.undrained === 0) return;
    await sleep(500);
  }
  throw new Error(`${survivor}: the journal is not empty after 60 passes`);
}

/** The bodies in a region: orders that are made, and bodies that are kept aside. */
export async function keptIn(
  two: TwoRegions,
  side: SideName,
): Promise<{ readonly made: StoredRow[]; readonly aside: StoredRow[] }> {
  const rows = async (table: string): Promise<StoredRow[]> => {
    const text = await two[side].region.database.query(
      `SELECT id, total_cents, HEX(body) FROM ${table}`,
    );
    const lines = text.split("\n").filter((line) => line !== "");
    return lines.map((line) => {
      const [id = "", cents = "", hex = ""] = line.split("\t");
      return { id, totalCents: Number(cents), body: Buffer.from(hex, "hex").toString() };
    });
  };
  return { made: await rows("orders"), aside: await rows("order_conflicts") };
}
