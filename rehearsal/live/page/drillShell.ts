import { html } from "hono/html";
import type { Markup } from "../../report/markup";

/** The frame of the page; the script fills the parts with an id. */
export function shellMarkup(title: string, controls: Markup): Markup {
  return html`${patterns()}
    <header>
      <h1>Drill of ${title}</h1>
      <p class="facts" id="facts"></p>
      <div class="status" id="status"><p class="headline">Waiting for the drill …</p></div>
      <p class="connection" id="connection" role="status"></p>
      <p class="sr" id="announcement" aria-live="polite"></p>
      ${controls}
      <p class="fault-message" id="message" role="alert"></p>
      <noscript><p>This page draws the drill with a script; allow scripts to see it.</p></noscript>
    </header>
    <main>
      ${section("tree", "Who answers", treeLegend())}
      ${section("timeline", "What happened", timelineLegend())}
      <section aria-labelledby="orders-title">
        <h2 id="orders-title">Customers' orders</h2>
        <div id="orders"></div>
      </section>
      ${section("outages", "Measured and predicted")}
      <div class="pair">${section("objectives", "Objectives")} ${section("alerts", "Alerts")}</div>
      <div class="pair">
        ${section("checks", "Health checks")}
        <section aria-labelledby="log-title">
          <h2 id="log-title">Events</h2>
          <div
            class="panel log-frame"
            id="log"
            tabindex="0"
            role="group"
            aria-label="Events, the latest first"
          ></div>
        </section>
      </div>
      ${section("differences", "How this drill differs from AWS")}
    </main>`;
}

function section(id: string, title: string, below: Markup | string = ""): Markup {
  return html`<section aria-labelledby="${id}-title">
    <h2 id="${id}-title">${title}</h2>
    <div class="panel" id="${id}"></div>
    ${below}
  </section>`;
}

function treeLegend(): Markup {
  return html`<ul class="legend">
    <li>${swatch(html`<g class="edge lit"><path d="M0,6 H28" /></g>`)}the answering path</li>
    <li>
      ${swatch(html`<g class="edge unhealthy"><path d="M0,6 H28" /></g>`)}✗ unhealthy: what Route 53
      concludes
    </li>
    <li>
      ${swatch(
        html`<g class="endpoint broken"><rect x="1" y="1" width="26" height="10" rx="2" /></g>`,
      )}broken:
      what is so, noticed or not
    </li>
  </ul>`;
}

function timelineLegend(): Markup {
  const kinds: readonly (readonly [string, string])[] = [
    ["period healthy", "✓ healthy"],
    ["period unhealthy", "✗ unhealthy, or broken"],
    ["period answers", "answers, as high as its share"],
    ["orders served", "orders served"],
    ["orders failed", "orders failed"],
    ["orders stale", "orders failed by a stale answer"],
  ];
  return html`<ul class="legend">
    ${kinds.map(
      ([kind, text]) =>
        html`<li>
          ${swatch(html`<rect class="${kind}" x="1" y="1" width="26" height="10" />`)}${text}
        </li>`,
    )}
  </ul>`;
}

function swatch(shape: Markup): Markup {
  return html`<svg viewBox="0 0 28 12" aria-hidden="true" focusable="false">${shape}</svg>`;
}

/** Hatching, which repeats the differences in colour. */
function patterns(): Markup {
  const hatch = (id: string, width: number): Markup =>
    html`<pattern
      id="${id}"
      width="7"
      height="7"
      patternUnits="userSpaceOnUse"
      patternTransform="rotate(45)"
    >
      <rect class="${id}-ground" width="7" height="7" />
      <line class="${id}-line" x1="0" y1="0" x2="0" y2="7" stroke-width="${width}" />
    </pattern>`;
  return html`<svg class="defs" aria-hidden="true" focusable="false">
    <defs>${hatch("hatch-bad", 4)} ${hatch("hatch-stale", 5)} ${hatch("hatch-broken", 2)}</defs>
  </svg>`;
}
