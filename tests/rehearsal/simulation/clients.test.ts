import { expect } from "chai";
import type { AnswerList, States } from "../../../rehearsal/simulation/answers";
import { AnswerStates, drawValue, statesOf } from "../../../rehearsal/simulation/answers";
import type { Bad } from "../../../rehearsal/simulation/clients";
import { clientDowntimeMs, lastClientMs } from "../../../rehearsal/simulation/clients";
import { History } from "../../../rehearsal/simulation/history";
import { usesOf } from "../../../rehearsal/simulation/population";
import { streamOf } from "../../../rehearsal/simulation/random";
import type { Run } from "../../../rehearsal/simulation/simulator";

const nobody: AnswerList = { values: [], cumulative: [], ttlMs: [] };

/** A list of one value that all queries get. */
function only(value: number, ttlMs: number): AnswerList {
  return { values: [value], cumulative: [1], ttlMs: [ttlMs] };
}

/** A run in which each list is given from its time on, and the states that it goes through. */
type Given = readonly (readonly [atMs: number, list: AnswerList])[];

function runOf(lists: Given): {
  readonly run: Run;
  readonly states: States;
} {
  const history = new History();
  history.begin();
  lists.slice(1).forEach(([atMs], index) => {
    history.add(atMs, index + 1);
  });
  return {
    run: { history, clientDelayMs: 0, gate: [] },
    states: { after: () => 0, answersIn: (state) => [lists[state]?.[1] ?? nobody] },
  };
}

/** Value 0 serves, value 1 is dead. */
const dead: Bad = { kind: "dead", values: [false, true] };

describe("a client of a simulation", () => {
  const downtimes = (lists: Given, bad: Bad = dead, clients = 50): readonly number[] => {
    const { run, states } = runOf(lists);
    return Array.from({ length: clients }, (_, client) =>
      clientDowntimeMs(run, states, bad, 0, streamOf(1, client)),
    );
  };

  it("asks once a second while it gets no answer", () => {
    // The last query without an answer is the one at 4 s.
    expect(
      downtimes([
        [0, nobody],
        [5_000, only(0, 60_000)],
      ]),
    ).to.deep.equal(Array(50).fill(4_000));
  });

  it("has no downtime where it never gets a bad answer", () => {
    expect(
      new Set(
        downtimes([
          [0, only(0, 10_000)],
          [5_000, only(0, 20_000)],
        ]),
      ),
    ).to.deep.equal(new Set([0]));
  });

  it("leaves an answer that is bad for a while within its TTL after that", () => {
    const all = downtimes([
      [0, only(0, 10_000)],
      [2_000, only(1, 30_000)],
      [100_000, only(0, 10_000)],
    ]);
    // Those that ask within the first 2 s ask again 10 s later, and get it then.
    expect(Math.min(...all)).to.be.at.least(100_000);
    expect(Math.max(...all)).to.be.below(130_000);
  });

  it("leaves a value that is answered more often than in the end, and no value that is not", () => {
    const half = { values: [0, 1], cumulative: [0.5, 1], ttlMs: [10_000, 10_000] };
    const more: Bad = { kind: "overShare", shares: [[0.5, 0.5]] };
    const all = downtimes(
      [
        [0, only(1, 10_000)],
        [20_000, half],
      ],
      more,
    );
    expect(Math.min(...all)).to.be.at.least(20_000);
    expect(Math.max(...all)).to.be.below(30_000);
    expect(new Set(downtimes([[0, half]], more))).to.deep.equal(new Set([0]));
  });

  it("that is the last of all asked just before the answer changed", () => {
    const { run, states } = runOf([
      [0, only(1, 60_000)],
      [20_000, only(0, 10_000)],
    ]);
    expect(lastClientMs(run, states, dead, 0)).to.equal(80_000);
  });
});

describe("what a query draws", () => {
  it("is a value as often as it is given, and none where the query gets no answer", () => {
    const list = { values: [7, 8], cumulative: [0.25, 0.75], ttlMs: [0, 0] };
    expect([0, 0.2499, 0.25, 0.7499, 0.75].map((share) => drawValue(list, share))).to.deep.equal([
      0, 0, 1, 1, -1,
    ]);
    expect(drawValue(nobody, 0)).to.equal(-1);
  });

  it("is the last value where the sum of the shares is rounded to less than 1", () => {
    const list = { values: [7, 8], cumulative: [0.5, 1 - 2 ** -40], ttlMs: [0, 0] };
    expect(drawValue(list, 1 - 2 ** -41)).to.equal(1);
  });
});

describe("the states of the signals", () => {
  const statesOfSignals = (count: number): AnswerStates =>
    new AnswerStates(Array<boolean>(count).fill(false), (vector) => [
      only(
        vector.map(Number).reduce((sum, one) => 2 * sum + one, 0),
        0,
      ),
    ]);
  const valueIn = (states: States, state: number): number | undefined =>
    states.answersIn(state)[0]?.values[0];

  it("are the same as data", () => {
    const states = statesOfSignals(3);
    const data = states.data();
    if (!data) throw new Error("no data");
    expect(data.answers).to.have.length(8);
    const same = statesOf(data);
    const state = same.after(same.after(0, 0, true), 2, true);
    expect([valueIn(same, state), valueIn(same, same.after(state, 0, false))]).to.deep.equal([
      0b101, 0b001,
    ]);
    expect(states.after(states.after(0, 0, true), 2, true)).to.equal(state);
  });

  it("are no data where there are too many", () => {
    expect(statesOfSignals(10).data()?.answers).to.have.length(1_024);
    expect(statesOfSignals(11).data()).to.equal(undefined);
  });
});

describe("what the clients of a scenario use", () => {
  const { run, states } = runOf([[0, nobody]]);
  const health = { stopsMs: () => Infinity, refuses: () => true };
  const lengthsOf = (kind: Parameters<typeof usesOf>[0]): readonly number[] => {
    const uses = usesOf(kind, run, states, { question: 0, endMs: 300_000, health }, streamOf(1, 0));
    expect(new Set(uses.map(({ value }) => value))).to.deep.equal(new Set([-1]));
    expect(uses.at(-1)?.toMs).to.equal(300_000);
    // The first use began before the scenario, and the last one is cut by its end.
    return [...new Set(uses.slice(1, -1).map(({ fromMs, toMs }) => toMs - fromMs))];
  };

  it("is nothing where nobody answers: they ask again after a second, or what they keep", () => {
    expect(lengthsOf("obeys")).to.deep.equal([1_000]);
    expect(lengthsOf("stale")).to.deep.equal([30_000]);
    expect(lengthsOf("browser")).to.deep.equal([60_000]);
    // A client with an open connection has none, and is as patient as with one that hangs.
    expect(lengthsOf("keepAlive")).to.deep.equal([30_000]);
    expect(lengthsOf("keepsForever")).to.deep.equal([]);
  });
});
