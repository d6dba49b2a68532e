import { scaleLinear } from "d3-scale";
import type { ScaleLinear } from "d3-scale";
import { html } from "hono/html";
import type { Markup } from "../../report/markup";
import type { Lane, OrderBucket, Period } from "./drillLanes";
import { answerLanes, axisEndOf, checkLanes, faultLanes, orderBuckets } from "./drillLanes";
import type { DrillState } from "../drillState";
import { clockText, spanText } from "../drillWords";

/** Sizes of the picture, in pixels. */
const laneHeightWide = 22;
const barHeight = 14;
const ordersHeight = 72;
const headHeight = 26;
const axisHeight = 26;
const labelsWide = 190;
const marginRight = 12;
const marginLeftNarrow = 14;
/** Below this width, labels are above their lanes. */
const widthNarrow = 560;
/** Width of a character of the labels, and of those within bars. */
const labelCharacter = 6.4;
const insideCharacter = 6.2;

/** What the parts of the picture share. */
interface Frame {
  readonly x: ScaleLinear<number, number>;
  readonly width: number;
  readonly isNarrow: boolean;
  readonly laneHeight: number;
}

/** The timeline of a drill: what was broken, checks, answers and orders below each other. */
export function drillTimeline(state: DrillState, width: number): Markup {
  const isNarrow = width < widthNarrow;
  const left = isNarrow ? marginLeftNarrow : labelsWide;
  const frame: Frame = {
    x: scaleLinear([0, axisEndOf(state.atSeconds)], [left, width - marginRight]),
    ...{ width, isNarrow, laneHeight: laneHeightWide + (isNarrow ? 14 : 0) },
  };
  const sections = [
    { title: "Broken", lanes: faultLanes(state) },
    { title: "Health checks", lanes: checkLanes(state) },
    { title: "Answered by the name servers", lanes: answerLanes(state) },
  ].filter(({ lanes }) => lanes.length > 0);
  const parts: Markup[] = [];
  let y = 0;
  const addHead = (title: string): void => {
    parts.push(html`<text class="head" x="0" y="${y + 17}">${title}</text>`);
    y += headHeight;
  };
  for (const { title, lanes } of sections) {
    addHead(title);
    for (const lane of lanes) {
      parts.push(drawLane(frame, lane, y));
      y += frame.laneHeight;
    }
  }
  addHead("Customers' orders");
  parts.push(drawOrders(frame, orderBuckets(state), y));
  y += ordersHeight;
  const height = y + axisHeight;
  return html`<svg
    class="drill-timeline"
    width="${width}"
    height="${height}"
    viewBox="0 0 ${width} ${height}"
    role="img"
    aria-label="${summaryOf(state)}"
  >
    ${drawAxis(frame, y)} ${drawMarks(frame, state, y)} ${parts}
  </svg>`;
}

function drawAxis({ x, isNarrow }: Frame, bottom: number): Markup {
  const [, end = 0] = x.domain();
  const step = stepOf(end / (isNarrow ? 4 : 8));
  const times = Array.from({ length: Math.floor(end / step) + 1 }, (_, index) => index * step);
  return html`${times.map(
    (at) =>
      html`${upright("grid", x(at), bottom + 4)}
        <text class="tick" x="${x(at)}" y="${bottom + axisHeight - 8}">${clockText(at)}</text>`,
  )}`;
}

/** Faults and returns, and the present. */
function drawMarks({ x }: Frame, { events, atSeconds }: DrillState, bottom: number): Markup {
  return html`${events.map((event) =>
    event.kind === "fault" ? upright(`mark ${event.action}`, x(event.atSeconds), bottom) : "",
  )}
  ${upright("now", x(atSeconds), bottom)}`;
}

function upright(kind: string, x: number, bottom: number): Markup {
  return html`<line class="${kind}" x1="${x}" x2="${x}" y1="${headHeight - 4}" y2="${bottom}" />`;
}

function drawLane(frame: Frame, { label, periods }: Lane, top: number): Markup {
  const { x, width, isNarrow, laneHeight } = frame;
  const barTop = isNarrow ? top + 14 : top + (laneHeight - barHeight) / 2;
  const labelY = isNarrow ? top + 10 : top + laneHeight / 2 + 4;
  const fits = Math.floor((isNarrow ? width : labelsWide - 10) / labelCharacter);
  const shown = label.length <= fits ? label : `${label.slice(0, fits - 1)}…`;
  const trackWidth = width - marginRight - x(0);
  return html`<g>
    <text class="lane-label" x="0" y="${labelY}">${shown}</text>
    <rect
      class="track"
      x="${x(0)}"
      y="${barTop}"
      width="${trackWidth}"
      height="${barHeight}"
      rx="3"
    />
    ${periods.map((period) => drawPeriod(frame, period, barTop))}
  </g>`;
}

function drawPeriod({ x }: Frame, period: Period, top: number): Markup {
  const { from, to, tone, label, share = 1 } = period;
  const length = Math.max(1.5, x(to) - x(from));
  const height = Math.max(3, barHeight * share);
  const fits = length > label.length * insideCharacter + 8 && height > 10;
  return html`<rect
      class="period ${tone}"
      x="${x(from)}"
      y="${top + barHeight - height}"
      width="${length}"
      height="${height}"
      rx="2"
    >
      <title>${label} from ${clockText(from)} to ${clockText(to)}</title>
    </rect>
    ${fits ? html`<text class="inside ${tone}" x="${x(from) + 5}" y="${top + 11}">${label}</text>` : ""}`;
}

/** Orders of each period, stacked by outcome. */
function drawOrders(
  { x, width, isNarrow }: Frame,
  buckets: readonly OrderBucket[],
  top: number,
): Markup {
  const bottom = top + ordersHeight;
  const most = Math.max(1, ...buckets.map(({ served, failed }) => served + failed));
  const unit = (ordersHeight - 4) / most;
  return html`
    ${isNarrow ? "" : html`<text class="lane-label" x="0" y="${top + 12}">most at a time: ${most}</text>`}
    <line class="base" x1="${x(0)}" x2="${width - marginRight}" y1="${bottom}" y2="${bottom}" />
    ${buckets.map(({ from, to, served, failed, stale }) => {
      const length = Math.max(1, x(to) - x(from) - 1);
      let at = bottom;
      const stack = [
        { outcome: "served", orders: served },
        { outcome: "failed", orders: failed - stale },
        { outcome: "stale", orders: stale },
      ].filter(({ orders }) => orders > 0);
      return html`<g>
        <title>
          ${clockText(from)} to ${clockText(to)}: ${served} served, ${failed} failed, of these
          ${stale} by a stale answer
        </title>
        ${stack.map(({ outcome, orders }) => {
          at -= orders * unit;
          return html`<rect
            class="orders ${outcome}"
            x="${x(from) + 0.5}"
            y="${at}"
            width="${length}"
            height="${orders * unit}"
          />`;
        })}
      </g>`;
    })}
  `;
}

/** A round number of seconds of at least this length. */
function stepOf(seconds: number): number {
  const steps = [5, 10, 15, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600];
  return steps.find((step) => step >= seconds) ?? Math.ceil(seconds / 3_600) * 3_600;
}

/** The picture in a sentence; the event log has the details. */
function summaryOf({ orders, atSeconds }: DrillState): string {
  return `Timeline of ${spanText(atSeconds)}: what was broken, health checks, answers, and ${orders.served} orders served, ${orders.failed} failed. The event log lists the same events.`;
}
