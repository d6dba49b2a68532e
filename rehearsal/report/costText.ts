import { states } from "../cost/amounts";
import type { Amounts } from "../cost/amounts";
import { assumed } from "../cost/assumptions";
import type { AssumptionName } from "../cost/assumptions";
import type { CostReport, CostSummary, Line } from "../cost/cost";
import {
  count,
  dollars,
  pointNote,
  stateWords,
  totalSentence,
  ttlSentence,
  unknownSentence,
} from "./costWording";
import type { Paint } from "./paint";
import { printable } from "./printable";
import { columns, table, wrap } from "./textTable";
import { seconds } from "./wording";

/** How many of the dearest lines are shown; `--json` has all of them. */
const dearestShown = 12;

/** What a rehearsal says of the cost of a stack, in a few lines. */
export function costLines(summary: CostSummary, paint: Paint): readonly string[] {
  const dearest = [...summary.byTier]
    .filter(({ steady }) => steady > 0)
    .sort((a, b) => b.steady - a.steady)
    .map(({ tier, steady }) => `${tier} ${dollars(steady)}`);
  const { unknown } = summary;
  return [
    ...table([[{ text: "cost" }, { text: totalSentence(summary) }]]),
    ...[
      `${dearest.join(", ")}. ${ttlSentence(summary)}`,
      ...(unknown.length === 0 ? [] : [unknownSentence(summary)]),
    ]
      .flatMap((text) => wrap(printable(text), columns - 4))
      .map(paint.faint),
  ];
}

/** The whole report for a terminal. */
export function renderCost(report: CostReport, paint: Paint): string {
  const { stack, pricedAt } = report;
  const lines = [
    paint.title(
      printable(
        `Monthly cost of ${stack} in USD, by AWS's list prices of ${pricedAt.oldest} to ${pricedAt.newest}`,
      ),
    ),
    "",
    ...amountTable(
      "tier",
      report.byTier.map(({ tier, ...amounts }) => [tier, amounts]),
      paint,
    ),
    ...amountTable("", [["total", report.totals]], paint, paint.title).slice(1),
    "",
    ...amountTable(
      "region",
      report.byRegion.map(({ region, ...amounts }) => [region, amounts]),
      paint,
    ),
    "",
    ...dearestTable(report.lines, paint),
    "",
    ...ttlTable(report, paint),
    "",
    ...alternativeTable(report, paint),
    "",
    ...unknownLines(report, paint),
    ...freeLines(report).map(paint.faint),
    ...report.notes.flatMap((note) => wrap(printable(note), columns - 4)).map(paint.faint),
    "",
    ...assumptionLines(report, paint),
  ];
  return `${lines.join("\n")}\n`;
}

function amountTable(
  name: string,
  rows: readonly (readonly [string, Amounts])[],
  paint: Paint,
  brush = (text: string): string => text,
): readonly string[] {
  const head = [name, ...states.map((state) => stateWords[state])];
  return table(
    [
      head.map((text) => ({ text, brush: paint.faint })),
      // As wide as the widest name of a tier, so that the tables stand below one another.
      ...rows.map(([label, amounts]) => [
        { text: label.padEnd(18), brush },
        ...states.map((state) => ({ text: dollars(amounts[state]).padStart(14), brush })),
      ]),
    ],
    { right: [false, true, true, true] },
  );
}

function dearestTable(lines: readonly Line[], paint: Paint): readonly string[] {
  const dearest = [...lines].sort((a, b) => b.monthly - a.monthly).slice(0, dearestShown);
  const head = ["dearest resources", "item", "quantity", "price", "a month"];
  return table(
    [
      head.map((text) => ({ text, brush: paint.faint })),
      ...dearest.map(({ urn, item, quantity, unit, unitPrice, monthly }) => [
        { text: nameOf(urn) },
        { text: item },
        { text: `${count(quantity)} ${unit}` },
        { text: String(unitPrice) },
        { text: dollars(monthly) },
      ]),
    ],
    { right: [false, false, true, true, true] },
  );
}

/** The last part of a URN. */
export function nameOf(urn: string): string {
  return urn.split("::").at(-1) ?? urn;
}

function ttlTable({ ttlCurve }: CostReport, paint: Paint): readonly string[] {
  const head = ["TTL", "queries", "cost", "worst downtime", ""];
  return table(
    [
      head.map((text) => ({ text, brush: paint.faint })),
      ...ttlCurve.points.map((point) => [
        { text: seconds(point.ttlSeconds) },
        { text: count(point.queries) },
        { text: dollars(point.monthly) },
        { text: seconds(point.downtimeSeconds) },
        { text: pointNote(ttlCurve, point), brush: paint.good },
      ]),
    ],
    { right: [true, true, true, true] },
  );
}

function alternativeTable({ alternatives }: CostReport, paint: Paint): readonly string[] {
  const head = ["instead, or as well", "adds", "worst downtime"];
  return [
    ...table(
      [
        head.map((text) => ({ text, brush: paint.faint })),
        ...alternatives.map(({ name, monthly, downtimeSeconds }) => [
          { text: name },
          { text: monthly === null ? "unknown" : dollars(monthly) },
          { text: seconds(downtimeSeconds) },
        ]),
      ],
      { right: [false, true, true] },
    ),
    ...alternatives
      .flatMap(({ name, note }) => wrap(printable(`${name}: ${note}`), columns - 4))
      .map(paint.faint),
  ];
}

function unknownLines(report: CostReport, paint: Paint): readonly string[] {
  const { unknown } = report;
  return [
    ...wrap(unknownSentence(report), columns - 4).map(
      unknown.length === 0 ? paint.faint : paint.bad,
    ),
    ...unknown.map(({ urn, why }) => printable(`    ${nameOf(urn)}: ${why}`)),
  ];
}

function freeLines({ free }: CostReport): readonly string[] {
  const all = free.reduce((total, { count: each }) => total + each, 0);
  return wrap(
    `${all} resources of ${free.length} types are free by AWS's word; --json says which, and who says so.`,
    columns - 4,
  );
}

function assumptionLines({ assumptions }: CostReport, paint: Paint): readonly string[] {
  const names = Object.keys(assumptions) as readonly AssumptionName[];
  return [
    ...wrap("Assumed, and set by --assume name=value:", columns - 4).map(paint.faint),
    ...table(
      names.map((name) => [
        { text: name },
        { text: String(assumptions[name]) },
        { text: `${assumed[name].unit} ${assumed[name].meaning}`, brush: paint.faint },
      ]),
      { right: [false, true], narrow: 2 },
    ),
  ];
}
