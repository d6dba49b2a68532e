import { expect } from "chai";
import type { Table } from "../../../rehearsal/report/document";
import { clientShares } from "../../../rehearsal/scenarios/format";
import type { Scenario } from "../../../rehearsal/scenarios/readScenario";
import type { Replay } from "../../../rehearsal/scenarios/replay";
import type { ReplayReport } from "../../../rehearsal/scenarios/report";
import { replayDocument, replayJson } from "../../../rehearsal/scenarios/report";

const seconds = { served: 900, degraded: 60.04, page: 0, dead: 1_239.96 };
const replay: Replay = {
  seconds,
  places: [{ place: "us-west-2a", ...seconds }],
  clients: [{ kind: "obeys", share: 0.55, ...seconds }],
  orders: { placed: 4_000, missed: 200, atRisk: 3 },
  deadAtEnd: 0,
  timeline: [{ atSeconds: 60, text: "failure of web", source: "a status page" }],
};
const scenario: Scenario = {
  name: "A server dies",
  durationSeconds: 2_200,
  ordersPerMinute: 10,
  clients: clientShares,
  parameters: { backAt: { value: 400, low: 300 }, lostAt: { value: 60, low: 30 } },
  played: { phases: [], capacities: [], told: [], notes: [], gateEvents: [] },
};
const report: ReplayReport = {
  ...{ stack: "s", name: "www.a.test", type: "A", seed: 1, scenario, replay, doubts: [] },
  ...{ assumed: new Map(), unknown: [] },
};

describe("the report of a scenario", () => {
  it("leads with what the scenario is about, where it says so", () => {
    expect(replayDocument(report)).not.to.have.property("lead");
    const about = { ...report, scenario: { ...scenario, about: " Why.\n" } };
    expect(replayDocument(about)).to.include({ lead: "Why." });
  });

  it("is good as long as nobody is on a dead answer at the end", () => {
    expect(replayDocument(report).verdict).to.deep.equal({
      isGood: true,
      text: "At the end no customer that obeys the TTL is on a dead answer. Of 2,200 s an average customer is served for 900 s, degraded for 60 s, on the static page for 0 s, and on a dead answer for 1,240 s.",
      reasons: [],
    });
    const bad = replayDocument({ ...report, replay: { ...replay, deadAtEnd: 0.253 } });
    expect(bad.verdict).to.deep.equal({
      isGood: false,
      text: "25 % of the customers that obey the TTL are on a dead answer at the end.",
      reasons: [],
    });
  });

  it("is uncertain where it depends on what was not read, and says how to settle it", () => {
    const latch = { name: "latch", why: "it watches stop.a.test, which is outside this stack" };
    const open = {
      ...report,
      assumed: new Map([["alarm", false]]),
      unknown: [{ ...latch, isHealthy: false }],
    };
    const { verdict, blocks } = replayDocument(open);
    expect(verdict?.isGood).to.equal(false);
    expect(verdict?.reasons).to.deep.equal([
      "Not certain: it depends on what was not read.",
      "Assumed unhealthy: latch; it watches stop.a.test, which is outside this stack.",
      "To settle it: --assume latch=healthy or =unhealthy.",
    ]);
    expect(JSON.stringify(blocks)).to.contain("As --assume says: alarm is unhealthy.");
    const printed = JSON.parse(replayJson(open)) as Record<string, unknown>;
    expect(printed["unknown"]).to.deep.equal([{ ...latch, taken: "unhealthy" }]);
    expect(printed["assumed"]).to.deep.equal({ alarm: "unhealthy" });
  });

  const notesOf = (one: ReplayReport): readonly unknown[] =>
    replayDocument(one).blocks.flatMap((block) =>
      block.kind === "section"
        ? block.blocks.flatMap((inner) => (inner.kind === "note" ? [inner.text] : []))
        : [],
    );

  it("names the places that answer in other runs only", () => {
    const others = /^Who answers is from one of 10 runs, .* these answer too: (.*)\.$/;
    const [first] = notesOf(report);
    expect(others.exec(String(first))?.[1]).to.equal("us-west-2a");
    const timeline = [{ atSeconds: 0, text: "us-west-2a 50 %, us-west-2b 50 % answer" }];
    const shown = notesOf({ ...report, replay: { ...replay, timeline } });
    expect(shown.some((note) => others.test(String(note)))).to.equal(false);
  });

  it("says that kinds are samples, and which degraded customers can order", () => {
    const degraded =
      "Degraded customers of a slow place can order. Those that an overloaded place cannot carry, and those of a place without its database, cannot.";
    expect(notesOf(report)).to.include.members([
      "Each kind is a sample of 400 clients: differences of a few percent are chance.",
      degraded,
    ]);
    const served = { ...replay, seconds: { ...seconds, degraded: 0 } };
    expect(notesOf({ ...report, replay: served })).not.to.include(degraded);
  });

  it("tells the first 25 events, and how many more there are", () => {
    const items = (count: number): unknown => {
      const timeline = Array.from({ length: count }, (_, n) => ({ atSeconds: n, text: "flap" }));
      const [happens] = replayDocument({ ...report, replay: { ...replay, timeline } }).blocks;
      const [list] = happens?.kind === "section" ? happens.blocks : [];
      return list?.kind === "table"
        ? list.rows.slice(24).map(([after, event]) => [after, event])
        : [];
    };
    expect(items(25)).to.deep.equal([["24 s", "flap"]]);
    expect(items(28)).to.deep.equal([
      ["24 s", "flap"],
      ["…", "and 3 more"],
    ]);
  });

  it("has a row for each end of what is in doubt, with what it is about", () => {
    const outcomes = [{ value: 300, replay }];
    const blocks = replayDocument({
      ...report,
      doubts: [
        { parameter: "backAt", about: "when it is back", outcomes },
        { parameter: "lostAt", about: "", outcomes },
      ],
    }).blocks;
    const section = blocks.at(-1);
    const [table] = section?.kind === "section" ? (section.blocks as readonly Table[]) : [];
    expect(table?.rows).to.deep.equal([
      ["backAt, here 400: when it is back", "300", "900 s", "60 s", "0 s", "1,240 s", "200"],
      ["lostAt, here 60", "300", "900 s", "60 s", "0 s", "1,240 s", "200"],
    ]);
    expect(replayDocument(report).blocks).to.have.length(blocks.length - 1);
  });

  it("is JSON without what was made of the scenario's events", () => {
    const printed = JSON.parse(replayJson(report)) as Record<string, unknown>;
    expect(printed["orders"]).to.deep.equal(replay.orders);
    expect(printed["scenario"]).to.have.all.keys(
      ...["name", "durationSeconds", "ordersPerMinute", "clients", "parameters"],
    );
  });
});
