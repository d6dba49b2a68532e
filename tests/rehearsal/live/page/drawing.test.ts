import { expect } from "chai";
import type { DrillEvent } from "../../../../rehearsal/live/drillRun";
import type { DrillState } from "../../../../rehearsal/live/drillState";
import { stateAt } from "../../../../rehearsal/live/drillState";
import {
  alertsMarkup,
  differencesMarkup,
  factsMarkup,
  ordersMarkup,
  statusMarkup,
} from "../../../../rehearsal/live/page/drillPanels";
import {
  checkTable,
  logList,
  objectiveResultTable,
  outageTable,
} from "../../../../rehearsal/live/page/drillTables";
import { drillTimeline } from "../../../../rehearsal/live/page/drillTimeline";
import { treeList } from "../../../../rehearsal/live/page/treeList";
import { treeFits, treePicture } from "../../../../rehearsal/live/page/treePicture";
import type { Markup } from "../../../../rehearsal/report/markup";
import { textOfMarkup } from "../../../../rehearsal/report/markup";
import { smallDrill } from "./smallDrill";

const [check] = smallDrill.checks;
const [member] = smallDrill.tree.members;
const fault = smallDrill.faults[0]?.name ?? "";
const [endpoint] = smallDrill.endpoints;

const events: readonly DrillEvent[] = [
  {
    ...{ atSeconds: 0, kind: "answer", lastResort: false },
    answers: [{ value: "127.0.0.2", endpoint: endpoint?.id ?? "", ttlSeconds: 10, share: 1 }],
    ...{ path: [member?.record ?? ""], healthyRecords: [member?.record ?? ""] },
  },
  { atSeconds: 1, kind: "customers", served: 9, failed: 0, stale: 0, page: 0, lost: 0 },
  { atSeconds: 2, kind: "gate", phase: "latched", isLatched: true, text: "held" },
  {
    ...{ atSeconds: 5, kind: "fault", action: "fail", names: [fault], death: "refused" },
    broken: [fault],
  },
  {
    ...{ atSeconds: 20, kind: "check", check: check?.id ?? "", isHealthy: false },
    checkers: { healthy: 2, all: 16 },
  },
  { atSeconds: 21, kind: "alert", subject: "ALARM: check", text: "it fails" },
  { atSeconds: 22, kind: "customers", served: 2, failed: 7, stale: 5, page: 1, lost: 0 },
  {
    ...{ atSeconds: 40, kind: "measured", fault, detectionSeconds: 15, downtimeSeconds: 30 },
    ...{ isWithinBound: false, outside: ["the downtime is longer"] },
  },
  { atSeconds: 50, kind: "end", isGood: false, reasons: ["an outage was too long"] },
];
const states: readonly DrillState[] = [0, 10, 30, 60].map((at) =>
  stateAt({ drill: smallDrill, events }, at),
);
const first = states[0] as DrillState;
const broken = states[1] as DrillState;
const last = states.at(-1) as DrillState;
const text = (markup: Markup): string =>
  textOfMarkup(markup)
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll(/\s+/g, " ");

describe("the drawing of a drill's page", () => {
  it("says in its panels what happens, what was ordered and how it ended", () => {
    expect(text(factsMarkup(first))).to.contain("drill time");
    expect(text(factsMarkup(last))).to.contain(", ended");
    expect(text(statusMarkup(broken))).to.contain("Failback gate: latched, latched. held");
    expect(text(statusMarkup(last))).to.contain("✗ The drill ended badly: an outage was too long");
    const unread = { ...last, drill: { ...last.drill, unread: ["check a: not read"] } };
    const end = { atSeconds: 60, kind: "end", isGood: true, reasons: [] } as const;
    const well = { ...unread, end };
    expect(text(statusMarkup(well))).to.contain(
      "? The drill ended well, as far as it is known. check a: not read",
    );
    expect(text(ordersMarkup(first))).to.contain("Success –");
    expect(text(ordersMarkup(last))).to.match(/Orders served 11 Failed 7 .* stale answer 5/);
    expect(text(alertsMarkup(first))).to.contain("No alert yet.");
    expect(text(alertsMarkup(last))).to.contain("ALARM: check");
    expect(() => differencesMarkup(last)).not.to.throw();
  });

  it("compares what was measured with what was predicted, and lists checks and events", () => {
    expect(text(outageTable(broken, "refused"))).to.contain("measuring …");
    expect(text(outageTable(last, "refused"))).to.contain("15 s");
    expect(text(checkTable(first))).not.to.contain("✗");
    expect(text(checkTable(last))).to.contain("2 of 16");
    expect(text(logList(last))).to.contain("not as predicted: the downtime is longer");
    expect(() => states.map(objectiveResultTable)).not.to.throw();
  });

  it("draws tree and timeline at every width, with words beside colours", () => {
    for (const width of [343, 720, 1200]) {
      for (const state of states) {
        expect(textOfMarkup(treePicture(state, width))).to.contain("<svg");
        expect(textOfMarkup(drillTimeline(state, width))).to.contain("<svg");
      }
    }
    expect(treeFits(last, 100)).to.equal(false);
    expect(text(treeList(last))).to.contain("answers");
  });
});
