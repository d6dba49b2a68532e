import { scaleLinear, scaleSymlog } from "d3-scale";
import type { ScaleContinuousNumeric } from "d3-scale";
import { html } from "hono/html";
import type { TtlCurve, TtlPoint } from "../cost/cost";
import { count, dollars, pointNote } from "./costWording";
import type { Markup } from "./picture";
import { seconds } from "./wording";

/** One unit is one CSS pixel at 320 px, as in the other pictures. */
const width = 288;
const height = 168;
const margin = { left: 44, right: 14, top: 22, bottom: 44 };
/** Ticks closer than this would write over each other. */
const tickRoom = 22;
/** How wide a character of the label of now is, at most. */
const characterWidth = 5.6;
/** Room above the dearest point, for its label. */
const headroom = 1.15;

type Scale = ScaleContinuousNumeric<number, number>;

/**
 * What queries cost by TTL, with the worst downtime below each TTL. TTLs stand on a scale that gives
 * the short ones room: a step from 1 to 5 seconds matters as much as one from 60 to 300.
 */
export function ttlPicture(curve: TtlCurve, id: string): Markup {
  const points = curve.points;
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || first === last) return html``;
  const x = scaleSymlog()
    .domain([first.ttlSeconds, last.ttlSeconds])
    .range([margin.left, width - margin.right]);
  const y = scaleLinear()
    .domain([0, Math.max(...points.map(({ monthly }) => monthly), 0.01) * headroom])
    .range([height - margin.bottom, margin.top])
    .nice(4);
  return html`<svg
    role="img"
    aria-labelledby="${id}-title ${id}-text"
    viewBox="0 0 ${width} ${height}"
  >
    <title id="${id}-title">What DNS queries cost, by TTL</title>
    <desc id="${id}-text">${describeCurve(curve)}</desc>
    ${costAxis(y)} ${ttlAxis(curve, x)}
    <path class="curve" d="${pathOf(points, x, y)}"></path>
    ${points.map((point) => dot(curve, point, x, y))} ${nowLabel(curve, x, y)}
  </svg>`;
}

/** The picture in words, point by point. */
export function describeCurve(curve: TtlCurve): string {
  const sentences = curve.points.map((point) => {
    const { ttlSeconds, queries, monthly, downtimeSeconds } = point;
    const worst = downtimeSeconds === null ? "" : `, ${seconds(downtimeSeconds)} down at worst`;
    const note = pointNote(curve, point);
    return `TTL ${seconds(ttlSeconds)}${note === "" ? "" : ` (${note})`}: ${count(queries)} queries for ${dollars(monthly)} USD a month${worst}`;
  });
  return `${sentences.join(". ")}.`;
}

function costAxis(y: Scale): Markup {
  return html`<g class="axis">
    <text class="dollars" x="2" y="11">USD a month</text>
    ${y
      .ticks(4)
      .map(
        (tick) =>
          html`<line
              class="grid"
              x1="${margin.left}"
              x2="${width - margin.right}"
              y1="${y(tick)}"
              y2="${y(tick)}"
            ></line>
            <text class="dollars" x="2" y="${y(tick) + 3.5}">${tick}</text>`,
      )}
  </g>`;
}

/** Below each TTL stands the worst downtime that it makes. */
function ttlAxis(curve: TtlCurve, x: Scale): Markup {
  const bottom = height - margin.bottom;
  return html`<g class="axis">
    <line x1="${margin.left}" x2="${width - margin.right}" y1="${bottom}" y2="${bottom}"></line>
    ${labelled(curve, x).map(
      ({ ttlSeconds, downtimeSeconds }) =>
        html`<line
            x1="${x(ttlSeconds)}"
            x2="${x(ttlSeconds)}"
            y1="${bottom}"
            y2="${bottom + 3}"
          ></line>
          <text x="${x(ttlSeconds)}" y="${bottom + 14}">${ttlSeconds}</text>
          <text x="${x(ttlSeconds)}" y="${bottom + 27}">${downtimeSeconds ?? "–"}</text>`,
    )}
    <text class="row" x="2" y="${bottom + 14}">TTL</text>
    <text class="row" x="2" y="${bottom + 27}">down</text>
    <text class="unit" x="${width - margin.right}" y="${bottom + 40}">seconds, at worst</text>
  </g>`;
}

/** The points whose figures have room, the stack's own before all others. */
function labelled(curve: TtlCurve, x: Scale): readonly TtlPoint[] {
  const kept: TtlPoint[] = [];
  const rank = (point: TtlPoint): number => (pointNote(curve, point) === "" ? 1 : 0);
  for (const point of [...curve.points].sort((a, b) => rank(a) - rank(b))) {
    const at = x(point.ttlSeconds);
    if (kept.every(({ ttlSeconds }) => Math.abs(x(ttlSeconds) - at) >= tickRoom)) kept.push(point);
  }
  return kept;
}

function pathOf(points: readonly TtlPoint[], x: Scale, y: Scale): string {
  const steps = points.map(
    ({ ttlSeconds, monthly }) => `${place(x(ttlSeconds))} ${place(y(monthly))}`,
  );
  return `M${steps.join("L")}`;
}

function dot(curve: TtlCurve, point: TtlPoint, x: Scale, y: Scale): Markup {
  const isNow = point.ttlSeconds === curve.currentSeconds;
  return html`<circle
    class="${isNow ? "dot now" : "dot"}"
    cx="${place(x(point.ttlSeconds))}"
    cy="${place(y(point.monthly))}"
    r="${isNow ? 4.5 : 2.5}"
  ></circle>`;
}

/** What the TTL that the stack has costs, beside its point. */
function nowLabel(curve: TtlCurve, x: Scale, y: Scale): Markup {
  const now = curve.points.find(({ ttlSeconds }) => ttlSeconds === curve.currentSeconds);
  if (!now) return html``;
  const [left, top] = [x(now.ttlSeconds), y(now.monthly)];
  // The curve falls, so that there is room to the right above it, as far as the edge.
  const label = `now: ${dollars(now.monthly)}`;
  const isAtEdge = left + 7 + label.length * characterWidth > width;
  return html`<text
    class="now-label"
    x="${place(isAtEdge ? width - 2 : left + 7)}"
    y="${place(top - (isAtEdge ? 14 : 7))}"
    text-anchor="${isAtEdge ? "end" : "start"}"
  >
    ${label}
  </text>`;
}

/** Tenths of a pixel are enough. */
function place(value: number): number {
  return Math.round(value * 10) / 10;
}
