import { alarmCheckAnswersMissingData } from "../../../policies/dns-failover/rules/alarmCheckAnswersMissingData";
import { types } from "../../../policies/types";
import { cafe } from "../cafe";
import { describeRule } from "../describeRule";
import type { Sample } from "../sample";
import { nothing } from "../sample";

const checkNames = cafe.resources
  .filter(({ type }) => type === types.healthCheck)
  .map(({ name }) => name);
function metric(status: string | undefined): Sample {
  return cafe
    .add({
      type: types.healthCheck,
      name: "metric",
      properties: { type: "CLOUDWATCH_METRIC", cloudwatchAlarmName: "a" },
    })
    .set("metric", { insufficientDataHealthStatus: status });
}

describeRule(alarmCheckAnswersMissingData, {
  complies: [
    { title: "with endpoint checks", sample: cafe },
    { title: "with the last status", sample: metric("LastKnownStatus") },
  ],
  violates: [
    {
      title: "missing data that counts as healthy",
      sample: metric("Healthy"),
      finds: [
        "metric.insufficientDataHealthStatus: must be Unhealthy or LastKnownStatus, got Healthy, so an endpoint that takes its metric down with it always counts as healthy; set it explicitly",
      ],
    },
    {
      title: "no answer to missing data",
      sample: metric(undefined),
      finds: [
        "metric.insufficientDataHealthStatus: must be Unhealthy or LastKnownStatus, got none, so the default applies to missing data; set it explicitly",
      ],
    },
  ],
  boundary: [{ title: "an unhealthy answer", sample: metric("Unhealthy"), finds: [] }],
  notApplicable: [
    { title: "without checks", sample: cafe.drop(...checkNames) },
    { title: "in an empty stack", sample: nothing },
  ],
  unknown: [
    {
      title: "an unknown answer to missing data",
      sample: metric("Unhealthy").hide("metric", "insufficientDataHealthStatus"),
      finds: ["unknown: insufficientDataHealthStatus: metric: it is not known before deployment"],
    },
  ],
  configuration: [],
});
