import { z } from "zod";
import { defaultAssumptions } from "../../routing/assumptions";
import { InputError } from "../../routing/inputError";
import type { MeasuredBlips } from "./falseFailovers";

/** What `aws cloudwatch get-metric-statistics` prints of HealthCheckPercentageHealthy. */
const statistics = z.object({
  Datapoints: z
    .array(
      z.object({
        Timestamp: z.string(),
        Minimum: z.number().optional(),
        Average: z.number().optional(),
      }),
    )
    .min(2),
});

const secondsOfYear = 365 * 86_400;

/**
 * The blips of a check's history: times with too few healthy checkers for the check to be healthy, at
 * both ends of the range that the period of the data allows.
 *
 * @throws InputError for any other data
 */
export function measuredBlips(
  text: string,
  path: string,
): { readonly few: MeasuredBlips; readonly many: MeasuredBlips } {
  const data = parsed(text, path);
  const points = data
    .map(({ Timestamp, Minimum, Average }) => ({
      seconds: Date.parse(Timestamp) / 1_000,
      percentage: Minimum ?? Average ?? NaN,
    }))
    .sort((a, b) => a.seconds - b.seconds);
  const bad = points.find(({ seconds, percentage }) => Number.isNaN(seconds + percentage));
  if (bad) {
    throw new InputError(
      `${path}: each datapoint needs a Timestamp and a Minimum or an Average, got ${JSON.stringify(bad)}; ask for --statistics Minimum`,
    );
  }
  const times = points.map(({ seconds }) => seconds);
  const gaps = times.slice(1).map((seconds, index) => seconds - (times[index] as number));
  const period = Math.min(...gaps.filter((gap) => gap > 0));
  const years = (Math.max(...times) - Math.min(...times) + period) / secondsOfYear;
  const lengths = dips(points, period);
  const of = (change: number): MeasuredBlips => ({
    perYear: lengths.length / years,
    seconds: lengths.map((length) => Math.max(1, length + change)),
  });
  // A dip of n periods lasted between n - 1 and n + 1 periods.
  return { few: of(-period), many: of(period) };
}

/** The durations of the check's unhealthy times, in seconds. */
function dips(
  points: readonly { readonly seconds: number; readonly percentage: number }[],
  period: number,
): readonly number[] {
  const limit = defaultAssumptions.healthyCheckerShare * 100;
  const lengths: number[] = [];
  let length = 0;
  points.forEach(({ percentage, seconds }, index) => {
    const follows = seconds - (points[index - 1]?.seconds ?? seconds) <= period;
    if (length > 0 && (percentage > limit || !follows)) {
      lengths.push(length);
      length = 0;
    }
    if (percentage <= limit) length += period;
  });
  return length > 0 ? [...lengths, length] : lengths;
}

function parsed(text: string, path: string): z.infer<typeof statistics>["Datapoints"] {
  const again =
    "give what `aws cloudwatch get-metric-statistics --metric-name HealthCheckPercentageHealthy` prints";
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (cause) {
    throw new InputError(`${path}: is not JSON, got ${(cause as Error).message}; ${again}`, {
      cause,
    });
  }
  const read = statistics.safeParse(raw);
  if (read.success) return read.data.Datapoints;
  const [issue] = read.error.issues;
  throw new InputError(
    `${path}: ${issue?.path.join(".") || "the file"}: ${issue?.message ?? ""}; ${again}`,
  );
}
