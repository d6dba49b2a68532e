import { expect } from "chai";
import { round } from "../../../rehearsal/report/figures";
import type { ReportedAnswer, StackRehearsal } from "../../../rehearsal/result";
import { timelineOf } from "../../../rehearsal/story/timeline";
import type { Timeline } from "../../../rehearsal/story/timeline";
import { answerIn, changed, exampleRehearsal } from "./example";

function stackOf(rehearsal = exampleRehearsal()): StackRehearsal {
  const [stack] = rehearsal.stacks;
  if (!stack) throw new Error("the example has a stack");
  return stack;
}

/** The bars of a panel in short form, without those before the event. */
function barsOf(timeline: Timeline, panel: number): readonly string[] {
  const end = timeline.panels[panel]?.endSeconds;
  return (timeline.panels[panel]?.bars ?? [])
    .filter(({ to }) => to > 0)
    .map(
      ({ lane, kind, from, to }) =>
        `${lane} ${kind} ${Math.round(from)}–${to === end ? "end" : to}`,
    );
}

describe("the timeline of a story", () => {
  const timeline = timelineOf(stackOf());

  it("has a lane per place that answers, and a panel per event", () => {
    expect(timeline.lanes).to.deep.equal(["us-west-2a", "us-west-2b", "eu-west-1a", "maintenance"]);
    expect(timeline.panels.map(({ step }) => step.step)).to.deep.equal([
      "us-west-2a fails",
      "Oregon fails",
      "Dublin fails",
      "all recover",
    ]);
  });

  it("draws the terms of the worst failure mode in sequence, then the next place", () => {
    expect(barsOf(timeline, 0)).to.deep.equal([
      "us-west-2a notices 0–114",
      "us-west-2a spreads 114–124",
      "us-west-2a expires 124–184",
      "us-west-2b arrives 124–184",
      "us-west-2b serves 184–end",
    ]);
    expect(timeline.panels[0]).to.include({ movedAt: 184, outage: true });
  });

  it("marks the places within a fault", () => {
    expect(timeline.panels.map(({ down }) => down)).to.deep.equal([
      ["us-west-2a"],
      ["us-west-2a", "us-west-2b"],
      ["us-west-2a", "us-west-2b", "eu-west-1a"],
      [],
    ]);
  });

  it("draws all outages to one scale, with room for the objective", () => {
    const ends = timeline.panels.map(({ endSeconds }) => endSeconds);
    expect(new Set(ends).size).to.equal(1);
    expect(ends[0]).to.be.greaterThan(190);
    const [first] = timeline.panels;
    expect(first?.startSeconds).to.be.lessThan(0);
  });

  it("moves customers who are still served without an outage, on a separate scale", () => {
    const terms = [
      { name: "detection", seconds: 180, formula: "", source: "" },
      { name: "ttl", seconds: 60, formula: "", source: "" },
    ];
    const bounds = [{ death: "returns", detection: 180, downtime: 240, terms }];
    const back = timelineOf(stackOf(changed({ steps: { 4: { bounds } } })));
    expect(barsOf(back, 3)).to.deep.equal([
      "maintenance serves 0–180",
      "maintenance leaves 180–240",
      "us-west-2a arrives 180–240",
      "us-west-2a serves 240–end",
    ]);
    expect(back.panels[3]).to.include({ movedAt: 240, outage: false });
    expect(back.panels[3]?.endSeconds).to.be.greaterThan(back.panels[0]?.endSeconds ?? Infinity);
    expect(back.panels[0]?.endSeconds).to.equal(timeline.panels[0]?.endSeconds);
  });

  it("shows a move without figures over the whole axis", () => {
    expect(barsOf(timeline, 3)).to.deep.equal([
      "maintenance leaves 0–end",
      "us-west-2a arrives 0–end",
    ]);
    expect(timeline.panels[3]?.movedAt).to.equal(undefined);
  });

  it("shows an undetected outage to the end of the axis", () => {
    const never = { death: "refused", detection: null, downtime: null, bounds: [] };
    const stuck = timelineOf(stackOf(changed({ steps: { 1: never } })));
    expect(barsOf(stuck, 0)).to.deep.equal(["us-west-2a notices 0–end"]);
    expect(stuck.panels[0]?.movedAt).to.equal(null);
  });

  it("leaves customers where they are if a move is never detected", () => {
    const never = { death: "returns", detection: null, downtime: null };
    const stuck = timelineOf(stackOf(changed({ steps: { 4: never } })));
    expect(barsOf(stuck, 3)).to.deep.equal(["maintenance serves 0–end"]);
  });

  it("shows no outage if its length is unknown", () => {
    const unsaid = { death: "", detection: null, downtime: null, bounds: [] };
    const open = timelineOf(stackOf(changed({ steps: { 1: unsaid } })));
    expect(barsOf(open, 0)).to.deep.equal(["us-west-2b arrives 0–end"]);
    expect(open.panels[0]).to.include({ movedAt: undefined, outage: true });
  });

  it("uses a step's own figures if it has no terms", () => {
    const bare = timelineOf(stackOf(changed({ steps: { 1: { bounds: [] } } })));
    expect(barsOf(bare, 0).slice(0, 2)).to.deep.equal([
      "us-west-2a notices 0–114",
      "us-west-2a expires 114–184",
    ]);
  });

  it("shows customers sent to an endpoint that does not serve", () => {
    const answers = [{ ...answerIn("us-west-2b"), alive: false }];
    const dead = timelineOf(stackOf(changed({ steps: { 1: { answers } } })));
    expect(barsOf(dead, 0).slice(-2)).to.deep.equal([
      "us-west-2b dead 124–184",
      "us-west-2b dead 184–end",
    ]);
  });

  it("keeps a lane serving when the answer stays", () => {
    const answers = [answerIn("us-west-2a")];
    const still = timelineOf(
      stackOf(changed({ steps: { 1: { answers, faults: ["elsewhere"] } } })),
    );
    expect(barsOf(still, 0)).to.deep.equal(["us-west-2a serves -31–end"]);
    expect(still.panels[0]).to.include({ movedAt: undefined, outage: false });
  });

  it("draws a lane as dead where one value of its record is (C23)", () => {
    const one = { ...answerIn("us-west-2b"), probability: 0.5 };
    const half = timelineOf(
      stackOf(changed({ steps: { 1: { answers: [one, { ...one, alive: false }] } } })),
    );
    expect(barsOf(half, 0)).to.deep.equal([
      "us-west-2a notices 0–114",
      "us-west-2a spreads 114–124",
      "us-west-2a expires 124–184",
      "us-west-2b dead 124–184",
      "us-west-2b dead 184–end",
    ]);
  });

  it("moves customers into a lane that serves others already, and out of one that keeps some", () => {
    const shared = (first: number): readonly ReportedAnswer[] => [
      { ...answerIn("us-west-2a"), probability: first },
      { ...answerIn("eu-west-1a"), probability: 1 - first },
    ];
    const spread = timelineOf(
      stackOf(
        changed({
          steps: {
            0: { answers: shared(0.9) },
            1: { answers: [answerIn("eu-west-1a")] },
            2: { answers: shared(0.25), faults: [] },
          },
        }),
      ),
    );
    expect(barsOf(spread, 0)).to.deep.equal([
      "us-west-2a notices 0–114",
      "us-west-2a spreads 114–124",
      "us-west-2a expires 124–184",
      "eu-west-1a serves 0–124",
      "eu-west-1a arrives 124–184",
      "eu-west-1a serves 184–end",
    ]);
    expect(barsOf(spread, 1)).to.deep.equal([
      "eu-west-1a serves 0–124",
      "eu-west-1a leaves 124–184",
      "eu-west-1a serves 184–end",
      "us-west-2a arrives 124–184",
      "us-west-2a serves 184–end",
    ]);
    const rounded = spread.panels[0]?.bars.map(({ shares }) => shares.map((one) => round(one)));
    expect(rounded).to.deep.equal([
      ...Array.from({ length: 3 }, () => ["0.9", "0.9"]),
      ...[
        ["0.9", "0"],
        ["0.1", "0.1"],
        ["0.1", "0.1"],
        ["0.1", "1"],
        ["1", "1"],
      ],
    ]);
    expect(spread.panels[0]).to.include({ movedAt: 184, outage: true });
  });

  it("shows an answer that stays but does not serve as dead", () => {
    const answers = [{ ...answerIn("us-west-2a"), alive: false }];
    const stays = timelineOf(stackOf(changed({ steps: { 1: { answers } } })));
    expect(barsOf(stays, 0)).to.deep.equal(["us-west-2a dead 0–end"]);
    const [earlier] = stays.panels[1]?.bars ?? [];
    expect(earlier).to.include({ lane: "us-west-2a", kind: "dead", to: 0 });
  });

  it("has an axis without objectives and measurements", () => {
    const story = stackOf().story.slice(0, 1);
    const calm = { ...stackOf(), objectives: [], story: [...story, ...story] };
    expect(timelineOf(calm).panels[0]?.endSeconds).to.be.greaterThan(0);
    expect(timelineOf(calm).promisedDowntime).to.equal(undefined);
  });
});
