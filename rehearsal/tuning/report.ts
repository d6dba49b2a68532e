import type { Document, Ranges, Row, Span } from "../report/document";
import { dollars, lasting, withThousands } from "../report/figures";
import { blipParameters } from "./blips";
import type { FalseFailovers } from "./falseFailovers";
import type { Setting } from "./settings";
import type { TunedPoint, Tuning } from "./tune";
import { totalOf, worstPropagationSeconds } from "./tune";

/** What `failover tune` prints: it reports, and changes nothing. */
export function tuningDocument(tuning: Tuning): Document {
  const { name, stack, points } = tuning;
  const shown = points.filter(({ isEfficient, isNow }) => isEfficient || isNow);
  return {
    title: `Settings of the endpoint checks of ${name} of ${stack}`,
    lead: "Worst downtime against false failovers a year against dollars a month. Nothing is changed.",
    blocks: [
      rangesOf(tuning, shown),
      {
        kind: "table",
        caption: captionOf(points),
        columns: [
          { head: "setting", kind: "prose" },
          { head: "string match" },
          { head: "worst downtime", kind: "number" },
          { head: `with δ ${worstPropagationSeconds} s`, kind: "number" },
          { head: "zone moves", kind: "number" },
          { head: "region moves", kind: "number" },
          { head: "latches", kind: "number" },
          { head: "USD a month", kind: "number" },
          { head: "state" },
        ],
        rows: shown.map(rowOf),
      },
      {
        kind: "note",
        text: `False failovers a year: moves for a failure that ends by itself, from few to many blips, ${withThousands(tuning.runs)} simulated blips of each cause, seed ${tuning.seed}. A setting without a string match never notices a server that hangs in the body. What a latch would hold is counted, whether or not there is one.`,
      },
      blipTable(tuning),
    ],
  };
}

/** The setting in force is shown too, and counts only if no other beats it. */
function captionOf(points: readonly TunedPoint[]): string {
  const efficient = points.filter(({ isEfficient }) => isEfficient).length;
  const isBeaten = points.some(({ isEfficient, isNow }) => isNow && !isEfficient);
  return `The ${efficient} of ${points.length} settings that no other beats in everything${isBeaten ? ", and the one in force" : ""}`;
}

function settingText(setting: Setting): string {
  const { intervalSeconds, failureThreshold, ttlSeconds } = setting;
  return `${intervalSeconds} s × ${failureThreshold}, TTL ${ttlSeconds} s`;
}

const now: Span = { text: "in force", tone: "good", isState: true };

function rowOf({ setting, isNow, worstSeconds, worstCornerSeconds, ...point }: TunedPoint): Row {
  const range = (of: keyof FalseFailovers): string => rangeText(point.few[of], point.many[of]);
  return [
    settingText(setting),
    setting.hasStringMatch ? "yes" : "no",
    lasting(worstSeconds),
    lasting(worstCornerSeconds),
    range("zoneMoves"),
    range("regionMoves"),
    range("latches"),
    dollars(point.usdPerMonth),
    isNow ? now : "",
  ];
}

/** Two digits: the parameters are no more precise. */
function rangeText(few: number, many: number): string {
  const text = (value: number): string =>
    value === 0 ? "0" : value < 0.01 ? "< 0.01" : String(Number(value.toPrecision(2)));
  return few === many ? text(few) : `${text(few)} to ${text(many)}`;
}

/** One bar for each interval and threshold: another TTL only shifts a bar sideways. */
function rangesOf({ name, stack, points }: Tuning, [first]: readonly TunedPoint[]): Ranges {
  const drawn = (points.find(({ isNow }) => isNow) ?? first)?.setting;
  const choices = points.flatMap(({ setting, isNow, worstSeconds, few, many }) =>
    worstSeconds === null ||
    setting.ttlSeconds !== drawn?.ttlSeconds ||
    setting.hasStringMatch !== drawn.hasStringMatch
      ? []
      : [
          {
            x: worstSeconds,
            low: totalOf(few),
            high: totalOf(many),
            label: `${setting.intervalSeconds} s × ${setting.failureThreshold}`,
            isNow,
          },
        ],
  );
  return {
    kind: "ranges",
    title: "What faster costs",
    caption: `interval × threshold for ${name} of ${stack}, TTL ${drawn?.ttlSeconds ?? 0} s; each bar from few to many blips`,
    description: choices
      .map(
        ({ label, x, low, high }) =>
          `${label}: ${x} s at worst, ${rangeText(low, high)} false failovers a year.`,
      )
      .join(" "),
    xUnit: "worst downtime, s",
    yUnit: "false failovers a year",
    choices,
  };
}

function blipTable({ blips, measured }: Tuning): Document["blocks"][number] {
  const ofHistory: readonly Row[] =
    measured === undefined
      ? []
      : [
          ["blips of the history", String(Number(measured.few.perYear.toPrecision(3))), "a year"],
          [
            "their longest, in seconds",
            String(Math.max(0, ...measured.few.seconds)),
            String(Math.max(0, ...measured.many.seconds)),
          ],
        ];
  return {
    kind: "table",
    caption: "The blip model: all assumed, since AWS publishes none of it; --blips sets them",
    columns: [
      { head: "parameter" },
      { head: "few", kind: "number" },
      { head: "many", kind: "number" },
    ],
    rows: [
      ...blipParameters.map((name): Row => [
        name,
        String(blips.few[name]),
        String(blips.many[name]),
      ]),
      ...ofHistory,
    ],
  };
}

/** What `failover tune --json` prints. */
export function tuningJson(tuning: Tuning): string {
  return `${JSON.stringify(tuning, undefined, 2)}\n`;
}
