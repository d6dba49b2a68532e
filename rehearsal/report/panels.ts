import { html } from "hono/html";
import type { Markup } from "./markup";
import { namesMarkup } from "./markup";

/** A picture with its caption. */
export interface PanelFigure {
  readonly title: string;
  readonly caption: string;
  /** A second line of the caption. */
  readonly move?: string | undefined;
  readonly picture: Markup;
}

/** Pictures side by side, as far as there is room, with a legend below or beside the last one. */
export function panelFigures(figures: readonly PanelFigure[], legend?: Markup): Markup {
  return html`<div class="panels">
    ${figures.map(
      ({ title, caption, move, picture }) =>
        html`<figure>
          <figcaption>
            <strong>${namesMarkup(title)}</strong> <span>${namesMarkup(caption)}</span>
            ${move === undefined ? "" : html`<span class="move">${namesMarkup(move)}</span>`}
          </figcaption>
          ${picture}
        </figure>`,
    )}
    ${legend ?? ""}
  </div>`;
}

/** The beginning of a long text; the description of its picture has all of it. */
export function clipped(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, Math.max(1, length - 1))}…` : text;
}
