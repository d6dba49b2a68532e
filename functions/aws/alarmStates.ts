import { listed, query } from "./readAws";
import type { Aws, QueryService } from "./readAws";
import { elementsAt, textAt } from "./xml";

const cloudWatch: QueryService = { name: "monitoring", version: "2010-08-01" };

/** Maximum number of names in a call (API_DescribeAlarms, AlarmNames). */
const namesMax = 100;
/**
 * Kinds of alarms. AWS returns composite ones only to principals that may read all alarms of an
 * account.
 */
const everyKind: readonly ("Metric" | "Composite")[] = ["Metric", "Composite"];

/**
 * The states of a region's alarms, by name; an alarm that does not exist is missing.
 *
 * @param kinds the kinds to request; default: all
 * @throws Error when CloudWatch does not answer
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
 */
export async function alarmStates(
  names: readonly string[],
  aws: Aws,
  kinds = everyKind,
): Promise<ReadonlyMap<string, string>> {
  const states = new Map<string, string>();
  for (let at = 0; at < names.length; at += namesMax) {
    const answer = await query(
      cloudWatch,
      "DescribeAlarms",
      {
        ...listed("AlarmNames", names.slice(at, at + namesMax)),
        ...listed(
          "AlarmTypes",
          kinds.map((kind) => `${kind}Alarm`),
        ),
        MaxRecords: String(namesMax),
      },
      aws,
    );
    for (const kind of kinds) {
      for (const alarm of elementsAt(answer, "DescribeAlarmsResult", `${kind}Alarms`, "member")) {
        states.set(textAt(alarm, "AlarmName") ?? "", textAt(alarm, "StateValue") ?? "");
      }
    }
  }
  return states;
}
