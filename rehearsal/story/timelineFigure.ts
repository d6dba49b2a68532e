import type * as report from "../report/document";
import { round, seconds } from "../report/figures";
import type { Bar, Panel, Timeline } from "./timeline";
import { failureModeText, placeOf } from "./wording";

/** A story's timeline as a figure of a report. */
export function timelineFigure(timeline: Timeline): report.TimelineBlock {
  const { lanes, panels, promisedDowntime } = timeline;
  return {
    kind: "timeline",
    lanes,
    panels: panels.map((panel) => ({
      title: panel.step.step,
      caption: captionOf(panel),
      description: describePanel(timeline, panel),
      startSeconds: panel.startSeconds,
      endSeconds: panel.endSeconds,
      showsMark: panel.outage,
      down: panel.down,
      bars: panel.bars.map(({ lane, from, to, kind, label }) => ({
        lane,
        fromSeconds: from,
        toSeconds: to,
        kind,
        label: labelOf({ lane, from, to, kind, label }),
      })),
      remarks: lanes.flatMap((lane) => remarksOf(panel, lane)),
    })),
    ...(promisedDowntime === undefined
      ? {}
      : { mark: { seconds: promisedDowntime, text: `objective ${round(promisedDowntime)} s` } }),
  };
}

/** The panel in a few words. */
function captionOf({ step, movedAt, outage, bars }: Panel): string {
  if (movedAt === undefined) {
    const moves = bars.some(({ kind }) => kind === "arrives" || kind === "dead");
    return moves ? "customers move, time unknown" : "no customers move";
  }
  if (movedAt === null) return "customers never move";
  const moved = `detected in ${seconds(step.detection)}, all moved in ${seconds(movedAt)}`;
  if (!outage) return `${moved}; every customer has an answer`;
  return step.death === "" ? moved : `${moved}; worst if it ${failureModeText(step.death)}`;
}

/** The picture in words, lane by lane. */
function describePanel({ promisedDowntime }: Timeline, panel: Panel): string {
  const { step, bars, movedAt } = panel;
  const outage = bars.filter(({ kind }) => ["notices", "spreads", "expires"].includes(kind));
  const parts = outage.map(
    ({ lane, label, from, to }) => `${lane}: ${label} from ${round(from)} s to ${round(to)} s`,
  );
  const arrived = bars.filter(({ kind, from }) => kind === "serves" && from >= 0);
  const answers = arrived.map(
    ({ lane, from }) => `${lane} answers ${shareOf(panel, lane, "all")} from ${round(from)} s`,
  );
  const promised =
    promisedDowntime === undefined ? [] : [`the objective is ${round(promisedDowntime)} s`];
  const never = movedAt === null ? ["customers never move"] : [];
  const sentences = [...parts, ...answers, ...never, ...(outage.length > 0 ? promised : [])];
  return sentences.length > 0 ? `${sentences.join(". ")}.` : `${step.step}: no customers move.`;
}

/** When the last customer has arrived in a lane. */
function remarksOf(panel: Panel, lane: string): report.TimelinePanel["remarks"] {
  const since = panel.bars.find(
    (bar) => bar.lane === lane && bar.kind === "serves" && bar.from > 0,
  )?.from;
  if (since === undefined) return [];
  return [{ lane, text: `${shareOf(panel, lane, "all")} here by ${round(since)} s` }];
}

/** The final share of a lane's customers; a word if that is all of them. */
function shareOf({ step }: Panel, lane: string, whole: string): string {
  const probability = step.answers
    .filter((answer) => placeOf(answer) === lane)
    .reduce((sum, answer) => sum + answer.probability, 0);
  return probability > 0 && probability < 1 ? `${round(probability * 100)} %` : whole;
}

function labelOf({ kind, label, from, to }: Bar): string {
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
