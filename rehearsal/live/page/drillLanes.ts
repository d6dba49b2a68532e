import type { CustomerCounts } from "../drillRun";
import type { DrillState } from "../drillState";
import { faultLabelOf, placeLabelOf, sumOf } from "../drillState";
import { percentText } from "../drillWords";

/** A period of a lane. */
export interface Period {
  readonly from: number;
  readonly to: number;
  readonly tone: "broken" | "healthy" | "unhealthy" | "answers";
  readonly label: string;
  /** Share of the lane's height, from 0 to 1; default: all. */
  readonly share?: number;
}

/** A row of the timeline. */
export interface Lane {
  readonly label: string;
  readonly periods: readonly Period[];
}

/** Orders between two times. */
export interface OrderBucket extends CustomerCounts {
  readonly from: number;
  readonly to: number;
}

/** The shortest axis, in seconds, so that the first seconds do not race. */
const axisSecondsMin = 120;
const bucketsMax = 120;

/** A lane for each fault that happened. */
export function faultLanes({ drill, events, atSeconds }: DrillState): readonly Lane[] {
  const lanes = new Map<string, Period[]>();
  const open = new Map<string, number>();
  const close = (name: string, to: number): void => {
    const from = open.get(name);
    if (from === undefined) return;
    open.delete(name);
    const periods = lanes.get(name) ?? [];
    lanes.set(name, [...periods, { from, to, tone: "broken", label: "broken" }]);
  };
  for (const event of events) {
    if (event.kind !== "fault") continue;
    const broken = new Set(event.broken);
    for (const name of open.keys()) if (!broken.has(name)) close(name, event.atSeconds);
    for (const name of broken) {
      if (open.has(name)) continue;
      open.set(name, event.atSeconds);
      if (!lanes.has(name)) lanes.set(name, []);
    }
  }
  for (const name of [...open.keys()]) close(name, atSeconds);
  return [...lanes].map(([name, periods]) => ({ label: faultLabelOf(drill, name), periods }));
}

/** A lane for each check with a known state. */
export function checkLanes({ drill, events, atSeconds }: DrillState): readonly Lane[] {
  return drill.checks.flatMap(({ id, label }) => {
    const periods: Period[] = [];
    for (const event of events) {
      if (event.kind !== "check" || event.check !== id) continue;
      const tone = event.isHealthy ? "healthy" : "unhealthy";
      const last = periods.at(-1);
      if (last?.tone === tone) continue;
      if (last) periods.splice(-1, 1, { ...last, to: event.atSeconds });
      periods.push({
        from: event.atSeconds,
        to: atSeconds,
        tone,
        label: event.isHealthy ? "✓" : "✗ unhealthy",
      });
    }
    return periods.length === 0 ? [] : [{ label, periods }];
  });
}

/** A lane for each endpoint that has answered. */
export function answerLanes({ drill, events, atSeconds }: DrillState): readonly Lane[] {
  const answers = events.filter((event) => event.kind === "answer");
  const lanes = new Map<string, Period[]>();
  answers.forEach((event, index) => {
    const to = answers[index + 1]?.atSeconds ?? atSeconds;
    for (const { endpoint, value, share } of event.answers) {
      const id = endpoint ?? value;
      const periods = lanes.get(id) ?? [];
      lanes.set(id, periods);
      const last = periods.at(-1);
      if (last?.to === event.atSeconds && last.share === share) {
        periods.splice(-1, 1, { ...last, to });
      } else {
        const label = share < 1 ? percentText(share) : "answers";
        periods.push({ from: event.atSeconds, to, tone: "answers", share, label });
      }
    }
  });
  return [...lanes].map(([id, periods]) => {
    const endpoint = drill.endpoints.find((one) => one.id === id);
    return { label: endpoint ? placeLabelOf(endpoint) : id, periods };
  });
}

/** The orders in periods of equal length. */
export function orderBuckets({ events, atSeconds }: DrillState): readonly OrderBucket[] {
  const length = Math.max(1, Math.ceil(axisEndOf(atSeconds) / bucketsMax));
  const buckets = new Map<number, OrderBucket>();
  for (const event of events) {
    if (event.kind !== "customers") continue;
    // A report is of the time before it.
    const number = Math.max(0, Math.ceil(event.atSeconds / length) - 1);
    const from = number * length;
    const before = buckets.get(number) ?? { served: 0, failed: 0, stale: 0, page: 0, lost: 0 };
    buckets.set(number, { ...sumOf(before, event), from, to: from + length });
  }
  return [...buckets.values()];
}

/** The end of the axis, in seconds. */
export function axisEndOf(atSeconds: number): number {
  return Math.max(axisSecondsMin, atSeconds);
}
