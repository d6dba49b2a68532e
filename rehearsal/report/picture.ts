import { scaleLinear } from "d3-scale";
import type { ScaleLinear } from "d3-scale";
import { html } from "hono/html";
import type { Bar, Panel, Timeline } from "./timeline";
import { placeOf, round } from "./wording";

/** A piece of HTML or SVG whose values are escaped. */
export type Markup = ReturnType<typeof html>;

/** One unit is one CSS pixel at 320 px, the narrowest screen; wider ones only enlarge it. */
const width = 288;
const margin = 4;
const laneHeight = 36;
/** From the top of a lane to its bar; the lane's name stands above. */
const barTop = 15;
const barHeight = 14;
/** From the top of a lane to the base line of its name. */
const nameBase = 11;
const axisHeight = 30;
const topHeight = 16;
/** Longest name of a lane that leaves room for what stands beside it, in characters. */
const nameLength = 24;
/** No label is written into a bar narrower than this for each of its characters. */
const characterWidth = 5.6;

/** The drawing of one panel: a lane per place that answers, time from left to right, to scale. */
export function panelPicture(timeline: Timeline, panel: Panel, id: string): Markup {
  const { lanes } = timeline;
  const height = topHeight + lanes.length * laneHeight + axisHeight;
  const x = scaleLinear()
    .domain([panel.startSeconds, panel.endSeconds])
    .range([margin, width - margin]);
  return html`<svg
    role="img"
    aria-labelledby="${id}-title ${id}-text"
    viewBox="0 0 ${width} ${height}"
  >
    <title id="${id}-title">${panel.step.step}</title>
    <desc id="${id}-text">${describePanel(timeline, panel)}</desc>
    ${axis(panel, x, height)}
    ${lanes.map((lane, index) => laneBars(panel, lane, topHeight + index * laneHeight, x))}
    ${moment(x(0), height)} ${panel.outage ? promise(timeline, x, height) : ""}
    ${lanes.map((lane, index) => laneTexts(panel, lane, topHeight + index * laneHeight))}
  </svg>`;
}

type Scale = ScaleLinear<number, number>;

/** The picture in words, lane by lane. */
export function describePanel({ promisedDowntime }: Timeline, panel: Panel): string {
  const { step, bars, movedAt } = panel;
  const outage = bars.filter(({ kind }) => ["notices", "spreads", "expires"].includes(kind));
  const parts = outage.map(
    ({ lane, label, from, to }) => `${lane}: ${label} from ${round(from)} s to ${round(to)} s`,
  );
  const arrived = bars.filter(({ kind, from }) => kind === "serves" && from >= 0);
  const answers = arrived.map(
    ({ lane, from }) =>
      `${lane} answers ${shareOf(panel, lane, "everybody")} from ${round(from)} s`,
  );
  const promised =
    promisedDowntime === undefined ? [] : [`${round(promisedDowntime)} s are promised`];
  const never = movedAt === null ? ["customers never move"] : [];
  const sentences = [...parts, ...answers, ...never, ...(outage.length > 0 ? promised : [])];
  return sentences.length > 0 ? `${sentences.join(". ")}.` : `${step.step}: nobody has to move.`;
}

function axis({ endSeconds }: Panel, x: Scale, height: number): Markup {
  const bottom = height - axisHeight;
  const ticks = x.ticks(6).filter((tick) => tick >= 0 && tick < endSeconds * 0.97);
  return html`<g class="axis">
    <line x1="${margin}" x2="${width - margin}" y1="${bottom}" y2="${bottom}"></line>
    ${ticks.map(
      (tick) =>
        html`<line
            class="grid"
            x1="${x(tick)}"
            x2="${x(tick)}"
            y1="${topHeight}"
            y2="${bottom + 4}"
          ></line>
          <text x="${x(tick)}" y="${bottom + 16}">${tick}</text>`,
    )}
    <text class="unit" x="${width - margin}" y="${bottom + 28}">seconds after it happens</text>
  </g>`;
}

function laneBars({ bars, down }: Panel, lane: string, top: number, x: Scale): Markup {
  return html`<rect
      class="${down.includes(lane) ? "track down" : "track"}"
      x="${margin}"
      y="${top + barTop}"
      width="${width - 2 * margin}"
      height="${barHeight}"
    ></rect>
    ${bars.filter((bar) => bar.lane === lane).map((bar) => barMarkup(bar, top + barTop, x))}`;
}

/** The lane's name, and beside it when the last customer has arrived there. */
function laneTexts(panel: Panel, lane: string, top: number): Markup {
  const { bars, down } = panel;
  const isDown = down.includes(lane) ? " · down" : "";
  const since = bars.find(
    (bar) => bar.lane === lane && bar.kind === "serves" && bar.from > 0,
  )?.from;
  const arrived =
    since === undefined
      ? ""
      : html`<text class="arrival" x="${width - margin}" y="${top + nameBase}">
          ${shareOf(panel, lane, "all")} here by ${round(since)} s
        </text>`;
  return html`<text class="name" x="${margin}" y="${top + nameBase}">${clip(lane)}${isDown}</text>
    ${arrived}`;
}

/** The share of the customers that a lane answers in the end; a word where that is all of them. */
function shareOf({ step }: Panel, lane: string, whole: string): string {
  const probability = step.answers
    .filter((answer) => placeOf(answer) === lane)
    .reduce((sum, answer) => sum + answer.probability, 0);
  return probability > 0 && probability < 1 ? `${round(probability * 100)} %` : whole;
}

/** The beginning of a long name; the picture's description has all of it. */
function clip(name: string): string {
  return name.length > nameLength ? `${name.slice(0, nameLength - 1)}…` : name;
}

function barMarkup(bar: Bar, y: number, x: Scale): Markup {
  const [from, to] = [x(bar.from), x(bar.to)];
  const label = labelOf(bar);
  const fits = label.length * characterWidth + 6 < to - from;
  const text = html`<text class="in" x="${(from + to) / 2}" y="${y + 10.5}">${label}</text>`;
  return html`<path class="${bar.kind}" d="${outlineOf(bar, from, to, y)}"></path>
    ${fits ? text : ""}`;
}

/** Customers who move make a wedge, because caches expire one by one; all else is a box. */
function outlineOf({ kind }: Bar, from: number, to: number, y: number): string {
  const bottom = y + barHeight;
  switch (kind) {
    case "arrives":
      return `M${from} ${bottom}L${to} ${y}V${bottom}Z`;
    case "expires":
    case "leaves":
      return `M${from} ${y}L${to} ${bottom}H${from}Z`;
    default:
      return `M${from} ${y}H${to}V${bottom}H${from}Z`;
  }
}

function labelOf({ kind, label, from, to }: Bar): string {
  switch (kind) {
    case "notices":
      return Number.isFinite(to) && label !== "never noticed" ? `${round(to - from)} s` : label;
    case "serves":
      return from < 0 ? "" : "answers";
    case "dead":
      return "dead";
    default:
      return "";
  }
}

/** The line that the last customer has to cross in time. */
function promise({ promisedDowntime }: Timeline, x: Scale, height: number): Markup {
  if (promisedDowntime === undefined) return html``;
  const at = x(promisedDowntime);
  return html`<g class="promise">
    <line x1="${at}" x2="${at}" y1="${topHeight - 3}" y2="${height - axisHeight}"></line>
    <text x="${at}" y="10">${round(promisedDowntime)} s promised</text>
  </g>`;
}

/** The moment at which it happens. */
function moment(at: number, height: number): Markup {
  return html`<line
    class="moment"
    x1="${at}"
    x2="${at}"
    y1="${topHeight - 3}"
    y2="${height - axisHeight}"
  ></line>`;
}
