import { expect } from "chai";
import type { BegunFault } from "../../../rehearsal/live/measures";
import { Measures } from "../../../rehearsal/live/measures";
import type { RecordSet } from "../../../routing/model";
import type { Resolution } from "../../../routing/resolve";

/** An answer of all queries with one value. */
function answer(value: string, ttlSeconds = 10): Resolution {
  // A measure looks at no record.
  const record = {} as RecordSet;
  return {
    answers: [{ value, ttlSeconds, record, probability: 1, path: [] }],
    lastResort: false,
    unanswered: 0,
  };
}
const [a, b, c] = [answer("a"), answer("b", 60), answer("c")];

const predicted = {
  detection: { bound: 36, simulated: { low: 18.7, high: 35.9 } },
  downtime: { bound: 56, simulated: { low: 22.1, high: 55 } },
};
const fault: BegunFault = {
  ...{ name: "zone", atSeconds: 10, finalAnswer: b, mostMoved: true, predicted },
  isBad: ({ value }) => value === "a",
};

/** An outage whose orders fail each second from its begin. */
function begun(begin: BegunFault, failingSeconds: number): Measures {
  const measures = new Measures();
  measures.decide(a, 0);
  measures.publish(a, 0);
  measures.begin(begin);
  for (let second = 0; second <= failingSeconds; second += 1) {
    measures.ended({ outcome: "failed", atSeconds: begin.atSeconds + second });
  }
  return measures;
}

describe("the measure of an outage", () => {
  it("is judged at both ends once it is over", () => {
    const measures = begun(fault, 30);
    measures.decide(b, 35);
    measures.publish(b, 38);
    expect(measures.resultAt(55)).to.equal(undefined);
    expect(measures.resultAt(70)).to.deep.equal({
      ...{ kind: "measured", fault: "zone", detectionSeconds: 25, downtimeSeconds: 30 },
      ...{ predicted, isWithinBound: true, outside: [] },
    });
  });

  it("is noticed when every bad answer is left, whatever good ones follow", () => {
    const measures = begun(fault, 30);
    measures.decide(c, 35);
    measures.publish(c, 38);
    expect(measures.resultAt(70)).to.equal(undefined);
    measures.decide(b, 60);
    measures.publish(b, 61);
    expect(measures.resultAt(85)).to.deep.include({ detectionSeconds: 25, isWithinBound: true });
  });

  it("is noticed when the last bad answer is left, and at once where none is given", () => {
    const measures = begun(fault, 30);
    for (const [one, atSeconds] of [
      [c, 20],
      [a, 25],
      [b, 40],
    ] as const) {
      measures.decide(one, atSeconds);
    }
    expect(measures.end(41)).to.deep.include({ detectionSeconds: 30 });
    expect(begun({ ...fault, isBad: () => false }, 0).end(11)).to.deep.include({
      detectionSeconds: 0,
    });
  });

  it("may have been short for customers who were on an older answer when it began", () => {
    const outsideAt = (atSeconds: number): readonly string[] => {
      const measures = new Measures();
      measures.publish(b, 0);
      measures.publish(a, 100);
      measures.decide(a, 95);
      measures.begin({ ...fault, atSeconds });
      measures.ended({ outcome: "failed", atSeconds: atSeconds + 20 });
      measures.decide(b, atSeconds + 25);
      measures.publish(b, atSeconds + 28);
      return measures.resultAt(atSeconds + 60)?.outside ?? ["no result"];
    };
    expect(outsideAt(159)).to.deep.equal([]);
    expect(outsideAt(160)).to.deep.equal([
      "orders failed for 0 s, shorter than any simulated run (22.1 s)",
    ]);
  });

  it("is judged where it was cut short after its bound", () => {
    expect(begun(fault, 57).end(70)).to.deep.equal({
      ...{ kind: "measured", fault: "zone", detectionSeconds: null, downtimeSeconds: null },
      ...{ predicted, isWithinBound: false },
      outside: [
        "not noticed in 60 s, longer than the bound 36 s",
        "orders failed for at least 57 s, longer than the bound 56 s",
      ],
    });
    const late = begun(fault, 40);
    late.decide(b, 47);
    expect(late.end(50)?.outside).to.deep.equal(["noticed in 37 s, longer than the bound 36 s"]);
  });

  it("is open where it was cut short before its bound, however short it was", () => {
    const measures = begun(fault, 3);
    measures.decide(b, 12);
    const measured = measures.end(20);
    expect(measured).to.deep.include({ predicted, detectionSeconds: 2, downtimeSeconds: null });
    expect(measured).not.to.have.any.keys("isWithinBound", "outside");
  });

  it("is compared with nothing where nothing was predicted", () => {
    const { predicted: _, ...unpredicted } = fault;
    const measured = begun(unpredicted, 57).end(70);
    expect(measured).not.to.have.any.keys("predicted", "isWithinBound", "outside");
  });
});
