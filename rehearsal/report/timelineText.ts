import type { BarKind, TimelineBlock, TimelinePanel } from "./document";
import { paintOf } from "./paint";
import { wrap } from "./textLayout";

/** The character of each kind of bar. */
const marks: Readonly<Record<BarKind, string>> = {
  serves: "━",
  notices: "×",
  spreads: "▒",
  expires: "░",
  leaves: "╲",
  arrives: "╱",
  dead: "×",
};

/** The legend below the panels. */
export const timelineLegend =
  "━ answers, × dead and not detected yet, ▒ decided and propagating, ░ caches expire, ╱ customers arrive, ╲ customers leave, ┊ event";

/** The panels of a timeline as lines, to scale. */
export function timelineLines(timeline: TimelineBlock, columns: number): readonly string[] {
  return timeline.panels.flatMap((panel) => [...panelLines(timeline, panel, columns)]);
}

function panelLines(
  { lanes, mark }: TimelineBlock,
  panel: TimelinePanel,
  columns: number,
): readonly string[] {
  const nameWidth = Math.max(...lanes.map((lane) => lane.length), 0);
  const width = Math.max(10, columns - nameWidth - 2);
  const note = panel.showsMark && mark ? `, ${mark.text}` : "";
  return [
    ...wrap(`${panel.title}: ${panel.caption}${note}`, columns, paintOf(false)),
    ...lanes.map((lane) => `${lane.padEnd(nameWidth)}  ${laneText(panel, lane, width)}`.trimEnd()),
  ];
}

/** A lane, a character for each equal part of the time, from the last bar that covers the part. */
function laneText(panel: TimelinePanel, lane: string, width: number): string {
  const { startSeconds, endSeconds, bars } = panel;
  const step = (endSeconds - startSeconds) / width;
  const zero = Math.floor(-startSeconds / step);
  return Array.from({ length: width }, (_, index) => {
    const at = startSeconds + (index + 0.5) * step;
    const bar = bars.findLast(
      (each) => each.lane === lane && each.fromSeconds <= at && at < each.toSeconds,
    );
    if (bar) return marks[bar.kind];
    return index === zero ? "┊" : " ";
  }).join("");
}
