import { expect } from "chai";
import { anOrder, type OrderInput } from "../harness/customer";
import { canonicalBody, closingLine, judge, totalCentsOf } from "./ledger";
import type { Promised, StoredRow, Verdict } from "./ledger";

const orders = [1, 2, 3].map((n) => anOrder({ note: `order ${n}` }));
const [first = anOrder(), second = anOrder(), third = anOrder()] = orders;

const promised = (order: OrderInput, answer: 201 | 202 = 201): Promised => ({ order, answer });
const row = (order: OrderInput): StoredRow => ({
  id: order.id,
  body: canonicalBody(order),
  totalCents: totalCentsOf(order.items),
});

function judged(
  promises: readonly Promised[],
  made: readonly StoredRow[],
  more: { readonly aside?: readonly StoredRow[]; readonly twice?: readonly string[] } = {},
): Verdict {
  const told = { promises, twice: new Set(more.twice ?? []), wrongAnswers: [] };
  return judge(told, { made, aside: more.aside ?? [] });
}

describe("the judge of the loss test", () => {
  it("finds nothing wrong when every confirmed order is stored once", () => {
    const verdict = judged([promised(first), promised(second)], [row(first), row(second)]);
    expect(closingLine(verdict)).to.equal(
      "acknowledged=2 stored=2 lost=0 duplicated=0 wrong=0 unprotected=0",
    );
  });

  it("counts a confirmed order that is missing as lost", () => {
    const { lost } = judged([promised(first), promised(second)], [row(first)]);
    expect(lost).to.deep.equal([second.id]);
  });

  it("counts a confirmed order with another body as lost", () => {
    const other = { ...row(first), body: canonicalBody({ ...first, name: "Eve" }) };
    expect(judged([promised(first)], [other]).lost).to.deep.equal([first.id]);
  });

  it("counts an order that is made twice, under one number or two", () => {
    const copy = { ...row(first), id: third.id };
    expect(judged([promised(first)], [row(first), copy]).duplicated).to.deep.equal([first.id]);
    const again = row({ ...second, name: "Eve" });
    expect(judged([promised(second)], [row(second), again]).duplicated).to.deep.equal([second.id]);
  });

  it("counts a body that is kept aside as stored where there were two, and as wrong elsewhere", () => {
    const rival = { ...first, note: "rival" };
    const kept = { aside: [row(rival)], twice: [first.id] };
    const verdict = judged([promised(first), promised(rival)], [row(first)], kept);
    expect(closingLine(verdict)).to.equal(
      "acknowledged=2 stored=1 lost=0 duplicated=0 wrong=0 unprotected=0",
    );
    const { wrong } = judged([promised(first)], [row(first)], { aside: [row(rival)] });
    expect(wrong).to.deep.equal([`${first.id}: aside without a rival`]);
  });

  it("counts a total that is not the items' price, and a confirmed number without a made order", () => {
    expect(judged([promised(first)], [{ ...row(first), totalCents: 1 }]).wrong).to.deep.equal([
      `${first.id}: stored with a total of 1`,
    ]);
    const { wrong } = judged([promised(first)], [], { aside: [row(first)], twice: [first.id] });
    expect(wrong).to.deep.equal([`${first.id}: confirmed, and nothing is made`]);
  });

  it("counts 202s separately, and missing ones without calling them lost", () => {
    const verdict = judged(
      [promised(first), promised(second, 202), promised(third, 202)],
      [row(first), row(second)],
    );
    expect(verdict).to.include({ acknowledged: 1, unprotected: 2, unprotectedGone: 1 });
    expect(verdict.lost).to.deep.equal([]);
  });
});
