import { expect } from "chai";
import { orderVerdictOf } from "../../../functions/syntheticOrder/verdict";
import type { OrderOutcome } from "../../../functions/syntheticOrder/verdict";

const id = "3f0c0a52-8f0e-4b3c-9a54-0d8a5f1c2b7e";
const answered = (status: number, body = `{"id":"${id}"}`): OrderOutcome => ({
  kind: "answered",
  status,
  body,
});

describe("verdictOf", () => {
  const cases: readonly [outcome: OrderOutcome, succeeded: boolean, reason: string][] = [
    [answered(201), true, "answered 201 for the order"],
    [answered(202), true, "answered 202 for the order"],
    [answered(200), false, "answered 200"],
    [answered(204), false, "answered 204"],
    [answered(301), false, "answered 301"],
    [answered(404), false, "answered 404"],
    [answered(409), false, "answered 409"],
    [answered(503), false, "answered 503"],
    [answered(201, "Café orders"), false, "answered 201 without the order's number"],
    [answered(202, ""), false, "answered 202 without the order's number"],
    [{ kind: "unanswered", cause: "ENOTFOUND" }, false, "no answer: ENOTFOUND"],
  ];
  for (const [outcome, succeeded, reason] of cases) {
    it(`calls ${JSON.stringify(outcome)} ${succeeded ? "a success" : "a failure"}`, () => {
      expect(orderVerdictOf(outcome, id)).to.deep.equal({ succeeded, reason });
    });
  }
});
