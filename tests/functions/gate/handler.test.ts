import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { handler } from "../../../functions/gate/handler";
import { restoreEnvironment } from "../restoreEnvironment";
import { environment } from "./samples";

/** The handler as Lambda runs it, with an empty bucket on the loopback. */
describe("the handler of the gate", () => {
  let server: Server;
  let asked: string[];
  const variables = { ...process.env };

  beforeEach((done) => {
    asked = [];
    server = createServer((request, response) => {
      asked.push(`${request.method ?? ""} ${request.url ?? ""}`);
      response.writeHead(404).end("<Error><Code>NoSuchKey</Code></Error>");
    });
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      Object.assign(process.env, environment, { AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` });
      done();
    });
  });
  afterEach((done) => {
    restoreEnvironment(variables);
    server.close(done);
  });
  const messageOf = (event: unknown): Promise<string> =>
    handler(event).then(
      () => "none",
      (error: unknown) => (error as Error).message,
    );

  it("returns the state of a gate that has not run, and writes nothing", async () => {
    expect(await handler({ command: "status" })).to.include({ phase: "unarmed", revision: 0 });
    expect(asked).to.deep.equal(["GET /failover-prod-gate-123456789012/state.json"]);
  });

  it("refuses an event or an environment before it asks anything", async () => {
    expect(await messageOf({ command: "open" })).to.equal(
      'event: must be a schedule\'s, a topic\'s, or a command of hold, release, status, got {"command":"open"}; use `failover hold`, `release` or `status`',
    );
    process.env["APPROVERS"] = "0";
    expect(await messageOf({ command: "status" })).to.equal(
      "APPROVERS: must be a whole number from 1 to 2, got 0; deploy the function again",
    );
    expect(asked).to.deep.equal([]);
  });
});
