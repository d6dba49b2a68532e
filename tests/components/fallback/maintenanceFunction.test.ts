import { runInNewContext } from "node:vm";
import { expect } from "chai";
import { maintenanceFunction } from "../../../components/fallback/maintenanceFunction";

interface Header {
  readonly value: string;
}

interface Message {
  readonly method?: string;
  readonly uri?: string;
  readonly querystring?: object;
  readonly statusCode?: number;
  readonly statusDescription?: string;
  readonly headers: Readonly<Record<string, Header>>;
  readonly body?: string;
}

const source = maintenanceFunction({ pageKey: "index.html", retryAfterSeconds: 300 });

/** The function's answer to an event in CloudFront's format (event version 1.0). */
function answer(eventType: string, event: object): Message {
  const scope = { event: { version: "1.0", context: { eventType }, ...event }, result: undefined };
  runInNewContext(`${source}\nresult = JSON.stringify(handler(event));`, scope);
  return JSON.parse(String(scope.result)) as Message;
}

const closed = {
  statusCode: 503,
  statusDescription: "Service Unavailable",
};
const kept = { "cache-control": { value: "no-store" }, "retry-after": { value: "300" } };

describe("the maintenance function", () => {
  for (const method of ["GET", "HEAD"]) {
    it(`turns every ${method} into an unconditional request for the page`, () => {
      const headers = {
        accept: { value: "text/html" },
        "if-none-match": { value: '"shop"' },
        "if-modified-since": { value: "Sun, 22 Nov 2026 10:00:00 GMT" },
        range: { value: "bytes=0-9" },
      };
      const request = { method, uri: "/menu/coffee", querystring: { a: { value: "1" } }, headers };
      expect(answer("viewer-request", { request })).to.deep.equal({
        method,
        uri: "/index.html",
        querystring: {},
        headers: { accept: { value: "text/html" } },
      });
    });
  }

  it("answers the page as a 503 that is not cached, with the origin's body", () => {
    const response = {
      statusCode: 200,
      statusDescription: "OK",
      headers: {
        "content-type": { value: "text/html; charset=utf-8" },
        "cache-control": { value: "max-age=300" },
      },
    };
    expect(answer("viewer-response", { request: { method: "GET" }, response })).to.deep.equal({
      ...closed,
      headers: { "content-type": { value: "text/html; charset=utf-8" }, ...kept },
    });
  });

  for (const method of ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
    it(`answers a ${method} immediately, and says that no order was placed`, () => {
      const { body, ...head } = answer("viewer-request", {
        request: { method, uri: "/orders", querystring: {}, headers: {} },
      });
      expect(head).to.deep.equal({
        ...closed,
        headers: { "content-type": { value: "text/plain; charset=utf-8" }, ...kept },
      });
      expect(body).to.contain("no order was placed");
    });
  }

  it("is within CloudFront's maximum of 10 KB", () => {
    expect(Buffer.byteLength(source)).to.be.below(10_000);
  });
});
