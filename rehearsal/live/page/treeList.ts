import { html } from "hono/html";
import type { Markup } from "../../report/markup";
import type { DrawnEndpoint, DrawnRecord } from "./drawnTree";
import { drawnTreeOf, healthOf } from "./drawnTree";
import type { DrillState } from "../drillState";
import { percentText } from "../drillWords";

/** The tree as a list in words. A group that was listed above is left out, unless it answers here. */
export function treeList(state: DrillState): Markup {
  const { label, records } = drawnTreeOf(state);
  const listed = new Set<string>();
  return html`<ul class="tree drill-tree">
    <li>
      <span class="node"><strong>${label}</strong></span
      >${listOf(records)}
    </li>
  </ul>`;

  function listOf(members: readonly DrawnRecord[]): Markup {
    return html`<ul>
      ${members.map(itemOf)}
    </ul>`;
  }

  function itemOf(record: DrawnRecord): Markup {
    const { role, isAnswering, group, endpoints } = record;
    const isAbove = group !== undefined && !isAnswering && listed.has(group.label);
    if (group) listed.add(group.label);
    return html`<li class="${isAnswering ? "lit" : ""}">
      <span class="node">
        <strong>${role}</strong>
        <span>${healthMarkup(record)}</span>
        ${isAnswering ? html`<span class="answers">answering</span>` : ""}
        ${group ? html`<span>→ ${group.label}${isAbove ? " (above)" : ""}</span>` : endpoints.map(endpointWords)}
      </span>
      ${group && !isAbove ? listOf(group.records) : ""}
    </li>`;
  }
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
