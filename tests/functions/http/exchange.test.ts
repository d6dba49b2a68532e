import { createServer } from "node:http";
import type { RequestListener, Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { expect } from "chai";
import { exchange } from "../../../functions/http/exchange";
import type { HttpRequest, HttpResponse } from "../../../functions/http/exchange";

describe("exchange", () => {
  let server: Server;
  let answer: RequestListener;
  let connections = 0;

  before((done) => {
    server = createServer((request, response) => {
      answer(request, response);
    });
    server.on("connection", () => (connections += 1));
    server.listen(0, "127.0.0.1", done);
  });
  after((done) => {
    server.closeAllConnections();
    server.close(done);
  });

  const ask = (more: Partial<HttpRequest> = {}): Promise<HttpResponse> => {
    const { port } = server.address() as AddressInfo;
    return exchange({
      method: "GET",
      url: `http://127.0.0.1:${port}/health.php`,
      timeoutMs: 2_000,
      ...more,
    });
  };
  const failureOf = (asked: Promise<HttpResponse>): Promise<Error> =>
    asked.then(
      () => {
        throw new Error("it was answered");
      },
      (error: unknown) => error as Error,
    );

  it("returns status and body", async () => {
    answer = (_, response) => response.writeHead(503).end("no orders, é");
    expect(await ask()).to.deep.equal({ status: 503, body: "no orders, é" });
  });

  it("sends method, path, headers and body", async () => {
    answer = (request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString()));
      request.on("end", () => {
        const { method, url, headers } = request;
        response.end(JSON.stringify([method, url, headers["x-one"], headers["host"], body]));
      });
    };
    const headers = { host: "oregon.orders.cafe.com", "x-one": "1" };
    const { body } = await ask({ method: "POST", headers, body: "a=1" });
    expect(JSON.parse(body)).to.deep.equal([
      "POST",
      "/health.php",
      "1",
      "oregon.orders.cafe.com",
      "a=1",
    ]);
  });

  it("returns a redirect as an answer", async () => {
    answer = (_, response) => response.writeHead(301, { location: "/elsewhere" }).end();
    expect(await ask()).to.deep.equal({ status: 301, body: "" });
  });

  it("opens a new connection for each request", async () => {
    answer = (_, response) => response.end("ok");
    const before = connections;
    await ask();
    await ask();
    expect(connections - before).to.equal(2);
  });

  it("reads 64 KiB of an endless answer and closes the connection", async () => {
    answer = (_, response) => {
      const more = (): void => {
        while (!response.destroyed && response.write("x".repeat(10_000)));
        if (!response.destroyed) response.once("drain", more);
      };
      more();
    };
    expect((await ask()).body.length).to.equal(65_536);
  });

  it("gives up on a server that never answers", async () => {
    answer = () => undefined;
    const { name } = await failureOf(ask({ timeoutMs: 50 }));
    expect(name).to.equal("AbortError");
  });

  it("gives up on a body that never ends", async () => {
    answer = (_, response) => response.write("beginning");
    const failure = await failureOf(ask({ timeoutMs: 50 }));
    expect(failure).to.be.instanceOf(Error);
  });

  it("presents the given server name by TLS, or that of the address", async () => {
    const presented: string[] = [];
    const secure = createTlsServer({
      SNICallback: (name, callback) => {
        presented.push(name);
        callback(null);
      },
    });
    // Without a certificate the handshake fails after the name has arrived.
    secure.on("tlsClientError", () => undefined);
    await new Promise<void>((resolve) => secure.listen(0, "127.0.0.1", resolve));
    const { port } = secure.address() as AddressInfo;
    const url = `https://localhost:${port}/`;
    await failureOf(ask({ url, serverName: "oregon.orders.cafe.com" }));
    await failureOf(ask({ url }));
    secure.close();
    expect(presented).to.deep.equal(["oregon.orders.cafe.com", "localhost"]);
  });

  it("reports a refused connection", async () => {
    const failure = await failureOf(ask({ url: "http://127.0.0.1:1/" }));
    expect((failure as NodeJS.ErrnoException).code).to.equal("ECONNREFUSED");
  });

  it("reports a name that does not exist", async () => {
    const failure = await failureOf(ask({ url: "http://nowhere.invalid/" }));
    expect((failure as NodeJS.ErrnoException).code).to.match(/^(ENOTFOUND|EAI_AGAIN)$/);
  });
});
