import { expect } from "chai";
import { setTimeout as sleep } from "node:timers/promises";
import { anOrder, ask, place } from "./harness/customer";
import { useTwoRegions, type TwoRegions } from "./harness/twoRegions";
import { startSide } from "./speed/side";

/** The time that a worker waits for this region's replica (app/src/Limits.php). */
const LOCAL_REPLICA_MS = 500;

describe("the connections to AWS that a worker keeps", function () {
  let two: TwoRegions;

  useTwoRegions((started) => {
    two = started;
  });

  /** Places orders one after the other; any worker may take them. */
  async function placeMany(count: number): Promise<{ confirmed: number; late: number }> {
    let [confirmed, late] = [0, 0];
    for (let n = 0; n < count; n++) {
      const { status, ms } = await place(two.oregon.region.origin, anOrder());
      if (status === 201) confirmed++;
      // This region's replica may be late although the order is confirmed.
      if (status !== 201 || ms >= LOCAL_REPLICA_MS) late++;
    }
    return { confirmed, late };
  }

  it("are one for each worker and endpoint, however many orders there are", async () => {
    const { here, there } = two.oregon;
    const { late } = await placeMany(96);
    // 24 workers, in turns; a late answer costs its connection.
    for (const link of [here, there]) {
      expect(link.requests).to.be.at.least(96 - late);
      expect(link.connections).to.be.at.most(24 + 2 * late);
    }
  });

  it("may be closed by the other side at any time: the order uses a new one", async () => {
    const { here, there } = two.oregon;
    for (const link of [here, there]) link.closeConnections();
    expect((await placeMany(24)).confirmed).to.be.at.least(22);
  });

  it("are given up after a late answer, so that no request gets the answer of another", async () => {
    const { here, region } = two.oregon;
    const orders = Array.from({ length: 8 }, () => anOrder());
    await two.dublin.region.drain();
    // Read from the journal only: Oregon's database never had them.
    for (const order of orders) await place(two.dublin.region.origin, order);
    here.mode = "slow";
    here.slowMs = 800;
    // Only two, so that the breaker stays closed and the same workers are used again.
    for (const { id } of orders.slice(0, 2)) {
      expect((await ask(`${region.origin}/orders/${id}`)).status).to.equal(503);
    }
    here.mode = "ok";
    await sleep(1000);
    const found = new Set<unknown>();
    for (let round = 0; round < 4; round++) {
      for (const { id } of orders) {
        // A busy machine may be late again and give no answer; another order's would be wrong.
        const { json, status } = await ask(`${region.origin}/orders/${id}`);
        if (status !== 200) continue;
        expect(json?.["id"]).to.equal(id);
        found.add(id);
      }
    }
    expect(found.size).to.be.at.least(4);
  });

  it("use TLS, and only with a certificate that can be verified", async () => {
    const [trusted, strange] = await Promise.all([startSide("near"), startSide("near", false)]);
    try {
      expect((await place(trusted.origin, anOrder())).status).to.equal(201);
      expect((await place(strange.origin, anOrder())).status).to.equal(202);
    } finally {
      await Promise.all([trusted.close(), strange.close()]);
    }
  });
});
