import { html } from "hono/html";
import type { Amounts } from "../cost/amounts";
import { states } from "../cost/amounts";
import type { CostSummary } from "../cost/cost";
import {
  count,
  dollars,
  pointNote,
  stateWords,
  totalSentence,
  unknownSentence,
} from "./costWording";
import { nameOf } from "./costText";
import type { Markup } from "./picture";
import { stackedTable } from "./tables";
import { ttlPicture } from "./ttlPicture";
import { seconds } from "./wording";

/** What a stack costs: by tier and state, and the curve of TTL and cost. */
export function costSection(summary: CostSummary, id: string): Markup {
  const { stack, unknown, pricedAt } = summary;
  return html`<p>
      ${totalSentence(summary)}, by AWS's list prices of ${pricedAt.oldest} to ${pricedAt.newest}.
      <span class="${unknown.length === 0 ? "soft" : "bad"}">${unknownSentence(summary)}</span>
    </p>
    ${
      unknown.length === 0
        ? ""
        : html`<ul class="notes">
            ${unknown.map(({ urn, why }) => html`<li>${nameOf(urn)}: ${why}</li>`)}
          </ul>`
    }
    <div class="cost">
      <div>
        ${amountsTable(
          `Monthly cost of ${stack} in USD`,
          "Tier",
          summary.byTier.map(({ tier, ...amounts }) => [tier, amounts]),
          summary.totals,
        )}
      </div>
      <figure>
        <figcaption>
          <strong>What the TTL costs</strong>
          <span>queries of a month against the worst downtime</span>
        </figcaption>
        ${ttlPicture(summary.ttlCurve, `${id}-ttl`)}
      </figure>
    </div>`;
}

/** Amounts by state, with a total below where there is one. */
export function amountsTable(
  caption: string,
  name: string,
  rows: readonly (readonly [string, Amounts])[],
  total?: Amounts,
): Markup {
  const cells = (amounts: Amounts): readonly string[] =>
    states.map((state) => dollars(amounts[state]));
  return stackedTable(
    caption,
    [
      { head: name },
      ...states.map((state) => ({ head: stateWords[state], kind: "number" as const })),
    ],
    [
      ...rows.map(([label, amounts]) => ({ name: label, cells: cells(amounts) })),
      ...(total === undefined ? [] : [{ name: "total", cells: cells(total) }]),
    ],
  );
}

/** The curve as a table. */
export function ttlTable({ ttlCurve }: CostSummary): Markup {
  return stackedTable(
    "Queries of a month, their cost in USD, and the worst downtime, by TTL",
    [
      { head: "TTL" },
      { head: "Queries", kind: "number" },
      { head: "Cost", kind: "number" },
      { head: "Worst downtime", kind: "number" },
      { head: "Setting" },
    ],
    ttlCurve.points.map((point) => ({
      name: seconds(point.ttlSeconds),
      cells: [
        count(point.queries),
        dollars(point.monthly),
        seconds(point.downtimeSeconds),
        pointNote(ttlCurve, point) || "–",
      ],
    })),
  );
}

/** What a team would weigh against this. */
export function alternativesTable({ alternatives }: CostSummary): Markup {
  return stackedTable(
    "Instead, or as well: what it adds to a month in USD",
    [
      { head: "What" },
      { head: "Adds", kind: "number" },
      { head: "Worst downtime", kind: "number" },
      { head: "What it does" },
    ],
    alternatives.map(({ name, monthly, downtimeSeconds, note }) => ({
      name,
      cells: [monthly === null ? "unknown" : dollars(monthly), seconds(downtimeSeconds), note],
    })),
  );
}
