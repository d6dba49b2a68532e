import { expect } from "chai";
import { setTimeout as sleep } from "node:timers/promises";
import { anOrder, place } from "./harness/customer";
import { useTwoRegions, type TwoRegions } from "./harness/twoRegions";
import { until } from "../../rehearsal/live/lamp/waiting";

/**
 * InnoDB's own report. `information_schema.innodb_trx` would show an old state to whoever asks again within 0.1 s, for
 * ever: InnoDB renews what it shows there only when nobody has read it for so long.
 */
const TRANSACTIONS = "SHOW ENGINE INNODB STATUS";

/** The pause between two looks: each starts a client, and a transaction in a slow network stays open for longer. */
const LOOK_EVERY_MS = 100;

describe("a transaction abandoned by its request", function () {
  let two: TwoRegions;

  useTwoRegions(
    (started) => {
      two = started;
    },
    { databaseLinked: true },
  );

  it("ends after a timeout, so that the customer's next attempt is not refused for ever", async () => {
    const { region } = two.oregon;
    const { database, databaseLink } = region;
    if (databaseLink === undefined)
      throw new Error("the regions were started without that network");
    const isOpen = async () => {
      const report = await database.query(TRANSACTIONS);
      expect(report).to.contain("LIST OF TRANSACTIONS");
      return /---TRANSACTION \d+, ACTIVE/.test(report);
    };
    const looked = async () => {
      await sleep(LOOK_EVERY_MS);
      return isOpen();
    };
    expect((await place(region.origin, anOrder())).status).to.equal(201);
    let order = anOrder();
    // On a busy machine the look comes too late for the first orders.
    await until("a transaction was abandoned", async () => {
      order = anOrder();
      let answered = false;
      // Slow, to catch it in the middle, and then hung: MySQL keeps waiting for the next statement.
      databaseLink.mode = "slow";
      const placed = place(region.origin, order).finally(() => (answered = true));
      await until("a transaction is open, or was", async () => answered || (await looked()));
      databaseLink.mode = "hung";
      const { status } = await placed;
      const abandoned = await isOpen();
      databaseLink.mode = "ok";
      if (!abandoned) await region.forgetState();
      return abandoned && status === 503;
    });
    await until("no transaction is open", async () => !(await looked()));
    await until("the order is taken", async () => {
      return (await place(region.origin, order)).status === 201;
    });
  });
});
