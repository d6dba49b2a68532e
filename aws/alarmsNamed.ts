import type {
  AlarmType,
  CloudWatch,
  CompositeAlarm,
  MetricAlarm,
} from "@aws-sdk/client-cloudwatch";

/** The alarms of a region with some names. */
export interface NamedAlarms {
  readonly MetricAlarms: readonly MetricAlarm[];
  readonly CompositeAlarms: readonly CompositeAlarm[];
}

/** Names in one call, and alarms in its answer, which by default has 50 (API_DescribeAlarms). */
const atOnce = 100;

/**
 * Reads alarms by their names; one that does not exist is missing.
 *
 * @param AlarmTypes their kinds; composite ones only if the caller may read all alarms
 */
export async function alarmsNamed(
  names: readonly string[],
  cloudwatch: Pick<CloudWatch, "describeAlarms">,
  AlarmTypes: AlarmType[],
): Promise<NamedAlarms> {
  const unique = [...new Set(names)];
  const pages = await Promise.all(
    Array.from({ length: Math.ceil(unique.length / atOnce) }, (_, index) =>
      cloudwatch.describeAlarms({
        AlarmNames: unique.slice(index * atOnce, (index + 1) * atOnce),
        AlarmTypes,
        MaxRecords: atOnce,
      }),
    ),
  );
  return {
    MetricAlarms: pages.flatMap(({ MetricAlarms = [] }) => MetricAlarms),
    CompositeAlarms: pages.flatMap(({ CompositeAlarms = [] }) => CompositeAlarms),
  };
}
