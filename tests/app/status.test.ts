import { expect } from "chai";
import { get } from "node:http";
import { anOrder, ask, place } from "./harness/customer";
import { RELEASE } from "../../rehearsal/live/lamp/webServer";
import { useTwoRegions, type Side, type TwoRegions } from "./harness/twoRegions";
import { until } from "../../rehearsal/live/lamp/waiting";

describe("/status, which shows operators what the public must not see", function () {
  let two: TwoRegions;
  let oregon: Side;
  let origin: string;

  useTwoRegions((started) => {
    two = started;
    ({ oregon } = two);
    ({ origin } = oregon.region);
  });

  /** Sends a request from one address of the machine. */
  async function askFrom(localAddress: string, path: string, headers: Record<string, string>) {
    return new Promise<{ status: number; text: string }>((resolve, reject) => {
      get(origin + path, { agent: false, localAddress, headers }, (answer) => {
        let text = "";
        answer.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
        answer.on("end", () => {
          resolve({ status: answer.statusCode ?? 0, text });
        });
      }).on("error", reject);
    });
  }

  it("needs the machine's token, from any address", async () => {
    const right = { "x-cafe-token": "only on this machine" };
    for (const from of ["127.0.0.1", "127.0.33.1"]) {
      expect((await askFrom(from, "/status", right)).status).to.equal(200);
      for (const path of ["/status", "/status.php", "/status?token=only%20on%20this%20machine"]) {
        for (const wrong of [{}, { "x-cafe-token": "" }, { "x-cafe-token": "cafe-deep-ok" }]) {
          const { status, text } = await askFrom(from, path, wrong);
          expect(status, `${path} from ${from} with ${JSON.stringify(wrong)}`).to.equal(403);
          expect(text).to.not.match(/us-west|eu-west|outbox/);
        }
      }
    }
  });

  it("shows the region and the release, which no public page does", async () => {
    const { json } = await oregon.region.status();
    expect(json).to.include({
      region: "us-west-2",
      availabilityZone: "us-west-2a",
      release: RELEASE,
    });
    const order = anOrder();
    const html = { headers: { accept: "text/html" } };
    const answers = [
      await place(origin, order),
      await ask(`${origin}/orders/${order.id}`),
      await ask(`${origin}/orders/${order.id}`, html),
      await ask(`${origin}/orders/${anOrder().id}`, html),
    ];
    for (const path of [
      ...["/", "/index.html", "/order.js", "/order.css", "/busy.html", "/favicon.svg"],
      ...["/healthcheck", "/health.php", "/status", "/session", "/nowhere", "/app.php"],
    ]) {
      answers.push(await ask(origin + path));
    }
    for (const { text, headers } of answers) {
      const said = text + JSON.stringify([...headers]);
      expect(said)
        .to.not.match(/us-west|eu-west|oregon|dublin|release/i)
        .and.not.contain(RELEASE);
    }
  });

  it("shows the oldest outbox and journal row, and null for unknown values", async () => {
    oregon.there.mode = "refused";
    await place(origin, anOrder());
    const json = async () =>
      (await oregon.region.status()).json as Record<string, { rows: number }>;
    await until("the watch has seen the order", async () => {
      return ((await json())["outbox"]?.rows ?? 0) > 0;
    });
    expect(await json()).to.have.nested.property("journal.oldestSeconds", null);
    oregon.there.mode = "ok";
    await oregon.region.forgetState();
    await oregon.region.drain("--now");
    await until("the watch has seen it go", async () => (await json())["outbox"]?.rows === 0);
    const after = await json();
    expect(Object.keys(after)).to.deep.equal([
      ...["region", "availabilityZone", "release", "database", "redis"],
      ...["outbox", "journal", "regionsDiffer", "breakers"],
    ]);
    expect(after["outbox"]).to.deep.equal({ rows: 0, oldestSeconds: 0 });
    expect(after["journal"]).to.include({ undrained: 0, oldestSeconds: 0 });
  });
});
