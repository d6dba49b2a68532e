import { scaleLinear } from "d3-scale";
import type { ScaleLinear } from "d3-scale";
import { html } from "hono/html";
import type { BarKind, TimelineBlock, TimelineBar, TimelinePanel } from "./document";
import type { Markup } from "./markup";
import { clipped, panelFigures } from "./panels";

/** One unit is one CSS pixel at 320 px, the narrowest screen; wider screens enlarge it. */
const width = 288;
const margin = 4;
const laneHeight = 36;
/** From the top of a lane to its bar; the lane's name is above. */
const barTop = 15;
const barHeight = 14;
/** The height of the smallest share of the customers, and of a bar with text in it. */
const barHeightMin = 3;
const textHeight = 10;
/** From the top of a lane to the base line of its name. */
const nameBase = 11;
const axisHeight = 30;
const topHeight = 16;
/** Longest name of a lane that leaves room for the text next to it, in characters. */
const nameLength = 24;
/** A label is written into a bar only if the bar is this wide per character. */
const characterWidth = 5.6;

/** The panels of a timeline, each a separate figure, with a legend below. */
export function timelineFigures(timeline: TimelineBlock, id: string): Markup {
  return panelFigures(
    timeline.panels.map((panel, index) => ({
      title: panel.title,
      caption: panel.caption,
      move: panel.move,
      picture: panelPicture(timeline, panel, `${id}-${index}`),
    })),
    legend(timeline),
  );
}

/** The drawing of one panel: a lane per place, time from left to right, to scale. */
function panelPicture(timeline: TimelineBlock, panel: TimelinePanel, id: string): Markup {
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
    <title id="${id}-title">${panel.title}</title>
    <desc id="${id}-text">${panel.description}</desc>
    ${axis(panel, x, lanes.length)}
    ${lanes.map((lane, index) => laneBars(panel, lane, topHeight + index * laneHeight, x))}
    <path class="moment" d="${upright(x(0), lanes.length)}"></path>
    ${panel.showsMark ? mark(timeline, x) : ""}
    ${lanes.map((lane, index) => laneTexts(panel, lane, topHeight + index * laneHeight))}
  </svg>`;
}

type Scale = ScaleLinear<number, number>;

function axis({ endSeconds }: TimelinePanel, x: Scale, laneCount: number): Markup {
  const bottom = topHeight + laneCount * laneHeight;
  const ticks = x.ticks(6).filter((tick) => tick >= 0 && tick < endSeconds * 0.97);
  return html`<g class="axis">
    <line x1="${margin}" x2="${width - margin}" y1="${bottom}" y2="${bottom}"></line>
    ${ticks.map(
      (tick) =>
        html`<path class="grid" d="${upright(x(tick), laneCount)}M${x(tick)} ${bottom}v4"></path>
          <text x="${x(tick)}" y="${bottom + 16}">${tick}</text>`,
    )}
    <text class="unit" x="${width - margin}" y="${bottom + 28}">seconds after the event</text>
  </g>`;
}

function laneBars({ bars, down }: TimelinePanel, lane: string, top: number, x: Scale): Markup {
  return html`<rect
      class="${down.includes(lane) ? "track down" : "track"}"
      x="${margin}"
      y="${top + barTop}"
      width="${width - 2 * margin}"
      height="${barHeight}"
    ></rect>
    ${bars.filter((bar) => bar.lane === lane).map((bar) => barMarkup(bar, top + barTop, x))}`;
}

/** The lane's name, and the text next to it. */
function laneTexts({ down, remarks }: TimelinePanel, lane: string, top: number): Markup {
  const isDown = down.includes(lane) ? " · down" : "";
  const remark = remarks.find((each) => each.lane === lane)?.text;
  return html`<text class="name" x="${margin}" y="${top + nameBase}"
      >${clipped(lane, nameLength)}${isDown}</text
    >
    ${
      remark === undefined
        ? ""
        : html`<text class="arrival" x="${width - margin}" y="${top + nameBase}">${remark}</text>`
    }`;
}

function barMarkup(
  { kind, label, fromSeconds, toSeconds, shares = sharesOf(kind) }: TimelineBar,
  y: number,
  x: Scale,
): Markup {
  const [from, to] = [x(fromSeconds), x(toSeconds)];
  const bottom = y + barHeight;
  const [first, last] = shares.map(heightOf) as [number, number];
  const fits = label.length * characterWidth + 6 < to - from && Math.min(first, last) >= textHeight;
  const text = html`<text class="in" x="${(from + to) / 2}" y="${bottom - first / 2 + 3.5}">
    ${label}
  </text>`;
  const top = first === last ? `H${to}` : `L${to} ${bottom - last}`;
  return html`<path class="${kind}" d="M${from} ${bottom - first}${top}V${bottom}H${from}Z"></path>
    ${fits ? text : ""}`;
}

/** The height of a share of the customers; a small one is still visible. */
function heightOf(share: number): number {
  return share > 0 ? Math.max(share * barHeight, barHeightMin) : 0;
}

/** Moving customers are a wedge, because caches expire one by one; everything else is a box. */
function sharesOf(kind: BarKind): readonly [number, number] {
  switch (kind) {
    case "arrives":
      return [0, 1];
    case "expires":
    case "leaves":
      return [1, 0];
    default:
      return [1, 1];
  }
}

/** A vertical line, interrupted where the lanes have their names. */
function upright(at: number, laneCount: number): string {
  return Array.from(
    { length: laneCount },
    (_, lane) => `M${at} ${topHeight + lane * laneHeight + barTop - 2}v${barHeight + 4}`,
  ).join("");
}

/** The marked objective. */
function mark({ mark: marked, lanes }: TimelineBlock, x: Scale): Markup {
  if (!marked) return html``;
  const at = x(marked.seconds);
  return html`<g class="promise">
    <path d="${upright(at, lanes.length)}"></path>
    <text x="${at}" y="10">${marked.text}</text>
  </g>`;
}

const legendEntries = [
  ["serves", "answers"],
  ["notices", "dead, not detected yet"],
  ["spreads", "decided, propagating"],
  ["expires", "caches expire"],
  ["arrives", "customers arrive"],
] as const;

/** The meaning of the fillings; the pictures also use words. */
function legend({ panels }: TimelineBlock): Markup {
  const hasShares = panels.some(({ bars }) => bars.some(({ shares }) => shares !== undefined));
  return html`<ul class="legend" aria-label="Legend of the pictures">
    ${legendEntries.map(
      ([kind, text]) =>
        html`<li>
          <svg aria-hidden="true" viewBox="0 0 28 12">
            <rect class="${kind}" width="28" height="12"></rect></svg
          >${text}
        </li>`,
    )}
    ${hasShares ? html`<li>height of a bar: share of the customers</li>` : ""}
  </ul>`;
}

/** Hatching, so that the fillings differ without colour. */
export function patterns(): Markup {
  return html`<svg class="defs" aria-hidden="true" focusable="false">
    <defs>
      <pattern id="hatch-notices" width="6" height="6" patternUnits="userSpaceOnUse">
        <rect width="6" height="6" style="fill: var(--notices)"></rect>
        <path d="M-1 7L7 -1" style="stroke: var(--notices-2); stroke-width: 2"></path>
      </pattern>
      <pattern id="dots-expires" width="5" height="5" patternUnits="userSpaceOnUse">
        <rect width="5" height="5" style="fill: var(--expires)"></rect>
        <circle cx="2.5" cy="2.5" r="1" style="fill: var(--card)"></circle>
      </pattern>
      <pattern id="hatch-down" width="5" height="5" patternUnits="userSpaceOnUse">
        <rect width="5" height="5" style="fill: var(--track)"></rect>
        <path d="M-1 6L6 -1" style="stroke: var(--rule); stroke-width: 1.5"></path>
      </pattern>
    </defs>
  </svg>`;
}
