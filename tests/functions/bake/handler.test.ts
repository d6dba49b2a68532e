import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { handler } from "../../../functions/bake/handler";
import type { Baked } from "../../../functions/bake/bake";
import { restoreEnvironment } from "../restoreEnvironment";
import { answerOf, fakeRegion } from "./fakeAws";
import type { FakeRegion } from "./fakeAws";
import { environment } from "./samples";

/** The handler as Lambda runs it, with AWS on the loopback. */
describe("the handler of the bake", () => {
  let server: Server;
  let region: FakeRegion;
  const variables = { ...process.env };
  const event = {
    phase: "soak",
    groups: [{ name: "dublin-group", templateVersion: "4" }],
    instances: ["i-9"],
  };
  const context = { getRemainingTimeInMillis: () => 900_000 };

  beforeEach((done) => {
    region = fakeRegion();
    server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString()));
      request.on("end", () => {
        const { method, url = "" } = request;
        const answer = answerOf(region, {
          method: method === "GET" ? "GET" : "POST",
          url: `http://${request.headers.host ?? ""}${url}`,
          body,
          timeoutMs: 1,
        });
        response.writeHead(answer.status).end(answer.body);
      });
    });
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      Object.assign(process.env, environment, {
        // Without a check by name, no name servers are looked up.
        CHECK_IDS_BY_NAME: "{}",
        SOAK_SECONDS: "0",
        AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      });
      done();
    });
  });
  afterEach((done) => {
    restoreEnvironment(variables);
    server.close(done);
  });

  /** Its result and its log, without output to the terminal. */
  async function run(): Promise<{ result: Baked | Error; lines: readonly string[] }> {
    const lines: string[] = [];
    process.stdout.write = (line) => {
      lines.push(String(line));
      return true;
    };
    try {
      const result = await handler(event, context).catch((error: unknown) => error as Error);
      return { result, lines };
    } finally {
      // The own property hid the method of the class.
      Reflect.deleteProperty(process.stdout, "write");
    }
  }

  it("returns the result for the state, and logs one line of JSON per poll", async () => {
    const { result, lines } = await run();
    expect(result).to.deep.equal({ phase: "soak", seconds: 0, notes: [] });
    expect(lines).to.have.length(1);
    expect(lines[0]).to.match(/^\{.*\}\n$/);
    expect(JSON.parse(lines[0] ?? "")).to.include({ level: "INFO", kind: "passed" });
  });

  it("throws if the bake failed, with a name that the update shows", async () => {
    region = { ...region, alarms: { ...region.alarms, "dublin-capacity": "ALARM" } };
    const { result, lines } = await run();
    expect(result).to.be.an.instanceOf(Error);
    expect((result as Error).name).to.equal("BakeFailed");
    expect((result as Error).message).to.contain("alarm dublin-capacity: is on");
    expect(JSON.parse(lines[0] ?? "")).to.include({ level: "ERROR", kind: "failed" });
  });
});
