import { html } from "hono/html";
import type { PlaceState, TierArea, TierPlace, TiersBlock, TiersPanel } from "./document";
import type { Markup } from "./markup";
import { clipped, panelFigures } from "./panels";

/** One unit is one CSS pixel at 320 px, as in the timelines. */
const width = 288;
/** The line from which the branches leave, and the edges of an area. */
const trunk = 8;
const areaLeft = 22;
const areaRight = width - 2;
const gap = 8;
const rootHeight = 20;
const titleHeight = 20;
/** Above a row of places: the branch to them runs here. */
const branchHeight = 14;
const placeHeight = 34;
const placesInRow = 2;
const faultHeight = 16;
/** Width of a character of the bold texts, at most. */
const characterWidth = 6.6;
/** Width of the line to a place: for the fewest customers, and what all of them add. */
const lineWidthMin = 1.5;
const lineWidthOfAll = 3;

/** The tiers at each step, each a separate figure. */
export function tiersFigures({ root, panels }: TiersBlock, id: string): Markup {
  return panelFigures(
    panels.map((panel, index) => ({
      title: panel.title,
      caption: panel.caption,
      picture: panelPicture(panel, root, `${id}-${index}`),
    })),
  );
}

/** A box of the picture. */
interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** An area with the boxes of its places. */
interface PlacedArea {
  readonly area: TierArea;
  readonly box: Box;
  readonly places: readonly { readonly place: TierPlace; readonly box: Box }[];
}

/** One step: the name, and below it the areas in the order in which they take over. */
function panelPicture(panel: TiersPanel, root: string, id: string): Markup {
  const areas = placed(panel.areas);
  const bottom = areas.reduce((at, { box }) => Math.max(at, box.y + box.height), rootHeight);
  const height = bottom + panel.faults.length * faultHeight + 4;
  // Lines with customers are drawn above those without.
  const lines = areas.flatMap(({ places }) => places).sort((a, b) => a.place.share - b.place.share);
  return html`<svg
    role="img"
    aria-labelledby="${id}-title ${id}-text"
    viewBox="0 0 ${width} ${height}"
  >
    <title id="${id}-title">${panel.title}</title>
    <desc id="${id}-text">${panel.description}</desc>
    <text class="name" x="2" y="13">${textIn(root, width)}</text>
    ${areas.map(areaMarkup)} ${lines.map(({ place, box }) => lineMarkup(place, box))}
    ${areas.flatMap(({ places }) => places.map(({ place, box }) => placeMarkup(place, box)))}
    ${panel.faults.map(
      (fault, index) =>
        html`<text class="word-lost" x="${areaLeft}" y="${bottom + 14 + index * faultHeight}">
          ${textIn(`✗ ${fault}`, width - areaLeft)}
        </text>`,
    )}
  </svg>`;
}

/** The areas below one another, the places of each in rows. */
function placed(areas: readonly TierArea[]): readonly PlacedArea[] {
  let top = rootHeight;
  return areas.map((area) => {
    const titled = area.title === undefined ? 0 : titleHeight;
    const rows = Math.ceil(area.places.length / placesInRow);
    const height = titled + rows * (branchHeight + placeHeight) + gap;
    const box = { x: areaLeft, y: top, width: areaRight - areaLeft, height };
    const columns = Math.min(placesInRow, Math.max(1, area.places.length));
    const placeWidth = (box.width - gap * (columns + 1)) / columns;
    const places = area.places.map((place, index) => ({
      place,
      box: {
        x: areaLeft + gap + (index % columns) * (placeWidth + gap),
        y: top + titled + branchHeight + Math.floor(index / columns) * (branchHeight + placeHeight),
        width: placeWidth,
        height: placeHeight,
      },
    }));
    top += height + gap;
    return { area, box, places };
  });
}

function areaMarkup({ area: { title, isLost }, box }: PlacedArea): Markup {
  const text = isLost ? `✗ ${title ?? ""} · down` : (title ?? "");
  return html`<rect
      class="${isLost ? "area lost" : "area"}"
      x="${box.x}"
      y="${box.y}"
      width="${box.width}"
      height="${box.height}"
      rx="5"
    ></rect>
    ${
      title === undefined
        ? ""
        : html`<text
            class="${isLost ? "word-lost" : "name"}"
            x="${box.x + gap}"
            y="${box.y + titleHeight - 5}"
          >
            ${textIn(text, box.width - gap)}
          </text>`
    }`;
}

/** The way from the name to a place; with customers it is wide and has an arrow. */
function lineMarkup({ share }: TierPlace, { x, y, width: wide }: Box): Markup {
  const at = x + wide / 2;
  const branch = y - branchHeight / 2;
  const isLit = share > 0;
  const line = `M${trunk} ${rootHeight - 4}V${branch}H${at}V${isLit ? y - 4 : y}`;
  return isLit
    ? html`<path
          class="way lit"
          d="${line}"
          style="stroke-width: ${lineWidthMin + lineWidthOfAll * share}"
        ></path>
        <path class="arrow" d="M${at - 5} ${y - 5}h10L${at} ${y}Z"></path>`
    : html`<path class="way" d="${line}"></path>`;
}

const signs: Readonly<Record<PlaceState, string>> = {
  answers: "✓ ",
  dead: "✗ ",
  lost: "✗ ",
  idle: "",
};

function placeMarkup({ name, state, text }: TierPlace, box: Box): Markup {
  const at = box.x + 6;
  return html`<rect
      class="place at-${state}"
      x="${box.x}"
      y="${box.y}"
      width="${box.width}"
      height="${box.height}"
      rx="4"
    ></rect>
    <text class="place-name" x="${at}" y="${box.y + 14}">${textIn(name, box.width)}</text>
    <text class="word-${state}" x="${at}" y="${box.y + 27}">${signs[state]}${text}</text>`;
}

function textIn(text: string, room: number): string {
  return clipped(text, Math.floor((room - 8) / characterWidth));
}
