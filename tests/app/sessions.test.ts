import { expect } from "chai";
import { createHash } from "node:crypto";
import { ask, postJson, type Answer } from "./harness/customer";
import { TABLES } from "../../rehearsal/live/lamp/dynamo";
import { useTwoRegions, type Side, type TwoRegions } from "./harness/twoRegions";
import { until } from "../../rehearsal/live/lamp/waiting";

describe("sessions in two regions", function () {
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
  });

  const url = (side: Side) => `${side.region.origin}/session`;
  const whoAmI = async (side: Side, cookie: string) =>
    ask(url(side), { headers: { cookie: `cafe=${cookie}` } });
  const remember = async (side: Side, name: string, cookie = "") =>
    postJson(url(side), { name, phone: "" }, cookie === "" ? {} : { cookie: `cafe=${cookie}` });
  const forget = async (side: Side, cookie: string) =>
    ask(url(side), { method: "DELETE", headers: { cookie: `cafe=${cookie}` } });
  const keyOf = (cookie: string) =>
    createHash("sha256")
      .update(cookie.split(".")[0] ?? "")
      .digest("hex");

  /** The cookie that an answer sets. */
  function cookieOf(answer: Answer): string {
    expect(answer.status, answer.text).to.equal(200);
    const header = answer.headers.get("set-cookie") ?? "";
    expect(header).to.match(
      /^cafe=[0-9a-f]{64}\.\d+; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Lax$/,
    );
    return /^cafe=([^;]+)/.exec(header)?.[1] ?? "";
  }

  it("does not know a stranger, and makes no request about one", async () => {
    const before = oregon.here.requests;
    expect((await ask(url(oregon))).json).to.deep.equal({ signedIn: false });
    expect((await whoAmI(oregon, "rubbish")).json).to.deep.equal({ signedIn: false });
    expect(oregon.here.requests).to.equal(before);
  });

  it("continues immediately in Dublin when Oregon is gone, without replication in between", async () => {
    two.replication.linkIsUp = false;
    const cookie = cookieOf(await remember(oregon, "Ana"));
    oregon.here.mode = dublin.there.mode = "refused";
    const answer = await whoAmI(dublin, cookie);
    expect(answer.json).to.deep.equal({ signedIn: true, name: "Ana", phone: "" });
  });

  it("never accepts an unknown number as a session, so that an attacker cannot plant one", async () => {
    const planted = `${"a".repeat(64)}.1`;
    const cookie = cookieOf(await remember(oregon, "Ana", planted));
    expect(cookie).to.not.contain("a".repeat(64));
    expect((await whoAmI(oregon, planted)).json).to.deep.equal({ signedIn: false });
  });

  it("stores the hash of the number, and not the number, in tables and caches", async () => {
    const cookie = cookieOf(await remember(oregon, "Ana"));
    const secret = cookie.split(".")[0] ?? "";
    const items = await oregon.dynamo.call("Scan", { TableName: TABLES.sessions });
    expect(JSON.stringify(items)).to.contain(keyOf(cookie)).and.not.contain(secret);
    expect(await oregon.region.redisCommand(["KEYS", "*"])).to.not.contain(secret);
  });

  it("increments the version, and a stale cache never overrides it", async () => {
    const first = cookieOf(await remember(oregon, "Ana"));
    const second = cookieOf(await remember(dublin, "Ana Maria", first));
    expect([first, second].map((cookie) => cookie.split(".")[1])).to.deep.equal(["1", "2"]);
    const cached = ["HGET", `session#${keyOf(first)}`, "version"];
    expect(await oregon.region.redisCommand(cached)).to.equal("1");
    const answer = await whoAmI(oregon, second);
    expect(answer.json).to.include({ name: "Ana Maria" });
    expect(await oregon.region.redisCommand(cached)).to.equal("2");
  });

  it("asks the other region when its own replica lags behind the cookie", async () => {
    const first = cookieOf(await remember(oregon, "Ana"));
    await until("both replicas have it", () => two.replication.isQuiet());
    two.replication.linkIsUp = false;
    oregon.there.mode = "refused";
    const second = cookieOf(await remember(oregon, "Ana Maria", first));
    expect((await whoAmI(dublin, second)).json).to.include({ name: "Ana Maria" });
  });

  it("answers 503 rather than serve an older session", async () => {
    const first = cookieOf(await remember(oregon, "Ana"));
    two.replication.linkIsUp = false;
    oregon.there.mode = "refused";
    const second = cookieOf(await remember(oregon, "Ana Maria", first));
    dublin.there.mode = "refused";
    const answer = await whoAmI(dublin, second);
    expect(answer.status).to.equal(503);
    expect(answer.headers.get("set-cookie")).to.equal(null);
  });

  it("ends everywhere, in spite of a stale cache and an old cookie", async () => {
    const cookie = cookieOf(await remember(oregon, "Ana"));
    expect((await whoAmI(dublin, cookie)).json).to.include({ signedIn: true });
    const ended = await forget(dublin, cookie);
    expect(ended.json).to.deep.equal({ signedIn: false, everywhere: true });
    expect(ended.headers.get("set-cookie")).to.match(/^cafe=; Path=\/; Max-Age=0/);
    // Oregon's cache still has it, and the client still has the cookie.
    const key = `session#${keyOf(cookie)}`;
    expect(await oregon.region.redisCommand(["HGET", key, "version"])).to.equal("1");
    for (const side of [oregon, dublin]) {
      expect((await whoAmI(side, cookie)).json).to.deep.equal({ signedIn: false });
    }
  });

  it("stays ended when an update elsewhere crosses with the logout and is written last", async () => {
    const cookie = cookieOf(await remember(oregon, "Ana"));
    await until("both replicas have it", () => two.replication.isQuiet());
    two.replication.linkIsUp = false;
    for (const side of [oregon, dublin]) side.there.mode = "refused";
    expect((await forget(oregon, cookie)).json).to.include({ everywhere: false });
    cookieOf(await remember(dublin, "Ana again", cookie));
    for (const side of [oregon, dublin]) side.there.mode = "ok";
    two.replication.linkIsUp = true;
    await until("replication has caught up", () => two.replication.isQuiet());
    for (const side of [oregon, dublin]) {
      await side.region.forgetState();
      const answer = await whoAmI(side, cookie.replace(/\.1$/, ".2"));
      expect(answer.json).to.deep.equal({ signedIn: false });
    }
  });

  it("continues without Redis, dead or stopped, and waits for it only a moment", async () => {
    const cookie = cookieOf(await remember(oregon, "Ana"));
    oregon.region.redis.signal("SIGSTOP");
    const times: number[] = [];
    for (let n = 0; n < 6; n++) {
      const answer = await whoAmI(oregon, cookie);
      expect(answer.json).to.include({ name: "Ana" });
      times.push(answer.ms);
    }
    oregon.region.redis.signal("SIGCONT");
    // Of several answers the quickest counts, because a busy machine delays single ones.
    expect(Math.min(...times.slice(0, 3))).to.be.below(600);
    // After three failures its breaker is open: requests do not wait at all.
    expect(Math.min(...times.slice(3))).to.be.below(400);
    await oregon.region.redis.kill();
    await oregon.region.forgetState();
    expect((await whoAmI(oregon, cookie)).json).to.include({ name: "Ana" });
    await oregon.region.redis.start();
  });

  it("answers 503 when neither region can be reached", async () => {
    const cookie = cookieOf(await remember(oregon, "Ana"));
    oregon.here.mode = oregon.there.mode = "refused";
    const answer = await whoAmI(oregon, cookie);
    expect(answer.status).to.equal(503);
    expect(answer.json).to.have.nested.property("error.code", "try_again");
  });
});
