import { expect } from "chai";
import type { TimelineBlock } from "../../../rehearsal/report/document";
import { timelineLines } from "../../../rehearsal/report/timelineText";

const bar = { label: "" };
const timeline: TimelineBlock = {
  kind: "timeline",
  lanes: ["a", "bb"],
  mark: { seconds: 60, text: "60 s promised" },
  panels: [
    {
      title: "a dies",
      caption: "all moved in 50 s",
      description: "",
      startSeconds: -10,
      endSeconds: 90,
      showsMark: true,
      down: ["a"],
      remarks: [],
      bars: [
        { ...bar, lane: "a", fromSeconds: -10, toSeconds: 0, kind: "serves" },
        { ...bar, lane: "a", fromSeconds: 0, toSeconds: 30, kind: "notices" },
        { ...bar, lane: "a", fromSeconds: 30, toSeconds: 40, kind: "spreads" },
        { ...bar, lane: "a", fromSeconds: 40, toSeconds: 50, kind: "expires" },
        { ...bar, lane: "bb", fromSeconds: 40, toSeconds: 50, kind: "arrives" },
        { ...bar, lane: "bb", fromSeconds: 50, toSeconds: 90, kind: "serves" },
      ],
    },
  ],
};

describe("a timeline as text", () => {
  it("draws each lane to scale, a character for each equal part of the time", () => {
    expect(timelineLines(timeline, 14)).to.deep.equal([
      ...["a dies: all", "moved in 50 s,", "60 s promised"],
      "a   ━×××▒░",
      "bb   ┊   ╱━━━━",
    ]);
  });

  it("omits the objective in a panel that does not show it", () => {
    const [panel] = timeline.panels;
    const panels = panel ? [{ ...panel, showsMark: false }] : [];
    expect(timelineLines({ ...timeline, panels }, 40)[0]).to.equal("a dies: all moved in 50 s");
  });
});
