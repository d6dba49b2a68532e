import { html, raw } from "hono/html";
import { curveFigure } from "./curvePicture";
import type { Contents } from "./contents";
import { contentsOf } from "./contents";
import type { Block, Document, Section, TreeNode, Verdict } from "./document";
import type { Making } from "./making";
import { verdictMark } from "./document";
import { dayOf } from "./making";
import type { Markup } from "./markup";
import { inlineMarkup, namesMarkup, tableMarkup } from "./markup";
import { pageStyle } from "./pageStyle";
import { rangesFigure } from "./rangesPicture";
import { tiersFigures } from "./tiersPicture";
import { patterns, timelineFigures } from "./timelinePicture";

/**
 * A document as one self-contained HTML file: no script, no font, no request. Every value is
 * escaped, and a content security policy enforces this.
 *
 * @param making when and by what it was made; the page is the same for the same document and making
 */
export async function asHtml(document: Document, making?: Making): Promise<string> {
  const { title, lead, verdict, summary = [], blocks } = document;
  const sections: readonly Block[] =
    summary.length === 0
      ? blocks
      : [{ kind: "section", title: "Summary", blocks: summary }, ...blocks];
  const contents = contentsOf(sections);
  let count = 0;
  const page: Page = { contents, nextId: () => `part-${(count += 1)}` };
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
          ${making ? makingMarkup(making) : ""} ${verdict ? verdictMarkup(verdict) : ""}
        </header>
        ${contents.entries.length < 2 ? "" : contentsMarkup(contents)}
        <main>${blocksMarkup(sections, page, 2)}</main>
      </body>
    </html>`;
  return `${String(text)}\n`;
}

/** Digits of a commit, as Git abbreviates it in a large repository. */
const commitLength = 12;

/** State shared by the parts of a page. */
interface Page {
  readonly contents: Contents;
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
    case "tiers":
      return tiersFigures(block, page.nextId());
    case "curve":
      return curveFigure(block, page.nextId());
    case "ranges":
      return rangesFigure(block, page.nextId());
    case "paragraph":
      return html`<p>${inlineMarkup(block.text)}</p>`;
    case "note":
      return html`<p class="soft">${namesMarkup(block.text)}</p>`;
    case "list":
      return html`<ul>
        ${block.items.map((item) => html`<li>${inlineMarkup(item)}</li>`)}
      </ul>`;
    case "entries":
      return html`<ul class="entries">
        ${block.entries.map(
          ({ word, head, text }) =>
            html`<li>${inlineMarkup(word)} <strong>${head}</strong>: ${inlineMarkup(text)}</li>`,
        )}
      </ul>`;
    case "details":
      return block.isOpen
        ? sectionMarkup({ kind: "section", title: block.title, blocks: block.blocks }, page, level)
        : html`<details>
            <summary>${block.title}</summary>
            ${blocksMarkup(block.blocks, page, level)}
          </details>`;
  }
}

/**
 * A section has no label of its own, because each labelled one would be a landmark, and those of two
 * stacks would have the same name: its heading is what a screen reader goes by.
 */
function sectionMarkup(section: Section, page: Page, level: number): Markup {
  const { title, subtitle, blocks } = section;
  const id = page.contents.anchorOf(section) ?? page.nextId();
  const text = html`${title}${subtitle === undefined ? "" : html` <small>${subtitle}</small>`}`;
  return html`<section>
    ${headingMarkup(id, text, level)} ${blocksMarkup(blocks, page, level + 1)}
  </section>`;
}

function headingMarkup(id: string, text: Markup, level: number): Markup {
  switch (level) {
    case 2:
      return html`<h2 id="${id}">${text}</h2>`;
    case 3:
      return html`<h3 id="${id}">${text}</h3>`;
    default:
      return html`<h4 id="${id}">${text}</h4>`;
  }
}

/** Links to the sections, and to those within them. */
function contentsMarkup({ entries }: Contents): Markup {
  return html`<nav class="contents" aria-label="Contents">
    <ul>
      ${entries.map(
        ({ anchor, title, below }) =>
          html`<li>
            <a href="#${anchor}">${title}</a>
            ${
              below.length === 0
                ? ""
                : html`<ul>
                    ${below.map((one) => html`<li><a href="#${one.anchor}">${one.title}</a></li>`)}
                  </ul>`
            }
          </li>`,
      )}
    </ul>
  </nav>`;
}

function makingMarkup({ date, version, commit }: Making): Markup {
  const day = dayOf(date);
  return html`<p class="soft">
    <time datetime="${day}">${day}</time>, failover
    ${version}${commit === null ? "" : html`, commit <code>${commit.slice(0, commitLength)}</code>`}
  </p>`;
}

function nodeMarkup({ words: [role = "", ...others], children }: TreeNode): Markup {
  return html`<li>
    <span class="node">
      <strong>${role}</strong> ${others.map((word) => html`<span>${namesMarkup(word)}</span> `)}
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

function verdictMarkup(verdict: Verdict): Markup {
  const { text, reasons } = verdict;
  const { tone, sign } = verdictMark(verdict);
  return html`<p class="verdict ${tone}">${sign} ${text}</p>
    ${
      reasons.length === 0
        ? ""
        : html`<ul>
            ${reasons.map((reason) => html`<li>${namesMarkup(reason)}</li>`)}
          </ul>`
    }`;
}
