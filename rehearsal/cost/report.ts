import type { Block, Curve, Document, Row, Table } from "../report/document";
import { count, counted, dollars, downtimeText, seconds } from "../report/figures";
import type { Amounts } from "./amounts";
import { states } from "./amounts";
import type { AssumptionName } from "./assumptions";
import { assumed } from "./assumptions";
import type { CostReport, CostSummary, Line, TtlCurve } from "./cost";
import {
  quantityText,
  describeCurve,
  urnName,
  pointNote,
  pricedText,
  stateWords,
  tierSentence,
  totalSentence,
  ttlSentence,
  pricedSentence,
  uncountedSentence,
  uncountedText,
  unknownSentence,
  unreadSentence,
} from "./wording";

/** The number of most expensive lines shown first; the details and `--json` have all of them. */
const dearestShown = 12;

/** The report of `failover cost`. */
export function costReport(report: CostReport): Document {
  const { stack, byTier, byRegion, totals, notes } = report;
  return {
    title: `Monthly cost of ${stack} in USD`,
    lead: pricedText(report),
    blocks: [
      section("By tier", [
        amountsTable(
          `Monthly cost of ${stack} in USD`,
          "tier",
          byTier.map(({ tier, ...amounts }) => [tier, amounts]),
          totals,
        ),
        ...unknownBlocks(report),
        ...notes.map((text): Block => ({ kind: "note", text })),
        { kind: "note", text: freeSentence(report) },
      ]),
      section("By region", [
        amountsTable(
          "Charges by region, in USD",
          "region",
          byRegion.map(({ region, ...amounts }) => [region, amounts]),
        ),
      ]),
      section("Most expensive resources", [dearestTable(report)]),
      ...(hasPoints(report)
        ? [
            section("TTL", [
              ttlTable(report.ttlCurve),
              details("Cost of the TTL", [curveOf(report.ttlCurve)], true),
            ]),
          ]
        : []),
      section("Alternatives", [alternativeTable(report)]),
      section("Assumptions, set by --assume name=value", [assumptionTable(report)]),
      details("Every line, with its source", [lineTable(report)]),
      details("Free types, with their sources", [freeTable(report)]),
    ],
  };
}

/** The cost section of a rehearsal. */
export function costBlocks(summary: CostSummary): readonly Block[] {
  const { stack, byTier, totals, ttlCurve } = summary;
  const table = amountsTable(
    `Monthly cost of ${stack} in USD`,
    "tier",
    byTier.map(({ tier, ...amounts }) => [tier, amounts]),
    totals,
  );
  return [
    { kind: "paragraph", text: `${totalSentence(summary)}. ${pricedText(summary)}` },
    {
      kind: "note",
      text: [tierSentence(summary), ...(hasPoints(summary) ? [ttlSentence(summary)] : [])].join(
        " ",
      ),
    },
    ...unknownBlocks(summary),
    details(
      `Cost of ${stack} by tier and TTL`,
      [table, ...(hasPoints(summary) ? [ttlTable(ttlCurve), curveOf(ttlCurve)] : [])],
      true,
    ),
  ];
}

/** Without one, no query is known. */
function hasPoints({ ttlCurve }: CostSummary): boolean {
  return ttlCurve.points.length > 0;
}

function section(title: string, blocks: readonly Block[]): Block {
  return { kind: "section", title, blocks };
}

function details(title: string, blocks: readonly Block[], isOpen = false): Block {
  return { kind: "details", title, isOpen, blocks };
}

/** Names and resources that are in no total, with the reason for each. */
function unknownBlocks({ unknown, unread = [], uncounted = [] }: CostSummary): readonly Block[] {
  const isPriced = unknown.length + uncounted.length === 0;
  const soft = [
    ...(isPriced ? [pricedSentence(unread)] : []),
    ...(unread.length > 0 ? [unreadSentence(unread)] : []),
  ];
  const listed = (sentence: string, items: readonly string[]): readonly Block[] =>
    items.length === 0
      ? []
      : [
          { kind: "paragraph", text: { text: sentence, tone: "bad" } },
          { kind: "list", items },
        ];
  return [
    ...(soft.length > 0
      ? [{ kind: "paragraph" as const, text: { text: soft.join(" "), tone: "soft" as const } }]
      : []),
    ...listed(uncountedSentence(uncounted), uncounted.map(uncountedText)),
    ...listed(
      unknownSentence(unknown),
      unknown.map(({ urn, why }) => `${urnName(urn)}: ${why}`),
    ),
  ];
}

/** Amounts by state, with a total if there is one. */
function amountsTable(
  caption: string,
  name: string,
  rows: readonly (readonly [string, Amounts])[],
  total?: Amounts,
): Table {
  const row = (label: string, amounts: Amounts): Row => [
    label,
    ...states.map((state) => dollars(amounts[state])),
  ];
  return {
    kind: "table",
    caption,
    columns: [
      { head: name },
      ...states.map((state) => ({ head: stateWords[state], kind: "number" as const })),
    ],
    rows: rows.map(([label, amounts]) => row(label, amounts)),
    ...(total === undefined ? {} : { total: row("total", total) }),
  };
}

function dearestTable({ lines }: CostReport): Table {
  const dearest = lines
    .filter(({ monthly }) => monthly > 0)
    .sort((a, b) => b.monthly - a.monthly)
    .slice(0, dearestShown);
  return {
    kind: "table",
    caption: "The highest charges of a steady month, in USD",
    columns: [
      { head: "resource" },
      { head: "item" },
      { head: "quantity", kind: "number" },
      { head: "price", kind: "number" },
      { head: "a month", kind: "number" },
    ],
    rows: dearest.map(({ urn, item, quantity, unit, unitPrice, monthly }) => [
      urnName(urn),
      item,
      quantityText(quantity, unit),
      String(unitPrice),
      dollars(monthly),
    ]),
  };
}

function ttlTable(curve: TtlCurve): Table {
  return {
    kind: "table",
    caption: "Monthly queries, their cost in USD, and the worst downtime, by TTL",
    columns: [
      { head: "TTL", kind: "number" },
      { head: "queries", kind: "number" },
      { head: "cost", kind: "number" },
      { head: "worst downtime", kind: "number" },
      { head: "setting" },
    ],
    rows: curve.points.map((point) => [
      seconds(point.ttlSeconds),
      count(point.queries),
      dollars(point.monthly),
      worstText(point.downtimeSeconds, curve),
      { text: pointNote(curve, point), tone: "good" },
    ]),
  };
}

/** The worst downtime of a point of the curve. */
function worstText(downtimeSeconds: number | null, { isEndless }: TtlCurve): string {
  return downtimeSeconds === null && isEndless === undefined
    ? "unknown"
    : downtimeText(downtimeSeconds);
}

/** The curve of TTL and cost as a figure. */
export function curveOf(curve: TtlCurve): Curve {
  return {
    kind: "curve",
    title: "Cost of DNS queries, by TTL",
    caption: "monthly queries against the worst downtime",
    description: describeCurve(curve),
    unit: "USD a month",
    rows: ["TTL", "down"],
    rowUnit: "worst case, seconds",
    points: curve.points.map((point) => ({
      x: point.ttlSeconds,
      y: point.monthly,
      below: String(point.downtimeSeconds ?? "–"),
      isNoted: pointNote(curve, point) !== "",
      ...(point.ttlSeconds === curve.currentSeconds
        ? { label: `now: ${dollars(point.monthly)}` }
        : {}),
    })),
  };
}

/** Alternatives to consider. */
function alternativeTable({ alternatives }: CostSummary): Table {
  return {
    kind: "table",
    caption: "Alternatives and additions: extra cost of a month in USD",
    columns: [
      { head: "alternative" },
      { head: "adds", kind: "number" },
      { head: "worst downtime", kind: "number" },
      { head: "effect", kind: "prose" },
    ],
    rows: alternatives.map(({ name, monthly, downtimeSeconds, note }) => [
      name,
      monthly === null ? "unknown" : dollars(monthly),
      downtimeSeconds === null ? "unknown" : seconds(downtimeSeconds),
      note,
    ]),
  };
}

function assumptionTable({ assumptions }: CostReport): Table {
  const names = Object.keys(assumptions) as readonly AssumptionName[];
  return {
    kind: "table",
    caption: "Set each with --assume name=value",
    columns: [
      { head: "name" },
      { head: "value", kind: "number" },
      { head: "meaning", kind: "prose" },
    ],
    rows: names.map((name) => [
      name,
      String(assumptions[name]),
      `${assumed[name].unit} ${assumed[name].meaning}`,
    ]),
  };
}

function lineTable({ lines }: CostReport): Table {
  return {
    kind: "table",
    caption: "Charges of a steady month",
    columns: [
      { head: "resource" },
      { head: "item" },
      { head: "region" },
      { head: "quantity", kind: "number" },
      { head: "price", kind: "number" },
      { head: "USD", kind: "number" },
      { head: "source", kind: "prose" },
    ],
    rows: lines.map((line) => [
      urnName(line.urn),
      line.item,
      line.region,
      quantityText(line.quantity, line.unit),
      String(line.unitPrice),
      dollars(line.monthly),
      sourceOf(line),
    ]),
  };
}

function sourceOf({ source, date, derived }: Line): string {
  return `${source}, ${date}${derived === undefined ? "" : `; ${derived}`}`;
}

function freeSentence({ free }: CostReport): string {
  const all = free.reduce((total, each) => total + each.count, 0);
  return `${counted(all, "resource")} of ${counted(free.length, "type")} ${all === 1 ? "is" : "are"} free according to AWS; the details and --json list them with the source.`;
}

function freeTable({ free }: CostReport): Table {
  return {
    kind: "table",
    caption: "Types that AWS does not charge for",
    columns: [
      { head: "type" },
      { head: "count", kind: "number" },
      { head: "why", kind: "prose" },
      { head: "source", kind: "prose" },
    ],
    rows: free.map(({ type, count: number, why, source }) => [type, String(number), why, source]),
  };
}
