import { expect } from "chai";
import fc from "fast-check";
import { EventQueue } from "../../../rehearsal/simulation/queue";
import { streamOf } from "../../../rehearsal/simulation/random";

describe("the queue of events", () => {
  it("returns events by time, and events of the same time in the order of insertion", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5, max: 5 }), { maxLength: 600 }), (times) => {
        const queue = new EventQueue();
        const sequences = times.map((time, event) => queue.push(time, event));
        const expected = times
          .map((time, event) => ({ time, event, sequence: sequences[event] }))
          .sort((a, b) => a.time - b.time || a.event - b.event);
        const taken = expected.map(() => {
          const event = queue.pop();
          return { time: queue.time, event, sequence: queue.sequence };
        });
        expect(taken).to.deep.equal(expected);
        expect(queue.isEmpty).to.equal(true);
      }),
    );
  });

  it("grows with its content", () => {
    const queue = new EventQueue();
    for (let event = 0; event < 1_000; event += 1) queue.push(1_000 - event, event);
    const taken = Array.from({ length: 1_000 }, () => queue.pop());
    expect(taken).to.deep.equal(Array.from({ length: 1_000 }, (_, index) => 999 - index));
  });

  it("returns events while others are added, and is empty after it is cleared", () => {
    const queue = new EventQueue();
    queue.push(5, 1);
    queue.push(3, 2);
    expect(queue.pop()).to.equal(2);
    queue.push(4, 3);
    expect([queue.pop(), queue.pop()]).to.deep.equal([3, 1]);
    queue.push(1, 4);
    queue.clear();
    expect(queue.isEmpty).to.equal(true);
    expect(queue.push(9, 5)).to.equal(0);
  });
});

describe("random draws", () => {
  const sample = (seed: number, stream: number): readonly number[] => {
    const draws = streamOf(seed, stream);
    return Array.from({ length: 50 }, () => draws.below(1_000));
  };

  it("are equal for one seed and stream, and different for others", () => {
    expect(sample(7, 3)).to.deep.equal(sample(7, 3));
    expect(sample(7, 3)).not.to.deep.equal(sample(8, 3));
    expect(sample(7, 3)).not.to.deep.equal(sample(7, 4));
  });

  it("are uniform: a tenth of them in each tenth", () => {
    const draws = streamOf(1, 0);
    const counts = Array.from({ length: 10 }, () => 0);
    for (let n = 0; n < 100_000; n += 1) {
      const tenth = draws.below(10);
      counts[tenth] = (counts[tenth] ?? 0) + 1;
    }
    // Five standard deviations of a binomial count are 475.
    for (const count of counts) expect(count).to.be.within(9_500, 10_500);
  });
});
