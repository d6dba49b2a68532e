import { expect } from "chai";
import type { DrillEvent, DrillRun } from "../../../../rehearsal/live/drillRun";
import {
  answerLanes,
  checkLanes,
  faultLanes,
  orderBuckets,
} from "../../../../rehearsal/live/page/drillLanes";
import type { DrillState, MeasuredOutage } from "../../../../rehearsal/live/drillState";
import { stateAt } from "../../../../rehearsal/live/drillState";
import {
  objectiveResultTable,
  outageRows,
  outageTable,
} from "../../../../rehearsal/live/page/drillTables";
import { clockText, spanText, statusOf } from "../../../../rehearsal/live/drillWords";
import { logOf } from "../../../../rehearsal/live/eventLog";
import { textOfMarkup } from "../../../../rehearsal/report/markup";
import { smallDrill } from "./smallDrill";

const answers = (endpoint: string, value: string, share = 1): readonly object[] => [
  { endpoint, value, ttlSeconds: 10, share },
];
const answer = (
  atSeconds: number,
  all: readonly object[],
  healthyRecords: readonly string[],
): DrillEvent =>
  ({
    atSeconds,
    kind: "answer",
    answers: all,
    path: ["first"],
    healthyRecords,
    lastResort: false,
  }) as DrillEvent;
const orders = (atSeconds: number, served: number, failed = 0, stale = 0): DrillEvent => ({
  ...{ atSeconds, kind: "customers", served, failed, stale, page: 0, lost: 0 },
});

/** The first zone dies at 10 s, the second answers from 40 s, and it is back at 60 s. */
const events: readonly DrillEvent[] = [
  { atSeconds: 0, kind: "check", check: "a", isHealthy: true, checkers: { healthy: 16, all: 16 } },
  answer(0, answers("web-a", "192.0.2.1"), ["first", "second"]),
  orders(5, 50),
  {
    ...{ atSeconds: 10, kind: "fault", action: "fail", names: ["us-west-2a"], death: "refused" },
    broken: ["us-west-2a"],
  },
  orders(30, 0, 20),
  { atSeconds: 30, kind: "check", check: "a", isHealthy: true, checkers: { healthy: 4, all: 16 } },
  { atSeconds: 35, kind: "check", check: "a", isHealthy: false, checkers: { healthy: 2, all: 16 } },
  answer(40, answers("192.0.2.2", "192.0.2.2"), ["second"]),
  orders(45, 0, 5, 5),
  {
    ...{ atSeconds: 50, kind: "measured", fault: "us-west-2a", detectionSeconds: 25 },
    ...{ downtimeSeconds: 40, isWithinBound: true },
    predicted: { detection: { bound: 45 }, downtime: { bound: null } },
  },
  { atSeconds: 60, kind: "fault", action: "return", names: ["us-west-2a"], broken: [] },
];
const run: DrillRun = { drill: smallDrill, events };
const at = (atSeconds: number): DrillState => stateAt(run, atSeconds);

describe("the state of a drill", () => {
  it("is that of the events until the moment", () => {
    expect(at(20).broken).to.deep.equal([
      { name: "us-west-2a", sinceSeconds: 10, death: "refused" },
    ]);
    expect(at(20).measured).to.deep.equal([]);
    expect(at(60).broken).to.deep.equal([]);
    expect(at(60).orders).to.deep.equal({ served: 50, failed: 25, stale: 5, page: 0, lost: 0 });
  });

  it("keeps since when a check has its state, whatever its checkers count", () => {
    expect(at(30).checks.get("a")).to.deep.equal({
      ...{ isHealthy: true, sinceSeconds: 0, checkers: { healthy: 4, all: 16 } },
    });
    expect(at(60).checks.get("a")).to.deep.include({ isHealthy: false, sinceSeconds: 35 });
  });
});

describe("the state of a drill in sentences", () => {
  const wordsAt = (atSeconds: number): readonly string[] => {
    const { tone, headline, broken, orders: last } = statusOf(at(atSeconds));
    return [tone, headline, broken, last];
  };

  it("says who serves", () => {
    expect(wordsAt(9)).to.deep.equal([
      "good",
      "Served from us-west-2a (us-west-2).",
      "Nothing is broken.",
      "50 of 50 orders served in the last report.",
    ]);
  });

  it("says that customers are sent to a broken place until another answers", () => {
    expect(wordsAt(31)).to.deep.equal([
      "bad",
      "Customers are sent to us-west-2a (us-west-2), which is broken.",
      "us-west-2a has been broken for 21 s.",
      "0 of 20 orders served in the last report.",
    ]);
    expect(wordsAt(50).slice(0, 2)).to.deep.equal(["good", "Served from 192.0.2.2."]);
  });

  it("names the share of each of several answers", () => {
    const both = [...answers("web-a", "192.0.2.1", 0.1), ...answers("192.0.2.2", "192.0.2.2", 0.9)];
    const [, , , fault] = events;
    const split = { drill: smallDrill, events: [answer(0, both, ["first"])] };
    expect(statusOf(stateAt(split, 0)).headline).to.equal(
      "Served from 192.0.2.2 (90 %) and us-west-2a (us-west-2, 10 %).",
    );
    const broken = { drill: smallDrill, events: [...split.events, fault as DrillEvent] };
    expect(statusOf(stateAt(broken, 10))).to.deep.include({
      tone: "bad",
      headline:
        "Customers are sent to us-west-2a (us-west-2, 10 %), which is broken; 192.0.2.2 (90 %) serves.",
    });
  });

  it("does not claim to know an answer, and reports that there is none", () => {
    expect(statusOf(stateAt({ drill: smallDrill, events: [] }, 0))).to.deep.include({
      ...{ tone: "soft", headline: "No answer is known yet." },
    });
    const none = { drill: smallDrill, events: [answer(0, [], [])] };
    expect(statusOf(stateAt(none, 0))).to.deep.include({
      ...{ tone: "bad", headline: "The name servers have no answer for www.a.test." },
    });
  });

  it("writes times for people", () => {
    expect([0, 59.9, 125].map(clockText)).to.deep.equal(["0:00", "0:59", "2:05"]);
    expect([12.4, 60, 125].map(spanText)).to.deep.equal(["12 s", "1 min", "2 min 5 s"]);
  });
});

describe("the event log of a drill", () => {
  it("has what happened, without first healthy checks and counts of checkers", () => {
    expect(
      logOf(at(60)).map(({ atSeconds, word, text }) => `${atSeconds} ${word}: ${text}`),
    ).to.deep.equal([
      "0 Answer: the name servers answer us-west-2a (us-west-2)",
      "10 Fault: us-west-2a broken: refuses connections",
      "35 Check: check-a is unhealthy; 2 of 16 checkers healthy",
      "40 Answer: the name servers answer 192.0.2.2",
      "50 Measured: us-west-2a: detected in 25 s, downtime 40 s, as predicted",
      "60 Return: us-west-2a brought back",
    ]);
  });

  it("has a screen reader announce all but checks and notes", () => {
    const quiet = logOf(at(60)).filter(({ isImportant }) => !isImportant);
    expect(quiet.map(({ word }) => word)).to.deep.equal(["Check"]);
  });
});

describe("the lanes of a drill's timeline", () => {
  it("have what was broken, and until when", () => {
    const period = { tone: "broken", label: "broken" };
    expect(faultLanes(at(20))).to.deep.equal([
      { label: "us-west-2a", periods: [{ from: 10, to: 20, ...period }] },
    ]);
    expect(faultLanes(at(60))).to.deep.equal([
      { label: "us-west-2a", periods: [{ from: 10, to: 60, ...period }] },
    ]);
  });

  it("have the states of checks", () => {
    expect(checkLanes(at(50))).to.deep.equal([
      {
        label: "check-a",
        periods: [
          { from: 0, to: 35, tone: "healthy", label: "✓" },
          { from: 35, to: 50, tone: "unhealthy", label: "✗ unhealthy" },
        ],
      },
    ]);
  });

  it("have who answered, with its share", () => {
    expect(answerLanes(at(50))).to.deep.equal([
      {
        label: "us-west-2a",
        periods: [{ from: 0, to: 40, tone: "answers", share: 1, label: "answers" }],
      },
      {
        label: "192.0.2.2",
        periods: [{ from: 40, to: 50, tone: "answers", share: 1, label: "answers" }],
      },
    ]);
  });

  it("add up orders in periods, at most 120 of them", () => {
    expect(
      orderBuckets(at(45)).map(({ from, to, served, failed }) => [from, to, served, failed]),
    ).to.deep.equal([
      [4, 5, 50, 0],
      [29, 30, 0, 20],
      [44, 45, 0, 5],
    ]);
    const long = {
      drill: smallDrill,
      events: Array.from({ length: 1_000 }, (_, second) => orders(second + 1, 1)),
    };
    const buckets = orderBuckets(stateAt(long, 1_000));
    expect(buckets.length).to.be.at.most(120);
    expect(buckets.reduce((sum, { served }) => sum + served, 0)).to.equal(1_000);
  });
});

describe("measured beside predicted", () => {
  it("lists what may happen, then what is being measured, then the measurement", () => {
    const shortly = (atSeconds: number): readonly unknown[] =>
      outageRows(at(atSeconds), "refused").map(({ fault, death, isOpen, measured, prediction }) => [
        ...[fault, death, isOpen, measured?.downtimeSeconds, prediction?.detection.bound],
      ]);
    expect(shortly(5)).to.deep.equal([["us-west-2a", "refused", false, undefined, 45]]);
    expect(shortly(20)).to.deep.equal([["us-west-2a", "refused", true, undefined, 45]]);
    expect(shortly(50)).to.deep.equal([["us-west-2a", "refused", false, 40, 45]]);
  });

  it("says in words whether it is within the bound, and what has no end", () => {
    const text = textOfMarkup(outageTable(at(50), "refused")).replaceAll(/<[^>]*>/g, "");
    expect(text).to.include("✓ yes").and.to.include("at most 45 s").and.to.include("endless");
  });

  it("compares an outage among others with no prediction", () => {
    const { isWithinBound: _, predicted: __, ...measured } = at(50).measured[0] as MeasuredOutage;
    const text = textOfMarkup(outageTable({ ...at(50), measured: [measured] }, "refused"));
    expect(text).to.include("not predicted").and.not.to.include("at most");
  });

  it("compares the worst with the objectives", () => {
    expect(textOfMarkup(objectiveResultTable(at(5)))).to.include("not measured");
    expect(textOfMarkup(objectiveResultTable(at(50))))
      .to.include("✓ met")
      .and.to.include("40 s");
  });

  it("says where there are no objectives, and how to give some", () => {
    const { drill } = at(50);
    const none = { ...at(50), drill: { ...drill, objectives: [] } };
    expect(textOfMarkup(objectiveResultTable(none)).replaceAll(/<[^>]*>|\s+/g, " ")).to.match(
      /None given\. The stack's output +objectives +gives them/,
    );
  });

  it("takes an outage that was cut short for missed only if it had left its bound", () => {
    const [whole] = at(50).measured as [MeasuredOutage];
    const { isWithinBound: _, ...measured } = { ...whole, downtimeSeconds: null };
    const stateWith = (outages: readonly MeasuredOutage[]): string =>
      textOfMarkup(objectiveResultTable({ ...at(50), measured: outages }));
    expect(stateWith([whole, measured]))
      .to.include("40 s")
      .and.to.include("1 cut short")
      .and.not.to.include("missed");
    expect(stateWith([{ ...measured, isWithinBound: false }])).to.include("✗ missed");
  });
});
