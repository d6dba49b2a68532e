import { expect } from "chai";
import { createHmac } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { ACCOUNT } from "../../rehearsal/live/lamp/mariaDb";
import { anOrder, ask, place, placeSynthetic, postForm, postJson } from "./harness/customer";
import { SYNTHETIC, TABLES } from "../../rehearsal/live/lamp/dynamo";
import { useTwoRegions, type Side, type TwoRegions } from "./harness/twoRegions";
import { until } from "../../rehearsal/live/lamp/waiting";

describe("orders, with Apache, PHP-FPM, MariaDB, Redis and moto in two regions", function () {
  let two: TwoRegions;
  let oregon: Side;
  let dublin: Side;
  let origin: string;

  useTwoRegions((started) => {
    two = started;
    ({ oregon, dublin } = two);
    origin = oregon.region.origin;
  });

  beforeEach(async () => {
    for (const side of [oregon, dublin]) {
      side.here.mode = side.there.mode = "ok";
      await side.region.forgetState();
    }
    two.replication.linkIsUp = true;
  });

  const rows = async (side: Side, id: string) =>
    side.region.database.query(`SELECT COUNT(*) FROM orders WHERE id = '${id}'`);
  const outbox = async (side: Side, id: string) =>
    side.region.database.query(`SELECT COUNT(*) FROM outbox WHERE id = '${id}'`);
  const settled = async () => {
    await until("replication has caught up", () => two.replication.isQuiet());
  };

  it("answers 201 once an order is in MySQL here and in the journal there", async () => {
    const order = anOrder();
    const answer = await place(origin, order);
    expect(answer.status).to.equal(201);
    expect(answer.json).to.deep.equal({
      id: order.id,
      status: "confirmed",
      protected: true,
      totalCents: 920,
      message: "Your order is stored in two places.",
    });
    expect(answer.headers.get("location")).to.equal(`/orders/${order.id}`);
    expect(await rows(oregon, order.id)).to.equal("1\n");
    expect(await outbox(oregon, order.id)).to.equal("0\n");
    const held = await dublin.dynamo.call("Query", {
      TableName: TABLES.journal,
      KeyConditionExpression: "id = :id",
      ExpressionAttributeValues: { ":id": { S: order.id } },
    });
    expect(held).to.have.nested.property("Items[0].undrainedRegion.S", "eu-west-1");
  });

  it("answers a repetition as before and stores it once", async () => {
    const order = anOrder();
    await place(origin, order);
    // A different sequence of keys, upper case, and spaces: still the same order.
    const again = { items: order.items, name: "  Ana ", id: order.id.toUpperCase() };
    expect((await place(origin, again)).status).to.equal(201);
    expect(await rows(oregon, order.id)).to.equal("1\n");
  });

  it("answers 409 to another body under the same number and keeps the first", async () => {
    const order = anOrder();
    await place(origin, order);
    const answer = await place(origin, { ...order, name: "Eve" });
    expect(answer.status).to.equal(409);
    expect(answer.json).to.have.nested.property("error.code", "other_order");
    const found = await ask(`${origin}/orders/${order.id}`);
    expect(found.json).to.have.nested.property("order.name", "Ana");
  });

  it("answers 409 when the other region accepted another body, and takes its own row back", async () => {
    const order = anOrder();
    await place(dublin.region.origin, order);
    await settled();
    const answer = await place(origin, { ...order, name: "Eve" });
    expect(answer.status).to.equal(409);
    expect(await rows(oregon, order.id)).to.equal("0\n");
    await oregon.region.drain();
    const found = await ask(`${origin}/orders/${order.id}`);
    expect(found.json).to.have.nested.property("order.name", "Ana");
  });

  it("shows an order in the other region before and after its drain", async () => {
    const order = anOrder();
    await place(origin, order);
    const before = await ask(`${dublin.region.origin}/orders/${order.id}`);
    expect(await rows(dublin, order.id)).to.equal("0\n");
    await dublin.region.drain();
    expect(await rows(dublin, order.id)).to.equal("1\n");
    const after = await ask(`${dublin.region.origin}/orders/${order.id}`);
    expect([before.status, after.status]).to.deep.equal([200, 200]);
    expect(after.json).to.deep.equal(before.json);
  });

  for (const mode of ["refused", "hung"] as const) {
    it(`answers 202 within 1.6 s when the other region is ${mode}, then quickly because of its breaker`, async () => {
      oregon.there.mode = mode;
      // Of three answers the quickest counts, because a busy machine delays single ones.
      const placeThree = async (): Promise<number> => {
        const times: number[] = [];
        for (let n = 0; n < 3; n++) {
          const order = anOrder();
          const answer = await place(origin, order);
          expect(answer.status).to.equal(202);
          expect(answer.json).to.include({ status: "received", protected: false });
          expect(await outbox(oregon, order.id)).to.equal("1\n");
          times.push(answer.ms);
        }
        return Math.min(...times);
      };
      expect(await placeThree()).to.be.below(1600);
      const requests = oregon.there.requests;
      // The breaker is open: an order does not wait 1 s for the journal again.
      expect(await placeThree()).to.be.below(900);
      expect(oregon.there.requests).to.equal(requests);
      const status = await oregon.region.status();
      expect(status.json).to.have.nested.property("breakers.otherRegion", "open");
    });
  }

  it("turns a 202 into a 201 once the link is back: by the drain, or by repeating it", async () => {
    oregon.there.mode = "refused";
    two.replication.linkIsUp = false;
    const [drained, repeated] = [anOrder(), anOrder()];
    for (const order of [drained, repeated])
      expect((await place(origin, order)).status).to.equal(202);
    oregon.there.mode = "ok";
    await oregon.region.forgetState();
    expect((await place(origin, repeated)).status).to.equal(201);
    expect(await outbox(oregon, repeated.id)).to.equal("0\n");
    await oregon.region.drain("--now");
    const found = await ask(`${origin}/orders/${drained.id}`);
    expect(found.json).to.include({ status: "confirmed", protected: true });
    two.replication.linkIsUp = true;
    await dublin.region.drain();
    expect(await rows(dublin, drained.id)).to.equal("1\n");
  });

  it("answers 202 from MySQL alone when neither replica answers, and journals it later", async () => {
    oregon.there.mode = oregon.here.mode = "refused";
    const order = anOrder();
    const answer = await place(origin, order);
    expect(answer.status).to.equal(202);
    oregon.there.mode = oregon.here.mode = "ok";
    await oregon.region.forgetState();
    await oregon.region.drain("--now");
    expect(await outbox(oregon, order.id)).to.equal("0\n");
    await dublin.region.drain();
    expect(await rows(dublin, order.id)).to.equal("1\n");
  });

  it("answers 201 to a repetition whose first answer was lost", async () => {
    oregon.there.mode = "lostAnswer";
    const order = anOrder();
    expect((await place(origin, order)).status).to.equal(202);
    oregon.there.mode = "ok";
    expect((await place(origin, order)).status).to.equal(201);
    await dublin.region.drain();
    expect(await rows(dublin, order.id)).to.equal("1\n");
  });

  it("answers 503 with Retry-After while the database is down, and reveals nothing about it", async () => {
    await oregon.region.database.kill();
    const order = anOrder();
    const answer = await place(origin, order);
    await oregon.region.database.start();
    expect(answer.status).to.equal(503);
    expect(answer.headers.get("retry-after")).to.equal("2");
    expect(answer.json).to.deep.equal({
      error: {
        code: "try_again",
        message:
          "We could not confirm your order yet. Please try again; it will not be placed twice.",
      },
    });
    await oregon.region.forgetState();
    expect((await place(origin, order)).status).to.equal(201);
  });

  it("leaves synthetic orders out of the café's counts and metrics", async () => {
    const [synthetic, real] = [anOrder(), anOrder()];
    const accepted = () =>
      readFileSync(oregon.region.log("metrics.log"), "utf8").split('"OrdersAccepted":1').length;
    const before = accepted();
    expect((await placeSynthetic(origin, synthetic, SYNTHETIC.secret)).status).to.equal(201);
    expect(accepted()).to.equal(before);
    expect((await place(origin, real)).status).to.equal(201);
    expect(accepted()).to.equal(before + 1);
    const counted = await oregon.region.database.query(
      `SELECT id FROM customer_orders WHERE id IN ('${synthetic.id}', '${real.id}')`,
    );
    expect(counted).to.equal(`${real.id}\n`);
  });

  it("refuses an order that only claims to be synthetic: it would be stored and never made", async () => {
    const order = anOrder({ synthetic: true });
    const other = anOrder();
    const signed = await placeSynthetic(origin, other, SYNTHETIC.secret);
    expect(signed.status).to.equal(201);
    const overheard = createHmac("sha256", SYNTHETIC.secret).update(other.id).digest("hex");
    for (const headers of [{}, { "x-cafe-synthetic": "" }, { "x-cafe-synthetic": overheard }]) {
      const answer = await postJson(`${origin}/orders`, order, headers);
      expect([answer.status, answer.json]).to.deep.equal([
        403,
        {
          error: {
            code: "not_signed",
            message: "Synthetic orders are taken from the café itself only.",
          },
        },
      ]);
    }
    expect(await rows(oregon, order.id)).to.equal("0\n");
  });

  it("follows a replaced secret of synthetic orders, and fetches it every 10 s at most", async () => {
    await oregon.region.forgetState();
    expect((await placeSynthetic(origin, anOrder(), SYNTHETIC.secret)).status).to.equal(201);
    await oregon.dynamo.putSyntheticSecret("another");
    expect((await placeSynthetic(origin, anOrder(), "another")).status).to.equal(403);
    await oregon.region.ageFact("synthetic-secret", 10_000);
    expect((await placeSynthetic(origin, anOrder(), "another")).status).to.equal(201);
    const { requests } = oregon.secretsLink;
    const knownMs = Date.now();
    for (let n = 0; n < 10; n++) await placeSynthetic(origin, anOrder(), "guessed");
    const times = Math.floor((Date.now() - knownMs) / 10_000);
    expect(oregon.secretsLink.requests - requests).to.be.at.most(times);
    await oregon.dynamo.putSyntheticSecret(SYNTHETIC.secret);
  });

  it("continues with the known secret of synthetic orders, and answers 503 when it knows none", async () => {
    await oregon.region.forgetState();
    expect((await placeSynthetic(origin, anOrder(), SYNTHETIC.secret)).status).to.equal(201);
    oregon.secretsLink.mode = "failing";
    expect((await placeSynthetic(origin, anOrder(), SYNTHETIC.secret)).status).to.equal(201);
    await oregon.region.forgetFact("synthetic-secret");
    const { requests } = oregon.secretsLink;
    for (let n = 0; n < 3; n++) {
      expect((await placeSynthetic(origin, anOrder(), SYNTHETIC.secret)).status).to.equal(503);
    }
    // While the secret cannot be read, attempts do not cause more requests.
    expect(oregon.secretsLink.requests).to.equal(requests + 1);
    oregon.secretsLink.mode = "ok";
    await oregon.region.forgetFact("synthetic-secret");
    expect((await placeSynthetic(origin, anOrder(), SYNTHETIC.secret)).status).to.equal(201);
  });

  it("accepts a form without JavaScript: a page to review it, then the order under its number", async () => {
    const fields = { name: "Ana <b>", phone: "", note: "", "items[tea]": "2" };
    const review = await postForm(`${origin}/orders/review`, fields);
    expect(review.status).to.equal(200);
    expect(review.text).to.contain("Ana &lt;b&gt;").and.not.contain("<b>");
    const id = /name="id" value="([^"]+)"/.exec(review.text)?.[1] ?? "";
    expect(await rows(oregon, id)).to.equal("0\n");
    const placed = await postForm(`${origin}/orders`, { id, ...fields });
    expect(placed.status).to.equal(201);
    expect(placed.text).to.contain("Order confirmed").and.contain(`/orders/${id}`);
    expect(await rows(oregon, id)).to.equal("1\n");
  });

  it("signs with the instance role from IMDSv2, fetched once for all workers", async () => {
    two.metadata.requests.length = 0;
    await Promise.all([1, 2, 3, 4].map(async () => place(origin, anOrder())));
    for (let n = 0; n < 5; n++) await place(origin, anOrder());
    expect(two.metadata.requests).to.include("PUT /latest/api/token");
    // Workers that start at the same moment may each ask; later ones use the cached credentials.
    expect(two.metadata.requests.length).to.be.at.most(4 * 3);
  });

  it("lets no more than 12 of its 24 workers wait for the other region", async () => {
    oregon.there.mode = "hung";
    oregon.there.mostAtOnce = 0;
    const answers = await Promise.all(
      Array.from({ length: 24 }, async () => place(origin, anOrder())),
    );
    expect(answers.map(({ status }) => status)).to.deep.equal(answers.map(() => 202));
    expect(oregon.there.mostAtOnce).to.be.within(2, 12);
    // Each waiting order takes a second; a busy machine takes longer for all of them.
    const slowestMs = Math.max(...answers.map(({ ms }) => ms));
    const quick = answers.filter(({ ms }) => ms < slowestMs - 400);
    expect(quick.length).to.be.at.least(12);
  });

  it("retries a hung region after five seconds, with one order at a time, and uses it when it answers", async () => {
    oregon.there.mode = "hung";
    await Promise.all([1, 2, 3].map(async () => place(origin, anOrder())));
    // Three that fail at the same instant may count as one.
    for (let n = 0; n < 2; n++) await place(origin, anOrder());
    await oregon.region.ageFact("breaker-dynamodb-eu-west-1", 5000);
    const { requests } = oregon.there;
    const answers = await Promise.all([1, 2, 3, 4].map(async () => place(origin, anOrder())));
    expect(answers.map(({ status }) => status)).to.deep.equal([202, 202, 202, 202]);
    expect(oregon.there.requests).to.equal(requests + 1);
    oregon.there.mode = "ok";
    await oregon.region.ageFact("breaker-dynamodb-eu-west-1", 5000);
    for (let n = 0; n < 2; n++) expect((await place(origin, anOrder())).status).to.equal(201);
  });

  it("reads the database's account from Secrets Manager and follows a rotation immediately", async () => {
    await place(origin, anOrder());
    const rotated = { ...ACCOUNT, password: "rotated" };
    await oregon.region.database.query(
      `ALTER USER '${ACCOUNT.username}'@'%' IDENTIFIED BY 'rotated'`,
    );
    await oregon.dynamo.putSecret(rotated);
    expect((await place(origin, anOrder())).status).to.equal(201);
  });

  it("connects to the database only by TLS, and only with a certificate that it can verify", async () => {
    const cipher = await oregon.region.database.query("SHOW STATUS LIKE 'Ssl_accepts'");
    expect(Number(cipher.split("\t")[1])).to.be.greaterThan(0);
    const pem = readFileSync(oregon.region.database.caFile, "utf8");
    writeFileSync(
      oregon.region.database.caFile,
      readFileSync(dublin.region.database.caFile, "utf8"),
    );
    // Workers keep their connections: only new workers verify the certificate.
    await oregon.region.killWeb();
    await oregon.region.startWeb();
    const order = anOrder();
    const answer = await place(origin, order);
    writeFileSync(oregon.region.database.caFile, pem);
    expect(answer.status).to.equal(503);
  });

  it("continues with its credentials while the metadata service hangs", async () => {
    two.metadata.lifetimeSeconds = 120;
    await place(origin, anOrder());
    two.metadata.hangs = true;
    const answer = await place(origin, anOrder());
    two.metadata.hangs = false;
    two.metadata.lifetimeSeconds = 6 * 3600;
    expect(answer.status).to.equal(201);
  });
});
