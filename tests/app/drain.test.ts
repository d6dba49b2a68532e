import { expect } from "chai";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { anOrder, place, placeSynthetic, type OrderInput } from "./harness/customer";
import { SYNTHETIC, TABLES } from "../../rehearsal/live/lamp/dynamo";
import { useTwoRegions, type Side, type TwoRegions } from "./harness/twoRegions";
import { until } from "../../rehearsal/live/lamp/waiting";
import { canonicalBody } from "./loss/ledger";

describe("the drain and the hourly comparison", function () {
  let two: TwoRegions;
  let oregon: Side;
  let dublin: Side;

  useTwoRegions((started) => {
    two = started;
    ({ oregon, dublin } = two);
  });

  beforeEach(async () => {
    two.replication.linkIsUp = true;
    for (const side of [oregon, dublin]) {
      side.here.mode = side.there.mode = "ok";
      await side.region.forgetState();
    }
    // Draining empties the journal; then MySQL is emptied.
    await quiet();
    for (const side of [oregon, dublin]) {
      await side.region.drain();
      await side.region.database.query(
        "DELETE FROM orders; DELETE FROM outbox; DELETE FROM order_conflicts",
      );
    }
    await quiet();
  });

  const sql = async (side: Side, query: string) => (await side.region.database.query(query)).trim();
  const quiet = async () => {
    await until("replication has caught up", () => two.replication.isQuiet());
  };

  async function placeMany(side: Side, count: number): Promise<readonly OrderInput[]> {
    const orders = Array.from({ length: count }, (_, n) => anOrder({ note: `order ${n}` }));
    for (const order of orders)
      expect((await place(side.region.origin, order)).status).to.equal(201);
    return orders;
  }

  const hashOf = (order: OrderInput) =>
    createHash("sha256").update(canonicalBody(order)).digest("hex");

  /** Puts an order directly into the journal, as the other region's application would. */
  async function journal(order: OrderInput, changes: object = {}): Promise<void> {
    const body = canonicalBody(order);
    await dublin.dynamo.call("PutItem", {
      TableName: TABLES.journal,
      Item: {
        id: { S: order.id },
        body: { S: body },
        bodyHash: { S: hashOf(order) },
        totalCents: { N: "920" },
        synthetic: { BOOL: false },
        acceptedRegion: { S: "us-west-2" },
        acceptedMs: { N: String(Date.now() - 90_000) },
        undrainedRegion: { S: "eu-west-1" },
        ...changes,
      },
    });
  }

  it("stores the journal's orders, with body and time as accepted, and reports the counts", async () => {
    const [order] = await placeMany(oregon, 1);
    const report = await dublin.region.drain();
    expect(report).to.include({ stored: 1, undrained: 0, journalOldestSeconds: 0 });
    const columns = "SELECT body, accepted_region, accepted_ms FROM orders";
    expect(await sql(dublin, columns)).to.equal(await sql(oregon, columns));
    expect(await sql(dublin, "SELECT body FROM orders")).to.equal(
      canonicalBody(order ?? anOrder()),
    );
    expect(await dublin.region.drain()).to.include({ stored: 0, undrained: 0 });
  });

  it("stores everything once when five passes run at the same time", async () => {
    await placeMany(oregon, 25);
    await Promise.all([1, 2, 3, 4, 5].map(async () => dublin.region.startDrain().ended));
    expect(await sql(dublin, "SELECT COUNT(*) FROM orders")).to.equal("25");
    expect(await dublin.region.drain()).to.include({ undrained: 0 });
  });

  it("continues where a killed pass stopped", async () => {
    await placeMany(oregon, 25);
    for (let n = 0; n < 12; n++) {
      const drain = dublin.region.startDrain();
      await new Promise((resolve) => setTimeout(resolve, 30 + 8 * n));
      drain.signal("SIGKILL");
      await drain.ended;
    }
    await dublin.region.drain();
    const same = "SELECT COUNT(*), MD5(GROUP_CONCAT(id, body ORDER BY id)) FROM orders";
    expect(await sql(dublin, same)).to.equal(await sql(oregon, same));
  });

  it("keeps another body under a known number aside, and the first one unchanged", async () => {
    const [order = anOrder()] = await placeMany(dublin, 1);
    await quiet();
    await journal({ ...order, name: "Eve" }, { acceptedMs: { N: String(Date.now() + 1000) } });
    expect(await dublin.region.drain()).to.include({ stored: 1, conflicts: 1 });
    expect(await sql(dublin, "SELECT body FROM orders")).to.equal(canonicalBody(order));
    const aside = await sql(dublin, `SELECT body FROM order_conflicts WHERE id = '${order.id}'`);
    expect(aside).to.equal(canonicalBody({ ...order, name: "Eve" }));
  });

  it("makes the body that was accepted first, in both regions, and keeps the other aside in both", async () => {
    two.replication.linkIsUp = false;
    const first = anOrder();
    const second = { ...first, name: "Eve" };
    for (const side of [oregon, dublin]) side.there.mode = "refused";
    expect((await place(oregon.region.origin, first)).status).to.equal(202);
    expect((await place(dublin.region.origin, second)).status).to.equal(202);
    for (const side of [oregon, dublin]) {
      side.there.mode = "ok";
      await side.region.forgetState();
    }
    two.replication.linkIsUp = true;
    for (let pass = 0; pass < 3; pass++) {
      for (const side of [oregon, dublin]) await side.region.drain("--now");
      await quiet();
    }
    for (const side of [oregon, dublin]) {
      expect(await sql(side, "SELECT body FROM orders")).to.equal(canonicalBody(first));
      expect(await sql(side, "SELECT body FROM order_conflicts")).to.equal(canonicalBody(second));
      expect(await sql(side, "SELECT COUNT(*) FROM outbox")).to.equal("0");
      // The order that is made is confirmed, and the other is refused.
      expect((await place(side.region.origin, first)).status).to.equal(201);
      expect((await place(side.region.origin, second)).status).to.equal(409);
      await side.region.drain("--compare-now");
    }
    await quiet();
    expect((await oregon.region.drain("--compare-now")).regionsDiffer).to.equal(0);
    expect(readFileSync(dublin.region.log("metrics.log"), "utf8")).to.contain('"OrderConflicts":1');
  });

  it("skips an item whose body does not match its hash, and stores its neighbours", async () => {
    const damaged = anOrder();
    await journal(damaged, { body: { S: '{"name":"Mallory"}' } });
    const whole = anOrder();
    await journal(whole);
    await dublin.region.drain();
    expect(await sql(dublin, "SELECT id FROM orders")).to.equal(whole.id);
    await dublin.dynamo.call("DeleteItem", {
      TableName: TABLES.journal,
      Key: { id: { S: damaged.id }, bodyHash: { S: hashOf(damaged) } },
    });
  });

  it("reports the age of the oldest order that one region lacks, and null when it is unknown", async () => {
    oregon.there.mode = "refused";
    const placedMs = Date.now();
    await place(oregon.region.origin, anOrder());
    await oregon.region.database.query("UPDATE outbox SET created_ms = created_ms - 100000");
    const { journalOldestSeconds: seconds } = await oregon.region.drain();
    expect(seconds).to.be.within(100, 101 + (Date.now() - placedMs) / 1000);
    const metrics = new RegExp(
      `"JournalOldestSeconds":${seconds},"_aws":.*"Namespace":"Cafe\\\\/Orders","Dimensions":\\[\\["Deployment"\\]\\]`,
    );
    expect(readFileSync(oregon.region.log("metrics.log"), "utf8")).to.match(metrics);
    oregon.here.mode = "refused";
    await oregon.region.startDrain().ended;
    const status = await oregon.region.status();
    expect(status.json).to.have.nested.property("journal.oldestSeconds", null);
  });

  it("finds hours that differ, transfers the orders missing in either region, and then agrees", async () => {
    await placeMany(oregon, 5);
    await placeMany(dublin, 5);
    for (const side of [oregon, dublin]) await side.region.drain("--compare-now");
    await quiet();
    for (const side of [oregon, dublin]) {
      expect((await side.region.drain("--compare-now")).regionsDiffer).to.equal(0);
    }
    // Each loses orders that the journal does not list as undrained, as after a restored backup.
    await oregon.region.database.query("DELETE FROM orders LIMIT 2");
    await dublin.region.database.query("DELETE FROM orders ORDER BY id DESC LIMIT 3");
    const differ: (number | null)[] = [];
    for (let pass = 0; pass < 3; pass++) {
      for (const side of [oregon, dublin]) {
        differ.push((await side.region.drain("--compare-now")).regionsDiffer);
        await quiet();
      }
    }
    expect(differ[0]).to.equal(1);
    expect(differ.slice(-2)).to.deep.equal([0, 0]);
    expect(await sql(oregon, "SELECT COUNT(*) FROM orders")).to.equal("10");
    expect(await sql(dublin, "SELECT COUNT(*) FROM orders")).to.equal("10");
  });

  it("settles on the earlier time when both regions accepted an order in different hours", async () => {
    two.replication.linkIsUp = false;
    for (const side of [oregon, dublin]) side.there.mode = "refused";
    const order = anOrder();
    for (const side of [oregon, dublin]) {
      expect((await place(side.region.origin, order)).status).to.equal(202);
    }
    await oregon.region.database.query("UPDATE orders SET accepted_ms = accepted_ms - 7200000");
    for (const side of [oregon, dublin]) {
      side.there.mode = "ok";
      await side.region.forgetState();
    }
    two.replication.linkIsUp = true;
    for (let pass = 0; pass < 4; pass++) {
      for (const side of [oregon, dublin]) {
        await side.region.drain("--now", "--compare-now");
        await quiet();
      }
    }
    const times = "SELECT accepted_ms FROM orders";
    expect(await sql(dublin, times)).to.equal(await sql(oregon, times));
    expect((await oregon.region.drain("--compare-now")).regionsDiffer).to.equal(0);
  });

  it("counts every hour as differing while the other region has no recent summary", async () => {
    await dublin.dynamo.call("DeleteItem", {
      TableName: TABLES.journal,
      Key: { id: { S: "summary#us-west-2" }, bodyHash: { S: "-" } },
    });
    const { regionsDiffer } = await dublin.region.drain("--compare");
    expect(regionsDiffer).to.equal(48);
  });

  it("drops synthetic orders after a week, and no others", async () => {
    for (let n = 0; n < 2; n++) {
      await placeSynthetic(oregon.region.origin, anOrder(), SYNTHETIC.secret);
    }
    await place(oregon.region.origin, anOrder());
    await oregon.region.database.query(
      "UPDATE orders SET accepted_ms = accepted_ms - 8 * 86400000 WHERE synthetic = FALSE;" +
        "UPDATE orders SET accepted_ms = accepted_ms - 8 * 86400000 WHERE synthetic = TRUE LIMIT 1",
    );
    await oregon.region.drain("--compare");
    const left = "SELECT synthetic, COUNT(*) FROM orders GROUP BY synthetic";
    expect(await sql(oregon, left)).to.equal("0\t1\n1\t1");
  });
});
