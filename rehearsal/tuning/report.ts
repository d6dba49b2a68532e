import type { Document, Note, Ranges, Row, Span } from "../report/document";
import { counted, dollars, downtimeText, seconds, withThousands } from "../report/figures";
import { openLines } from "../scenarios/openStatuses";
import type { BlipParameter } from "./blips";
import { blipParameters } from "./blips";
import type { FalseFailovers } from "./falseFailovers";
import type { Setting } from "./settings";
import type { TunedPoint, Tuning } from "./tune";
import { totalOf, worstPropagationSeconds } from "./tune";
import { jsonText } from "../report/jsonText";

/** What `failover tune` prints: it reports, and changes nothing. */
export function tuningDocument(tuning: Tuning): Document {
  const { name, stack, points } = tuning;
  const shown = points.filter(({ isEfficient, isNow }) => isEfficient || isNow);
  const areAlike = new Set(shown.map(({ setting }) => setting.hasStringMatch)).size === 1;
  return {
    title: `Settings of the endpoint checks of ${name} of ${stack}`,
    lead: "Worst downtime against false failovers a year against dollars a month. Nothing is changed.",
    blocks: [
      rangesOf(tuning, shown),
      {
        kind: "table",
        caption: captionOf(points),
        columns: [
          { head: "checks", kind: "prose" },
          { head: "TTL", kind: "number" },
          { head: "string match" },
          { head: "worst downtime", kind: "number" },
          { head: `with δ ${worstPropagationSeconds} s`, kind: "number" },
          { head: "zone moves", kind: "number" },
          { head: "region moves", kind: "number" },
          { head: "latches", kind: "number" },
          { head: "USD a month", kind: "number" },
        ],
        rows: shown.map((one) => rowOf(one, !areAlike)),
      },
      ...(areAlike ? [note(matchText(shown))] : []),
      ...shown.flatMap(({ setting, whyNever }) =>
        whyNever === undefined ? [] : [note(`Endless with ${settingText(setting)}: ${whyNever}.`)],
      ),
      ...openLines(tuning.unknown).map(note),
      note(endlessText(points)),
      {
        kind: "note",
        text: `False failovers a year: moves for a failure that ends by itself, from few to many blips, ${withThousands(tuning.runs)} simulated blips of each cause, seed ${tuning.seed}. What a latch would hold is counted, whether or not there is one. δ is the time in which Route 53 spreads a decision, of which AWS publishes no figure.`,
      },
      blipTable(tuning),
    ],
  };
}

/** The setting in force is shown too, and counts only if no other beats it. */
function captionOf(points: readonly TunedPoint[]): string {
  const efficient = points.filter(({ isEfficient }) => isEfficient).length;
  const isBeaten = points.some(({ isEfficient, isNow }) => isNow && !isEfficient);
  return `The ${efficient} of ${points.length} settings that no other setting beats in every respect${isBeaten ? ", and the one in force" : ""}`;
}

/** Of settings that are alike in it. */
function matchText([first]: readonly TunedPoint[]): string {
  return `${first?.setting.hasStringMatch ? "All" : "None"} of these checks ${first?.setting.hasStringMatch ? "use" : "uses"} a string match.`;
}

function settingText(setting: Setting): string {
  return `${checksText(setting)}, TTL ${seconds(setting.ttlSeconds)}`;
}

/** The request interval, and the failures in a row that it takes. */
function checksText({ intervalSeconds, failureThreshold }: Setting): string {
  return `${seconds(intervalSeconds)} × ${failureThreshold}`;
}

const now: Span = { text: "in force", isState: true };

function downtime(worstSeconds: number | null): string | Span {
  const text = downtimeText(worstSeconds);
  return worstSeconds === null ? { text, tone: "bad", isState: true } : text;
}

function note(text: string): Note {
  return { kind: "note", text };
}

/** The settings that are left out, however cheap, unless one of them is in force. */
function endlessText(points: readonly TunedPoint[]): string {
  const left = points.filter(({ whyNever, isNow }) => whyNever !== undefined && !isNow);
  const unmatched = left.filter(({ setting }) => !setting.hasStringMatch);
  const why =
    unmatched.length === 0
      ? ""
      : `, ${unmatched.length} of them without a string match: they do not notice a server that hangs in the body`;
  if (left.length === 0) return "Each setting ends each downtime.";
  const [are, them] = left.length === 1 ? ["is", "it"] : ["are", "them"];
  return `${counted(left.length, "setting")} ${are} left out, however cheap, since some downtime is endless with ${them}${why}.`;
}

function rowOf(
  { setting, isNow, worstSeconds, worstCornerSeconds, ...point }: TunedPoint,
  hasMatch: boolean,
): Row {
  const range = (of: keyof FalseFailovers): string => rangeText(point.few[of], point.many[of]);
  return [
    isNow
      ? [`${checksText(setting)}, `, { ...now, tone: worstSeconds === null ? "bad" : "good" }]
      : checksText(setting),
    seconds(setting.ttlSeconds),
    hasMatch ? (setting.hasStringMatch ? "yes" : "no") : "",
    downtime(worstSeconds),
    downtime(worstCornerSeconds),
    range("zoneMoves"),
    range("regionMoves"),
    range("latches"),
    dollars(point.usdPerMonth),
  ];
}

/** Two digits: the parameters are no more precise. */
function rangeText(few: number, many: number): string {
  const text = (value: number): string =>
    value === 0 ? "0" : value < 0.01 ? "< 0.01" : withThousands(Number(value.toPrecision(2)));
  return few === many ? text(few) : `${text(few)}–${text(many)}`;
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
          ["", "time that the history covers", daysText(measured.spanSeconds)],
          ["", "blips in it", String(measured.blipsCount)],
          ["", "outages in it, which do not count", String(measured.outagesCount)],
          [
            "",
            "blips of the history, a year",
            withThousands(Number(measured.few.perYear.toPrecision(3))),
          ],
          [
            "",
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
      { head: "meaning", kind: "prose" },
      { head: "few", kind: "number" },
      { head: "many", kind: "number" },
      { head: "state" },
    ],
    rows: [
      ...blipParameters.map((name): Row => [
        { text: name, isCode: true },
        blipWords[name],
        String(blips.few[name]),
        String(blips.many[name]),
        measured !== undefined && name === measuredParameter
          ? { text: "not used: the history replaces it", tone: "soft" }
          : "",
      ]),
      ...ofHistory,
    ].map((row) => [...row, ...Array<string>(5 - row.length).fill("")]),
  };
}

/** The parameters in words. */
const blipWords: Readonly<Record<BlipParameter, string>> = {
  zoneBlipsPerYear: "blips of a zone's endpoint, a year",
  regionBlipsPerYear: "blips of a whole region, a year",
  shortestSeconds: "shortest blip, in seconds",
  tail: "tail of their durations: smaller has more long ones",
  longestSeconds: "longest blip, in seconds; what lasts longer is an outage",
  instanceDeathsPerYear: "deaths of an instance behind a balancer, a year",
  replacementsPerYear: "replacements of all instances, a year",
  replacementGapSeconds: "gap at the replacement of an instance, in seconds",
  checkerBlipsPerYear: "times at which checkers lose the endpoint together, a year",
  checkerRegionShare: "share of the checker regions that do",
  latchSeconds: "time away from a region until it is latched, in seconds",
};

/** The parameter that a history replaces. */
const measuredParameter: BlipParameter = "zoneBlipsPerYear";

function daysText(spanSeconds: number): string {
  const [days, hours] = [spanSeconds / 86_400, spanSeconds / 3_600];
  return days >= 2 ? `${Number(days.toPrecision(3))} days` : `${Number(hours.toPrecision(3))} h`;
}

/** What `failover tune --json` prints. */
export function tuningJson(tuning: Tuning): string {
  return jsonText(tuning);
}
