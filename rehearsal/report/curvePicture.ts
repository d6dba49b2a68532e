import { scaleLinear, scaleSymlog } from "d3-scale";
import type { ScaleContinuousNumeric } from "d3-scale";
import { html } from "hono/html";
import type { Curve, CurvePoint } from "./document";
import type { Markup } from "./markup";

/** One unit is one CSS pixel at 320 px, as in a timeline. */
const width = 288;
const height = 168;
const margin = { left: 44, right: 14, top: 22, bottom: 44 };
/** Ticks closer than this would overlap. */
const tickRoom = 22;
/** Maximum width of a character in a label. */
const characterWidth = 5.6;
/** Room above the highest point, for its label. */
const headroom = 1.15;

type Scale = ScaleContinuousNumeric<number, number>;

/** A curve as a figure. */
export function curveFigure(curve: Curve, id: string): Markup {
  return html`<figure class="curve-figure">
    <figcaption><strong>${curve.title}</strong> <span>${curve.caption}</span></figcaption>
    ${curvePicture(curve, id)}
  </figure>`;
}

/**
 * The drawing of a curve, with two figures below each point. The `x` scale is compressed, so that a
 * step from 1 to 5 seconds has as much room as one from 60 to 300.
 */
export function curvePicture(curve: Curve, id: string): Markup {
  const points = curve.points;
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || first === last) return html``;
  const x = scaleSymlog()
    .domain([first.x, last.x])
    .range([margin.left, width - margin.right]);
  const y = scaleLinear()
    .domain([0, Math.max(...points.map((point) => point.y), 0.01) * headroom])
    .range([height - margin.bottom, margin.top])
    .nice(4);
  return html`<svg
    role="img"
    aria-labelledby="${id}-title ${id}-text"
    viewBox="0 0 ${width} ${height}"
  >
    <title id="${id}-title">${curve.title}</title>
    <desc id="${id}-text">${curve.description}</desc>
    ${verticalAxis(curve, y)} ${horizontalAxis(curve, x)}
    <path class="curve" d="${pathOf(points, x, y)}"></path>
    ${points.map((point) => dot(point, x, y))} ${points.map((point) => labelOf(point, x, y))}
  </svg>`;
}

function verticalAxis({ unit }: Curve, y: Scale): Markup {
  return html`<g class="axis">
    <text class="dollars" x="2" y="11">${unit}</text>
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

/** The two figures below each point. */
function horizontalAxis({ points, rows: [above, below], rowUnit }: Curve, x: Scale): Markup {
  const bottom = height - margin.bottom;
  return html`<g class="axis">
    <line x1="${margin.left}" x2="${width - margin.right}" y1="${bottom}" y2="${bottom}"></line>
    ${labelled(points, x).map(
      (point) =>
        html`<line x1="${x(point.x)}" x2="${x(point.x)}" y1="${bottom}" y2="${bottom + 3}"></line>
          <text x="${x(point.x)}" y="${bottom + 14}">${point.x}</text>
          <text x="${x(point.x)}" y="${bottom + 27}">${point.below}</text>`,
    )}
    <text class="row" x="2" y="${bottom + 14}">${above}</text>
    <text class="row" x="2" y="${bottom + 27}">${below}</text>
    <text class="unit" x="${width - margin.right}" y="${bottom + 40}">${rowUnit}</text>
  </g>`;
}

/** The points whose figures fit, noted ones first. */
function labelled(points: readonly CurvePoint[], x: Scale): readonly CurvePoint[] {
  const kept: CurvePoint[] = [];
  for (const point of [...points].sort((a, b) => Number(b.isNoted) - Number(a.isNoted))) {
    const at = x(point.x);
    if (kept.every((other) => Math.abs(x(other.x) - at) >= tickRoom)) kept.push(point);
  }
  return kept;
}

function pathOf(points: readonly CurvePoint[], x: Scale, y: Scale): string {
  const steps = points.map((point) => `${place(x(point.x))} ${place(y(point.y))}`);
  return `M${steps.join("L")}`;
}

function dot(point: CurvePoint, x: Scale, y: Scale): Markup {
  const isNow = point.label !== undefined;
  return html`<circle
    class="${isNow ? "dot now" : "dot"}"
    cx="${place(x(point.x))}"
    cy="${place(y(point.y))}"
    r="${isNow ? 4.5 : 2.5}"
  ></circle>`;
}

/** The label of a point, next to it. */
function labelOf({ x: at, y: value, label }: CurvePoint, x: Scale, y: Scale): Markup {
  if (label === undefined) return html``;
  const [left, top] = [x(at), y(value)];
  // The curve falls, so there is room above it to the right, up to the edge.
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

/** Tenths of a pixel are precise enough. */
function place(value: number): number {
  return Math.round(value * 10) / 10;
}
