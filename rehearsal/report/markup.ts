import { html } from "hono/html";
import type { Cell, Column, Inline, Table } from "./document";
import { linesOf, saysSomething, spansOf, withoutEmptyColumns } from "./document";

/** A piece of HTML or SVG with escaped values. */
export type Markup = ReturnType<typeof html>;

/** Markup as text. @throws TypeError for one with a piece that is awaited: there is none in this project */
export function textOfMarkup(markup: Markup): string {
  if (markup instanceof Promise) throw new TypeError("markup: must not contain a promise");
  return markup;
}

/** Text with its highlighted pieces. */
export function inlineMarkup(inline: Inline): Markup {
  return html`${spansOf(inline).map(({ text, tone, isState, isCode }) => {
    if (isCode) return html`<code>${namesMarkup(text)}</code>`;
    const sign = isState && tone ? { good: "✓ ", bad: "✗ ", soft: "" }[tone] : "";
    const marked = namesMarkup(text);
    return tone ? html`<span class="${tone}">${sign}${marked}</span>` : marked;
  })}`;
}

/** A name with a hyphen and the arrow before it, an option, and a number with its unit. */
const unbroken = /((?:→ )?\S*\w-\w\S*|--\w\S*|\S*\d (?:%|s|min)(?![^\s).,;])\S*)/;

/**
 * Text in which a name with a hyphen, such as us-west-2a, an option such as --verbose, or a number with its unit is
 * broken only if it is wider than the page.
 */
export function namesMarkup(text: string): Markup {
  return html`${text
    .split(unbroken)
    .map((part, index) => (index % 2 === 1 ? html`<span class="whole">${part}</span>` : part))}`;
}

function cellMarkup(cell: Cell): Markup {
  const lines = linesOf(cell);
  return html`${lines.map((line) => html`<div>${inlineMarkup(line)}</div>`)}`;
}

/** A table with more columns becomes blocks earlier. */
const columnsMax = 7;

/**
 * A table whose rows become blocks on a narrow screen. The roles are explicit, because browsers
 * drop them for a table with another layout.
 */
export function tableMarkup(given: Table): Markup {
  const { caption, columns, rows, total } = withoutEmptyColumns(given);
  if (columns.length === 0) return html`<p class="soft">${caption}: none</p>`;
  // Where the first head says the same, the caption is for screen readers only.
  const isSaid = columns[0]?.head.toLowerCase() === caption.toLowerCase();
  return html`<table
    class="${columns.length > columnsMax ? "stacked wide" : "stacked"}"
    role="table"
  >
    ${
      isSaid
        ? html`<caption class="said">
            ${caption}
          </caption>`
        : html`<caption>
            ${caption}
          </caption>`
    }
    <thead role="rowgroup">
      <tr role="row">
        ${columns.map(
          ({ head, kind }) =>
            html`<th scope="col" role="columnheader" class="${kind ?? "text"}">
              ${capital(head)}
            </th>`,
        )}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${rows.map((row) => rowMarkup(columns, row))}
    </tbody>
    ${
      total
        ? html`<tfoot role="rowgroup">
            ${rowMarkup(columns, total)}
          </tfoot>`
        : ""
    }
  </table>`;
}

function rowMarkup(columns: Table["columns"], [name = "", ...cells]: readonly Cell[]): Markup {
  return html`<tr role="row">
    <th scope="row" role="rowheader" class="${columns[0]?.kind ?? "text"}">${cellMarkup(name)}</th>
    ${columns
      .slice(1)
      .map(
        ({ head, kind }, index) =>
          html`<td role="cell" data-label="${capital(head)}" class="${classOf(kind, cells[index])}">
            ${cellMarkup(cells[index] ?? "")}
          </td>`,
      )}
  </tr>`;
}

/** An empty cell takes no room when the cells of a row are stacked. */
function classOf(kind: Column["kind"], cell: Cell = ""): string {
  return saysSomething(cell) ? (kind ?? "text") : "empty";
}

/** The text capitalized, if it starts with a word and not a name such as us-west-2a. */
function capital(text: string): string {
  return text.replace(/^[a-z]+(?=$|[ ,])/, (word) => word.charAt(0).toUpperCase() + word.slice(1));
}
