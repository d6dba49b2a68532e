import { z } from "zod";
import { defaultAssumptions } from "../../routing/assumptions";
import { InputError, jsonFault } from "../../routing/inputError";
import { issueTexts } from "../issueText";
import type { MeasuredBlips } from "./falseFailovers";

const metric = "HealthCheckPercentageHealthy";

/** What `aws cloudwatch get-metric-statistics` prints of HealthCheckPercentageHealthy. */
const statistics = z.object({
  Label: z.literal(metric, { error: `must be ${metric}` }),
  Datapoints: z
    .array(
      z.object({
        Timestamp: z.string(),
        Minimum: z.number().optional(),
        Average: z.number().optional(),
      }),
    )
    .min(2, "must be two datapoints or more"),
});

const secondsOfYear = 365 * 86_400;
/** The most bad datapoints that a message lists. */
const listedMax = 5;

/** The blips of a check's history, at both ends of the range that the period of the data allows. */
export interface HistoryBlips {
  readonly few: MeasuredBlips;
  readonly many: MeasuredBlips;
  /** From the first datapoint to the end of the last one's period. */
  readonly spanSeconds: number;
  readonly blipsCount: number;
  /** Unhealthy times that are no blips: longer ones, and those that the history cuts off. */
  readonly outagesCount: number;
}

/**
 * The blips of a check's history: times with too few healthy checkers for the check to be healthy. One that
 * lasts from the first datapoint or up to the last one has no known length, so it does not count, and one
 * that is longer than the longest blip is an outage.
 *
 * @param longestSeconds of a blip
 * @throws InputError for any other data, and for a history without a healthy time
 */
export function measuredBlips(text: string, path: string, longestSeconds: number): HistoryBlips {
  const points = parsed(text, path)
    .map(({ Timestamp, Minimum, Average }) => ({
      seconds: Date.parse(Timestamp) / 1_000,
      percentage: Minimum ?? Average ?? NaN,
    }))
    .sort((a, b) => a.seconds - b.seconds);
  const times = points.map(({ seconds }) => seconds);
  const gaps = times.slice(1).map((seconds, index) => seconds - (times[index] as number));
  const period = Math.min(...gaps.filter((gap) => gap > 0));
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  const spanSeconds = last - first + period;
  const all = dips(points, period);
  if (all.some(({ seconds }) => seconds >= spanSeconds)) {
    throw new InputError(
      `${path}: Datapoints: the check must be healthy at some time, got ${points.length} unhealthy datapoints: an outage, not a blip; give a longer time`,
    );
  }
  // A dip of n periods lasted between n - 1 and n + 1 periods.
  const blips = all.filter(
    ({ startSeconds, seconds }) =>
      startSeconds > first &&
      startSeconds + seconds < first + spanSeconds &&
      seconds - period <= longestSeconds,
  );
  const of = (change: number): MeasuredBlips => ({
    perYear: blips.length / (spanSeconds / secondsOfYear),
    seconds: blips.map(({ seconds }) => Math.max(1, seconds + change)),
  });
  return {
    ...{ few: of(-period), many: of(period), spanSeconds },
    ...{ blipsCount: blips.length, outagesCount: all.length - blips.length },
  };
}

interface Dip {
  readonly startSeconds: number;
  readonly seconds: number;
}

/** The check's unhealthy times; a gap in the data ends one. */
function dips(
  points: readonly { readonly seconds: number; readonly percentage: number }[],
  period: number,
): readonly Dip[] {
  const limit = defaultAssumptions.healthyCheckerShare * 100;
  const found: Dip[] = [];
  let open: Dip | undefined;
  points.forEach(({ percentage, seconds }, index) => {
    const follows = seconds - (points[index - 1]?.seconds ?? seconds) <= period;
    if (open && (percentage > limit || !follows)) {
      found.push(open);
      open = undefined;
    }
    if (percentage > limit) return;
    open = {
      startSeconds: open?.startSeconds ?? seconds,
      seconds: (open?.seconds ?? 0) + period,
    };
  });
  return open ? [...found, open] : found;
}

function parsed(text: string, path: string): z.infer<typeof statistics>["Datapoints"] {
  const again = `give what \`aws cloudwatch get-metric-statistics --metric-name ${metric} --statistics Minimum\` prints`;
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (cause) {
    throw new InputError(`${path}: is not JSON, got ${jsonFault(cause)}; ${again}`, {
      cause,
    });
  }
  const read = statistics.safeParse(raw);
  const faults = read.success ? pointFaults(read.data.Datapoints) : issueTexts(read.error, raw);
  if (faults.length > 0) throw new InputError(faults.map((one) => `${path}: ${one}; ${again}`));
  return (read.data as z.infer<typeof statistics>).Datapoints;
}

/** What is wrong with the times and percentages, one line each. */
function pointFaults(points: z.infer<typeof statistics>["Datapoints"]): readonly string[] {
  const faults = points.flatMap(({ Timestamp, Minimum, Average }, index) => {
    const at = `Datapoints[${index}]`;
    const percentage = Minimum ?? Average;
    const name = Minimum === undefined ? "Average" : "Minimum";
    return [
      ...(Number.isNaN(Date.parse(Timestamp))
        ? [`${at}.Timestamp: must be a time, got ${JSON.stringify(Timestamp)}`]
        : []),
      ...(percentage === undefined
        ? [`${at}: must have a Minimum or an Average, got neither`]
        : percentage < 0 || percentage > 100
          ? [`${at}.${name}: must be a percentage from 0 to 100, got ${percentage}`]
          : []),
    ];
  });
  const more = faults.length - listedMax;
  return more > 0
    ? [...faults.slice(0, listedMax), `Datapoints: ${more} more are wrong in the same ways`]
    : faults;
}
