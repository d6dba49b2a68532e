import { html, raw } from "hono/html";
import type { Rehearsal, StackRehearsal } from "../rehearsal";
import { costSection } from "./costMarkup";
import { pageStyle } from "./pageStyle";
import { panelPicture } from "./picture";
import type { Markup } from "./picture";
import { quotaSection } from "./quotaMarkup";
import {
  boundTables,
  objectiveTable,
  pathTable,
  policyTable,
  storyTable,
  ttlTable,
} from "./tables";
import { timelineOf } from "./timeline";
import type { Panel, Timeline } from "./timeline";
import { badNewsOf, deathText, seconds, verdict } from "./wording";

/**
 * The rehearsal as one HTML file that needs nothing else: no script, no font, no request. Every
 * value is escaped, and a content security policy holds the page to what it claims.
 */
export async function renderHtml(rehearsal: Rehearsal): Promise<string> {
  const names = rehearsal.stacks.map(({ stack }) => stack).join(" and ");
  const bad = rehearsal.stacks.flatMap(badNewsOf);
  const page = await html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'"
        />
        <meta name="color-scheme" content="light dark" />
        <title>Failover rehearsal of ${names}</title>
        <style>
          ${raw(pageStyle)}
        </style>
      </head>
      <body>
        ${patterns()}
        <header>
          <h1>Failover rehearsal</h1>
          <p>
            Who answers, and how soon, when an availability zone dies, then its region, then the
            next region: worked out from the resources of the program itself, without an AWS
            account.
          </p>
          <p class="verdict ${bad.length === 0 ? "good" : "bad"}">
            ${bad.length === 0 ? "✓" : "✗"} ${verdict(rehearsal)}
          </p>
          ${
            bad.length === 0
              ? ""
              : html`<ul>
                  ${bad.map((line) => html`<li>${line}</li>`)}
                </ul>`
          }
        </header>
        <main>${rehearsal.stacks.map(stackSection)}</main>
        <footer>
          <p>
            The worst case is <strong>N · (I + P) + δ + TTL</strong>: N checks in a row fail, each
            after the interval I and the time P that a failing probe takes; Route 53 spreads the
            decision in δ; the last cache expires after the TTL.
          </p>
        </footer>
      </body>
    </html>`;
  return `${String(page)}\n`;
}

function stackSection(rehearsal: StackRehearsal, index: number): Markup {
  const { stack, hostname, tree, notes } = rehearsal;
  const timeline = timelineOf(rehearsal);
  const id = `stack-${index}`;
  return html`<section aria-labelledby="${id}">
    <h2 id="${id}">${stack} <small>${hostname}</small></h2>
    <h3>The story, to scale</h3>
    <div class="panels">
      ${timeline.panels.map((panel, each) => panelFigure(timeline, panel, `${id}-${each}`))}
    </div>
    ${legend()} ${storyTable(rehearsal)}
    <h3>${rehearsal.policies ? "Objectives and policies" : "Objectives"}</h3>
    ${objectiveTable(rehearsal)} ${policyTable(rehearsal)}
    <h3>Worst cases</h3>
    ${boundTables(rehearsal)} ${ttlTable(rehearsal)}
    ${
      notes.length === 0
        ? ""
        : html`<ul class="notes">
            ${notes.map((note) => html`<li>${note}</li>`)}
          </ul>`
    }
    ${
      rehearsal.cost
        ? html`<h3>Cost</h3>
            ${costSection(rehearsal.cost, id)}`
        : ""
    }
    ${
      rehearsal.quotas && rehearsal.quotas.length > 0
        ? html`<h3>Quotas</h3>
            ${quotaSection(stack, rehearsal.quotas)}`
        : ""
    }
    <h3>The tree of records</h3>
    <pre tabindex="0" aria-label="Tree of records of ${stack}">${tree.join("\n")}</pre>
    <details>
      <summary>Why each answer is given</summary>
      ${pathTable(rehearsal)}
    </details>
  </section>`;
}

function panelFigure(timeline: Timeline, panel: Panel, id: string): Markup {
  return html`<figure>
    <figcaption><strong>${panel.step.step}</strong> <span>${captionOf(panel)}</span></figcaption>
    ${panelPicture(timeline, panel, id)}
  </figure>`;
}

/** The panel in a few words. */
function captionOf({ step, movedAt, outage, bars }: Panel): string {
  if (movedAt === undefined) {
    const moves = bars.some(({ kind }) => kind === "arrives" || kind === "dead");
    return moves ? "customers move, nobody knows how soon" : "nobody has to move";
  }
  if (movedAt === null) return "customers never move";
  const moved = `noticed in ${seconds(step.detection)}, all moved in ${seconds(movedAt)}`;
  if (!outage) return `${moved}; nobody is without an answer`;
  return step.death === "" ? moved : `${moved}; worst if it ${deathText(step.death)}`;
}

const legendEntries = [
  ["serves", "answers"],
  ["notices", "dead, not noticed yet"],
  ["spreads", "decided, spreading"],
  ["expires", "caches expire"],
  ["arrives", "customers arrive"],
] as const;

/** What the fillings mean; the pictures say it in words as well. */
function legend(): Markup {
  return html`<ul class="legend" aria-label="Legend of the pictures">
    ${legendEntries.map(
      ([kind, text]) =>
        html`<li>
          <svg aria-hidden="true" viewBox="0 0 28 12">
            <rect class="${kind}" width="28" height="12"></rect></svg
          >${text}
        </li>`,
    )}
  </ul>`;
}

/** Hatching, so that the fillings can be told apart without their colours. */
function patterns(): Markup {
  return html`<svg class="defs" aria-hidden="true" focusable="false">
    <defs>
      <pattern id="hatch-notices" width="6" height="6" patternUnits="userSpaceOnUse">
        <rect width="6" height="6" style="fill: var(--notices)"></rect>
        <path d="M-1 7L7 -1" style="stroke: var(--notices-2); stroke-width: 2"></path>
      </pattern>
      <pattern id="dots-expires" width="5" height="5" patternUnits="userSpaceOnUse">
        <rect width="5" height="5" style="fill: var(--expires)"></rect>
        <circle cx="2.5" cy="2.5" r="1" style="fill: var(--card)"></circle>
      </pattern>
      <pattern id="hatch-down" width="5" height="5" patternUnits="userSpaceOnUse">
        <rect width="5" height="5" style="fill: var(--track)"></rect>
        <path d="M-1 6L6 -1" style="stroke: var(--rule); stroke-width: 1.5"></path>
      </pattern>
    </defs>
  </svg>`;
}
