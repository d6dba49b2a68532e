import { expect } from "chai";
import type { HttpRequest, HttpResponse } from "../../../functions/http/exchange";
import { syntheticOrderSettingsOf } from "../../../functions/syntheticOrder/settings";
import { syntheticOrder } from "../../../functions/syntheticOrder/syntheticOrder";
import { environment } from "./samples";

interface Run {
  readonly requests: readonly HttpRequest[];
  readonly lines: readonly unknown[];
  readonly failure: Error | undefined;
}

const id = "3f0c0a52-8f0e-4b3c-9a54-0d8a5f1c2b7e";
const accepted = (): Promise<HttpResponse> => Promise.resolve({ status: 200, body: "" });

/** One run, with the answers of the region's entry and CloudWatch. */
async function run(
  order: () => Promise<HttpResponse>,
  metric: () => Promise<HttpResponse> = accepted,
): Promise<Run> {
  const requests: HttpRequest[] = [];
  const lines: unknown[] = [];
  let seconds = 0;
  let failure: Error | undefined;
  await syntheticOrder(syntheticOrderSettingsOf(environment), {
    exchange: (request) => {
      requests.push(request);
      return request.url.endsWith("/orders") ? order() : metric();
    },
    newId: () => id,
    readSecret: () => Promise.resolve("only the café"),
    // A second passes with every reading of the clock.
    now: () => new Date(Date.UTC(2026, 10, 22, 12, 0, seconds++)),
    write: (line) => lines.push(JSON.parse(line)),
  }).catch((error: unknown) => {
    failure = error as Error;
  });
  return { requests, lines, failure };
}

function valueOf({ requests }: Run): string | null {
  return new URLSearchParams(requests[1]?.body).get("MetricData.member.1.Value");
}

const failing = (name: string, code?: string): (() => Promise<HttpResponse>) => {
  const error = Object.assign(new Error(name), { name }, code === undefined ? {} : { code });
  return () => Promise.reject(error);
};

/** A value that a library might throw. */
const gone = "gone" as unknown as Error;

describe("syntheticOrder", () => {
  it("places a marked and signed order, within the time that a customer would wait", async () => {
    const { requests } = await run(() => Promise.resolve({ status: 201, body: id }));
    const { body, ...rest } = requests[0] ?? {};
    expect(rest).to.deep.equal({
      method: "POST",
      url: "https://oregon.orders.cafe.com/orders",
      headers: {
        "Content-Type": "application/json",
        // printf %s "$id" | openssl dgst -sha256 -hmac "only the café"
        "X-Cafe-Synthetic": "e89a813f235ce01645569fff2cf718e7fa14895e9757931eb0bd1d3efe156cbe",
      },
      timeoutMs: 10_000,
    });
    expect(JSON.parse(body ?? "")).to.deep.equal({
      id,
      name: "Synthetic order",
      items: { espresso: 1 },
      synthetic: true,
    });
  });

  const outcomes: readonly [string, () => Promise<HttpResponse>, value: string, reason: string][] =
    [
      [
        "an accepted order",
        () => Promise.resolve({ status: 201, body: `{"id":"${id}"}` }),
        "1",
        "answered 201 for the order",
      ],
      ["an error", () => Promise.resolve({ status: 500, body: "" }), "0", "answered 500"],
      ["a redirect", () => Promise.resolve({ status: 302, body: id }), "0", "answered 302"],
      [
        "another page",
        () => Promise.resolve({ status: 201, body: "It works!" }),
        "0",
        "answered 201 without the order's number",
      ],
      ["no answer in time", failing("TimeoutError"), "0", "no answer: timeout"],
      ["an answer that breaks off", failing("AbortError", "ABORT_ERR"), "0", "no answer: timeout"],
      ["a name that does not exist", failing("Error", "ENOTFOUND"), "0", "no answer: ENOTFOUND"],
      ["a refused connection", failing("Error", "ECONNREFUSED"), "0", "no answer: ECONNREFUSED"],
      [
        "an expired certificate",
        failing("Error", "CERT_HAS_EXPIRED"),
        "0",
        "no answer: CERT_HAS_EXPIRED",
      ],
      ["an error without a code", failing("TypeError"), "0", "no answer: TypeError"],
      ["a thrown value that is not an error", () => Promise.reject(gone), "0", "no answer: gone"],
    ];
  for (const [title, order, value, reason] of outcomes) {
    it(`writes ${value} for ${title}, and is a successful run`, async () => {
      const result = await run(order);
      expect(valueOf(result)).to.equal(value);
      expect(result.failure).to.equal(undefined);
      expect(result.lines).to.deep.equal([
        {
          timestamp: "2026-11-22T12:00:02.000Z",
          level: value === "1" ? "INFO" : "WARN",
          url: "https://oregon.orders.cafe.com/orders",
          succeeded: value === "1",
          reason,
          milliseconds: 1_000,
        },
      ]);
    });
  }

  it("writes the value to the minute in which the order was placed", async () => {
    const { requests } = await run(failing("TimeoutError"));
    const form = new URLSearchParams(requests[1]?.body);
    expect(form.get("MetricData.member.1.Timestamp")).to.equal("2026-11-22T12:00:00.000Z");
    expect(form.get("Namespace")).to.equal("failover");
    expect(form.get("MetricData.member.1.Dimensions.member.1.Value")).to.equal(
      "oregon.orders.cafe.com",
    );
  });

  it("fails without a secret, and then sends no order and no metric", async () => {
    const requests: HttpRequest[] = [];
    const failure = await syntheticOrder(syntheticOrderSettingsOf(environment), {
      exchange: (request) => {
        requests.push(request);
        return accepted();
      },
      newId: () => id,
      readSecret: () => Promise.reject(new Error("no secret")),
      now: () => new Date(),
      write: () => undefined,
    }).catch((error: unknown) => (error as Error).message);
    expect([failure, requests]).to.deep.equal(["no secret", []]);
  });

  it("fails when the metric cannot be written, whatever became of the order", async () => {
    const refused = await run(
      () => Promise.resolve({ status: 201, body: id }),
      () => Promise.resolve({ status: 400, body: "Throttling" }),
    );
    expect(refused.failure?.message).to.equal("PutMetricData: answered 400, Throttling");
    const unreachable = await run(failing("TimeoutError"), failing("TimeoutError"));
    expect(unreachable.failure?.message).to.equal(
      "PutMetricData: no answer from monitoring.us-east-2.amazonaws.com",
    );
  });
});
