import type { Resource, Value } from "../../../routing/graph/resource";
import { widgetsOf } from "../../dashboards";
import {
  fieldOf,
  firstOf,
  isList,
  isObject,
  listOf,
  textOf,
  valueOf,
} from "../../../routing/graph/values";

/** A metric's identity; AWS charges each separately. */
interface Metric {
  readonly region: string;
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: string;
}

const alarmType = "aws:cloudwatch/metricAlarm:MetricAlarm";
const dashboardType = "aws:cloudwatch/dashboard:Dashboard";

/**
 * The metrics that the stack publishes itself, if an alarm or a dashboard uses them: the region of
 * each by name, under the URN of the first resource that uses it. Metrics in AWS's own namespaces
 * are free.
 */
export function customMetricsOf(
  resources: readonly Resource[],
): ReadonlyMap<string, readonly string[]> {
  const seen = new Set<string>();
  const result = new Map<string, string[]>();
  const inOrder = [...resources].sort((a, b) => (a.urn < b.urn ? -1 : 1));
  const watched = [
    ...inOrder
      .filter(({ type }) => type === alarmType)
      .map((alarm) => ({ urn: alarm.urn, metrics: alarmMetrics(alarm) })),
    ...inOrder
      .filter(({ type }) => type === dashboardType)
      .map((dashboard) => ({ urn: dashboard.urn, metrics: shownMetrics(dashboard) })),
  ];
  for (const { urn, metrics } of watched) {
    for (const metric of metrics) {
      const key = JSON.stringify(metric);
      if (seen.has(key) || /^AWS\//.test(metric.namespace)) continue;
      seen.add(key);
      result.set(urn, [...(result.get(urn) ?? []), metric.region]);
    }
  }
  return result;
}

function alarmMetrics(alarm: Resource): readonly Metric[] {
  const region = alarm.region ?? "unknown";
  const single = metricOf(
    region,
    textOf(alarm, "namespace"),
    textOf(alarm, "metricName"),
    valueOf(alarm, "dimensions"),
  );
  const several = listOf(alarm, "metricQueries").flatMap((query) => {
    const metric = firstOf(fieldOf(query, "metric"));
    return metricOf(
      region,
      fieldOf(metric, "namespace"),
      fieldOf(metric, "metricName"),
      fieldOf(metric, "dimensions"),
    );
  });
  return [...single, ...several];
}

function metricOf(
  region: string,
  namespace: Value | undefined,
  name: Value | undefined,
  dimensions: Value | undefined,
): readonly Metric[] {
  if (typeof namespace !== "string" || typeof name !== "string") return [];
  const pairs = isObject(dimensions) ? Object.entries(dimensions) : [];
  return [{ region, namespace, name, dimensions: JSON.stringify(pairs.sort()) }];
}

/** The metrics of a dashboard's widgets, whose rows may use `.` for the value in the row above. */
function shownMetrics(dashboard: Resource): readonly Metric[] {
  return widgetsOf(dashboard).flatMap((widget) => {
    const properties = fieldOf(widget, "properties");
    const [region, metrics] = [fieldOf(properties, "region"), fieldOf(properties, "metrics")];
    if (typeof region !== "string" || !isList(metrics)) return [];
    let above: readonly string[] = [];
    return metrics.flatMap((row) => {
      const words = isList(row) ? row.filter((word) => typeof word === "string") : [];
      above = words.map((word, index) => (word === "." ? (above[index] ?? word) : word));
      const [namespace, name, ...pairs] = above;
      const dimensions = Object.fromEntries(
        pairs.flatMap((key, index) => (index % 2 === 0 ? [[key, pairs[index + 1] ?? ""]] : [])),
      );
      return metricOf(region, namespace, name, dimensions);
    });
  });
}
