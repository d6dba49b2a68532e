import { awsTypes } from "../../routing/graph/types";
import type { Value } from "../../routing/graph/resource";
import { isList } from "../../routing/graph/values";
import type { Declared, Names } from "../declare";
import type { Field } from "../fields";
import { fieldsOf, propertiesOf, textIn, textOr } from "../fields";
import { regionOfArn } from "../regions";
import type { AwsAnswer } from "./answers";
import { itemsIn } from "./answers";
import { unknownTags } from "./tags";

/** The fields of an alarm (API:MetricAlarm). */
export const alarmFields: readonly Field[] = [
  ["AlarmName", "name"],
  ["AlarmArn", "arn"],
  ["AlarmActions", "alarmActions"],
  ["ActionsEnabled", "actionsEnabled"],
  ["Namespace", "namespace"],
  ["MetricName", "metricName"],
  ["Statistic", "statistic"],
  ["ExtendedStatistic", "extendedStatistic"],
  ["Dimensions", "dimensions", dimensionsOf],
  ["Period", "period"],
  ["EvaluationPeriods", "evaluationPeriods"],
  ["DatapointsToAlarm", "datapointsToAlarm"],
  ["Threshold", "threshold"],
  ["ComparisonOperator", "comparisonOperator"],
  ["TreatMissingData", "treatMissingData"],
];

/** Converts dimensions, which AWS lists by name and value, to a mapping. */
function dimensionsOf(dimensions: Value): Value {
  if (!isList(dimensions)) return dimensions;
  return Object.fromEntries(
    dimensions.map((one) => [textOr(one, "Name", ""), textOr(one, "Value", "")]),
  );
}

/** The alarms of `describe-alarms`. */
export function alarmsIn(answers: readonly AwsAnswer[], names: Names): Declared {
  const declarations = itemsIn(answers, "MetricAlarms").map(({ value }) => {
    const name = textOr(value, "AlarmName", "");
    return {
      type: awsTypes.metricAlarm,
      name: names.of(awsTypes.metricAlarm, name, textIn(value, "AlarmArn") ?? name),
      id: name,
      region: regionOfArn(textIn(value, "AlarmArn")),
      properties: {
        ...propertiesOf(alarmFields, fieldsOf(value)).properties,
        tags: unknownTags,
      },
    };
  });
  return { declarations, notes: [] };
}
