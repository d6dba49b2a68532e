import { html } from "hono/html";
import type { Markup } from "../../report/markup";
import type { DrillGroup } from "../drillRun";
import type { DrawnEndpoint, DrawnGroup, DrawnRecord } from "./drawnTree";
import { drawnTreeOf, healthOf } from "./drawnTree";
import type { DrillState } from "../drillState";
import { percentText } from "../drillWords";

/** Sizes of the picture, in pixels. */
const rowHeight = 40;
const groupHeight = 28;
const endpointHeight = 34;
const endpointWidth = 250;
/** Room in a column for the role of a record. */
const roleWidth = 88;
/** That, and the shortest label of a group. */
const columnWidthMin = 128;
/** A character of the picture's text, on the wide side. */
const characterWidth = 7.6;

/** A part of the picture, and where a line reaches it. */
interface Placed {
  readonly y: number;
  readonly parts: readonly Markup[];
  /** Rows used, from the top. */
  readonly rows: number;
}

/** Where a part begins. */
interface Place {
  readonly level: number;
  readonly row: number;
  readonly columnWidth: number;
}

/** Whether the tree is legible as a picture of this width. */
export function treeFits({ drill }: Pick<DrillState, "drill">, width: number): boolean {
  return width >= endpointWidth + levelsOf(drill.tree) * columnWidthMin;
}

/**
 * The tree as a picture from left to right, the answering path thick; a list has the same in words for
 * screen readers and for narrow screens.
 *
 * @param width in pixels
 */
export function treePicture(state: DrillState, width: number): Markup {
  const columnWidth = (width - endpointWidth) / levelsOf(state.drill.tree);
  const { parts, rows } = drawGroup(drawnTreeOf(state), { level: 0, row: 0, columnWidth });
  const height = rows * rowHeight;
  return html`<svg
    class="tree-picture"
    width="${width}"
    height="${height}"
    viewBox="0 0 ${width} ${height}"
    aria-hidden="true"
    focusable="false"
  >
    ${parts}
  </svg>`;
}

function levelsOf({ members }: DrillGroup): number {
  return 1 + Math.max(0, ...members.map(({ group }) => (group ? levelsOf(group) : 0)));
}

function drawGroup({ label, isAnswering, records }: DrawnGroup, place: Place): Placed {
  const { level, row, columnWidth } = place;
  let rows = 0;
  const drawn = records.map((record) => {
    const placed = drawRecord(record, { level: level + 1, row: row + rows, columnWidth });
    rows += placed.rows;
    return { record, placed };
  });
  const y = ((drawn[0]?.placed.y ?? 0) + (drawn.at(-1)?.placed.y ?? 0)) / 2;
  const x = level * columnWidth;
  const width = Math.min(columnWidth - roleWidth, label.length * characterWidth + 20);
  // The answering path lies over the others.
  const edges = drawn
    .toSorted((a, b) => Number(a.record.isAnswering) - Number(b.record.isAnswering))
    .map(({ record, placed }) =>
      drawEdge(record, { x: x + width + 1, y }, { x: x + columnWidth, y: placed.y }),
    );
  const box = html`<g class="group ${isAnswering ? "lit" : ""}">
    <rect
      x="${x + 1}"
      y="${y - groupHeight / 2}"
      width="${width}"
      height="${groupHeight}"
      rx="14"
    />
    <text x="${x + 1 + width / 2}" y="${y + 4}">${fitted(label, width - 12)}</text>
  </g>`;
  return { y, rows, parts: [...edges, ...drawn.flatMap(({ placed }) => placed.parts), box] };
}

function drawRecord(record: DrawnRecord, place: Place): Placed {
  if (record.group) return drawGroup(record.group, place);
  const { level, row, columnWidth } = place;
  const middle = (index: number): number => (row + index) * rowHeight + rowHeight / 2;
  const rows = Math.max(1, record.endpoints.length);
  const parts = record.endpoints.map((endpoint, index) =>
    drawEndpoint(endpoint, record, { x: level * columnWidth, y: middle(index) }),
  );
  return { y: (middle(0) + middle(rows - 1)) / 2, rows, parts };
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function drawEdge(record: DrawnRecord, from: Point, to: Point): Markup {
  const { isAnswering, role } = record;
  const { tone, sign } = healthOf(record);
  const bend = Math.min(34, (to.x - from.x) * 0.4);
  const end = to.x - (isAnswering ? 9 : 1);
  const line = `M${from.x},${from.y} C${from.x + bend},${from.y} ${from.x},${to.y} ${from.x + bend},${to.y} L${end},${to.y}`;
  return html`<g class="edge ${tone} ${isAnswering ? "lit" : ""}">
    <path d="${line}" />
    ${
      isAnswering
        ? html`<path class="flow" d="${line}" />
            <path class="tip" d="M${to.x},${to.y} l-11,-7 v14 z" />`
        : ""
    }
    <text x="${to.x - 12}" y="${to.y - 6}">${sign} ${role}</text>
  </g>`;
}

function drawEndpoint(endpoint: DrawnEndpoint, record: DrawnRecord, { x, y }: Point): Markup {
  const { label, region, isBroken, share } = endpoint;
  const { tone, sign } = healthOf(record);
  const right = x + endpointWidth - 9;
  const top = y - endpointHeight / 2;
  const answers =
    share === undefined ? "" : share < 1 ? `answers ${percentText(share)}` : "answers";
  return html`<g
    class="endpoint ${tone} ${isBroken ? "broken" : ""} ${share === undefined ? "" : "lit"}"
  >
    <rect x="${x + 1}" y="${top}" width="${endpointWidth - 3}" height="${endpointHeight}" rx="7" />
    <rect
      class="stripe"
      x="${x + 4}"
      y="${top + 4}"
      width="4"
      height="${endpointHeight - 8}"
      rx="2"
    />
    <text class="place" x="${x + 15}" y="${y - 2}"
      >${fitted(label, region === undefined && answers === "" ? endpointWidth - 24 : 150)}</text
    >
    <text class="health" x="${x + 15}" y="${y + 12}"
      >${sign} ${tone}${brokenWord(endpoint, record)}</text
    >
    <text class="region" x="${right}" y="${answers === "" ? y + 4 : y + 12}">${region ?? ""}</text>
    <text class="answers" x="${right}" y="${y - 2}">${answers}</text>
  </g>`;
}

/** Route 53 may not have noticed yet. */
function brokenWord({ isBroken }: DrawnEndpoint, { isHealthy }: DrawnRecord): string {
  if (!isBroken) return "";
  return isHealthy === true ? ", though broken" : ", broken";
}

/** Text cut to a width. */
function fitted(text: string, width: number): string {
  const fits = Math.max(1, Math.floor(width / characterWidth));
  return text.length <= fits ? text : `${text.slice(0, fits - 1)}…`;
}
