import { scaleLinear, scaleSymlog } from "d3-scale";
import { html } from "hono/html";
import type { RangedChoice, Ranges } from "./document";
import type { Markup } from "./markup";

/** One unit is one CSS pixel at 480 px. */
const width = 480;
const height = 260;
const margin = { left: 40, right: 16, top: 26, bottom: 40 };
/** Room to the right of the last choice, for its label. */
const headroom = 1.12;
/** Labels closer than this would overlap. */
const labelRoom = 11;
/** Maximum width of a character of a label. */
const characterWidth = 5;

/** Choices with their ranges as a figure. */
export function rangesFigure(ranges: Ranges, id: string): Markup {
  return html`<figure class="curve-figure">
    <figcaption><strong>${ranges.title}</strong> <span>${ranges.caption}</span></figcaption>
    ${rangesPicture(ranges, id)}
  </figure>`;
}

/** The drawing: the range's scale is compressed, since its ends may be a hundred times apart. */
function rangesPicture({ title, description, xUnit, yUnit, choices }: Ranges, id: string): Markup {
  if (choices.length === 0) return html``;
  const x = scaleLinear()
    .domain([0, Math.max(...choices.map((choice) => choice.x)) * headroom])
    .range([margin.left, width - margin.right])
    .nice();
  const y = scaleSymlog()
    .constant(0.1)
    .domain([0, Math.max(0.1, ...choices.map(({ high }) => high)) * 1.3])
    .range([height - margin.bottom, margin.top]);
  const bottom = height - margin.bottom;
  const marks = [0, 0.1, 1, 10, 100].filter((mark) => mark <= (y.domain()[1] as number));
  return html`<svg
    role="img"
    aria-labelledby="${id}-title ${id}-text"
    viewBox="0 0 ${width} ${height}"
  >
    <title id="${id}-title">${title}</title>
    <desc id="${id}-text">${description}</desc>
    <g class="axis">
      <text class="dollars" x="2" y="11">${yUnit}</text>
      ${marks.map(
        (mark) =>
          html`<line
              x1="${margin.left}"
              x2="${width - margin.right}"
              y1="${place(y(mark))}"
              y2="${place(y(mark))}"
            ></line>
            <text class="dollars" x="2" y="${place(y(mark) + 3.5)}">${mark}</text>`,
      )}
      ${x.ticks(6).map((tick) => html`<text x="${place(x(tick))}" y="${bottom + 14}">${tick}</text>`)}
      <text class="unit" x="${width - margin.right}" y="${bottom + 30}">${xUnit}</text>
    </g>
    ${choices.map(
      ({ x: at, low, high, isNow }) =>
        html`<line
          class="${isNow ? "range now" : "range"}"
          x1="${place(x(at))}"
          x2="${place(x(at))}"
          y1="${place(y(low))}"
          y2="${place(y(high))}"
        ></line>`,
    )}
    ${labels(choices, x, y)}
  </svg>`;
}

type Scale = (value: number) => number;

/** Beside the upper end of each range, moved down where another label is in the way. */
function labels(choices: readonly RangedChoice[], x: Scale, y: Scale): Markup {
  const placed: { left: number; right: number; top: number }[] = [];
  return html`${[...choices]
    .sort((a, b) => Number(b.isNow) - Number(a.isNow) || a.x - b.x)
    .map(({ x: at, high, label, isNow }) => {
      const size = label.length * characterWidth;
      const isAtEdge = x(at) + 6 + size > width;
      const left = isAtEdge ? x(at) - 6 - size : x(at) + 6;
      let top = y(high) + 3;
      const hits = (): boolean =>
        placed.some(
          (other) =>
            other.left < left + size && left < other.right && Math.abs(other.top - top) < labelRoom,
        );
      while (hits()) top += 1;
      placed.push({ left, right: left + size, top });
      return html`<text
        class="${isNow ? "now-label" : "range-label"}"
        x="${place(left)}"
        y="${place(top)}"
      >
        ${label}
      </text>`;
    })}`;
}

/** Tenths of a pixel are precise enough. */
function place(value: number): number {
  return Math.round(value * 10) / 10;
}
