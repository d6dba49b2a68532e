import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { handler } from "../../../functions/syntheticOrder/handler";
import { restoreEnvironment } from "../restoreEnvironment";
import { environment } from "./samples";

/** The handler as Lambda runs it, with a region's entry, Secrets Manager and CloudWatch on the loopback. */
describe("the handler of the synthetic order", () => {
  let server: Server;
  let forms: URLSearchParams[];
  let signatures: boolean[];
  let orderStatus: number;
  let metricStatus: number;
  const variables = { ...process.env };

  beforeEach((done) => {
    forms = [];
    signatures = [];
    orderStatus = 201;
    metricStatus = 200;
    server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString()));
      request.on("end", () => {
        if (request.headers["x-amz-target"] === "secretsmanager.GetSecretValue") {
          response.end(JSON.stringify({ SecretString: "only the café" }));
          return;
        }
        if (request.url === "/orders") {
          // As the application does, the answer names the order.
          const { id } = JSON.parse(body) as { readonly id: string };
          signatures.push(
            request.headers["x-cafe-synthetic"] ===
              createHmac("sha256", "only the café").update(id).digest("hex"),
          );
          response.writeHead(orderStatus).end(JSON.stringify({ id }));
          return;
        }
        forms.push(new URLSearchParams(body));
        response.writeHead(metricStatus).end("refused");
      });
    });
    server.listen(0, "127.0.0.1", () => {
      const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      Object.assign(process.env, environment, {
        ORDER_URL: `${at}/orders`,
        AWS_ENDPOINT_URL_CLOUDWATCH: at,
        AWS_ENDPOINT_URL_SECRETS_MANAGER: at,
      });
      done();
    });
  });
  afterEach((done) => {
    restoreEnvironment(variables);
    server.close(done);
  });

  const values = (): readonly (string | null)[] =>
    forms.map((form) => form.get("MetricData.member.1.Value"));

  /** Its log, without output to the terminal. */
  async function logOf(work: () => Promise<void>): Promise<readonly string[]> {
    const lines: string[] = [];
    process.stdout.write = (line) => {
      lines.push(String(line));
      return true;
    };
    try {
      await work();
    } finally {
      // The own property hid the method of the class.
      Reflect.deleteProperty(process.stdout, "write");
    }
    return lines;
  }

  it("places a signed order and writes 1, with one line of JSON", async () => {
    const [line, ...others] = await logOf(handler);
    expect(signatures).to.deep.equal([true]);
    expect(values()).to.deep.equal(["1"]);
    expect(others).to.deep.equal([]);
    expect(line).to.match(/^\{.*\}\n$/);
    expect(JSON.parse(line ?? "")).to.include({ level: "INFO", succeeded: true });
  });

  it("writes 0 if the order fails", async () => {
    orderStatus = 500;
    await logOf(handler);
    expect(values()).to.deep.equal(["0"]);
  });

  it("fails if CloudWatch does not accept the value", async () => {
    metricStatus = 403;
    const failure = await logOf(handler).then(
      () => "none",
      (error: unknown) => (error as Error).message,
    );
    expect(failure).to.equal("PutMetricData: answered 403, refused");
  });
});
