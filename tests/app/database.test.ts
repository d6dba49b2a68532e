import { expect } from "chai";
import { anOrder, place } from "./harness/customer";
import { needParts, REGION_PARTS } from "./harness/parts";
import { startTwoRegions, type TwoRegions } from "./harness/twoRegions";
import { until } from "./harness/workshop";

const TRANSACTIONS = "SELECT trx_id FROM information_schema.innodb_trx";

describe("a transaction abandoned by its request", function () {
  this.timeout(90_000);
  let two: TwoRegions;

  before(async function () {
    needParts(this, REGION_PARTS);
    two = await startTwoRegions(true);
  });

  after(async () => {
    await (two as TwoRegions | undefined)?.close();
  });

  it("ends after a timeout, so that the customer's next attempt is not refused for ever", async () => {
    const { region } = two.oregon;
    const { database, databaseLink } = region;
    if (databaseLink === undefined)
      throw new Error("the regions were started without that network");
    const order = anOrder();
    expect((await place(region.origin, anOrder())).status).to.equal(201);
    // Slow, to catch it in the middle, and then hung: MySQL keeps waiting for the next statement.
    databaseLink.mode = "slow";
    const placed = place(region.origin, order);
    await until(
      "a transaction is open",
      10_000,
      async () => (await database.query(TRANSACTIONS)) !== "",
    );
    databaseLink.mode = "hung";
    expect((await placed).status).to.equal(503);
    databaseLink.mode = "ok";
    await until(
      "no transaction is open",
      20_000,
      async () => (await database.query(TRANSACTIONS)) === "",
    );
    await until("the order is taken", 20_000, async () => {
      return (await place(region.origin, order)).status === 201;
    });
  });
});
