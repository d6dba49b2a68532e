import { expect } from "chai";
import { setTimeout as sleep } from "node:timers/promises";
import { anOrder, ask, place } from "./harness/customer";
import { needParts, REGION_PARTS } from "./harness/parts";
import { startTwoRegions, type TwoRegions } from "./harness/twoRegions";
import { startSide } from "./speed/side";

describe("the connections to AWS that a worker keeps", function () {
  this.timeout(60_000);
  let two: TwoRegions;

  before(async function () {
    needParts(this, REGION_PARTS);
    two = await startTwoRegions();
  });

  after(async () => {
    await (two as TwoRegions | undefined)?.close();
  });

  /** Places orders until every worker has had some, and returns their answers' statuses. */
  async function placeMany(count: number): Promise<ReadonlySet<number>> {
    const { origin } = two.oregon.region;
    const statuses = new Set<number>();
    const customers = Array.from({ length: 8 }, async () => {
      for (let n = 0; n < count / 8; n++) statuses.add((await place(origin, anOrder())).status);
    });
    await Promise.all(customers);
    return statuses;
  }

  it("are one for each worker and endpoint, however many orders there are", async () => {
    const { here, there } = two.oregon;
    expect([...(await placeMany(120))]).to.deep.equal([201]);
    expect(there.connections).to.be.at.most(24);
    expect(here.connections).to.be.at.most(24);
    expect(here.requests).to.be.at.least(120);
  });

  it("may be closed by the other side at any time: the order goes on a new one", async () => {
    const { here, there } = two.oregon;
    for (const link of [here, there]) link.closeConnections();
    expect([...(await placeMany(48))]).to.deep.equal([201]);
  });

  it("gives up a connection whose answer is late, so that no question gets another one's answer", async () => {
    const { here, region } = two.oregon;
    const orders = Array.from({ length: 8 }, () => anOrder());
    await two.dublin.region.drain();
    // Read from the journal alone: Oregon's database never had them.
    for (const order of orders) await place(two.dublin.region.origin, order);
    here.mode = "slow";
    here.slowMs = 800;
    // Two at a time, so that the breaker stays closed and the same workers come again.
    for (const { id } of orders.slice(0, 2)) {
      expect((await ask(`${region.origin}/orders/${id}`)).status).to.equal(503);
    }
    here.mode = "ok";
    await sleep(1000);
    for (let round = 0; round < 4; round++) {
      const answers = await Promise.all(
        orders.map(async ({ id }) => ask(`${region.origin}/orders/${id}`)),
      );
      expect(answers.map(({ json }) => json?.["id"])).to.deep.equal(orders.map(({ id }) => id));
    }
  });

  it("are by TLS, and only with a certificate that it can verify", async () => {
    const [trusted, strange] = await Promise.all([startSide("near"), startSide("near", false)]);
    try {
      expect((await place(trusted.origin, anOrder())).status).to.equal(201);
      expect((await place(strange.origin, anOrder())).status).to.equal(202);
    } finally {
      await Promise.all([trusted.close(), strange.close()]);
    }
  });
});
