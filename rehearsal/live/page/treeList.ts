import { html } from "hono/html";
import type { Markup } from "../../report/markup";
import type { DrawnEndpoint, DrawnRecord } from "./drawnTree";
import { drawnTreeOf, healthOf } from "./drawnTree";
import type { DrillState } from "./drillState";
import { percentText } from "./drillWords";

/** The tree as a list in words. */
export function treeList(state: DrillState): Markup {
  const { label, records } = drawnTreeOf(state);
  return html`<ul class="tree drill-tree">
    <li>
      <span class="node"><strong>${label}</strong></span
      >${recordList(records)}
    </li>
  </ul>`;
}

function recordList(records: readonly DrawnRecord[]): Markup {
  return html`<ul>
    ${records.map(
      (record) =>
        html`<li class="${record.isAnswering ? "lit" : ""}">
          <span class="node">
            <strong>${record.role}</strong>
            <span>${healthMarkup(record)}</span>
            ${record.isAnswering ? html`<span class="answers">on the answering path</span>` : ""}
            ${record.group ? html`<span>→ ${record.group.label}</span>` : record.endpoints.map(endpointWords)}
          </span>
          ${record.group ? recordList(record.group.records) : ""}
        </li>`,
    )}
  </ul>`;
}

function endpointWords({ label, region, isBroken, share }: DrawnEndpoint): Markup {
  return html`<span
    >→ ${label}${region === undefined ? "" : `, ${region}`}
    ${isBroken ? html`<span class="bad">broken</span>` : ""}
    ${
      share === undefined
        ? ""
        : html`<span class="answers"
            >answers${share < 1 ? ` ${percentText(share)} of the queries` : ""}</span
          >`
    }</span
  >`;
}

function healthMarkup(record: DrawnRecord): Markup {
  const { tone, sign } = healthOf(record);
  const style = { healthy: "good", unhealthy: "bad" }[tone] ?? "soft";
  return html`<span class="${style}">${sign} ${tone}</span>`;
}
