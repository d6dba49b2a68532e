import { expect } from "chai";
import { verdictOf } from "../../../functions/syntheticOrder/verdict";
import type { Outcome } from "../../../functions/syntheticOrder/verdict";

const answered = (status: number, body = "cafe-orders-ok"): Outcome => ({
  kind: "answered",
  status,
  body,
});

describe("verdictOf", () => {
  const cases: readonly [outcome: Outcome, succeeded: boolean, reason: string][] = [
    [answered(200), true, "answered 200 with the token"],
    [answered(201, '{"status":"cafe-orders-ok"}'), true, "answered 201 with the token"],
    [answered(299), true, "answered 299 with the token"],
    [answered(199), false, "answered 199"],
    [answered(300), false, "answered 300"],
    [answered(301), false, "answered 301"],
    [answered(404), false, "answered 404"],
    [answered(500), false, "answered 500"],
    [answered(503), false, "answered 503"],
    [answered(200, "Café orders"), false, "answered 200 without the token"],
    [answered(200, ""), false, "answered 200 without the token"],
    [answered(200, "CAFE-ORDERS-OK"), false, "answered 200 without the token"],
    [{ kind: "unanswered", cause: "ENOTFOUND" }, false, "no answer: ENOTFOUND"],
  ];
  for (const [outcome, succeeded, reason] of cases) {
    it(`calls ${JSON.stringify(outcome)} ${succeeded ? "a success" : "a failure"}`, () => {
      expect(verdictOf(outcome, "cafe-orders-ok")).to.deep.equal({ succeeded, reason });
    });
  }
});
