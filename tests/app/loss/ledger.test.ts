import { expect } from "chai";
import { anOrder, type OrderInput } from "../harness/customer";
import { canonicalBody, closingLine, judge, type Promised, type StoredRow } from "./ledger";

const orders = [1, 2, 3].map((n) => anOrder({ note: `order ${n}` }));
const [first = anOrder(), second = anOrder(), third = anOrder()] = orders;

const promised = (order: OrderInput, answer: 201 | 202 = 201): Promised => ({ order, answer });
const row = (order: OrderInput): StoredRow => ({ id: order.id, body: canonicalBody(order) });

describe("the judge of the loss test", () => {
  it("finds nothing wrong when every confirmed order is there once", () => {
    const verdict = judge([promised(first), promised(second)], [row(first), row(second)]);
    expect(closingLine(verdict)).to.equal(
      "acknowledged=2 stored=2 lost=0 duplicated=0 unprotected=0",
    );
  });

  it("counts a confirmed order that is missing as lost", () => {
    const { lost } = judge([promised(first), promised(second)], [row(first)]);
    expect(lost).to.deep.equal([second.id]);
  });

  it("counts a confirmed order with another body as lost", () => {
    const other = { ...row(first), body: canonicalBody({ ...first, name: "Eve" }) };
    expect(judge([promised(first)], [other]).lost).to.deep.equal([first.id]);
  });

  it("counts an order that is there twice, under one number or under two", () => {
    const copy = { id: third.id, body: canonicalBody(first) };
    expect(judge([promised(first)], [row(first), copy]).duplicated).to.deep.equal([first.id]);
    const aside = { ...row(second), body: canonicalBody({ ...second, name: "Eve" }) };
    expect(judge([promised(second)], [row(second), aside]).duplicated).to.deep.equal([second.id]);
  });

  it("counts 202s apart, and those that are gone without calling them lost", () => {
    const verdict = judge(
      [promised(first), promised(second, 202), promised(third, 202)],
      [row(first), row(second)],
    );
    expect(verdict).to.include({ acknowledged: 1, unprotected: 2, unprotectedGone: 1 });
    expect(verdict.lost).to.deep.equal([]);
  });
});
