import type * as report from "../report/document";
import { lasting, round, seconds } from "../report/figures";
import type { StoryStep } from "../result";
import { isLongestOpen, longestOf, termLabel } from "./bounds";
import { moveText, shareText } from "./shares";
import type { Bar, Panel, Timeline } from "./timeline";
import { failureModeText, withDepends } from "./wording";

/** A story's timeline as a figure of a report. */
export function timelineFigure(timeline: Timeline): report.TimelineBlock {
  const { lanes, panels, promisedDowntime } = timeline;
  return {
    kind: "timeline",
    lanes,
    panels: panels.map((panel) => ({
      title: panel.step.step,
      caption: captionOf(panel),
      ...moveOf(panel),
      description: describePanel(timeline, panel),
      startSeconds: panel.startSeconds,
      endSeconds: panel.endSeconds,
      showsMark: panel.outage,
      down: panel.down,
      bars: panel.bars.map(({ lane, from, to, kind, label, shares }) => ({
        lane,
        fromSeconds: from,
        toSeconds: to,
        kind,
        label: labelOf({ kind, label, from, to }),
        shares,
      })),
      remarks: lanes.flatMap((lane) => remarksOf(panel, lane)),
    })),
    ...(promisedDowntime === undefined
      ? {}
      : { mark: { seconds: promisedDowntime, text: `objective ${round(promisedDowntime)} s` } }),
  };
}

/** What is not known and decides what a panel shows. */
function unreadIn({ step }: Panel): readonly string[] {
  const { dependsOn = [], bounds = [] } = step;
  return [...new Set([...dependsOn, ...(longestOf(bounds)?.dependsOn ?? [])])];
}

/** The panel in a few words. */
function captionOf(panel: Panel): string {
  return withDepends(shownIn(panel), unreadIn(panel));
}

function shownIn({ step, movedAt, outage, bars }: Panel): string {
  const isReturn = step.death === "returns";
  if (movedAt === undefined) {
    const has = (wanted: string): boolean => bars.some(({ kind }) => kind === wanted);
    if (has("arrives")) return "customers move, time unknown";
    if (has("dead")) return "customers are on a dead answer, and do not move";
    // On the way all may come back to the answer that they had, as where nothing else works.
    return isReturn && step.downtime
      ? `the same answer as before, for good after ${seconds(step.downtime)}`
      : "no customers move";
  }
  if (movedAt === null) return neverText(step);
  const moved = `detected in ${seconds(step.detection)}, all moved in ${seconds(movedAt)}`;
  // What fails beside the places of answers, such as a database or a check, may still take the customers' orders.
  if (!outage) return isReturn ? `${moved}; every customer has an answer` : moved;
  return step.death === "" ? moved : `${moved}; worst if it ${failureModeText(step.death)}`;
}

/** As the table says it: "perhaps", where what was not read decides. */
function neverText({ bounds }: StoryStep): string {
  return `customers ${lasting(null, isLongestOpen(bounds))} move`;
}

/** The customers' move, unless they never do. */
function moveOf({ shares, movedAt }: Panel): { readonly move?: string } {
  const move = movedAt === null ? undefined : moveText(shares);
  return move === undefined ? {} : { move };
}

/** The picture in words, lane by lane. */
function describePanel({ promisedDowntime }: Timeline, panel: Panel): string {
  const { step, bars, movedAt } = panel;
  const outage = bars.filter(({ kind }) => ["notices", "spreads", "expires"].includes(kind));
  const parts = outage.map(
    ({ lane, label, from, to }) =>
      `${lane}: ${termLabel(label)} from ${round(from)} s to ${round(to)} s`,
  );
  const arrived = bars.filter(({ kind, from }) => kind === "serves" && from >= 0);
  const answers = arrived.map(
    ({ lane, from, shares }) => `${lane} answers ${shareText(shares[1])} from ${round(from)} s`,
  );
  const promised =
    promisedDowntime === undefined ? [] : [`the objective is ${round(promisedDowntime)} s`];
  const never = movedAt === null ? [neverText(step)] : [];
  const sentences = [...parts, ...answers, ...never, ...(outage.length > 0 ? promised : [])];
  const text = sentences.length > 0 ? sentences.join(". ") : `${step.step}: no customers move`;
  return `${withDepends(text, unreadIn(panel))}.`;
}

/** When the last customer has arrived in a lane. */
function remarksOf(panel: Panel, lane: string): report.TimelinePanel["remarks"] {
  const arrived = panel.bars.find(
    (bar) => bar.lane === lane && bar.kind === "serves" && bar.from > 0,
  );
  if (!arrived) return [];
  const { shares, from } = arrived;
  return [{ lane, text: `${shareText(shares[1])} here by ${round(from)} s` }];
}

function labelOf({ kind, label, from, to }: Omit<Bar, "lane" | "shares">): string {
  switch (kind) {
    case "notices":
      return Number.isFinite(to) && label !== "never detected" ? `${round(to - from)} s` : label;
    case "serves":
      return from < 0 ? "" : "answers";
    case "dead":
      return "dead";
    default:
      return "";
  }
}
