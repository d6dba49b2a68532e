import { html, raw } from "hono/html";
import { curveFigure } from "./curvePicture";
import type { Block, Document, Section, TreeNode, Verdict } from "./document";
import type { Markup } from "./markup";
import { inlineMarkup, tableMarkup } from "./markup";
import { pageStyle } from "./pageStyle";
import { rangesFigure } from "./rangesPicture";
import { patterns, timelineFigures } from "./timelinePicture";

/**
 * A document as one self-contained HTML file: no script, no font, no request. Every value is
 * escaped, and a content security policy enforces this.
 */
export async function asHtml({
  title,
  lead,
  verdict,
  summary = [],
  blocks,
}: Document): Promise<string> {
  let count = 0;
  const page: Page = { nextId: () => `part-${(count += 1)}` };
  const text = await html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'"
        />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <style>
          ${raw(pageStyle)}
        </style>
      </head>
      <body>
        ${patterns()}
        <header>
          <h1>${title}</h1>
          ${lead === undefined ? "" : html`<p>${inlineMarkup(lead)}</p>`}
          ${verdict ? verdictMarkup(verdict) : ""}
        </header>
        <main>${blocksMarkup([...summary, ...blocks], page, 2)}</main>
      </body>
    </html>`;
  return `${String(text)}\n`;
}

/** State shared by the parts of a page. */
interface Page {
  /** A unique identifier. */
  nextId(): string;
}

function blocksMarkup(blocks: readonly Block[], page: Page, level: number): Markup {
  return html`${blocks.map((block) => blockMarkup(block, page, level))}`;
}

function blockMarkup(block: Block, page: Page, level: number): Markup {
  switch (block.kind) {
    case "section":
      return sectionMarkup(block, page, level);
    case "table":
      return tableMarkup(block);
    case "tree":
      return html`<ul class="tree" aria-label="${block.label}">
        ${nodeMarkup(block.root)}
      </ul>`;
    case "timeline":
      return timelineFigures(block, page.nextId());
    case "curve":
      return curveFigure(block, page.nextId());
    case "ranges":
      return rangesFigure(block, page.nextId());
    case "paragraph":
      return html`<p>${inlineMarkup(block.text)}</p>`;
    case "note":
      return html`<p class="soft">${block.text}</p>`;
    case "list":
      return html`<ul>
        ${block.items.map((item) => html`<li>${inlineMarkup(item)}</li>`)}
      </ul>`;
    case "entries":
      return html`<ul class="entries">
        ${block.entries.map(
          ({ word, head, text }) =>
            html`<li>${inlineMarkup(word)} <strong>${head}</strong>: ${text}</li>`,
        )}
      </ul>`;
    case "details":
      return block.isOpen
        ? blocksMarkup(block.blocks, page, level)
        : html`<details>
            <summary>${block.title}</summary>
            ${blocksMarkup(block.blocks, page, level)}
          </details>`;
  }
}

function sectionMarkup({ title, subtitle, blocks }: Section, page: Page, level: number): Markup {
  const id = page.nextId();
  const text = html`${title}${subtitle === undefined ? "" : html` <small>${subtitle}</small>`}`;
  return html`<section aria-labelledby="${id}">
    ${level === 2 ? html`<h2 id="${id}">${text}</h2>` : html`<h3 id="${id}">${text}</h3>`}
    ${blocksMarkup(blocks, page, level + 1)}
  </section>`;
}

function nodeMarkup({ words: [role = "", ...others], children }: TreeNode): Markup {
  return html`<li>
    <span class="node">
      <strong>${role}</strong> ${others.map((word) => html`<span>${word}</span> `)}
    </span>
    ${
      children.length === 0
        ? ""
        : html`<ul>
            ${children.map(nodeMarkup)}
          </ul>`
    }
  </li>`;
}

function verdictMarkup({ isGood, text, reasons }: Verdict): Markup {
  return html`<p class="verdict ${isGood ? "good" : "bad"}">${isGood ? "✓" : "✗"} ${text}</p>
    ${
      reasons.length === 0
        ? ""
        : html`<ul>
            ${reasons.map((reason) => html`<li>${reason}</li>`)}
          </ul>`
    }`;
}
