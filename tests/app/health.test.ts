import { expect } from "chai";
import { createServer, type AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { anOrder, ask, askAnew, percentile, place } from "./harness/customer";
import { needParts, REGION_PARTS } from "./harness/parts";
import { TOKENS } from "./harness/region";
import { startTwoRegions, type Side, type TwoRegions } from "./harness/twoRegions";

/** Route 53 gives up 2 s after connecting; the issue asks for 1.8 s whatever hangs. */
const DEEP_LIMIT_MS = 1800;
/**
 * Checkers give up after 2 s (H6), which is what a test may hold the page to on a machine that does
 * other things beside it. The figure to reach, 50 ms for the 99th percentile, is printed beside it.
 */
const CHECKER_PATIENCE_MS = 2000;

describe("health paths, with what they must not depend on hung or dead", function () {
  this.timeout(90_000);
  let two: TwoRegions;
  let oregon: Side;
  let origin: string;

  before(async function () {
    needParts(this, REGION_PARTS);
    two = await startTwoRegions();
    ({ oregon } = two);
    ({ origin } = oregon.region);
  });

  after(async () => {
    await (two as TwoRegions | undefined)?.close();
  });

  beforeEach(async () => {
    oregon.there.mode = oregon.here.mode = "ok";
    oregon.region.database.signal("SIGCONT");
    await oregon.region.forgetState();
  });

  const deep = async () => ask(`${origin}/health.php`);

  /** Asks for /healthcheck at an even rate, whether or not the last answer has come. */
  async function shallowLoad(perSecond: number, seconds: number): Promise<number[]> {
    const answers: Promise<number>[] = [];
    const startedAt = performance.now();
    for (let n = 0; n < perSecond * seconds; n++) {
      await sleep(startedAt + (n * 1000) / perSecond - performance.now());
      answers.push(
        askAnew(`${origin}/healthcheck`).then(({ status, text, ms }) => {
          expect(`${status} ${text}`).to.equal(`200 ${TOKENS.shallow}\n`);
          return ms;
        }),
      );
    }
    return Promise.all(answers);
  }

  function report(what: string, times: readonly number[]): void {
    const [p50, p99, worst] = [0.5, 0.99, 1].map((share) => percentile(times, share).toFixed(1));
    process.stdout.write(
      `      ${what}: p50 ${p50} ms, p99 ${p99} ms, worst ${worst} ms, n=${times.length}\n`,
    );
  }

  it("answers the deep check with its token when an order can be taken", async () => {
    const answer = await deep();
    expect(answer.status).to.equal(200);
    expect(answer.text).to.equal(`${TOKENS.deep}\ndatabase: ok\nredis: ok\n`);
    expect(answer.headers.get("cache-control")).to.equal("no-store");
  });

  it("answers the deep check in time with MySQL stopped at any moment, and recovers", async () => {
    const times: number[] = [];
    for (let n = 0; n < 4; n++) {
      oregon.region.database.signal("SIGSTOP");
      await sleep(300);
      const answers = await Promise.all([deep(), deep(), deep()]);
      oregon.region.database.signal("SIGCONT");
      for (const { status, text, ms } of answers) {
        expect(status).to.equal(503);
        expect(text)
          .to.match(/^database: (failed|no answer)\n/)
          .and.not.contain(TOKENS.deep);
        times.push(ms);
      }
      await sleep(400);
      expect((await deep()).status).to.equal(200);
    }
    report("/health.php with MySQL stopped", times);
    expect(Math.max(...times)).to.be.below(DEEP_LIMIT_MS);
  });

  it("answers the deep check in time when MySQL stops in the middle of it", async () => {
    const times: number[] = [];
    for (const afterMs of [5, 20, 35, 50]) {
      const answer = deep();
      await sleep(afterMs);
      oregon.region.database.signal("SIGSTOP");
      times.push((await answer).ms);
      oregon.region.database.signal("SIGCONT");
      await sleep(400);
    }
    report("/health.php with MySQL stopped in the middle", times);
    expect(Math.max(...times)).to.be.below(DEEP_LIMIT_MS);
  });

  it("answers the deep check in time, and well, with Redis stopped: reported only", async () => {
    oregon.region.redis.signal("SIGSTOP");
    const times: number[] = [];
    for (let n = 0; n < 5; n++) {
      await sleep(300);
      const answer = await deep();
      expect(answer.status).to.equal(200);
      expect(answer.text).to.contain(TOKENS.deep).and.contain("redis: failed");
      times.push(answer.ms);
    }
    oregon.region.redis.signal("SIGCONT");
    report("/health.php with Redis stopped", times);
    expect(Math.max(...times)).to.be.below(DEEP_LIMIT_MS);
  });

  it("answers the deep check in time when MySQL dribbles, so that no read ever times out", async () => {
    // A greeting packet of 80 bytes, one each 300 ms: every read succeeds, for 24 seconds.
    const server = createServer((socket) => {
      const bytes = [80, 0, 0, 0, 10, ...Buffer.from("8.0.36")];
      const timer = setInterval(() => socket.write(Buffer.from([bytes.shift() ?? 1])), 300);
      socket.on("error", () => socket.destroy());
      socket.on("close", () => {
        clearInterval(timer);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    oregon.region.pointToDatabase((server.address() as AddressInfo).port);
    const answer = await deep();
    oregon.region.pointToDatabase();
    server.close();
    expect(answer.status).to.equal(503);
    expect(answer.text).to.match(/^database: no answer\n/);
    report("/health.php with MySQL dribbling", [answer.ms]);
    expect(answer.ms).to.be.within(1400, DEEP_LIMIT_MS);
  });

  it("fails the deep check when the row that it writes is locked, which a read would not see", async () => {
    const locked = oregon.region.database.query(
      "START TRANSACTION; SELECT * FROM health_probe FOR UPDATE; SELECT SLEEP(2)",
    );
    await sleep(300);
    const answer = await deep();
    await locked;
    expect(answer.status).to.equal(503);
    expect(answer.ms).to.be.below(DEEP_LIMIT_MS);
  });

  it("fails the deep check with a dead database at once, and the shallow one not at all", async () => {
    await oregon.region.database.kill();
    const answer = await deep();
    const shallow = await ask(`${origin}/healthcheck`);
    const status = await ask(`${origin}/status`);
    await oregon.region.database.start();
    expect([answer.status, shallow.status]).to.deep.equal([503, 200]);
    expect(answer.ms).to.be.below(500);
    expect(status.json).to.have.nested.property("outbox.oldestSeconds", null);
  });

  it("tells the gate the oldest outbox and journal row, and null for what it does not know", async () => {
    oregon.there.mode = "refused";
    await place(origin, anOrder());
    const before = await ask(`${origin}/status`);
    expect(before.json).to.have.nested.property("outbox.rows", 1);
    expect(before.json).to.have.nested.property("journal.oldestSeconds", null);
    oregon.there.mode = "ok";
    await oregon.region.forgetState();
    await oregon.region.drain("--now");
    const { json = {} } = await ask(`${origin}/status`);
    expect(Object.keys(json)).to.deep.equal([
      ...["region", "availabilityZone", "release", "database", "redis"],
      ...["outbox", "journal", "regionsDiffer", "breakers"],
    ]);
    expect(json["outbox"]).to.deep.equal({ rows: 0, oldestSeconds: 0 });
    expect(json["journal"]).to.include({ undrained: 0, oldestSeconds: 0 });
  });

  it("behind a balancer that ends TLS: sends port 80 to https, checks apart, and says HSTS", async () => {
    const { plain, tls } = await oregon.region.startBehindBalancer();
    const moved = await ask(`${plain}/orders/review?x`, { method: "POST" });
    expect(moved.status).to.equal(308);
    expect(moved.headers.get("location")).to.equal("https://127.0.0.1/orders/review?x");
    for (const path of ["/healthcheck", "/health.php", "/status"]) {
      expect((await ask(plain + path)).status, path).to.equal(200);
    }
    const page = await ask(tls);
    expect(page.status).to.equal(200);
    expect(page.headers.get("strict-transport-security")).to.equal("max-age=31536000");
    expect((await ask(`${plain}/healthcheck`)).headers.has("strict-transport-security")).to.equal(
      false,
    );
  });

  it("survives a flood of deep checks: the shallow one answers beside it", async () => {
    oregon.region.database.signal("SIGSTOP");
    const times = await beside(20, deep, async () => shallowLoad(50, 3));
    oregon.region.database.signal("SIGCONT");
    report("/healthcheck beside 20 deep checks at once, MySQL stopped", times);
    expect(percentile(times, 0.99)).to.be.below(CHECKER_PATIENCE_MS);
  });

  it("answers /healthcheck with every worker of the application stopped in a hung database", async () => {
    oregon.region.database.signal("SIGSTOP");
    const order = async () => {
      // Closed each time: the breaker would else let the workers go.
      await oregon.region.forgetBreaker("database");
      await place(origin, anOrder());
    };
    // More than workers and queue together: 24 + 64 (app/boot/etc/fpm.conf).
    const times = await beside(120, order, async () => {
      await sleep(500);
      return shallowLoad(200, 5);
    });
    oregon.region.database.signal("SIGCONT");
    report("/healthcheck at 200/s, all application workers hung", times);
    expect(percentile(times, 0.99)).to.be.below(CHECKER_PATIENCE_MS);
  });

  it("with the other region hung at full load: /healthcheck stays quick and 202s flow", async () => {
    oregon.there.mode = "hung";
    const statuses = new Map<number, number>();
    const orderTimes: number[] = [];
    const order = async () => {
      const { status, ms } = await place(origin, anOrder());
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      orderTimes.push(ms);
      await sleep(1000);
    };
    const times = await beside(30, order, async () => shallowLoad(20, 9));
    const answers = [...statuses].map(([status, count]) => `${status} × ${count}`).join(", ");
    report("/healthcheck with the other region hung", times);
    report(`POST /orders meanwhile (${answers})`, orderTimes);
    expect([...statuses.keys()]).to.deep.equal([202]);
    expect(percentile(times, 0.99)).to.be.below(CHECKER_PATIENCE_MS);
    // No zone's check (10 s × 2, each within 2 s) could have failed even once.
    expect(Math.max(...times)).to.be.below(CHECKER_PATIENCE_MS);
  });
});

/** Does `work` while `count` others repeat `press`; their failures are their own, and all end with it. */
async function beside<T>(
  count: number,
  press: () => Promise<unknown>,
  work: () => Promise<T>,
): Promise<T> {
  const ending = new AbortController();
  const others = Array.from({ length: count }, async () => {
    while (!ending.signal.aborted) await press().catch(() => sleep(50));
  });
  try {
    return await work();
  } finally {
    ending.abort();
    await Promise.all(others);
  }
}
