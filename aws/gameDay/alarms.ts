import type { AlarmHistoryItem, CloudWatch } from "@aws-sdk/client-cloudwatch";
import { alarmsNamed } from "../alarmsNamed";
import { allOf } from "../clients";

/** An alarm of a region. */
export interface RegionalAlarm {
  readonly region: string;
  readonly name: string;
}

/** What happened to an alarm. */
export interface AlarmEvent extends RegionalAlarm {
  /** Time in ISO 8601, UTC. */
  readonly at: string;
  /** CloudWatch's sentence, such as `Alarm updated from OK to ALARM`. */
  readonly text: string;
  /** `state`: it changed its state. `notification`: it notified, or tried to. */
  readonly kind: "state" | "notification";
}

/** The reading calls of CloudWatch that are made. */
export type AlarmCalls = Pick<CloudWatch, "describeAlarms" | "describeAlarmHistory">;

/** The states of alarms by name; one that does not exist is missing. */
export async function statesOfAlarms(
  names: readonly string[],
  cloudwatch: AlarmCalls,
): Promise<ReadonlyMap<string, string>> {
  const { MetricAlarms, CompositeAlarms } = await alarmsNamed(names, cloudwatch, [
    "MetricAlarm",
    "CompositeAlarm",
  ]);
  return new Map(
    [...MetricAlarms, ...CompositeAlarms].map(({ AlarmName = "", StateValue = "" }) => [
      AlarmName,
      StateValue,
    ]),
  );
}

/** What happened to some alarms of a region from one time to another, in order. */
export async function alarmEvents(
  region: string,
  names: ReadonlySet<string>,
  [from, to]: readonly [from: Date, to: Date],
  cloudwatch: AlarmCalls,
): Promise<readonly AlarmEvent[]> {
  const items = await allOf(
    (NextToken) =>
      cloudwatch.describeAlarmHistory({
        AlarmTypes: ["MetricAlarm", "CompositeAlarm"],
        StartDate: from,
        EndDate: to,
        ScanBy: "TimestampAscending",
        MaxRecords: 100,
        NextToken,
      }),
    (page) => page.AlarmHistoryItems,
    (page) => page.NextToken,
  );
  return items.flatMap((item) => eventOf(region, item)).filter(({ name }) => names.has(name));
}

function eventOf(region: string, item: AlarmHistoryItem): readonly AlarmEvent[] {
  const { AlarmName: name = "", HistoryItemType, Timestamp, HistorySummary: text = "" } = item;
  const kind =
    HistoryItemType === "StateUpdate"
      ? "state"
      : HistoryItemType === "Action"
        ? "notification"
        : undefined;
  if (kind === undefined || Timestamp === undefined) return [];
  return [{ region, name, at: Timestamp.toISOString(), text, kind }];
}
