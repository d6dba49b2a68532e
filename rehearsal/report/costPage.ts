import { html, raw } from "hono/html";
import { assumed } from "../cost/assumptions";
import type { AssumptionName } from "../cost/assumptions";
import type { CostReport, Line } from "../cost/cost";
import { alternativesTable, amountsTable, costSection, ttlTable } from "./costMarkup";
import { nameOf } from "./costText";
import { count, dollars } from "./costWording";
import { pageStyle } from "./pageStyle";
import type { Markup } from "./picture";
import { stackedTable } from "./tables";

/** A cost report as one HTML file that needs nothing else: no script, no font, no request. */
export async function renderCostPage(report: CostReport): Promise<string> {
  const { stack, byRegion, notes } = report;
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
        <title>Monthly cost of ${stack}</title>
        <style>
          ${raw(pageStyle)}
        </style>
      </head>
      <body>
        <header><h1>Monthly cost of ${stack}</h1></header>
        <main>
          ${costSection(report, "cost")}
          <h3>By region</h3>
          ${amountsTable(
            "What is charged in each region, in USD",
            "Region",
            byRegion.map(({ region, ...amounts }) => [region, amounts]),
          )}
          <h3>TTL</h3>
          ${ttlTable(report)}
          <h3>Alternatives</h3>
          ${alternativesTable(report)}
          <ul class="notes">
            ${notes.map((note) => html`<li>${note}</li>`)}
          </ul>
          <details>
            <summary>Every line</summary>
            ${linesTable(report)}
          </details>
          <details>
            <summary>What is free, and who says so</summary>
            ${freeTable(report)}
          </details>
          <details>
            <summary>What is assumed</summary>
            ${assumptionsTable(report)}
          </details>
        </main>
      </body>
    </html>`;
  return `${String(page)}\n`;
}

function linesTable({ lines }: CostReport): Markup {
  return stackedTable(
    "Charges of a steady month",
    [
      { head: "Resource" },
      { head: "Item" },
      { head: "Region" },
      { head: "Quantity", kind: "number" },
      { head: "Price", kind: "number" },
      { head: "USD", kind: "number" },
      { head: "Source" },
    ],
    lines.map((line) => ({
      name: nameOf(line.urn),
      cells: [
        line.item,
        line.region,
        `${count(line.quantity)} ${line.unit}`,
        String(line.unitPrice),
        dollars(line.monthly),
        sourceOf(line),
      ],
    })),
  );
}

function sourceOf({ source, date, derived }: Line): string {
  return `${source}, ${date}${derived === undefined ? "" : `; ${derived}`}`;
}

function freeTable({ free }: CostReport): Markup {
  return stackedTable(
    "Types that AWS does not charge",
    [{ head: "Type" }, { head: "Count", kind: "number" }, { head: "Why" }, { head: "Source" }],
    free.map(({ type, count: number, why, source }) => ({
      name: type,
      cells: [String(number), why, source],
    })),
  );
}

function assumptionsTable({ assumptions }: CostReport): Markup {
  const names = Object.keys(assumptions) as readonly AssumptionName[];
  return stackedTable(
    "Set each with --assume name=value",
    [{ head: "Name" }, { head: "Value", kind: "number" }, { head: "Unit" }, { head: "Meaning" }],
    names.map((name) => ({
      name,
      cells: [String(assumptions[name]), assumed[name].unit, assumed[name].meaning],
    })),
  );
}
