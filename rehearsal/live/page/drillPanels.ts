import { html } from "hono/html";
import type { Markup } from "../../report/markup";
import { namesMarkup } from "../../report/markup";
import type { DrillState } from "../drillState";
import { clockText, percentText, spanText, statusOf } from "../drillWords";

/** What is drilled, and the time of the drill. */
export function factsMarkup({ drill, atSeconds, end }: DrillState): Markup {
  const { name, type, speed, nameServer, seed } = drill;
  const pace = speed === 1 ? "real time" : `${speed} times as fast as real time`;
  return html`<span><strong>${name}</strong> ${type}</span>
    <span>drill time <strong>${clockText(atSeconds)}</strong>${end ? ", ended" : ""}, ${pace}</span>
    <span>DNS at <strong>${nameServer.address}</strong> port ${nameServer.port}</span>
    <span>seed ${seed}</span>`;
}

/** The state in sentences. */
export function statusMarkup(state: DrillState): Markup {
  const { tone, headline, broken, orders } = statusOf(state);
  const sign = { good: "✓ ", bad: "✗ ", soft: "" }[tone];
  const { gate, end } = state;
  return html`<p class="headline">${sign}${namesMarkup(headline)}</p>
    <p>${broken} ${orders}</p>
    ${gate ? html`<p>Failback gate: ${gate.phase}${gate.isLatched ? ", latched" : ""}. ${gate.text}</p>` : ""}
    ${end ? endMarkup(end, state.drill.unread ?? []) : ""}`;
}

/** How it ended, and what is not known of it. */
function endMarkup(
  { isGood, reasons }: NonNullable<DrillState["end"]>,
  unread: readonly string[],
): Markup {
  if (!isGood) return html`<p class="bad">✗ The drill ended badly: ${reasons.join("; ")}</p>`;
  return unread.length === 0
    ? html`<p class="good">✓ The drill ended well.</p>`
    : html`<p>? The drill ended well, as far as it is known. ${unread.join(" ")}</p>`;
}

/** The sums of customers' orders. */
export function ordersMarkup({ drill, orders, end }: DrillState): Markup {
  const { served, failed, stale, page, lost } = orders;
  const all = served + failed;
  const counter = (name: string, value: string, isBad = false): Markup =>
    html`<div>
      <dt>${name}</dt>
      <dd class="${isBad ? "some" : ""}">${value}</dd>
    </div>`;
  return html`<dl class="counters">
    ${counter("Orders served", String(served))} ${counter("Failed", String(failed), failed > 0)}
    ${counter("of these by a stale answer", String(stale))}
    ${counter("told by the static page", String(page))}
    ${drill.app === "lamp" ? counter("Confirmed and lost", end ? String(lost) : "counted at the end", lost > 0) : ""}
    ${counter("Success", all === 0 ? "–" : percentText(served / all))}
  </dl>`;
}

/** The alerts, the latest first. */
export function alertsMarkup({ alerts }: DrillState): Markup {
  if (alerts.length === 0) return html`<p class="soft">No alert yet.</p>`;
  return html`<ul class="alert-list">
    ${[...alerts].reverse().map(
      ({ atSeconds, subject, text }) =>
        html`<li>
          <strong>${subject}</strong><br /><span class="soft">after ${spanText(atSeconds)}:</span>
          ${namesMarkup(text)}
        </li>`,
    )}
  </ul>`;
}

/** What the drill does not do as AWS would. */
export function differencesMarkup({ drill }: Pick<DrillState, "drill">): Markup {
  return html`<ul>
    ${drill.differences.map((difference) => html`<li>${difference}</li>`)}
  </ul>`;
}
